// Grows the tree of the entries that had the right to be written, each judged by what came before it alone.
import { isSideType } from "../../../shared/vocabulary/chain.ts";
import type { ChainEntry, MainEntryType, SideEntryType } from "../../../shared/vocabulary/chain.ts";
import type { ChainHash, OfficeId } from "../../../shared/vocabulary/ids.ts";
import { apply, copyOf, opened } from "./effects.rules.ts";
import { entryRefusal } from "./rights.rules.ts";
import type { Draft, IgnoredWhy } from "./state.rules.ts";

export type MainEntry = ChainEntry<MainEntryType>;
export type SideEntry = ChainEntry<SideEntryType>;
export type Held = ReadonlyMap<ChainHash, ChainEntry>;

/** The entries that had the right to be written, each judged by what came before it alone, so that nothing added later takes it away. */
export type Tree = {
  /** Parents before children, every line below an entry together. */
  readonly order: readonly { readonly entry: MainEntry; readonly steward: OfficeId }[];
  readonly children: ReadonlyMap<ChainHash, readonly MainEntry[]>;
  readonly sides: ReadonlyMap<ChainHash, SideEntry>;
  readonly sidesAt: ReadonlyMap<ChainHash | undefined, readonly SideEntry[]>;
  readonly ignored: Map<ChainHash, IgnoredWhy>;
};

/** The tree above the first entry, and what is known of the entries that are not in it. */
export function growTree(first: ChainEntry<"open">, held: Held): Tree {
  const sorted = [...held.values()].toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
  const below = Map.groupBy(sorted.filter(isMain), ({ parent }) => parent);
  const sidesAt = Map.groupBy(sorted.filter(isSide), ({ parent }) => parent);
  const order: { entry: MainEntry; steward: OfficeId }[] = [];
  const children = new Map<ChainHash, MainEntry[]>();
  const sides = new Map<ChainHash, SideEntry>();
  const ignored = new Map<ChainHash, IgnoredWhy>();
  const open: { draft: Draft; entry: MainEntry }[] = [{ draft: opened(first), entry: first }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { draft, entry } = at;
    order.push({ entry, steward: draft.steward });
    for (const side of sidesAt.get(entry.hash) ?? []) {
      const why = entryRefusal(draft, side);
      if (why === undefined) sides.set(side.hash, side);
      else ignored.set(side.hash, why);
    }
    countVotes(draft, sidesAt.get(entry.hash) ?? [], sides);
    const next: MainEntry[] = [];
    for (const child of below.get(entry.hash) ?? []) {
      const why = entryRefusal(draft, child);
      if (why === undefined) next.push(child);
      else if (why !== "votes-missing" || !namesMissing(child, held)) ignored.set(child.hash, why);
    }
    children.set(entry.hash, next);
    for (const [index, child] of next.entries()) {
      const own = index === next.length - 1 ? draft : copyOf(draft);
      open.push({ draft: own, entry: child });
    }
    for (const { draft: own, entry: child } of open.slice(open.length - next.length)) apply(own, child);
  }
  return { order, children, sides, sidesAt, ignored };
}

const isSide = (entry: ChainEntry): entry is SideEntry => isSideType(entry.type);
const isMain = (entry: ChainEntry): entry is MainEntry => !isSideType(entry.type);

const namesMissing = (entry: MainEntry, held: Held): boolean =>
  entry.type === "succession" && entry.body.votes.some((vote) => !held.has(vote));

/** Votes count only at the head they name: a steward who writes again has ended them. */
export function countVotes(
  draft: Draft,
  atHead: readonly SideEntry[],
  sound: ReadonlyMap<ChainHash, SideEntry>,
): void {
  for (const side of atHead) {
    const office = draft.certificates.get(side.author)?.office;
    if (side.type !== "vote" || office === undefined || !sound.has(side.hash)) continue;
    draft.votes.set(side.hash, { office, successor: side.body.successor });
  }
}

/** For each entry of the tree, whether another stands at it or below it. */
export function subtrees(tree: Tree): (top: ChainHash, below: ChainHash) => boolean {
  const index = new Map(tree.order.map(({ entry }, place) => [entry.hash, place]));
  const end = new Map<ChainHash, number>();
  for (const { entry } of tree.order.toReversed()) {
    const last = Math.max(
      index.get(entry.hash) ?? 0,
      ...(tree.children.get(entry.hash) ?? []).map((child) => end.get(child.hash) ?? 0),
    );
    end.set(entry.hash, last);
  }
  return (top, below) => {
    const place = index.get(below) ?? -1;
    return place >= (index.get(top) ?? Infinity) && place <= (end.get(top) ?? -1);
  };
}

export type Below = ReturnType<typeof subtrees>;
