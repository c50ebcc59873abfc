// Decides what may leave and to whom. Only this file can make a `Cleared`; everything that leaves a vault takes one.
import type { Milliseconds } from "../../../shared/brand.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { herWordFields, type ConsentBody, type SectionName } from "../../../shared/vocabulary/consent.ts";
import { turns, type PartialDate } from "../../../shared/vocabulary/dates.ts";
import type { CaseId, ChainHash, ConsentId, Fingerprint, PersonId } from "../../../shared/vocabulary/ids.ts";
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import type { Role } from "../../../shared/vocabulary/roles.ts";
import { fieldAt, workingKinds } from "../../../shared/vocabulary/sections/index.ts";
import type { Trust } from "../../../shared/vocabulary/trust.ts";

/** A consent as the vault holds it. `withdrawn` comes from the chain, never from the body. */
export type HeldConsent = { readonly body: ConsentBody; readonly withdrawn: boolean };

/** What the steward signed for this office: a section it may send back, under which consent, until it must check again. */
export type HeldExtract = {
  readonly section: SectionName;
  readonly consent: ConsentId;
  readonly withdrawn: boolean;
  readonly checkAgainBy: Milliseconds;
};

export type Recipient = {
  readonly fingerprint: Fingerprint;
  readonly trust: Trust;
  readonly role: Role | "none";
};

/** Whether a person of the family is grown, as far as the birth date known says. */
export type Grown = "adult" | "child" | "unknown";

/** Facts every decision needs. */
export type Situation = {
  readonly now: Milliseconds;
  readonly case: CaseId;
  readonly chainHead: ChainHash;
  readonly chainStopped: boolean;
  readonly ourRole: Role | "none";
  /** Whether the chain names the certificate of whoever would sign: a share signed by another would be refused there. */
  readonly named: boolean;
  readonly recipient: Recipient;
  readonly consents: readonly HeldConsent[];
  readonly extracts: readonly HeldExtract[];
  readonly grown: (person: PersonId) => Grown;
};

/** Why a section may not go, most telling first. */
export const refusalReasons = [
  "no-consent",
  "withdrawn",
  "ended",
  "not-begun",
  "adult-decides",
  "authority-decides",
  "office-notes",
  "other-recipient",
  "other-purpose",
  "check-again",
  "only-the-answering-office",
] as const;
export type RefusalReason = (typeof refusalReasons)[number];
export type RefusedSection = { readonly section: SectionName; readonly why: RefusalReason };

export type NotCleared = { readonly type: "NotCleared"; readonly refused: readonly RefusedSection[] };
export type Refusal =
  | NotCleared
  | { readonly type: "ContactNotVerified" }
  | { readonly type: "NoRole" }
  | { readonly type: "NotNamed" }
  | { readonly type: "ChainStopped" };

/** A leaf pattern a release may show, and whether a birth date goes as its year only. */
export type ClearedField = {
  readonly section: SectionName;
  readonly pattern: string;
  readonly yearOnly: boolean;
};

type Facts = {
  readonly act: "share" | "release";
  readonly case: CaseId;
  readonly recipient: Fingerprint;
  readonly purpose: Purpose;
  readonly sections: readonly SectionName[];
  readonly fields: readonly ClearedField[];
  readonly consents: readonly ConsentId[];
  /** The past of the named sections may go along. */
  readonly past: boolean;
  /** The first day any of the consents ends, when one does. */
  readonly until: string | undefined;
  readonly chainHead: ChainHash;
};

class Decision {
  readonly #facts: Facts;
  constructor(facts: Facts) {
    this.#facts = frozen(facts);
  }
  get facts(): Facts {
    return this.#facts;
  }
  static made(value: unknown): value is Decision {
    return typeof value === "object" && value !== null && #facts in value;
  }
}

// Whoever holds a decision must not find in it the way to make another.
Reflect.deleteProperty(Decision.prototype, "constructor");

/** A copy that neither who asked nor who holds it can change afterwards. */
function frozen(facts: Facts): Facts {
  const name = (section: SectionName): SectionName => Object.freeze({ ...section });
  return Object.freeze({
    ...facts,
    sections: Object.freeze(facts.sections.map(name)),
    fields: Object.freeze(
      facts.fields.map((field) => Object.freeze({ ...field, section: name(field.section) })),
    ),
    consents: Object.freeze([...facts.consents]),
  });
}

/** Proof that these rules said yes. It cannot be built elsewhere: the class stays in this file. */
export type Cleared = Decision;

/** Checked at the seal: whatever only looks like a `Cleared` is refused. */
export const isCleared = (value: unknown): value is Cleared => Decision.made(value);

/** The day in UTC of a stated time, as consent ends are written. */
export const dayOf = (at: Milliseconds): string => new Date(at).toISOString().slice(0, 10);

export const sameSection = (a: SectionName, b: SectionName): boolean =>
  a.kind === b.kind && a.person === b.person;

/** One name for a section of a case, for maps and sets. */
export const sectionKey = (name: { readonly kind: string; readonly person?: PersonId }): string =>
  name.person === undefined ? name.kind : `${name.kind}.${name.person}`;

/**
 * Whether every named section may go to this contact, standing, both ways; a refusal names each that may not and why.
 * The steward decides by consents; another office by the extracts the steward signed for it, and only towards the steward,
 * or where it began a section that the steward does not know yet, by a yes it recorded itself that names the steward.
 * Sources: DESIGN section 7; guidance R7, N17, N21; FIELDWORK "Relatives and children".
 */
export function decideShare(
  situation: Situation,
  asked: { readonly sections: readonly SectionName[]; readonly purpose: Purpose },
): Result<Cleared, Refusal> {
  const barred = barrier(situation);
  if (barred !== undefined) return err(barred);
  if (!situation.named) return err({ type: "NotNamed" });
  if (situation.recipient.role === "none") return err({ type: "NoRole" });
  const refused: RefusedSection[] = [];
  const used: ConsentBody[] = [];
  const extractConsents = new Set<ConsentId>();
  for (const section of asked.sections) {
    if (workingKinds.has(section.kind) && situation.recipient.role === "viewer") {
      refused.push({ section, why: "office-notes" });
      continue;
    }
    if (situation.ourRole !== "steward") {
      const extract = coveringExtract(situation, section);
      const own = recordedHere(situation, section, asked.purpose, extract);
      if (extract.ok) extractConsents.add(extract.value.consent);
      else if (own !== undefined) used.push(own);
      else refused.push({ section, why: extract.error });
      continue;
    }
    const consent = covering(situation, section, "share", asked.purpose);
    if (consent.ok) used.push(consent.value);
    else refused.push({ section, why: consent.error });
  }
  if (refused.length > 0 || asked.sections.length === 0) return err({ type: "NotCleared", refused });
  return ok(
    new Decision({
      act: "share",
      case: situation.case,
      recipient: situation.recipient.fingerprint,
      purpose: asked.purpose,
      sections: asked.sections,
      fields: [],
      consents: [...new Set([...used.map((body) => body.id), ...extractConsents])],
      past: situation.ourRole !== "steward" || used.every((body) => body.past),
      until: earliestEnd(used),
      chainHead: situation.chainHead,
    }),
  );
}

/**
 * Whether the named fields may go to this contact once. Working notes never do. A field is a leaf pattern of its
 * section; her word for a relative who cannot be asked covers name, birth year, relation and passport only.
 */
export function decideRelease(
  situation: Situation,
  asked: { readonly fields: readonly { section: SectionName; pattern: string }[]; readonly purpose: Purpose },
): Result<Cleared, Refusal> {
  const barred = barrier(situation);
  if (barred !== undefined) return err(barred);
  const refused = new Map<string, RefusedSection>();
  const used: ConsentBody[] = [];
  const fields: ClearedField[] = [];
  for (const { section, pattern } of asked.fields) {
    const why: RefusalReason | undefined = workingKinds.has(section.kind)
      ? "office-notes"
      : situation.ourRole !== "steward"
        ? "only-the-answering-office"
        : undefined;
    const consent =
      why === undefined ? covering(situation, section, "release", asked.purpose, pattern) : err(why);
    if (!consent.ok) {
      refused.set(sectionKey(section), { section, why: consent.error });
      continue;
    }
    used.push(consent.value);
    fields.push({
      section,
      pattern,
      yearOnly: consent.value.by.who === "her-word-for" && pattern === "birth.date",
    });
  }
  if (refused.size > 0 || fields.length === 0)
    return err({ type: "NotCleared", refused: [...refused.values()] });
  const sections = [...new Map(fields.map((field) => [sectionKey(field.section), field.section])).values()];
  return ok(
    new Decision({
      act: "release",
      case: situation.case,
      recipient: situation.recipient.fingerprint,
      purpose: asked.purpose,
      sections,
      fields,
      consents: [...new Set(used.map((body) => body.id))],
      past: false,
      until: earliestEnd(used),
      chainHead: situation.chainHead,
    }),
  );
}

/** Every section of `sections` with whether it may be shared with this contact, for showing before anything is locked. */
export function shareChoices(
  situation: Situation,
  sections: readonly SectionName[],
  purpose: Purpose,
): readonly { readonly section: SectionName; readonly refused: RefusalReason | undefined }[] {
  return sections.map((section) => {
    const decided = decideShare(situation, { sections: [section], purpose });
    if (decided.ok) return { section, refused: undefined };
    const first = decided.error.type === "NotCleared" ? decided.error.refused[0]?.why : undefined;
    return { section, refused: first ?? "no-consent" };
  });
}

/** Days an extract holds before the office it names must hear from the steward again. */
export const checkAgainDays = 14;

function barrier(situation: Situation): Refusal | undefined {
  if (situation.chainStopped) return { type: "ChainStopped" };
  if (situation.recipient.trust !== "verified") return { type: "ContactNotVerified" };
  return undefined;
}

function covering(
  situation: Situation,
  section: SectionName,
  act: "share" | "release",
  purpose: Purpose,
  pattern?: string,
): Result<ConsentBody, RefusalReason> {
  let why: RefusalReason = "no-consent";
  const closer = (reason: RefusalReason) => {
    if (rank(reason) > rank(why)) why = reason;
  };
  for (const { body, withdrawn } of situation.consents) {
    if (body.case !== situation.case || body.act !== act) continue;
    if (!body.sections.some((name) => sameSection(name, section))) continue;
    if (pattern !== undefined && !namesField(body, section, pattern)) continue;
    if (body.recipient.kind !== "contact" || body.recipient.fingerprint !== situation.recipient.fingerprint) {
      closer("other-recipient");
    } else if (!entitled(body, section, act, pattern, situation.grown))
      closer(whoDecides(situation, section));
    else if (withdrawn) closer("withdrawn");
    else if (body.until.day !== undefined && body.until.day < dayOf(situation.now)) closer("ended");
    else if (body.begins !== undefined) closer("not-begun");
    else if (body.purpose !== purpose) closer("other-purpose");
    else return ok(body);
  }
  return err(why);
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
];
const rank = (reason: RefusalReason): number => nearness.indexOf(reason);

const whoDecides = ({ grown }: Situation, { person }: SectionName): RefusalReason =>
  person !== undefined && grown(person) === "child" ? "authority-decides" : "adult-decides";

/**
 * An adult decides about her or his own data only; nobody decides for her. For a child decides who holds authority; where
 * the age is not known, nobody but this person.
 */
function entitled(
  body: ConsentBody,
  section: SectionName,
  act: "share" | "release",
  pattern: string | undefined,
  grown: (person: PersonId) => Grown,
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
        pattern !== undefined &&
        herWordFields.has(pattern)
      );
    case "her":
    case "named-decider":
      return false;
  }
}

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

/** The clearance for a leaf of a section, when this decision lets it go. */
export function clearedField(
  cleared: Cleared,
  section: SectionName,
  path: readonly string[],
): ClearedField | undefined {
  const leaf = fieldAt(section.kind, path);
  if (leaf === undefined) return undefined;
  return cleared.facts.fields.find(
    (field) => sameSection(field.section, section) && field.pattern === leaf.pattern,
  );
}

function coveringExtract(situation: Situation, section: SectionName): Result<HeldExtract, RefusalReason> {
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
function recordedHere(
  situation: Situation,
  section: SectionName,
  purpose: Purpose,
  extract: ReturnType<typeof coveringExtract>,
): ConsentBody | undefined {
  if (extract.ok || extract.error !== "no-consent") return undefined;
  const consent = covering(situation, section, "share", purpose);
  return consent.ok ? consent.value : undefined;
}

function earliestEnd(bodies: readonly ConsentBody[]): string | undefined {
  return bodies.flatMap((body) => (body.until.day === undefined ? [] : [body.until.day])).toSorted()[0];
}

/** Years by which a birth that is known "about" may be off either way. */
const aboutYears = 5;

/**
 * Whether someone is grown (18) on a day, by every birth date that stands for her or him: two offices may have set two.
 * Sure only when even the latest day they allow is 18 years back, or even the earliest is not.
 */
export function grownOn(day: string, births: readonly (PartialDate | undefined)[]): Grown {
  const [first = "unknown", ...others] = births.map((birth) => grownByOne(day, birth));
  return others.every((other) => other === first) ? first : "unknown";
}

function grownByOne(day: string, birth: PartialDate | undefined): Grown {
  const about = birth?.approximate === true ? aboutYears : 0;
  const latest = birth === undefined ? undefined : turns(birth, 18 + about);
  const earliest = birth === undefined ? undefined : turns(birth, 18 - about);
  if (latest === undefined || earliest === undefined) return "unknown";
  if (latest.to <= day) return "adult";
  return earliest.from > day ? "child" : "unknown";
}
