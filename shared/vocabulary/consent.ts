// A decision that named sections, or fields of a release, may go to one recipient for a purpose until a date or event.
import { object, optional, z } from "../schema.ts";
import { CaseId, ConsentId, Fingerprint, PersonId } from "./ids.ts";
import { Purpose } from "./purposes.ts";
import { SectionKind } from "./sections/index.ts";
import { lineText, longText, shortText } from "./strings.ts";

const Day = z.string().regex(/^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/);
const Language = z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/);
const Instant = z.int().min(0).max(8_640_000_000_000);

/**
 * Whose decision it is. An adult decides about her or his own data only. `her-word-for`: asking this person is not
 * possible or too dangerous now; her word then covers name, birth year, relation and passport, for one authority, in a
 * release.
 */
export const ConsentBy = z.discriminatedUnion("who", [
  object({ who: z.literal("her") }),
  object({ who: z.literal("person"), person: PersonId }),
  object({ who: z.literal("her-word-for"), person: PersonId, why: optional(lineText) }),
  object({ who: z.literal("authority-over-child"), person: PersonId, name: optional(shortText) }),
  object({ who: z.literal("named-decider"), name: shortText, event: shortText }),
]);
export type ConsentBy = z.infer<typeof ConsentBy>;

/**
 * Fields of a relative that her word may cover while the relative cannot be asked, after FIELDWORK "Relatives and children":
 * name, birth year, relation and passport. The machine-readable zone is none of them: it tells the day of birth.
 */
export const herWordFields: ReadonlySet<string> = new Set([
  "names.asInPassport",
  "names.ownScript",
  "birth.date",
  "relation.kind",
  "relation.asPapersShow",
  ...[
    "kind",
    "state",
    "issuedBy",
    "authority",
    "number",
    "name",
    "issued",
    "expires",
    "oneNameOnly",
    "yearOnly",
  ].map((field) => `papers.held.*.${field}`),
]);

/** Who may be told: a contact by certificate, never by name, or a named person at a named post without one. */
export const ConsentRecipient = z.discriminatedUnion("kind", [
  object({ kind: z.literal("contact"), fingerprint: Fingerprint }),
  object({
    kind: z.literal("outsider"),
    name: lineText,
    post: lineText,
    office: lineText,
    checked: lineText,
  }),
  object({ kind: z.literal("herself") }),
]);
export type ConsentRecipient = z.infer<typeof ConsentRecipient>;

/** A section by its kind, and by the person for a section of the family. */
export const SectionName = object({ kind: SectionKind, person: optional(PersonId) }).refine(
  (name) => (name.kind === "family") === (name.person !== undefined),
  "person-for-family-only",
);
export type SectionName = z.infer<typeof SectionName>;

/** For a release: which leaves of a section, by path pattern (`papers.held.*.number`); `*` alone is the whole section. */
export const ConsentFields = object({
  section: SectionName,
  fields: z
    .array(z.string().regex(/^(\*|[A-Za-z]+|[0-9a-f]{32})(\.(\*|[A-Za-z]+|[0-9a-f]{32}))*$/))
    .max(1_000),
});
export type ConsentFields = z.infer<typeof ConsentFields>;

/** Events that consent may wait for; each names how the office will know. */
export const beginnings = [
  "missing",
  "detained",
  "cannot-speak",
  "dead",
  "cannot-be-reached",
  "other",
] as const;
export const ConsentBeginning = object({
  event: z.enum(beginnings),
  known: lineText,
  decides: optional(lineText),
});
export type ConsentBeginning = z.infer<typeof ConsentBeginning>;

/** The last day it holds, or the event that ends it; where both stand, whichever comes first. */
export const ConsentUntil = object({ day: optional(Day), event: optional(lineText) }).refine(
  (until) => until.day !== undefined || until.event !== undefined,
  "end-needed",
);
export type ConsentUntil = z.infer<typeof ConsentUntil>;

/** How it was given: what makes it free and informed can be read later. */
export const ConsentGiven = object({
  at: Instant,
  how: z.enum(["spoken", "by-telephone", "written", "signed", "thumbprint", "recorded"]),
  language: Language,
  interpreter: optional(shortText),
  alone: z.enum(["yes", "no", "unknown"]),
  whoElse: optional(lineText),
  words: optional(longText),
  risksTold: z.enum(["yes", "no"]),
  recordedBy: Fingerprint,
});
export type ConsentGiven = z.infer<typeof ConsentGiven>;

/** `share`: standing exchange of whole sections. `release`: named fields, once or until the end. */
export const ConsentBody = object({
  id: ConsentId,
  case: CaseId,
  act: z.enum(["share", "release"]),
  by: ConsentBy,
  recipient: ConsentRecipient,
  sections: z.array(SectionName).min(1).max(500),
  fields: optional(z.array(ConsentFields).max(500)),
  /** The past of the sections goes along too; without it a share begins from the present state. */
  past: z.boolean(),
  purpose: Purpose,
  purposeNote: optional(lineText),
  begins: optional(ConsentBeginning),
  until: ConsentUntil,
  given: ConsentGiven,
}).superRefine((consent, context) => {
  const refuse = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  if (consent.act === "release" && consent.fields === undefined) refuse("fields", "release-needs-fields");
  if (consent.act === "share" && consent.fields !== undefined) refuse("fields", "share-is-whole-sections");
  if (consent.act === "share" && consent.recipient.kind !== "contact")
    refuse("recipient", "share-needs-certificate");
  if (consent.act === "share" && consent.by.who === "her-word-for")
    refuse("by", "her-word-for-a-release-only");
});
export type ConsentBody = z.infer<typeof ConsentBody>;

/** Her no, recorded by anyone who works on the case; it needs no reason. */
export const ConsentWithdrawal = object({
  consent: ConsentId,
  by: ConsentBy,
  at: Instant,
  how: z.enum(["spoken", "by-telephone", "written", "signed", "through-someone"]),
  recordedBy: Fingerprint,
  words: optional(longText),
});
export type ConsentWithdrawal = z.infer<typeof ConsentWithdrawal>;
