// The signed texts that travel inside bundles: consent extract, recall, acknowledgement; and the manifest's own.
import { err, ok, type Result } from "../result.ts";
import { object, optional, z, type ZodType } from "../schema.ts";
import {
  canonicalJson,
  parseCanonicalJson,
  parseSignedText,
  signedText,
  type JsonValue,
} from "../signed-text.ts";
import { SectionName } from "../vocabulary/consent.ts";
import {
  BundleId,
  CaseId,
  ChainHash,
  ConsentId,
  Fingerprint,
  PartId,
  PersonId,
  RecallId,
  SectionId,
} from "../vocabulary/ids.ts";
import { Purpose } from "../vocabulary/purposes.ts";
import type { SignedKind } from "../vocabulary/signed.ts";
import { limits } from "./limits.ts";
import { Manifest, ManifestFormat, manifestFormat } from "./manifest.ts";

const moment = z.int().nonnegative();

/**
 * What covers a share, for one recipient and naming nobody else: she may send these sections back to its author until
 * `checkAgainBy`; after it only the steward sends.
 */
export const ConsentExtract = object({
  case: CaseId,
  author: Fingerprint,
  recipient: Fingerprint,
  head: ChainHash,
  purpose: Purpose,
  covers: z
    .array(object({ section: SectionName, consent: ConsentId }))
    .min(1)
    .max(500),
  made: moment,
  checkAgainBy: moment,
});
export type ConsentExtract = z.infer<typeof ConsentExtract>;

/** For people: a kind the receiver does not know yet is erased all the same. */
const RecalledName = object({ kind: z.string().max(32), person: optional(PersonId) });

/**
 * Consent was withdrawn, a section erased or struck: the receiver erases these sections and confirms. Releases are called
 * back whole, by their bundles alone: who got one is never told which case it came from, so such a recall names none.
 */
export const Recall = object({
  recall: RecallId,
  case: optional(CaseId),
  author: Fingerprint,
  recipient: Fingerprint,
  head: optional(ChainHash),
  sections: z.array(object({ section: SectionId, name: RecalledName })).max(1_000),
  bundles: optional(z.array(BundleId).min(1).max(1_000)),
  why: z.enum(["withdrawn", "her-wish", "retention", "struck", "mistake"]),
  at: moment,
});
export type Recall = z.infer<typeof Recall>;

/** Which bundles arrived, which parts of them were not taken, and which recalls were carried out. */
export const Acknowledgement = object({
  author: Fingerprint,
  recipient: Fingerprint,
  bundles: z.array(object({ bundle: BundleId, without: z.array(PartId).max(50_000) })).max(10_000),
  recalls: z.array(RecallId).max(10_000),
  at: moment,
});
export type Acknowledgement = z.infer<typeof Acknowledgement>;

export type NoticeMalformed = { readonly type: "NoticeMalformed" };

const notice = <T extends JsonValue>(kind: SignedKind, schema: ZodType<T>) => ({
  /** The UTF-8 text to be signed. */
  write: (value: T): string => signedText(kind, [["body", canonicalJson(value)]]),
  /** Reads a text whose signature is checked elsewhere. */
  read(text: string): Result<T, NoticeMalformed> {
    const lines = parseSignedText(kind, ["body"], text);
    const json = lines.ok ? parseCanonicalJson(lines.value.body) : lines;
    const judged = json.ok ? schema.safeParse(json.value) : undefined;
    return judged?.success ? ok(judged.data) : err({ type: "NoticeMalformed" });
  },
});

export const consentExtracts = notice("waypost/consent-extract/1", ConsentExtract);
export const recalls = notice("waypost/recall/1", Recall);
export const acknowledgements = notice("waypost/acknowledgement/1", Acknowledgement);

export type ManifestRefused =
  | { readonly type: "ManifestMalformed" }
  | { readonly type: "NewerFormat"; readonly format: string }
  | { readonly type: "UnknownKind" };

/** `manifest.json`: canonical JSON. */
export const manifestText = (manifest: Manifest): string => canonicalJson(manifest);

/** What the signature over a manifest is made on. */
export const manifestToSign = (text: string): string => signedText(manifestFormat, [["body", text]]);

/** Reads `manifest.json`; says apart a newer format, an unknown kind and damage. */
export function readManifest(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => string | undefined,
): Result<Manifest, ManifestRefused> {
  const text = bytes.byteLength > limits.manifestBytes ? undefined : decode(bytes);
  const json = text === undefined ? undefined : parseCanonicalJson(text);
  if (json === undefined || !json.ok) return err({ type: "ManifestMalformed" });
  const format = ManifestFormat.safeParse(json.value);
  if (!format.success) return err({ type: "ManifestMalformed" });
  if (format.data.format !== manifestFormat) return err({ type: "NewerFormat", format: format.data.format });
  const judged = Manifest.safeParse(json.value);
  if (judged.success) return ok(judged.data);
  const kindOnly = judged.error.issues.every((issue) => issue.path.length === 1 && issue.path[0] === "kind");
  return err({ type: kindOnly ? "UnknownKind" : "ManifestMalformed" });
}
