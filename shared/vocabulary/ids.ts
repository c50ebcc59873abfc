// Identifiers: lower-case hex of random bytes, never reused, never derived from anything about a person.
import { z } from "../schema.ts";

const random16 = () => z.string().regex(/^[0-9a-f]{32}$/);
const sha256 = () => z.string().regex(/^[0-9a-f]{64}$/);

export const VaultId = random16().brand<"VaultId">();
export type VaultId = z.infer<typeof VaultId>;
export const SlotId = random16().brand<"SlotId">();
export type SlotId = z.infer<typeof SlotId>;
/** A desk that takes part: mission, network, NGO. */
export const OfficeId = random16().brand<"OfficeId">();
export type OfficeId = z.infer<typeof OfficeId>;
/** A person working at this vault's office. */
export const MemberId = random16().brand<"MemberId">();
export type MemberId = z.infer<typeof MemberId>;
export const ContactId = random16().brand<"ContactId">();
export type ContactId = z.infer<typeof ContactId>;
export const CaseId = random16().brand<"CaseId">();
export type CaseId = z.infer<typeof CaseId>;
export const SectionId = random16().brand<"SectionId">();
export type SectionId = z.infer<typeof SectionId>;
/** A person on a family list. */
export const PersonId = random16().brand<"PersonId">();
export type PersonId = z.infer<typeof PersonId>;
export const SaveId = random16().brand<"SaveId">();
export type SaveId = z.infer<typeof SaveId>;
export const ConsentId = random16().brand<"ConsentId">();
export type ConsentId = z.infer<typeof ConsentId>;
export const BundleId = random16().brand<"BundleId">();
export type BundleId = z.infer<typeof BundleId>;
export const RecallId = random16().brand<"RecallId">();
export type RecallId = z.infer<typeof RecallId>;
/** The random name of one opening of a vault. */
export const OpeningId = random16().brand<"OpeningId">();
export type OpeningId = z.infer<typeof OpeningId>;
/** A record in a map inside a section: a trip, a paper, a journal entry. */
export const ItemId = random16().brand<"ItemId">();
export type ItemId = z.infer<typeof ItemId>;
/** SHA-256 of a part's signed bytes. */
export const PartId = sha256().brand<"PartId">();
export type PartId = z.infer<typeof PartId>;
/** SHA-256 of a chain entry's signed bytes. */
export const ChainHash = sha256().brand<"ChainHash">();
export type ChainHash = z.infer<typeof ChainHash>;
/** Automerge's hash of one change. */
export const ChangeHash = sha256().brand<"ChangeHash">();
export type ChangeHash = z.infer<typeof ChangeHash>;
/** Fingerprint of a certificate's primary key: 40 (version 4) or 64 (version 6) upper-case hex digits. */
export const Fingerprint = z
  .string()
  .regex(/^([0-9A-F]{40}|[0-9A-F]{64})$/)
  .brand<"Fingerprint">();
export type Fingerprint = z.infer<typeof Fingerprint>;
