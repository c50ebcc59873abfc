// Failures that several methods share, each stated once.
import { object, optional, z } from "../schema.ts";
import type { JsonValue } from "../signed-text.ts";
import { limits } from "../bundle/limits.ts";
import { SectionName } from "../vocabulary/consent.ts";
import { SectionId } from "../vocabulary/ids.ts";
import { failure } from "./method.ts";

export const unknownCase = failure("UnknownCase", {});
export const unknownContact = failure("UnknownContact", {});
export const unknownSection = failure("UnknownSection", {});
/** Two offices each began a section for the same relative: a change says which of them it means. */
export const twinsStand = failure("TwinsStand", { sections: z.array(SectionId) });
export const unknownFile = failure("UnknownFile", {});
export const noSigner = failure("NoSigner", {});
export const mayNot = failure("MayNot", { why: z.string() });
export const chainStopped = failure("ChainStopped", {});
/** The certificate of whoever has the vault open does not stand in the case: what she signed would have no effect. */
export const notNamed = failure("NotNamed", {});

/** Any JSON value, as sections and ledgers hold it. */
export const Json: z.ZodType<JsonValue, JsonValue> = z.json();

/** What is wrong with a section as it would stand after the save. */
export const sectionInvalid = failure("SectionInvalid", {
  section: SectionId,
  problems: z.array(object({ path: z.array(z.string()), why: z.string() })),
});

/** Why a save was refused: by the schema, the chain, a limit, or because it would change nothing. */
export const saveFailures = [
  sectionInvalid,
  "NothingChanged",
  "ReasonInvalid",
  failure("SectionErased", { section: SectionId }),
  failure("NotAllowed", { section: SectionId, why: z.string() }),
  failure("SaveTooLarge", { section: SectionId, limit: z.int() }),
] as const;

/** Trouble with a drive or folder that a person chose. */
export const fileFailures = [
  unknownFile,
  "FileMissing",
  "FileUnreadable",
  "DriveFull",
  "DriveReadOnly",
  "DriveGone",
  "DriveBroken",
  "FolderNotEmpty",
  failure("LimitBroken", {
    limit: z.enum(Object.keys(limits) as [keyof typeof limits, ...(keyof typeof limits)[]]),
  }),
] as const;

export const RefusalReason = z.enum([
  "no-consent",
  "withdrawn",
  "ended",
  "not-begun",
  "adult-decides",
  "authority-decides",
  "one-authority",
  "office-notes",
  "other-recipient",
  "other-purpose",
  "check-again",
  "only-the-answering-office",
]);

/** Why consent does not let it go, section by section; none where consents moved while it was being locked. */
export const notCleared = failure("NotCleared", {
  refused: z.array(object({ section: SectionName, why: RefusalReason })),
});
export const gateFailures = [notCleared, "ContactNotVerified", "NoRole", notNamed, chainStopped] as const;

export const Path = z.array(z.string().min(1).max(100)).min(1).max(10);
export const Edit = z.union([
  object({ path: Path, set: Json }),
  object({ path: Path, remove: z.literal(true) }),
]);
/** A section by its name, and where two have that name, which of them. */
export const meant = { section: SectionName, which: optional(SectionId) };
export const SectionEdits = object({ ...meant, edits: z.array(Edit).min(1).max(5_000) });

export const Who = object({
  fingerprint: z.string(),
  name: optional(z.string()),
  office: optional(z.string()),
});
