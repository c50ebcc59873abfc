// What taking in one bundle came to, and how each kind of bundle is taken.
import type { Manifest } from "../../../shared/bundle/manifest.ts";
import type { Failure, Result } from "../../../shared/result.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { BundleId, CaseId, ContactId, RecallId } from "../../../shared/vocabulary/ids.ts";
import type { ChainState } from "../chain/index.ts";
import type { PartOutcome } from "../sections/index.ts";
import type { ReadDb } from "../vault/sql.ts";
import type { LeftPart } from "./exchange.store.ts";

/** Figures of one section; `conflicts` is how many stand now. */
export type SectionOutcome = {
  readonly section: SectionName;
  readonly stored: number;
  readonly known: number;
  readonly held: number;
  readonly late: number;
  readonly dropped: number;
  readonly quarantined: number;
  readonly conflicts: number;
};

export type Taken = {
  readonly cases?: readonly {
    readonly case: CaseId;
    readonly code: string;
    readonly sections: readonly SectionOutcome[];
  }[];
  /** Cases of the bundle that were not taken, and why. */
  readonly passedOver?: readonly { readonly case: CaseId; readonly why: Failure }[];
  readonly confirmed?: readonly RecallId[];
  readonly erased?: readonly SectionName[];
  readonly contact?: ContactId;
  /** Cases whose chain may have grown: her no may be among what came. */
  readonly touched?: readonly CaseId[];
  /** Cases whose rows may have changed: screens that show them read them again. */
  readonly changed?: readonly CaseId[];
  /** Parts that were not taken; the sender is told. */
  readonly without?: readonly LeftPart[];
};

/** Who sent a file: a contact, or as an introduction says of itself. */
export type From = { readonly contact?: ContactId; readonly name: string; readonly office: string };

/** Told by receiving what it comes by, for whoever takes only some, or looks before taking. */
export type Watch = {
  readonly from?: (from: From) => void;
  /** Asked when the manifest is good: false leaves the bundle as it is. */
  readonly wanted?: (manifest: Manifest) => boolean;
  /** Before a case is committed, and inside that commit, when it is done. */
  readonly before?: (of: CaseId) => void;
  readonly after?: (db: ReadDb, state: ChainState, outcomes: readonly PartOutcome[]) => void;
};

/** What became of one file. */
export type ReceivedFile = {
  readonly file: string;
  readonly bundle?: BundleId;
  readonly kind?: Manifest["kind"];
  readonly from?: string;
  readonly outcome: "taken" | "already" | "refused";
  readonly why?: Failure;
  readonly missing?: readonly number[];
  readonly clone?: boolean;
} & Taken;

/**
 * Takes the entries of one bundle in their order. Called only for a bundle whose integrity and signatures are good. All
 * entries are checked before the first is taken: what is refused for its form has changed nothing.
 */
export type Taker = {
  readonly check: (name: string, bytes: Uint8Array) => Promise<Result<void, Failure>>;
  readonly entry: (name: string, bytes: Uint8Array) => Promise<Result<void, Failure>>;
  readonly finish: () => Promise<Result<Taken, Failure>>;
};
