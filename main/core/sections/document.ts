// Automerge, and nothing else: a section's document as a flat map of leaves, its changes, and what stands in conflict.
// Strings go in as scalars (ImmutableString), never as collaborative text: that would merge two spellings of a name into a third.
import * as Automerge from "@automerge/automerge";
import { canonicalJson, parseCanonicalJson } from "../../../shared/signed-text.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { ChangeHash } from "../../../shared/vocabulary/ids.ts";
import type { LeafKey, Leaves } from "./leaves.rules.ts";
import { same } from "./leaves.rules.ts";

/** The engine's own handle: its proxies and copies are ten times slower on a long journal. */
type Engine = ReturnType<typeof Automerge.getBackend>;
type Scalar = string | number | boolean | null | Uint8Array;
type Datatype = "str" | "int" | "f64" | "boolean" | "null" | "bytes";

/** A section's document in memory. Only `fork`, `applyTo` and what follows from them change one. */
export type Document = { readonly engine: Engine };

/** One value that stands at a leaf: `value` undefined where its author removed it. `op` is `<number>@<actor>`. */
export type Standing = { readonly value: JsonValue | undefined; readonly op: string };

/** One operation of a change: a leaf set (or removed), and the operations it replaced, which are all its author saw there. */
export type LeafOp = {
  readonly key: LeafKey;
  readonly value: JsonValue | undefined;
  readonly op: string;
  readonly replaced: readonly string[];
};

const root = "/";

export const emptyDocument = (): Document => ({ engine: Automerge.getBackend(Automerge.init()) });

/** A document out of `saveDocument`'s bytes, changes appended to them included; throws where one is missing or broken. */
export function loadDocument(bytes: Uint8Array): { document: Document; leaves: Map<LeafKey, JsonValue> } {
  if (bytes.length === 0) return { document: emptyDocument(), leaves: new Map() };
  const loaded = Automerge.load<Record<string, unknown>>(bytes);
  return { document: { engine: Automerge.getBackend(loaded) }, leaves: leavesFrom(loaded) };
}

export const saveDocument = ({ engine }: Document): Uint8Array => engine.save();

export const headsOf = ({ engine }: Document): ChangeHash[] => (engine.getHeads() as ChangeHash[]).toSorted();

/** A copy, of the whole document or as it was at `heads`, on which `actor` may write. */
export const fork = ({ engine }: Document, actor: string, heads?: readonly ChangeHash[]): Document => ({
  engine: heads === undefined ? engine.fork(actor) : engine.fork(actor, [...heads]),
});

/** How many changes the document holds. */
export const changeCount = ({ engine }: Document): number => engine.stats().numChanges;

export const holds = ({ engine }: Document, hash: ChangeHash): boolean =>
  engine.getChangeMetaByHash(hash) !== null;

/**
 * Those of `hashes` that the document does not hold, asked at once: one by one costs as much as reading each change. The engine
 * does not name what waits in it for other changes; nothing does in ours, which are given each change after those it builds on.
 */
export const missingFrom = ({ engine }: Document, hashes: readonly ChangeHash[]): ReadonlySet<ChangeHash> =>
  new Set(engine.getMissingDeps([...hashes]) as ChangeHash[]);

/** Merges changes into this very document, in any order; throws where two changes claim one place of one actor. */
export function applyTo({ engine }: Document, changes: readonly Uint8Array[]): void {
  engine.applyChanges([...changes]);
  engine.updateDiffCursor();
}

/**
 * One change that sets these leaves (`undefined` removes: the leaf is set to null, so that a removal and an edit made
 * apart are seen as a conflict). A leaf where several values stand is first set to something else: setting the winning
 * value again would only delete its rivals, and a third office's edit would then override it without a conflict.
 * Returns the change's bytes, or `undefined` where nothing changed.
 */
export function writeLeaves(
  document: Document,
  leaves: ReadonlyMap<LeafKey, JsonValue | undefined>,
): Uint8Array | undefined {
  const { engine } = document;
  for (const [key, value] of leaves) {
    const standing = standingAt(document, key);
    const [first, ...others] = standing;
    if (first === undefined ? value === undefined : others.every(equals(value)) && equals(value)(first))
      continue;
    if (others.length > 0) {
      const other = standing.at(-1)?.value === undefined ? true : undefined;
      engine.put(root, key, ...scalarOf(other));
    }
    engine.put(root, key, ...scalarOf(value));
  }
  if (engine.commit(undefined, 0) === null) return undefined;
  return engine.getLastLocalChange() ?? undefined;
}

const equals = (value: JsonValue | undefined) => (standing: Standing) => same(standing.value, value);

/** The operations of a change this program could have written; `undefined` where it does anything but set leaves of the root. */
export function opsOf(change: Uint8Array): readonly LeafOp[] | undefined {
  const { actor, startOp, ops } = Automerge.decodeChange(change);
  const read: LeafOp[] = [];
  for (const [index, op] of ops.entries()) {
    if (op.action !== "set" || op.obj !== "_root" || typeof op.key !== "string") return undefined;
    const value = decoded(op.value as unknown, op.datatype);
    if (value === refused) return undefined;
    read.push({ key: op.key, value, op: `${startOp + index}@${actor}`, replaced: op.pred });
  }
  return read;
}

/** Every value that stands at a leaf: one, or several set apart that nobody has settled. The engine's winner is last. */
export function standingAt({ engine }: Document, key: LeafKey): readonly Standing[] {
  return engine.getAll(root, key).map(([, raw, op]) => ({ value: jsonOf(raw), op: op ?? "" }));
}

/**
 * The value shown while several stand: the engine's winner, but a removal never hides an edit made apart from it.
 * (Which value rules in law and safety, the more careful one, is the subject's rule.)
 */
export function shown(standing: readonly Standing[]): JsonValue | undefined {
  return standing.findLast(({ value }) => value !== undefined)?.value;
}

/** Do several different values stand? The same value written twice apart is no conflict to a person. */
export function inConflict(standing: readonly Standing[]): boolean {
  const [first, ...others] = standing;
  return first !== undefined && !others.every(equals(first.value));
}

/** All leaves as the engine sees them: where nothing is in conflict, as shown. */
export const leavesIn = ({ engine }: Document): Map<LeafKey, JsonValue> =>
  leavesFrom(engine.materialize(root) as Record<string, unknown>);

function leavesFrom(materialized: Record<string, unknown>): Map<LeafKey, JsonValue> {
  const leaves = new Map<LeafKey, JsonValue>();
  for (const [key, raw] of Object.entries(materialized)) {
    const value = jsonOf(raw);
    if (value !== undefined) leaves.set(key, value);
  }
  return leaves;
}

/** All leaves as shown, and the keys of those in conflict; reads every leaf. */
export function readAll(document: Document): { leaves: Map<LeafKey, JsonValue>; conflicts: Set<LeafKey> } {
  const leaves = new Map<LeafKey, JsonValue>();
  const conflicts = new Set<LeafKey>();
  for (const key of document.engine.keys(root)) {
    const standing = standingAt(document, key);
    const value = shown(standing);
    if (value !== undefined) leaves.set(key, value);
    if (inConflict(standing)) conflicts.add(key);
  }
  return { leaves, conflicts };
}

export const sameLeaves = (a: Leaves, b: Leaves): boolean =>
  a.size === b.size && [...a].every(([key, value]) => same(value, b.get(key)));

const refused = Symbol("refused");

function decoded(raw: unknown, datatype: string | undefined): JsonValue | undefined | typeof refused {
  if (raw === null && datatype === undefined) return undefined;
  if (typeof raw === "string" || typeof raw === "boolean") return datatype === undefined ? raw : refused;
  if (typeof raw === "number")
    return (datatype === "int") === Number.isSafeInteger(raw) &&
      (datatype === "int" || datatype === "float64")
      ? raw
      : refused;
  if (!Array.isArray(raw) && !(raw instanceof Uint8Array)) return refused;
  return composite(Uint8Array.from(raw as ArrayLike<number>)) ?? refused;
}

function jsonOf(raw: unknown): JsonValue | undefined {
  if (raw === null) return undefined;
  if (typeof raw === "bigint") return Number(raw);
  if (raw instanceof Uint8Array) return composite(raw);
  if (Automerge.isImmutableString(raw)) return raw.val;
  if (typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") return raw;
  throw new Error("a section's document holds something that is no leaf");
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A leaf that is an object or a list is one value: the bytes of its canonical JSON. */
function composite(bytes: Uint8Array): JsonValue | undefined {
  try {
    const parsed = parseCanonicalJson(utf8.decode(bytes));
    return parsed.ok && typeof parsed.value === "object" && parsed.value !== null ? parsed.value : undefined;
  } catch {
    return undefined;
  }
}

function scalarOf(value: JsonValue | undefined): readonly [Scalar, Datatype] {
  switch (typeof value) {
    case "undefined":
      return [null, "null"];
    case "string":
      return [value, "str"];
    case "boolean":
      return [value, "boolean"];
    case "number":
      return [value, Number.isSafeInteger(value) ? "int" : "f64"];
    default:
      if (value === null) throw new Error("null is no value of a leaf");
      return [Buffer.from(canonicalJson(value)), "bytes"];
  }
}
