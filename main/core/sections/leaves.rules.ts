// A section's value is a flat map of leaves in its document and a tree of plain JSON for everybody else: the way between.
// Flat, because two offices that each create the map `names` apart would hide one of the two maps; leaves only collide.
import { canonicalJson } from "../../../shared/signed-text.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";

/** The steps from a section's root to a leaf or to a map: field names and ItemIds. */
export type Path = readonly string[];
/** The steps of a leaf joined by ".": its key in the document. */
export type LeafKey = string;
/** A tree of maps; what stands at a leaf is one value, also where it is an object (a date, a name). */
export type Value = { readonly [key: string]: JsonValue };
/** Leaf by key; a removed leaf is absent. */
export type Leaves = ReadonlyMap<LeafKey, JsonValue>;

/** What one user action does to a section. A leaf is set whole; `remove` takes the leaf, or all leaves below a map. */
export type Edit =
  | { readonly path: Path; readonly set: JsonValue }
  | { readonly path: Path; readonly remove: true };

/** Why a value cannot stand where it was put; never quotes the value. */
export type Problem = { readonly path: Path; readonly why: string };

/** One kind of section as this layer needs it: the registry in shared/vocabulary/sections fits. */
export type Kind = {
  readonly version: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly schema: {
    safeParse(
      value: unknown,
    ):
      | { readonly success: true }
      | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
  };
};
type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

const step = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

export const keyOf = (path: Path): LeafKey => path.join(".");
export const pathOf = (key: LeafKey): Path => key.split(".");

/** Does a leaf stand at this path (`leaf`), below it (`map`), or neither? */
export function placeAt(kind: Kind, path: Path): "leaf" | "map" | undefined {
  if (path.length === 0) return "map";
  if (!path.every((name) => step.test(name))) return undefined;
  let place: "map" | undefined;
  for (const steps of patternsOf(kind)) {
    if (steps.length < path.length) continue;
    if (!path.every((name, at) => steps[at] === "*" || steps[at] === name)) continue;
    if (steps.length === path.length) return "leaf";
    place = "map";
  }
  return place;
}

const patterns = new WeakMap<object, readonly (readonly string[])[]>();

function patternsOf(kind: Kind): readonly (readonly string[])[] {
  const known = patterns.get(kind.fields);
  if (known !== undefined) return known;
  const made = Object.keys(kind.fields).map((pattern) => pattern.split("."));
  patterns.set(kind.fields, made);
  return made;
}

/** Edits as single leaves, `undefined` where one is removed; a map that is set is taken apart into its leaves. */
export function leavesOf(
  kind: Kind,
  edits: readonly Edit[],
  present: Leaves,
): Result<ReadonlyMap<LeafKey, JsonValue | undefined>, readonly Problem[]> {
  const wanted = new Map<LeafKey, JsonValue | undefined>();
  const problems: Problem[] = [];
  const set = (path: Path, value: JsonValue) => {
    const place = placeAt(kind, path);
    if (place === "leaf") wanted.set(keyOf(path), value);
    else if (place === undefined) problems.push({ path, why: "no-such-field" });
    else if (!isTree(value)) problems.push({ path, why: "not-a-map" });
    else for (const [name, inner] of Object.entries(value)) set([...path, name], inner);
  };
  for (const edit of edits) {
    if ("set" in edit) {
      set(edit.path, edit.set);
      continue;
    }
    const place = placeAt(kind, edit.path);
    if (place === undefined) problems.push({ path: edit.path, why: "no-such-field" });
    else if (place === "leaf") wanted.set(keyOf(edit.path), undefined);
    else {
      const below = edit.path.length === 0 ? "" : `${keyOf(edit.path)}.`;
      for (const key of [...present.keys(), ...wanted.keys()])
        if (key.startsWith(below)) wanted.set(key, undefined);
    }
  }
  return problems.length === 0 ? ok(wanted) : err(problems);
}

/**
 * Judges leaves by themselves, as a section holding nothing else: every field is optional, so what passes alone passes
 * in any merge. Removed leaves (`undefined`) must only name a field.
 */
export function judge(
  kind: Kind,
  leaves: Iterable<readonly [LeafKey, JsonValue | undefined]>,
): readonly Problem[] {
  const problems: Problem[] = [];
  const alone = new Map<LeafKey, JsonValue>();
  for (const [key, value] of leaves) {
    if (placeAt(kind, pathOf(key)) !== "leaf") problems.push({ path: pathOf(key), why: "no-such-field" });
    else if (value !== undefined) alone.set(key, value);
  }
  if (problems.length > 0) return problems;
  const verdict = kind.schema.safeParse(nest(alone));
  if (verdict.success) return [];
  return verdict.error.issues.map(({ path, message }) => ({ path: path.map(String), why: message }));
}

/** The tree that leaves make. */
export function nest(leaves: Iterable<readonly [LeafKey, JsonValue]>): Value {
  const root: Tree = {};
  for (const [key, value] of leaves) {
    const path = pathOf(key);
    let at = root;
    for (const name of path.slice(0, -1)) at = branch(at, name);
    at[path.at(-1) ?? ""] = value;
  }
  return root;
}

type Tree = { [key: string]: JsonValue };

function branch(at: Tree, name: string): Tree {
  const there = Object.hasOwn(at, name) ? at[name] : undefined;
  if (there !== undefined && isTree(there)) return there as Tree;
  const made: Tree = {};
  at[name] = made;
  return made;
}

/** The same tree with one leaf set, or removed where `leaf` is undefined; shares all that did not change. */
export function withLeaf(value: Value, path: Path, leaf: JsonValue | undefined): Value {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const inner = Object.hasOwn(value, name) ? value[name] : undefined;
  const next =
    rest.length === 0 ? leaf : withLeaf(inner !== undefined && isTree(inner) ? inner : {}, rest, leaf);
  if (next !== undefined && !(rest.length > 0 && Object.keys(next as Value).length === 0))
    return { ...value, [name]: next };
  const { [name]: _, ...others } = value;
  return others;
}

export const same = (a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));

const isTree = (value: JsonValue): value is Value =>
  typeof value === "object" && value !== null && !Array.isArray(value);
