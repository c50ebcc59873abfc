// Folds the entries of a steward chain into what they say: the same set gives the same state, in any order, any number of times.
import type { ChainEntry } from "../../../shared/vocabulary/chain.ts";
import type { ChainHash, ConsentId, Fingerprint, OfficeId } from "../../../shared/vocabulary/ids.ts";
import {
  apply,
  consentOf,
  endSpan,
  erasureOf,
  foundingOf,
  opened,
  removeCertificate,
  removeOffice,
} from "./effects.rules.ts";
import { activeCertificates, entryRefusal } from "./rights.rules.ts";
import type { ChainState, ConsentStanding, Draft, IgnoredWhy } from "./state.rules.ts";
import { countVotes, growTree, subtrees } from "./tree.rules.ts";
import type { Below, Held, MainEntry, SideEntry, Tree } from "./tree.rules.ts";

/** Side entries folded in on the line in effect, in order, with why they had lost their right by then. */
type Folded = Map<ChainHash, IgnoredWhy | undefined>;

type Line = { readonly path: readonly MainEntry[]; readonly stopped?: NonNullable<ChainState["stopped"]> };

/**
 * The state of a case by its chain. `root` is the `open` entry this vault took in first; another one has no effect.
 * Every entry's signature has been checked. `undefined` where the root is not among the entries or is unsound.
 *
 * What protects her stays, wherever its entry stands: a withdrawal or an erasure, once it had the right to be written,
 * is never undone by entries added later, and while two entries with one parent are open, removals on both lines hold.
 */
export function foldChain(root: ChainHash, entries: Iterable<ChainEntry>): ChainState | undefined {
  const held = new Map<ChainHash, ChainEntry>();
  for (const entry of entries) held.set(entry.hash, entry);
  const first = held.get(root);
  if (first?.type !== "open" || !signedByItsOwn(first)) return undefined;
  const tree = growTree(first, held);
  const subtree = subtrees(tree);
  const line = followLine(first, tree, subtree);
  const { draft, folded } = replay(first, line.path, tree);
  if (line.stopped) holdOpenLines(draft, line.stopped.children, tree, subtree);
  keepErasures(draft, tree);
  enterConsents(draft, tree, folded);
  for (const hash of disownedBy(tree, line, subtree)) tree.ignored.set(hash, "disowned");
  const { waiting, ignored } = leftOver(tree, held);
  return {
    ...draft,
    pendingSides: pendingSides(draft, tree, folded),
    positions: positionsOf(tree, line.path),
    ...(line.stopped ? { stopped: line.stopped } : {}),
    waiting,
    missing: missingOf(tree, held),
    ignored,
  };
}

const signedByItsOwn = (entry: ChainEntry<"open">): boolean =>
  entry.number === 0 &&
  entry.parent === undefined &&
  entry.body.certificates.some(({ fingerprint }) => fingerprint === entry.author);

/** The line in effect: from the root as long as one child is left. */
function followLine(first: MainEntry, tree: Tree, below: Below): Line {
  const stewards = new Map(tree.order.map(({ entry, steward }) => [entry.hash, steward]));
  const path: MainEntry[] = [first];
  for (let at = first; ;) {
    const steward = stewards.get(at.hash);
    const left = notDisowned(tree.children.get(at.hash) ?? [], steward, tree, below);
    const [only, second] = left;
    if (only === undefined) return { path };
    if (second !== undefined) {
      return { path, stopped: { parent: at.hash, children: left.map(({ hash }) => hash) } };
    }
    path.push(only);
    at = only;
  }
}

/**
 * Of entries with one parent, those whose author was not removed by the same office on a line beside. A colleague whose
 * certificate was revoked cannot stop the chain with an entry dated back; two who remove each other do stop it.
 */
function notDisowned(
  siblings: readonly MainEntry[],
  steward: OfficeId | undefined,
  tree: Tree,
  below: Below,
): readonly MainEntry[] {
  if (siblings.length < 2) return siblings;
  const removals = tree.order.flatMap(({ entry, steward: office }) =>
    entry.type === "remove" && office === steward ? [entry] : [],
  );
  const removes = (line: MainEntry, author: Fingerprint) =>
    removals.some((removal) => removal.body.fingerprint === author && below(line.hash, removal.hash));
  const byOtherOffice = (entry: MainEntry) =>
    entry.type === "handover-accepted" || entry.type === "succession";
  const left = siblings.filter(
    (entry) =>
      byOtherOffice(entry) ||
      !siblings.some(
        (other) => other !== entry && removes(other, entry.author) && !removes(entry, other.author),
      ),
  );
  return left.length === 0 ? siblings : left;
}

/** The draft at the end of the line, and the side entries folded in on it. */
function replay(first: ChainEntry<"open">, path: readonly MainEntry[], tree: Tree) {
  const draft = opened(first);
  const folded: Folded = new Map();
  for (const entry of path.slice(1)) {
    for (const hash of entry.sides) {
      const side = tree.sides.get(hash);
      if (side && !folded.has(hash)) folded.set(hash, stillRefused(draft, side));
    }
    apply(draft, entry);
  }
  countVotes(draft, tree.sidesAt.get(draft.head) ?? [], tree.sides);
  return { draft, folded };
}

const stillRefused = (draft: Draft, side: SideEntry): IgnoredWhy | undefined =>
  entryRefusal(draft, { ...side, number: draft.number });

/** While lines with one parent are open, what takes rights away holds on each of them, and sections begun stay readable. */
function holdOpenLines(draft: Draft, tops: readonly ChainHash[], tree: Tree, below: Below): void {
  const number = draft.number + 1;
  for (const { entry } of tree.order) {
    if (!tops.some((top) => below(top, entry.hash))) continue;
    if (entry.type === "remove") {
      const { office, fingerprint, reason, heads } = entry.body;
      if (office !== undefined) removeOffice(draft, office, reason, heads, number);
      if (fingerprint !== undefined) removeCertificate(draft, fingerprint, number, heads);
    }
    if (entry.type === "role" && entry.body.role === "viewer") {
      for (const one of activeCertificates(draft, entry.body.office))
        endSpan(draft, one, number, entry.body.heads ?? {});
    }
    if (entry.type === "found" && !draft.founded.has(entry.body.section)) {
      draft.founded.set(entry.body.section, foundingOf(entry, false));
    }
  }
}

/** An erasure on a line not in effect keeps the section out of sight, unsettled. */
function keepErasures(draft: Draft, tree: Tree): void {
  for (const { entry } of tree.order) {
    const section =
      entry.type === "erase"
        ? entry.body.section
        : entry.type === "found" && entry.body.past === "erased"
          ? entry.body.from
          : undefined;
    if (section === undefined || draft.erased.has(section)) continue;
    if (entry.type === "erase" || entry.type === "found") draft.erased.set(section, erasureOf(entry, false));
  }
}

/** Adds yeses of side entries where the main line has none of that name, then every withdrawal ever seen. */
function enterConsents(draft: Draft, tree: Tree, folded: Folded): void {
  const sides = [...tree.sides.values()].toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
  const yeses = new Map<ConsentId, ConsentStanding[]>();
  const place = new Map([...folded.keys()].map((hash, index) => [hash, index]));
  const inOrder = sides.toSorted(
    (a, b) => (place.get(a.hash) ?? Infinity) - (place.get(b.hash) ?? Infinity) || 0,
  );
  for (const side of inOrder) {
    if (side.type !== "yes" || draft.consents.has(side.body.consent)) continue;
    const why = folded.has(side.hash) ? folded.get(side.hash) : stillRefused(draft, side);
    if (why !== undefined) tree.ignored.set(side.hash, why);
    else yeses.set(side.body.consent, [...(yeses.get(side.body.consent) ?? []), consentOf(side)]);
  }
  for (const [consent, [first, ...others]] of yeses) {
    if (first === undefined) continue;
    // Two different yeses under one name that nobody folded in: neither counts.
    const sure = folded.has(first.entry) || others.every(({ commitment }) => commitment === first.commitment);
    if (sure) draft.consents.set(consent, first);
  }
  for (const side of sides) {
    if (side.type !== "withdrawal") continue;
    const consent = draft.consents.get(side.body.consent);
    if (consent === undefined || consent.withdrawn) continue;
    const withdrawn = { entry: side.hash, by: side.author, at: side.at };
    draft.consents.set(side.body.consent, { ...consent, withdrawn });
  }
}

function pendingSides(draft: Draft, tree: Tree, folded: Folded): ChainHash[] {
  const pending = [...tree.sides.values()].filter(
    (side) =>
      !folded.has(side.hash) &&
      (side.type === "withdrawal" ||
        (side.type === "yes" && draft.consents.get(side.body.consent)?.entry === side.hash)),
  );
  return pending.map(({ hash }) => hash).toSorted();
}

function positionsOf(tree: Tree, path: readonly MainEntry[]): Map<ChainHash, number> {
  const inEffect = new Set(path.map(({ hash }) => hash));
  const positions = new Map<ChainHash, number>();
  for (const { entry } of tree.order) {
    const own = inEffect.has(entry.hash) || entry.parent === undefined;
    positions.set(entry.hash, own ? entry.number : (positions.get(entry.parent as ChainHash) ?? 0));
  }
  return positions;
}

/** Entries of the tree that stand beside the line in effect because their author was disowned, and what follows them. */
function disownedBy(tree: Tree, line: Line, below: Below): ChainHash[] {
  const inEffect = new Set(line.path.map(({ hash }) => hash));
  const open = line.stopped?.children ?? [];
  return tree.order
    .filter(({ entry }) => !inEffect.has(entry.hash) && !open.some((top) => below(top, entry.hash)))
    .map(({ entry }) => entry.hash);
}

/** Entries never reached: behind an ignored one they are ignored too, all others wait for what is missing. */
function leftOver(tree: Tree, held: Held): Pick<ChainState, "waiting" | "ignored"> {
  const reached = new Set(tree.order.map(({ entry }) => entry.hash));
  const ignored = new Map(tree.ignored);
  const followers = Map.groupBy(held.values(), ({ parent }) => parent);
  const waiting: ChainHash[] = [];
  for (const { hash, type } of held.values()) {
    if (type === "open" && !reached.has(hash)) ignored.set(hash, "second-open");
  }
  const behind = [...ignored.keys()].filter((hash) => !reached.has(hash));
  for (let hash = behind.pop(); hash !== undefined; hash = behind.pop()) {
    for (const { hash: follower } of followers.get(hash) ?? []) {
      if (ignored.has(follower) || tree.sides.has(follower)) continue;
      ignored.set(follower, "follows-ignored");
      behind.push(follower);
    }
  }
  for (const hash of held.keys()) {
    if (!reached.has(hash) && !ignored.has(hash) && !tree.sides.has(hash)) waiting.push(hash);
  }
  return {
    waiting: waiting.toSorted(),
    ignored: [...ignored]
      .map(([hash, why]) => ({ hash, why }))
      .toSorted((a, b) => (a.hash < b.hash ? -1 : 1)),
  };
}

/** What entries name and this vault does not hold: parents, folded side entries, votes. */
function missingOf(tree: Tree, held: Held): ChainHash[] {
  const named = new Set<ChainHash>();
  for (const entry of held.values()) {
    if (entry.parent !== undefined) named.add(entry.parent);
    if (entry.type === "succession") for (const vote of entry.body.votes) named.add(vote);
  }
  for (const { entry } of tree.order) for (const side of entry.sides) named.add(side);
  return [...named].filter((hash) => !held.has(hash)).toSorted();
}
