// The manifest: first entry of every bundle, signed on its own, naming sender, the one recipient and every entry.
import { object, optional, z } from "../schema.ts";
import { BundleId, CaseId, Fingerprint, OfficeId, OpeningId } from "../vocabulary/ids.ts";
import { shortText } from "../vocabulary/strings.ts";
import { limits } from "./limits.ts";

export const manifestFormat = "waypost/manifest/1";

/** Bundle kinds this version takes in. A kind it does not know is refused, never guessed. */
export const BundleKind = z.enum(["introduction", "share", "release", "acknowledgement", "recall"]);
export type BundleKind = z.infer<typeof BundleKind>;

/** A name inside the archive: plain segments, no dot segments, no absolute path. */
export const EntryName = z
  .string()
  .max(limits.entryNameLength)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*){0,3}$/);

const moment = z.number().int().nonnegative();

export const ManifestEntry = object({
  name: EntryName,
  size: z.number().int().nonnegative().max(limits.entryBytes),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ManifestEntry = z.infer<typeof ManifestEntry>;

/** Where a bundle stands in its sender's numbering: two openings with one parent are a clone of her vault. */
export const BundleNumber = object({
  opening: OpeningId,
  parent: z.union([OpeningId, z.null()]),
  number: z.number().int().positive(),
  forRecipient: z.number().int().positive(),
  /** Numbers for this recipient that will never come: destroyed before they left. */
  voided: optional(z.array(z.number().int().positive()).max(100)),
  /** Openings since the last bundle to this recipient, this one among them: one that sent nothing is seen too. */
  openings: optional(
    z.array(object({ opening: OpeningId, parent: z.union([OpeningId, z.null()]) })).max(200),
  ),
});
export type BundleNumber = z.infer<typeof BundleNumber>;

export const Manifest = object({
  format: z.literal(manifestFormat),
  id: BundleId,
  kind: BundleKind,
  practice: z.boolean(),
  sender: object({ fingerprint: Fingerprint, office: OfficeId, officeName: shortText, person: shortText }),
  /** The one receiver; null only for an introduction. Whoever it does not name refuses the bundle. */
  recipient: z.union([Fingerprint, z.null()]),
  number: BundleNumber,
  purpose: optional(z.string().max(60)),
  cases: optional(z.array(CaseId).max(limits.cases)),
  made: moment,
  expires: moment,
  algorithms: object({ profile: z.enum(["compatible", "modern"]) }),
  entries: z.array(ManifestEntry).max(limits.entries),
});
export type Manifest = z.infer<typeof Manifest>;

/** Only the format line, to tell a newer bundle from a damaged one. */
export const ManifestFormat = z.object({ format: z.string().regex(/^waypost\/manifest\/[0-9]{1,4}$/) });
