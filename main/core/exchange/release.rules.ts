// Which leaves a release shows: those its clearance names, and of free text only what a person ticked.
import { canonicalJson, type JsonValue } from "../../../shared/signed-text.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import { fieldAt, type SectionKind } from "../../../shared/vocabulary/sections/index.ts";

/** A free text as a person read it and let it go. */
export type Ticked = {
  readonly section: SectionName;
  readonly path: readonly string[];
  readonly value: JsonValue;
};

export type Leaf = {
  readonly path: readonly string[];
  readonly value: JsonValue;
  readonly freeText: boolean;
};

/** One leaf that may be shown; `yearOnly` cuts a date to its year. */
export type Shown = { readonly pattern: string; readonly yearOnly: boolean };

/** Every leaf of a section's value, with what its field says of it. Leaves no field knows are none. */
export function leavesIn(kind: SectionKind, value: JsonValue, path: readonly string[] = []): readonly Leaf[] {
  const field = fieldAt(kind, path);
  if (field !== undefined) return [{ path, value, freeText: field.meta.freeText }];
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => leavesIn(kind, inner as JsonValue, [...path, key]));
}

/** The leaf patterns of a kind at or under the asked pattern (`papers.held` names all that is known of papers). */
export function patternsUnder(asked: string, patterns: readonly string[]): readonly string[] {
  const steps = asked === "*" ? [] : asked.split(".");
  return patterns.filter((pattern) => {
    const path = pattern.split(".");
    return steps.length <= path.length && steps.every((step, at) => step === path[at] || step === "*");
  });
}

/** The value with only the cleared leaves, and of free text only the ticked; `left` counts what was taken out. */
export function cut(
  kind: SectionKind,
  value: JsonValue,
  shown: (path: readonly string[]) => Shown | undefined,
  ticked: (leaf: Leaf) => boolean,
): { readonly value: JsonValue; readonly fields: number; readonly left: number } {
  const kept: Record<string, unknown> = {};
  let fields = 0;
  let left = 0;
  for (const leaf of leavesIn(kind, value)) {
    const allowed = shown(leaf.path);
    if (allowed === undefined || (leaf.freeText && !ticked(leaf))) {
      left += 1;
      continue;
    }
    fields += 1;
    put(kept, leaf.path, allowed.yearOnly ? yearOf(leaf.value) : leaf.value);
  }
  return { value: kept as JsonValue, fields, left };
}

/** Whether a tick names this leaf as it stands now: what changed after it was read was not ticked. */
export const isTicked = (one: Ticked, section: SectionName, leaf: Leaf): boolean =>
  one.section.kind === section.kind &&
  one.section.person === section.person &&
  one.path.join(".") === leaf.path.join(".") &&
  canonicalJson(one.value) === canonicalJson(leaf.value);

function put(into: Record<string, unknown>, path: readonly string[], value: JsonValue): void {
  let at = into;
  for (const [index, step] of path.entries()) {
    if (index === path.length - 1) at[step] = value;
    else at = (at[step] ??= {}) as Record<string, unknown>;
  }
}

/** A date with nothing but its year. */
function yearOf(value: JsonValue): JsonValue {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const date = value as { readonly [key: string]: JsonValue };
  const text = date["value"];
  const calendar = date["calendar"];
  return typeof text === "string" && calendar !== undefined
    ? { value: text.slice(0, 4), precision: "year", calendar }
    : value;
}
