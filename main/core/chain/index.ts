// The steward chain of each case: what it says now, how it grows, and how what comes from others is checked.
import type { CaseId, ChainHash } from "../../../shared/vocabulary/ids.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import { append, entriesOf, hashesOf } from "./chain.store.ts";
import type { StoredEntry } from "./chain.store.ts";
import { heldEntries } from "./entries.ts";
import type { SignedEntry } from "./entries.ts";
import { foldChain } from "./fold.rules.ts";
import type { ChainState } from "./state.rules.ts";

export { prepareEntry, prepareFirst, verifyEntries } from "./entries.ts";
export type { BadEntryWhy, CheckedEntries, SignedEntry } from "./entries.ts";
export type { StoredEntry } from "./chain.store.ts";
export * from "./chain.rules.ts";

type Kept = { readonly hashes: readonly ChainHash[]; readonly state: ChainState };
const kept = new WeakMap<ReadDb, Map<CaseId, Kept>>();
/** Cases whose state is kept in memory for each reading handle. */
const mostKept = 64;

/** What the chain of a case says, or `undefined` where none is held. Kept as long as the set of entries is the same. */
export function loadChain(read: ReadDb, caseId: CaseId): ChainState | undefined {
  const hashes = hashesOf(read, caseId);
  const states = kept.get(read) ?? new Map<CaseId, Kept>();
  kept.set(read, states);
  const before = states.get(caseId);
  states.delete(caseId);
  const same =
    before?.hashes.length === hashes.length && hashes.every((hash, index) => hash === before.hashes[index]);
  const state = same ? before.state : folded(read, caseId);
  if (state === undefined) return undefined;
  states.set(caseId, { hashes, state });
  for (const oldest of states.keys()) {
    if (states.size <= mostKept) break;
    states.delete(oldest);
  }
  return state;
}

/**
 * What the chain of a case will say with entries that are signed and not stored yet: for the next one of the same commit,
 * or to judge what came with them. `undefined` where neither the vault nor they hold the case's beginning.
 */
export function loadChainWith(
  read: ReadDb,
  caseId: CaseId,
  more: readonly SignedEntry[],
): ChainState | undefined {
  return more.length === 0 ? loadChain(read, caseId) : folded(read, caseId, { more });
}

/** The same for entries prepared here, which follow what the vault holds; anything else is a bug. */
export function stateAfter(
  read: ReadDb,
  [first, ...others]: readonly [SignedEntry, ...SignedEntry[]],
): ChainState {
  const state = loadChainWith(read, first.entry.case, [first, ...others]);
  if (state === undefined) throw new Error("the entries belong to a case that is not held");
  return state;
}

/**
 * What the chain says on one of the lines it stopped between, as if the others were not held. On it, another member of
 * the office may revoke the certificate that wrote the others, and the chain goes on.
 */
export function loadLine(read: ReadDb, caseId: CaseId, child: ChainHash): ChainState | undefined {
  const others = loadChain(read, caseId)?.stopped?.children.filter((hash) => hash !== child) ?? [];
  return folded(read, caseId, { without: new Set(others) });
}

/** Stores entries; those held already are left as they are. Gives how many are new. */
export function appendEntries(db: WriteDb, entries: readonly SignedEntry[]): number {
  return entries.filter((one) => append(db, one.entry.case, one)).length;
}

/** All entries of a case as they are sent, in the order they came. */
export const exportEntries = (read: ReadDb, caseId: CaseId): readonly StoredEntry[] =>
  entriesOf(read, caseId);

function folded(
  read: ReadDb,
  caseId: CaseId,
  change: { readonly without?: ReadonlySet<ChainHash>; readonly more?: readonly SignedEntry[] } = {},
): ChainState | undefined {
  const more = change.more?.map(({ entry }) => entry).filter((entry) => entry.case === caseId) ?? [];
  const entries = [...heldEntries(read, caseId), ...more].filter(({ hash }) => !change.without?.has(hash));
  // The beginning that this vault took in first; `verifyEntries` lets no second one in.
  const root = entries.find(({ type }) => type === "open");
  return root && foldChain(root.hash, entries);
}
