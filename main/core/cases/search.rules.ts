// Which words of a section are found by search: names apart from other text, journal entries each on their own.
import { fieldAt, type SectionKind } from "../../../shared/vocabulary/sections/index.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";

export type Words = { readonly names: string; readonly body: string };

type Leaf = { readonly path: readonly string[]; readonly value: JsonValue };

/** By key: the same value gives the same words, in whatever order it was written. */
const inOrder = (value: object): readonly (readonly [string, JsonValue])[] =>
  (Object.entries(value) as [string, JsonValue][]).toSorted(([a], [b]) => (a < b ? -1 : 1));

const textsOf = (value: object): readonly string[] =>
  inOrder(value).flatMap(([, part]) => (typeof part === "string" ? [part] : []));

/** Every leaf of a section's value with its path. */
export function leavesOf(kind: SectionKind, value: JsonValue, path: readonly string[] = []): readonly Leaf[] {
  if (fieldAt(kind, path) !== undefined) return [{ path, value }];
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
  return inOrder(value).flatMap(([key, inner]) => leavesOf(kind, inner, [...path, key]));
}

/** Names are leaves with a `full` form; other text is what people type and the numbers of papers. */
export function wordsOf(kind: SectionKind, value: JsonValue): Words {
  const names: string[] = [];
  const body: string[] = [];
  for (const leaf of leavesOf(kind, value)) {
    if (isName(leaf.value)) names.push(...textsOf(leaf.value));
    else if (typeof leaf.value === "string" && isText(kind, leaf.path)) body.push(leaf.value);
  }
  return { names: names.join("\n"), body: body.join("\n") };
}

/** Journal entries by their id, each with its own words. */
export function entriesOf(value: JsonValue): ReadonlyMap<string, string> {
  const entries = isObject(value) && isObject(value["entries"]) ? value["entries"] : {};
  return new Map(
    Object.entries(entries).map(([id, entry]) => [id, isObject(entry) ? textsOf(entry).join("\n") : ""]),
  );
}

/** What of a text may be the beginning of a case code (`K7`, `k74-ce`), as codes are written. */
export function codeBegin(text: string): string | undefined {
  const begin = text.trim().toUpperCase();
  return /^[A-Z][0-9]{1,2}(-[A-Z]*)?$/.test(begin) ? begin : undefined;
}

/**
 * The query for FTS5: every word must occur, the last one as a beginning. Signs are no operators. A beginning of one or two
 * letters is looked for in codes and names only; a single Latin letter or digit after other words says too little yet.
 */
export function queryOf(text: string): string | undefined {
  const found = text.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu);
  if (found === null) return undefined;
  const words =
    found.length > 1 && /^[\p{Script=Latin}0-9]$/u.test(found.at(-1) ?? "") ? found.slice(0, -1) : found;
  return words
    .map((word, at) => {
      if (at < words.length - 1) return `"${word}"`;
      return Array.from(word).length < 3 ? `{code names} : "${word}"*` : `"${word}"*`;
    })
    .join(" AND ");
}

const isObject = (value: unknown): value is { readonly [key: string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isName = (value: JsonValue): value is { readonly full: string } =>
  isObject(value) && typeof value["full"] === "string";

const textLike = /number|address|channel|code/i;

function isText(kind: SectionKind, path: readonly string[]): boolean {
  return fieldAt(kind, path)?.meta.freeText === true || textLike.test(path.at(-1) ?? "");
}
