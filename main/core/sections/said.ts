// Who last said what stands in each leaf of a section.
import type { Fingerprint, SectionId } from "../../../shared/vocabulary/ids.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { ReadDb } from "../vault/sql.ts";
import { standingAt, type Document } from "./document.ts";
import { pathOf, type LeafKey, type Path } from "./leaves.rules.ts";
import { authorsOf, opRanges } from "./sections.store.ts";

type Leaves = Map<LeafKey, JsonValue>;
/** Of a section in memory what is needed here. */
type Live = {
  readonly row: { readonly id: SectionId };
  readonly document: Document;
  readonly leaves: Leaves;
};

/** What her laptop said the time was. */
export type Said = { readonly path: Path; readonly author: Fingerprint; readonly at: number };

type Author = Omit<Said, "path">;

/** Found before, by the map of leaves that a section keeps while it is in memory: reading a long journal's anew takes long. */
const known = new WeakMap<Leaves, Map<LeafKey, Author>>();

/** Leaves that were written to since: who said them is looked up again. */
export function forgetSaid(leaves: Leaves, keys: Iterable<LeafKey>): void {
  const before = known.get(leaves);
  if (before !== undefined) for (const key of keys) before.delete(key);
}

/** Of every leaf that holds something. */
export function saidOf(db: ReadDb, live: Live): Said[] {
  const found = known.get(live.leaves) ?? new Map<LeafKey, Author>();
  known.set(live.leaves, found);
  const missing = [...live.leaves.keys()].filter((key) => !found.has(key));
  const authorOf = missing.length === 0 ? undefined : authorsByOp(db, live);
  for (const key of missing) {
    const op = standingAt(live.document, key).findLast(({ value }) => value !== undefined)?.op;
    const author = op === undefined ? undefined : authorOf?.(op);
    if (author === undefined) throw new Error("a value stands that no part wrote");
    found.set(key, author);
  }
  return [...live.leaves.keys()].flatMap((key) => {
    const author = found.get(key);
    return author === undefined ? [] : [{ path: pathOf(key), ...author }];
  });
}

/** Looks up who wrote an operation, `<number>@<actor>`. */
function authorsByOp(db: ReadDb, live: Live): (op: string) => Author | undefined {
  const byActor = Map.groupBy(opRanges(db, live.row.id), ({ actor }) => actor);
  const authors = new Map(authorsOf(db, live.row.id).map(({ id, author, at }) => [id, { author, at }]));
  return (op) => {
    const [number = "", actor = ""] = op.split("@");
    const ranges = byActor.get(actor) ?? [];
    let from = 0;
    let to = ranges.length;
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if ((ranges[middle]?.start_op ?? 0) <= Number(number)) from = middle;
      else to = middle;
    }
    const part = ranges[from]?.part;
    return part === undefined ? undefined : authors.get(part);
  };
}
