// What a part is, and a change in it: the shapes that everything about sections works with.
import type { Milliseconds } from "../../../shared/brand.ts";
import type {
  CaseId,
  ChainHash,
  ChangeHash,
  Fingerprint,
  OpeningId,
  PartId,
  PersonId,
  SaveId,
  SectionId,
} from "../../../shared/vocabulary/ids.ts";

/** Who made a change and on what; its operations are not read here. */
export type ChangeHead = {
  readonly hash: ChangeHash;
  readonly dependencies: readonly ChangeHash[];
  readonly actor: string;
  readonly seq: number;
  readonly startOp: number;
  readonly bytes: Uint8Array;
};

/** A part as it travels and as it is stored. `changes`: chunks, each preceded by its length. */
export type PartRecord = {
  readonly id: PartId;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly changes: Uint8Array;
};

/** What a part's signed text says. */
export type PartFacts = {
  readonly case: CaseId;
  readonly section: SectionId;
  readonly kind: string;
  readonly person: PersonId | undefined;
  /** Version of the kind's schema it was written under. */
  readonly schema: number;
  readonly save: SaveId;
  readonly author: Fingerprint;
  /** Head of the steward chain its author saw. */
  readonly chain: ChainHash;
  readonly opening: OpeningId;
  readonly changes: readonly ChangeHash[];
  /** Changes of other parts it builds on; empty for a section's first part. */
  readonly dependencies: readonly ChangeHash[];
  /** As the author's laptop said; never used for order. */
  readonly at: Milliseconds;
  readonly reason: string;
};

/** A part whose text, limits, hashes and actor are as they must be; its signature is not looked at here. */
export type ReadPart = {
  readonly record: PartRecord;
  readonly facts: PartFacts;
  readonly actor: string;
  readonly heads: readonly ChangeHead[];
};
