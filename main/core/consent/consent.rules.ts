// Decides what may leave and to whom. Only this file can make a `Cleared`; everything that leaves a vault takes one.
import { err, ok, type Result } from "../../../shared/result.ts";
import type { ConsentBody, SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, ChainHash, ConsentId, Fingerprint } from "../../../shared/vocabulary/ids.ts";
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import { fieldAt, sectionSchemas, workingKinds } from "../../../shared/vocabulary/sections/index.ts";
import { covering, coveringExtract, recordedHere } from "./covering.rules.ts";
import {
  sameSection,
  sectionKey,
  type RefusalReason,
  type RefusedSection,
  type Situation,
} from "./situation.rules.ts";

export type NotCleared = { readonly type: "NotCleared"; readonly refused: readonly RefusedSection[] };
export type Refusal =
  | NotCleared
  | { readonly type: "ContactNotVerified" }
  | { readonly type: "NoRole" }
  | { readonly type: "NotNamed" }
  | { readonly type: "ChainStopped" };

/**
 * A leaf pattern a release may show. `byHerWord`: of a relative who cannot be asked now, by the woman's word alone. Then
 * a birth date goes as its year, and of papers none but passports and travel documents.
 */
export type ClearedField = {
  readonly section: SectionName;
  readonly pattern: string;
  readonly byHerWord: boolean;
};

/** The consent on which a section goes. A section of a release may rest on several, field by field. */
export type Cover = { readonly section: SectionName; readonly consent: ConsentId };

type Facts = {
  readonly act: "share" | "release";
  readonly case: CaseId;
  readonly recipient: Fingerprint;
  readonly purpose: Purpose;
  readonly sections: readonly SectionName[];
  readonly fields: readonly ClearedField[];
  readonly covers: readonly Cover[];
  /** Those of `covers`, each once. */
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
    covers: Object.freeze(
      facts.covers.map((cover) => Object.freeze({ ...cover, section: name(cover.section) })),
    ),
    consents: Object.freeze([...facts.consents]),
  });
}

/** Proof that these rules said yes. It cannot be built elsewhere: the class stays in this file. */
export type Cleared = Decision;

/** Checked at the seal: whatever only looks like a `Cleared` is refused. */
export const isCleared = (value: unknown): value is Cleared => Decision.made(value);

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
  const covers: Cover[] = [];
  for (const section of asked.sections) {
    if (workingKinds.has(section.kind) && situation.recipient.role === "viewer") {
      refused.push({ section, why: "office-notes" });
      continue;
    }
    if (situation.ourRole !== "steward") {
      const extract = coveringExtract(situation, section);
      const own = recordedHere(situation, section, asked.purpose, extract);
      if (own !== undefined) used.push(own);
      const consent = extract.ok ? extract.value.consent : own?.id;
      if (consent !== undefined) covers.push({ section, consent });
      else if (!extract.ok) refused.push({ section, why: extract.error });
      continue;
    }
    const consent = covering(situation, { section, act: "share", purpose: asked.purpose });
    if (consent.ok) {
      used.push(consent.value);
      covers.push({ section, consent: consent.value.id });
    } else refused.push({ section, why: consent.error });
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
      covers,
      consents: consentsOf(covers),
      past: situation.ourRole !== "steward" || used.every((body) => body.past),
      until: earliestEnd(used),
      chainHead: situation.chainHead,
    }),
  );
}

/**
 * Whether the named fields may go to this contact once. Working notes never do. A field is a leaf pattern of its
 * section.
 *
 * Her word for a relative who cannot be asked now covers name, birth year, relation and passport, for one authority
 * (FIELDWORK "Relatives and children"). It holds for a release only; not for a child; no longer once this person was
 * asked or said no. One authority is one recipient, by certificate: while her word for a person lives for two, it holds
 * for neither, since what may go must not depend on which of the two arrived here first. Recording the second is refused,
 * so that this happens only where two offices each recorded one; taking one back ends it.
 */
export function decideRelease(
  situation: Situation,
  asked: { readonly fields: readonly { section: SectionName; pattern: string }[]; readonly purpose: Purpose },
): Result<Cleared, Refusal> {
  const barred = barrier(situation);
  if (barred !== undefined) return err(barred);
  const refused = new Map<string, RefusedSection>();
  const used: ConsentBody[] = [];
  const covers = new Map<string, Cover>();
  const fields: ClearedField[] = [];
  for (const { section, pattern } of asked.fields) {
    const why: RefusalReason | undefined = workingKinds.has(section.kind)
      ? "office-notes"
      : situation.ourRole !== "steward"
        ? "only-the-answering-office"
        : undefined;
    const consent =
      why === undefined
        ? covering(situation, { section, act: "release", purpose: asked.purpose, pattern })
        : err(why);
    if (!consent.ok) {
      refused.set(sectionKey(section), { section, why: consent.error });
      continue;
    }
    used.push(consent.value);
    covers.set(`${sectionKey(section)} ${consent.value.id}`, { section, consent: consent.value.id });
    fields.push({ section, pattern, byHerWord: consent.value.by.who === "her-word-for" });
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
      covers: [...covers.values()],
      consents: consentsOf([...covers.values()]),
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

/**
 * Every section of `sections` with the leaf patterns of it that may be released to this contact now; `*` stands for all of
 * them. Where none may, the most telling reason.
 */
export function releaseChoices(
  situation: Situation,
  sections: readonly SectionName[],
  purpose: Purpose,
): readonly {
  readonly section: SectionName;
  readonly fields: readonly string[];
  readonly refused: RefusalReason | undefined;
}[] {
  return sections.map((section) => {
    const all = Object.keys(sectionSchemas[section.kind].fields);
    const decided = all.map((pattern) =>
      decideRelease(situation, { fields: [{ section, pattern }], purpose }),
    );
    const may = all.filter((_, at) => decided[at]?.ok === true);
    if (may.length > 0)
      return { section, fields: may.length === all.length ? ["*"] : may, refused: undefined };
    const why = decided.flatMap((one) =>
      one.ok || one.error.type !== "NotCleared" ? [] : one.error.refused.map((refused) => refused.why),
    );
    return { section, fields: [], refused: why.find((one) => one !== "no-consent") ?? "no-consent" };
  });
}

/** Days an extract holds before the office it names must hear from the steward again. */
export const checkAgainDays = 14;

function barrier(situation: Situation): Refusal | undefined {
  if (situation.chainStopped) return { type: "ChainStopped" };
  if (situation.recipient.trust !== "verified") return { type: "ContactNotVerified" };
  return undefined;
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

const consentsOf = (covers: readonly Cover[]): readonly ConsentId[] => [
  ...new Set(covers.map(({ consent }) => consent)),
];

function earliestEnd(bodies: readonly ConsentBody[]): string | undefined {
  return bodies.flatMap((body) => (body.until.day === undefined ? [] : [body.until.day])).toSorted()[0];
}
