// Which words of a section are found by search: names apart from other text, journal entries each on their own.
import { fieldAt, type SectionKind } from "../../../shared/vocabulary/sections/index.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";

export type Words = { readonly names: string; readonly body: string };

type Leaf = { readonly path: readonly string[]; readonly value: JsonValue };

/** Every leaf of a section's value with its path. */
export function leavesOf(kind: SectionKind, value: JsonValue, path: readonly string[] = []): readonly Leaf[] {
  if (fieldAt(kind, path) !== undefined) return [{ path, value }];
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(kind, inner as JsonValue, [...path, key]));
}

/** Names are leaves with a `full` form; other text is what people type and the numbers of papers. */
export function wordsOf(kind: SectionKind, value: JsonValue): Words {
  const names: string[] = [];
  const body: string[] = [];
  for (const leaf of leavesOf(kind, value)) {
    if (isName(leaf.value))
      names.push(...Object.values(leaf.value).filter((part) => typeof part === "string"));
    else if (typeof leaf.value === "string" && isText(kind, leaf.path)) body.push(leaf.value);
  }
  return { names: names.join("\n"), body: body.join("\n") };
}

/** Journal entries by their id, each with its own words. */
export function entriesOf(value: JsonValue): ReadonlyMap<string, string> {
  const entries = isObject(value) && isObject(value["entries"]) ? value["entries"] : {};
  return new Map(
    Object.entries(entries).map(([id, entry]) => [
      id,
      isObject(entry)
        ? Object.values(entry)
            .filter((part) => typeof part === "string")
            .join("\n")
        : "",
    ]),
  );
}

/** The query for FTS5: every word must occur, the last one as a beginning. Signs are no operators. */
export function queryOf(text: string): string | undefined {
  const words = text.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu);
  if (words === null) return undefined;
  return words.map((word, at) => (at === words.length - 1 ? `"${word}"*` : `"${word}"`)).join(" ");
}

const isObject = (value: unknown): value is { readonly [key: string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isName = (value: JsonValue): value is { readonly full: string } =>
  isObject(value) && typeof value["full"] === "string";

const textLike = /number|address|channel|code/i;

function isText(kind: SectionKind, path: readonly string[]): boolean {
  return fieldAt(kind, path)?.meta.freeText === true || textLike.test(path.at(-1) ?? "");
}
