// What people are shown of a section beyond its value: who wrote what when, what stands in conflict, what held parts would change.
import type { JsonValue } from "../../../shared/signed-text.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { Fingerprint, PartId, SaveId, SectionId } from "../../../shared/vocabulary/ids.ts";
import type { ReadDb } from "../vault/sql.ts";
import { unframe } from "./chunk.ts";
import type { LeafOp } from "./document.ts";
import { holds, opsOf, standingAt } from "./document.ts";
import type { Edit, LeafKey, Path } from "./leaves.rules.ts";
import { keyOf, pathOf, same } from "./leaves.rules.ts";
import type { Live, LiveSections } from "./live.ts";
import { storedFacts } from "./part.ts";
import { graphParts } from "./refresh.ts";
import type { Author, SaveRefused, SectionsParts } from "./save.ts";
import { prepareSave } from "./save.ts";
import type { PartRow } from "./sections.store.ts";
import { changeRows, lastSaveOf, partOfOp, partRow, partRows, partsOfSave } from "./sections.store.ts";
import { inOrder } from "./standing.rules.ts";

/** Who wrote something, and what her laptop said the time was. */
export type Written = { readonly part: PartId; readonly author: Fingerprint; readonly at: number };

/** Several values stand for one leaf. `value` is `undefined` where its author removed it. The shown one is in the section's value. */
export type Conflict = {
  readonly path: Path;
  readonly values: readonly (Written & { readonly value: JsonValue | undefined })[];
};

/** One leaf changed by one part. `before`: what its author saw there, more than one where she settled a conflict. */
export type HistoryEntry = Written & {
  readonly save: SaveId;
  readonly reason: string;
  readonly path: Path;
  readonly before: readonly JsonValue[];
  readonly after: JsonValue | undefined;
};

export function conflictsOf(db: ReadDb, live: Live): Conflict[] {
  return [...live.conflicts].toSorted().map((key) => ({
    path: pathOf(key),
    values: standingAt(live.document, key).map(({ value, op }) => {
      const row = partOfOp(db, live.row.id, op);
      if (row === undefined) throw new Error("a value stands that no part wrote");
      return { value, part: row.id, author: row.author, at: row.at };
    }),
  }));
}

/** Everything that was written at or below `path`, in effect now, each after what it builds on. */
export function historyOf(db: ReadDb, live: Live, path: Path): HistoryEntry[] {
  const graph = changeRows(db, live.row.id).filter(({ hash }) => holds(live.document, hash));
  const written = new Map<string, JsonValue | undefined>();
  const within = path.length === 0 ? "" : keyOf(path);
  return inOrder(graphParts(graph)).flatMap((id) => {
    const row = partRow(db, id);
    if (row === undefined) throw new Error("a part of the graph is not stored");
    const entries = entriesOf(row, written);
    return entries.filter(({ path: at }) => `${keyOf(at)}.`.startsWith(within === "" ? "" : `${within}.`));
  });
}

/** What a part that was tried would change, for a person who must decide about it; empty for one that was not. */
export function leavesOfPart(
  db: ReadDb,
  id: PartId,
): readonly { path: Path; value: JsonValue | undefined }[] {
  const row = partRow(db, id);
  const tried = row !== undefined && changeRows(db, row.section).some(({ part }) => part === id);
  if (!tried) return [];
  return [...finalOps(row)].map(([key, { last }]) => ({ path: pathOf(key), value: last.value }));
}

/** `written` collects the value of every operation, to look up what later ones replaced. */
function entriesOf(row: PartRow, written: Map<string, JsonValue | undefined>): HistoryEntry[] {
  const { reason, save } = storedFacts(row.signed);
  return [...finalOps(row)].map(([key, { replaced, last, all }]) => {
    for (const { op, value } of all) written.set(op, value);
    return {
      part: row.id,
      author: row.author,
      at: row.at,
      save,
      reason,
      path: pathOf(key),
      before: distinct(replaced.map((op) => written.get(op))).filter((value) => value !== undefined),
      after: last.value,
    };
  });
}

/** Of each leaf a part touched: its last operation there, and what stood there before the part. */
function finalOps(row: PartRow) {
  const touched = new Map<LeafKey, { replaced: readonly string[]; last: LeafOp; all: LeafOp[] }>();
  for (const chunk of unframe(row.changes) ?? [])
    for (const op of opsOf(chunk) ?? []) {
      const known = touched.get(op.key);
      if (known === undefined) touched.set(op.key, { replaced: op.replaced, last: op, all: [op] });
      else touched.set(op.key, { ...known, last: op, all: [...known.all, op] });
    }
  return touched;
}

const distinct = (values: readonly (JsonValue | undefined)[]) =>
  values.filter((value, at) => values.findIndex((other) => same(other, value)) === at);

export type UndoRefused =
  | SaveRefused
  | { readonly type: "UnknownSave" }
  /** Only the last save of the one who undoes, in this case. */
  | { readonly type: "NotYourLast" }
  /** Someone wrote there since, or it is not in effect. */
  | { readonly type: "ChangedSince"; readonly section: SectionId; readonly paths: readonly Path[] }
  /** It settled a conflict: two values cannot be put back by one. */
  | { readonly type: "SettledConflict"; readonly section: SectionId; readonly paths: readonly Path[] };

/** A new save that sets back what the author's last one changed. */
export async function prepareUndo(
  parts: SectionsParts,
  db: ReadDb,
  wanted: { readonly save: SaveId; readonly reason: string } & Author,
): Promise<
  Result<
    Awaited<ReturnType<typeof prepareSave>> extends Result<infer T, SaveRefused> ? T : never,
    UndoRefused
  >
> {
  const rows = partsOfSave(db, wanted.save);
  const [first] = rows;
  if (first === undefined) return err({ type: "UnknownSave" });
  const facts = storedFacts(first.signed);
  if (lastSaveOf(db, facts.case, wanted.signer.fingerprint) !== wanted.save)
    return err({ type: "NotYourLast" });
  const edits = [];
  for (const row of rows) {
    const back = backOf(db, parts.live, row);
    if (!back.ok) return back;
    const { kind, person } = storedFacts(row.signed);
    edits.push({
      section: row.section,
      kind,
      ...(person === undefined ? {} : { person }),
      edits: back.value,
    });
  }
  const { signer, opening, chain, reason } = wanted;
  return prepareSave(parts, db, { case: facts.case, reason, edits, signer, opening, chain });
}

function backOf(db: ReadDb, sections: LiveSections, row: PartRow): Result<Edit[], UndoRefused> {
  const live = sections.get(db, row.section);
  const changed: Path[] = [];
  const settled: Path[] = [];
  const edits: Edit[] = [];
  for (const [key, { replaced, last }] of finalOps(row)) {
    const path = pathOf(key);
    const standing = live === undefined ? [] : standingAt(live.document, key);
    if (standing.length !== 1 || standing[0]?.op !== last.op) changed.push(path);
    const before = distinct(replaced.map((op) => valueOfOp(db, row.section, op)));
    if (before.length > 1) settled.push(path);
    const [value] = before;
    edits.push(value === undefined ? { path, remove: true } : { path, set: value });
  }
  if (changed.length > 0) return err({ type: "ChangedSince", section: row.section, paths: changed });
  if (settled.length > 0) return err({ type: "SettledConflict", section: row.section, paths: settled });
  return ok(edits);
}

function valueOfOp(db: ReadDb, section: SectionId, op: string): JsonValue | undefined {
  const row = partOfOp(db, section, op);
  const ops = row === undefined ? [] : [...finalOps(row).values()].flatMap(({ all }) => all);
  return ops.find((one) => one.op === op)?.value;
}

/** All parts of a section, for those who must show or send them. */
export const exported = (db: ReadDb, section: SectionId, except: ReadonlySet<PartId>): PartRow[] =>
  partRows(db, section).filter(({ id }) => !except.has(id));
