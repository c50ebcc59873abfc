// What the steward chain says of a case: offices and their certificates, consents, sections, who follows, what is wrong.
import type { Milliseconds } from "../../../shared/brand.ts";
import type {
  ChainBody,
  ErasureReason,
  RemovalReason,
  SectionHeads,
} from "../../../shared/vocabulary/chain.ts";
import type {
  CaseId,
  ChainHash,
  ChangeHash,
  ConsentId,
  Fingerprint,
  OfficeId,
  PartId,
  PersonId,
  SectionId,
} from "../../../shared/vocabulary/ids.ts";
import type { Role } from "../../../shared/vocabulary/roles.ts";

/** An office's part in the case. A removed office stays in the list with the entry number of its removal. */
export type OfficeStanding = {
  readonly role: Role;
  readonly since: number;
  readonly mayRecordYes: boolean;
  readonly removed?: { readonly number: number; readonly reason: RemovalReason | "succeeded" };
};

/** Entry numbers between which a certificate could write the case; `heads` is what was accepted when it ended. */
export type Span = {
  readonly from: number;
  readonly until?: number;
  readonly heads?: SectionHeads;
};

export type CertificateStanding = {
  readonly office: OfficeId;
  readonly armored: string;
  readonly added: number;
  readonly spans: readonly Span[];
  readonly removed?: { readonly number: number; readonly heads: SectionHeads };
};

export type ConsentStanding = {
  readonly commitment: string;
  readonly entry: ChainHash;
  readonly by: Fingerprint;
  readonly at: Milliseconds;
  readonly withdrawn?: { readonly entry: ChainHash; readonly by: Fingerprint; readonly at: Milliseconds };
};

export type Founding = {
  readonly kind: string;
  readonly person?: PersonId;
  readonly from?: SectionId;
  readonly past: ChainBody<"found">["past"];
  /** Of the founding entry. */
  readonly number: number;
  /** Whether the founding entry is in effect; false while two entries with one parent leave it open. */
  readonly settled: boolean;
};

/** Parts of a closed section that precede `heads` are its history; others are late. */
export type Closing = { readonly number: number; readonly heads: readonly ChangeHash[] };

export type Erasure = {
  readonly by: Fingerprint;
  readonly at: Milliseconds;
  readonly why: ErasureReason;
  readonly entry: ChainHash;
  /** Only a settled erasure destroys rows; one on a line not in effect keeps the section out of sight and destroys nothing. */
  readonly settled: boolean;
};

export type Handover = {
  readonly offer: ChainHash;
  readonly to: OfficeId;
  readonly then: ChainBody<"handover-offered">["then"];
};

export type Successor = ChainBody<"successor">;

/** An office that answers for the case, or answered before, from this entry on. */
export type Answering = { readonly office: OfficeId; readonly since: number };

/** Why an entry has no effect. */
export type IgnoredWhy =
  | "other-case"
  | "second-open"
  | "wrong-number"
  | "author-unknown"
  | "author-removed"
  | "not-steward"
  | "no-right"
  | "handover-standing"
  | "no-offer"
  | "not-successor"
  | "votes-missing"
  | "certificate-taken"
  | "office-unknown"
  | "certificate-unknown"
  | "steward-stays"
  | "last-certificate"
  | "heads-missing"
  | "consent-known"
  | "section-known"
  | "section-gone"
  | "kind-founded"
  | "disowned"
  | "follows-ignored";

export type ChainState = {
  readonly case: CaseId;
  readonly root: ChainHash;
  readonly head: ChainHash;
  readonly number: number;
  readonly steward: OfficeId;
  /** All who ever answered, in their order; the last is the steward. */
  readonly answering: readonly Answering[];
  readonly offices: ReadonlyMap<OfficeId, OfficeStanding>;
  readonly certificates: ReadonlyMap<Fingerprint, CertificateStanding>;
  readonly consents: ReadonlyMap<ConsentId, ConsentStanding>;
  readonly founded: ReadonlyMap<SectionId, Founding>;
  readonly closed: ReadonlyMap<SectionId, Closing>;
  readonly erased: ReadonlyMap<SectionId, Erasure>;
  readonly accepted: ReadonlySet<PartId>;
  readonly successor?: Successor;
  readonly handover?: Handover;
  /** Votes that name the present head: whose, for whom. */
  readonly votes: ReadonlyMap<ChainHash, { readonly office: OfficeId; readonly successor: OfficeId }>;
  /** Withdrawals and yeses not yet folded in, for the next entry. */
  readonly pendingSides: readonly ChainHash[];
  /** Entries with the right to be written, in effect or not, and the number in effect that each stands at. */
  readonly positions: ReadonlyMap<ChainHash, number>;
  /** Entries with one parent: the chain goes no further than that parent. */
  readonly stopped?: { readonly parent: ChainHash; readonly children: readonly ChainHash[] };
  /** Entries that cannot be judged yet: something before them is not held. */
  readonly waiting: readonly ChainHash[];
  /** Entries that are named and not held. */
  readonly missing: readonly ChainHash[];
  readonly ignored: readonly { readonly hash: ChainHash; readonly why: IgnoredWhy }[];
};

/** The part of the state that entries change, while it is being folded. */
export type Draft = {
  case: CaseId;
  root: ChainHash;
  head: ChainHash;
  number: number;
  steward: OfficeId;
  answering: readonly Answering[];
  offices: Map<OfficeId, OfficeStanding>;
  certificates: Map<Fingerprint, CertificateStanding>;
  consents: Map<ConsentId, ConsentStanding>;
  founded: Map<SectionId, Founding>;
  closed: Map<SectionId, Closing>;
  erased: Map<SectionId, Erasure>;
  accepted: Set<PartId>;
  successor?: Successor;
  handover?: Handover;
  votes: Map<ChainHash, { office: OfficeId; successor: OfficeId }>;
};

/** What the right to write an entry depends on: a state, or a draft of one. */
export type Ruling = Omit<
  ChainState,
  "pendingSides" | "positions" | "stopped" | "waiting" | "missing" | "ignored"
>;
