// Which parts of a section are in effect: decided by the set of parts and the chain alone, never by what came first.
import type { ChangeHash, PartId } from "../../../shared/vocabulary/ids.ts";

/** A part that passed the trial, in the section's graph. */
export type GraphPart = {
  readonly id: PartId;
  readonly changes: readonly {
    readonly hash: ChangeHash;
    readonly actor: string;
    readonly seq: number;
    readonly dependencies: readonly ChangeHash[];
  }[];
};

/** The same, and what the chain says of it. */
export type Candidate = GraphPart & {
  /** `undefined` where the chain allows it, else why not. */
  readonly barred: string | undefined;
  /** Named by an `accept` entry of the chain. */
  readonly accepted: boolean;
  /** Kind and person it says the section is of. */
  readonly about: string;
};

/** Parts in effect, each after those it builds on; the others with the reason. */
export type Effect = { readonly applied: readonly PartId[]; readonly held: ReadonlyMap<PartId, string> };

/**
 * Sorts a section's parts. Held are: what the chain bars; a part that says the section is of another kind or person
 * (`other-subject`); the loser of two changes in one place of one actor's sequence (`rival`: a cloned laptop, or a lie told
 * differently to two offices); and whatever builds on something held (`builds-on-held`). Between rivals the one the steward
 * accepted stands, else the lowest hash: any rule does as long as every office comes to the same.
 */
export function effectOf(candidates: readonly Candidate[]): Effect {
  const held = new Map<PartId, string>();
  for (const part of candidates) if (part.barred !== undefined) held.set(part.id, part.barred);

  const allowed = candidates.filter(({ id }) => !held.has(id));
  const subject = leading(
    allowed.filter(isFirst),
    ({ about }) => about,
    ({ id }) => id,
  );
  for (const part of allowed)
    if (subject !== undefined && part.about !== subject) held.set(part.id, "other-subject");

  const lost = losers(allowed.filter(({ id }) => !held.has(id)));
  for (const part of allowed)
    if (!held.has(part.id) && part.changes.some(({ hash }) => lost.has(hash))) held.set(part.id, "rival");

  const applied = inOrder(candidates.filter(({ id }) => !held.has(id)));
  const inEffect = new Set(applied);
  for (const { id } of candidates) if (!inEffect.has(id) && !held.has(id)) held.set(id, "builds-on-held");
  return { applied, held };
}

const isFirst = (part: Candidate) => part.changes[0]?.dependencies.length === 0;

function losers(parts: readonly Candidate[]): Set<ChangeHash> {
  const places = new Map<string, { part: Candidate; hash: ChangeHash }[]>();
  for (const part of parts)
    for (const { hash, actor, seq } of part.changes) {
      const place = `${actor} ${seq}`;
      const there = places.get(place);
      if (there === undefined) places.set(place, [{ part, hash }]);
      else there.push({ part, hash });
    }
  const lost = new Set<ChangeHash>();
  for (const there of places.values()) {
    if (there.length === 1) continue;
    const winner = leading(
      there.map(({ part, hash }) => ({ accepted: part.accepted, hash })),
      ({ hash }) => hash,
      ({ hash }) => hash,
    );
    for (const { hash } of there) if (hash !== winner) lost.add(hash);
  }
  return lost;
}

/** What the accepted one says, else the one lowest by `rank`. */
function leading<T extends { readonly accepted: boolean }, V>(
  all: readonly T[],
  says: (one: T) => V,
  rank: (one: T) => string,
): V | undefined {
  const [first] = all.toSorted((a, b) =>
    a.accepted === b.accepted ? (rank(a) < rank(b) ? -1 : 1) : a.accepted ? -1 : 1,
  );
  return first === undefined ? undefined : says(first);
}

/** Those all of whose dependencies are there too, in an order every office comes to: after what they build on, then by id. */
export function inOrder(parts: readonly GraphPart[]): PartId[] {
  const has = new Set<ChangeHash>();
  const waiting = new Map<ChangeHash, GraphPart[]>();
  const order: PartId[] = [];
  let ready = parts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  while (ready.length > 0) {
    const next: GraphPart[] = [];
    for (const part of ready) {
      const missing = missingOf(part, has);
      if (missing !== undefined) {
        const others = waiting.get(missing);
        if (others === undefined) waiting.set(missing, [part]);
        else others.push(part);
        continue;
      }
      order.push(part.id);
      for (const { hash } of part.changes) {
        if (has.has(hash)) continue;
        has.add(hash);
        next.push(...(waiting.get(hash) ?? []));
        waiting.delete(hash);
      }
    }
    ready = next.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }
  return order;
}

function missingOf(part: GraphPart, has: ReadonlySet<ChangeHash>): ChangeHash | undefined {
  const own = new Set(part.changes.map(({ hash }) => hash));
  for (const { dependencies } of part.changes)
    for (const hash of dependencies) if (!has.has(hash) && !own.has(hash)) return hash;
  return undefined;
}

/** Is `hash` one of `heads` or does one of them build on it? Built once a set of heads. */
export function ancestry(
  parents: ReadonlyMap<ChangeHash, readonly ChangeHash[]>,
  heads: readonly ChangeHash[],
): ReadonlySet<ChangeHash> {
  const seen = new Set<ChangeHash>();
  const next = [...heads];
  for (let hash = next.pop(); hash !== undefined; hash = next.pop()) {
    if (seen.has(hash)) continue;
    const above = parents.get(hash);
    if (above === undefined) continue;
    seen.add(hash);
    next.push(...above);
  }
  return seen;
}
