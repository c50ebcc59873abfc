// Which of the recorded consents lets a section, or a field of it, go to this recipient for this purpose now.
import { err, ok, type Result } from "../../../shared/result.ts";
import {
  herWordFields,
  type ConsentBody,
  type ConsentRecipient,
  type SectionName,
} from "../../../shared/vocabulary/consent.ts";
import type { PersonId } from "../../../shared/vocabulary/ids.ts";
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import {
  dayOf,
  sameSection,
  type HeldExtract,
  type RefusalReason,
  type Situation,
} from "./situation.rules.ts";

/** What is asked to go: a section, and for a release one leaf pattern of it. */
type Wanted = {
  readonly section: SectionName;
  readonly act: "share" | "release";
  readonly purpose: Purpose;
  readonly pattern?: string;
};

/**
 * The consent that lets it go, else the most telling reason why none does. A person's own yes goes before her word for
 * that person, whatever was recorded first: her word lets less go.
 */
export function covering(situation: Situation, wanted: Wanted): Result<ConsentBody, RefusalReason> {
  const { section, act, purpose, pattern } = wanted;
  let why: RefusalReason = "no-consent";
  const closer = (reason: RefusalReason) => {
    if (nearness.indexOf(reason) > nearness.indexOf(why)) why = reason;
  };
  let byHerWord: ConsentBody | undefined;
  for (const held of situation.consents) {
    const { body, withdrawn } = held;
    if (body.case !== situation.case || body.act !== act) continue;
    if (!body.sections.some((name) => sameSection(name, section))) continue;
    if (pattern !== undefined && !namesField(body, section, pattern)) continue;
    if (!isFor(body.recipient, situation)) closer("other-recipient");
    else if (!entitled(body, situation, wanted)) closer(whoDecides(situation, section));
    else if (withdrawn) closer("withdrawn");
    else if (hasEnded(body, situation)) closer("ended");
    else if (body.begins !== undefined) closer("not-begun");
    else if (body.purpose !== purpose) closer("other-purpose");
    else if (body.by.who !== "her-word-for") return ok(body);
    else if (saidNo(situation, body.by.person)) closer("withdrawn");
    else if (herWordElsewhere(situation, body.by.person)) closer("one-authority");
    else byHerWord ??= body;
  }
  return byHerWord === undefined ? err(why) : ok(byHerWord);
}

const nearness: readonly RefusalReason[] = [
  "no-consent",
  "other-recipient",
  "adult-decides",
  "authority-decides",
  "withdrawn",
  "ended",
  "not-begun",
  "other-purpose",
  "one-authority",
];

const isFor = (recipient: ConsentRecipient, situation: Situation): boolean =>
  recipient.kind === "contact" && recipient.fingerprint === situation.recipient.fingerprint;

const hasEnded = ({ until }: ConsentBody, { now }: Situation): boolean =>
  until.day !== undefined && until.day < dayOf(now);

const whoDecides = ({ grown }: Situation, { person }: SectionName): RefusalReason =>
  person !== undefined && grown(person) === "child" ? "authority-decides" : "adult-decides";

/**
 * An adult decides about her or his own data only; nobody decides for her. For a child decides who holds authority; where
 * the age is not known, nobody but this person. Her word holds for a relative who is no child and could not be asked yet.
 */
function entitled(
  body: ConsentBody,
  { grown, asked }: Situation,
  { section, act, pattern }: Wanted,
): boolean {
  if (section.person === undefined) return body.by.who === "her";
  switch (body.by.who) {
    case "person":
      return body.by.person === section.person && grown(section.person) !== "child";
    case "authority-over-child":
      return body.by.person === section.person && grown(section.person) === "child";
    case "her-word-for":
      return (
        act === "release" &&
        body.by.person === section.person &&
        grown(section.person) !== "child" &&
        !asked(section.person) &&
        pattern !== undefined &&
        herWordFields.has(pattern)
      );
    case "her":
    case "named-decider":
      return false;
  }
}

/** Whether this person took back a yes of her or his own towards this recipient: her word does not go over it. */
const saidNo = (situation: Situation, person: PersonId): boolean =>
  situation.consents.some(
    ({ body, withdrawn }) =>
      withdrawn &&
      body.case === situation.case &&
      body.by.who === "person" &&
      body.by.person === person &&
      isFor(body.recipient, situation),
  );

/** Whether her word for a person lives for another recipient than this one. It is for one. */
export const herWordElsewhere = (situation: Situation, person: PersonId): boolean =>
  situation.consents.some(
    ({ body, withdrawn }) =>
      !withdrawn &&
      body.case === situation.case &&
      body.by.who === "her-word-for" &&
      body.by.person === person &&
      !hasEnded(body, situation) &&
      body.begins === undefined &&
      !isFor(body.recipient, situation),
  );

function namesField(body: ConsentBody, section: SectionName, pattern: string): boolean {
  const listed = body.fields?.find((item) => sameSection(item.section, section))?.fields ?? [];
  return listed.some((field) => field === "*" || covers(field, pattern));
}

/** Whether a consented pattern covers a leaf pattern: the same, or a group above it; `*` stands for one step. */
export function covers(consented: string, pattern: string): boolean {
  const steps = consented.split(".");
  const path = pattern.split(".");
  return steps.length <= path.length && steps.every((step, at) => step === "*" || step === path[at]);
}

/**
 * Since when this recipient may have had a section without a break, under one consent or another: what was recorded in a
 * break is past that no later consent names. What was taken back does not count. Stated times, as the ends of consents are.
 */
export function standingSince(situation: Situation, section: SectionName): number {
  const spans = situation.consents
    .filter(
      ({ body, withdrawn }) =>
        !withdrawn &&
        body.case === situation.case &&
        body.act === "share" &&
        body.sections.some((name) => sameSection(name, section)) &&
        isFor(body.recipient, situation),
    )
    .map(({ body: { given, until } }) => ({
      from: given.at,
      to: until.day === undefined ? Infinity : Date.parse(`${until.day}T23:59:59.999Z`),
    }))
    .toSorted((a, b) => b.from - a.from);
  let since: number = situation.now;
  for (const { from, to } of spans) if (from < since && to >= since) since = from;
  return since;
}

/** The extract under which this office may send a section back to the steward, else why there is none. */
export function coveringExtract(
  situation: Situation,
  section: SectionName,
): Result<HeldExtract, RefusalReason> {
  if (situation.recipient.role !== "steward") return err("only-the-answering-office");
  let why: RefusalReason = "no-consent";
  for (const extract of situation.extracts) {
    if (!sameSection(extract.section, section)) continue;
    if (extract.withdrawn) why = "withdrawn";
    else if (extract.checkAgainBy < situation.now) why = "check-again";
    else return ok(extract);
  }
  return err(why);
}

/** A yes that this office recorded for the answering office, for a section of which no extract speaks. */
export function recordedHere(
  situation: Situation,
  section: SectionName,
  purpose: Purpose,
  extract: ReturnType<typeof coveringExtract>,
): ConsentBody | undefined {
  if (extract.ok || extract.error !== "no-consent") return undefined;
  const consent = covering(situation, { section, act: "share", purpose });
  return consent.ok ? consent.value : undefined;
}
