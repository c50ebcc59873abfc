// The words of the steward chain: the types of its entries, the body of each, and the lines of a signed entry.
import type { Milliseconds } from "../brand.ts";
import { object, optional, z } from "../schema.ts";
import {
  CaseId,
  ChainHash,
  ChangeHash,
  ConsentId,
  Fingerprint,
  OfficeId,
  PartId,
  PersonId,
  SectionId,
} from "./ids.ts";
import { GivenRole } from "./roles.ts";

/** Why an office or a certificate lost its part in a case. `force`: its holder may be under force. */
export const RemovalReason = z.enum(["left", "revoked", "force", "lost", "replaced"]);
export type RemovalReason = z.infer<typeof RemovalReason>;

/** Why a section was erased; never words about what it held. `struck`: founded anew without a fact. */
export const ErasureReason = z.enum(["withdrawn", "her-wish", "retention", "struck", "mistake"]);
export type ErasureReason = z.infer<typeof ErasureReason>;

/** How she agreed that another office answers for her. */
export const AgreedHow = z.enum(["in-person", "telephone", "message", "representative"]);
export type AgreedHow = z.infer<typeof AgreedHow>;

/** What becomes of the office that hands a case over. */
export const AfterHandover = z.enum(["co-manager", "leave"]);
export type AfterHandover = z.infer<typeof AfterHandover>;

/** Longest armored certificate an entry may carry, in characters. */
export const certificateCharacters = 20_000;
/** Most side entries one main entry folds in. */
export const sidesPerEntry = 256;

const milliseconds = z
  .int()
  .nonnegative()
  .transform((value) => value as Milliseconds);

/** A certificate as an entry carries it: the primary fingerprint and the armored text. */
export const NamedCertificate = object({
  fingerprint: Fingerprint,
  certificate: z
    .string()
    .max(certificateCharacters)
    .regex(/^[\n\r -~]+$/),
});
export type NamedCertificate = z.infer<typeof NamedCertificate>;

const certificates = z
  .array(NamedCertificate)
  .max(32)
  .refine((all) => new Set(all.map((one) => one.fingerprint)).size === all.length, "doubled");

const changeHeads = z.array(ChangeHash).max(256);

/** Of each section, the changes accepted from an author: hers that do not precede them are held. */
export const SectionHeads = z.record(SectionId, changeHeads);
export type SectionHeads = z.infer<typeof SectionHeads>;

const offices = z
  .array(OfficeId)
  .min(2)
  .max(64)
  .refine((all) => new Set(all).size === all.length, "doubled");

const commitment = z.string().regex(/^[0-9a-f]{64}$/);

/** A consent's name and the SHA-256 of its salt and canonical JSON: opened only to those it concerns. */
const consent = object({ consent: ConsentId, commitment });

/** The body of each type of entry on the main line. */
const mainBodies = {
  /** The steward's office and its members; signed by one of them. */
  open: object({ office: OfficeId, certificates: certificates.min(1) }),
  /** Gives or changes a role. `heads` when a co-manager becomes a viewer: what was accepted of its writing. */
  role: object({
    office: OfficeId,
    role: GivenRole,
    certificates,
    mayRecordYes: optional(z.boolean()),
    heads: optional(SectionHeads),
  }),
  /** One more member's certificate for an office in a role. */
  certificate: object({ office: OfficeId, add: NamedCertificate }),
  /** Takes an office or one certificate off the case. */
  remove: object({
    office: optional(OfficeId),
    fingerprint: optional(Fingerprint),
    reason: RemovalReason,
    heads: SectionHeads,
  }).refine(
    (body) => (body.office === undefined) !== (body.fingerprint === undefined),
    "office-or-fingerprint",
  ),
  /** Parts held for their author are taken after all. */
  accept: object({ parts: z.array(PartId).min(1).max(900) }),
  consent,
  /** A section begins. `from` is the section it goes on from, `heads` the state it was taken from, `past` what becomes of that one. */
  found: object({
    section: SectionId,
    kind: z.string().regex(/^[a-z][a-z-]{0,31}$/),
    person: optional(PersonId),
    from: optional(SectionId),
    past: z.enum(["none", "closed", "erased"]),
    heads: optional(changeHeads),
  })
    .refine((body) => (body.from === undefined) === (body.past === "none"), "from-and-past")
    .refine((body) => (body.heads !== undefined) === (body.past === "closed"), "heads-of-closed")
    .refine((body) => body.section !== body.from, "from-itself"),
  erase: object({ section: SectionId, why: ErasureReason }),
  /** Whom she named to follow a lost steward: an office, or k of these co-managers by their votes. Empty: nobody. */
  successor: object({
    office: optional(OfficeId),
    k: optional(z.int().min(2)),
    coManagers: optional(offices),
  })
    .refine((body) => (body.k === undefined) === (body.coManagers === undefined), "k-and-co-managers")
    .refine((body) => (body.k ?? 0) <= (body.coManagers?.length ?? 0), "k-over-n"),
  "handover-offered": object({
    to: OfficeId,
    agreed: object({ how: AgreedHow, at: z.int().nonnegative() }),
    then: AfterHandover,
  }),
  "handover-withdrawn": object({ offer: ChainHash }),
  /** By the new steward. `heads`: what it accepts of the old office's writing where that one leaves. */
  "handover-accepted": object({ offer: ChainHash, heads: SectionHeads }),
  /** By the successor, in place of a lost steward. `heads`: what it accepts of that office's writing. */
  succession: object({
    by: z.enum(["named", "co-managers"]),
    votes: z.array(ChainHash).max(64),
    heads: SectionHeads,
  }),
} as const;

/** The body of each type of side entry. */
const sideBodies = {
  /** Her no: anyone in a role. */
  withdrawal: object({ consent: ConsentId }),
  /** Her yes: a co-manager she named for it, or the steward while an offered handover keeps the main line. */
  yes: consent,
  /** A co-manager's vote for who follows a lost steward. */
  vote: object({ successor: OfficeId }),
} as const;

export const chainBodies = { ...mainBodies, ...sideBodies };
export type MainEntryType = keyof typeof mainBodies;
export type SideEntryType = keyof typeof sideBodies;
export type ChainEntryType = MainEntryType | SideEntryType;
export type ChainBody<T extends ChainEntryType> = z.infer<(typeof chainBodies)[T]>;

export const isSideType = (type: string): type is SideEntryType => Object.hasOwn(sideBodies, type);

/** The keys of a signed entry, in order. */
export const chainKeys = [
  "case",
  "type",
  "number",
  "parent",
  "line",
  "author",
  "at",
  "sides",
  "body",
] as const;

const count = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,15})$/)
  .transform(Number);

/** The values of a signed entry's lines but its body. */
export const ChainLines = object({
  case: CaseId,
  type: z.enum(Object.keys(chainBodies) as ChainEntryType[]),
  number: count,
  parent: z.union([ChainHash, z.literal("none").transform(() => undefined)]),
  line: z.enum(["main", "side"]),
  author: Fingerprint,
  at: count.pipe(milliseconds),
  sides: z.union([
    z.literal("-").transform((): ChainHash[] => []),
    z
      .string()
      .transform((text) => text.split(","))
      .pipe(z.array(ChainHash).max(sidesPerEntry)),
  ]),
});

type EntryOf<T extends ChainEntryType> = {
  readonly type: T;
  readonly body: ChainBody<T>;
  /** SHA-256 of the signed bytes. */
  readonly hash: ChainHash;
  readonly case: CaseId;
  /** Main: the parent's and one. Side: that of the head it names. */
  readonly number: number;
  /** Main: the entry before it; none for `open`. Side: the head it names. */
  readonly parent: ChainHash | undefined;
  readonly author: Fingerprint;
  /** As the author's laptop said; never used for order. */
  readonly at: Milliseconds;
  /** Side entries folded in. */
  readonly sides: readonly ChainHash[];
};

/** One entry of a steward chain, its signature already checked. */
export type ChainEntry<T extends ChainEntryType = ChainEntryType> = T extends ChainEntryType
  ? EntryOf<T>
  : never;
