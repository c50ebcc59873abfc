// Which leaves a release shows: those its clearance names, and of free text only what a person ticked.
import { canonicalJson, type JsonValue } from "../../../shared/signed-text.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import {
  fieldAt,
  sectionSchemas,
  type SectionKind,
  type SectionSchema,
} from "../../../shared/vocabulary/sections/index.ts";
import { clearedField, type Cleared } from "../consent/consent.rules.ts";
import type { InForce } from "../cases/in-force.rules.ts";

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

/** Every leaf of a section's value, with what its field says of it. Leaves no field knows are none. */
function leavesIn(kind: SectionKind, value: JsonValue, path: readonly string[] = []): readonly Leaf[] {
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

/** What a release shows of a section before ticks, how many leaves it leaves out, and whether two values stand for a shown one. */
export type Shown = { readonly leaves: readonly Leaf[]; readonly left: number; readonly unsettled: boolean };

/** The leaves of a section that this decision lets go, each as it will stand on paper. */
export function shownOf(cleared: Cleared, section: SectionName, whole: InForce): Shown {
  const goes = (path: readonly string[]) => goesAs(cleared, section, path, whole);
  const all = leavesIn(section.kind, whole.value);
  const leaves = all.flatMap((leaf) => {
    const as = goes(leaf.path);
    return as === undefined ? [] : [as === "year" ? { ...leaf, value: yearOf(leaf.value) } : leaf];
  });
  return {
    leaves,
    left: all.length - leaves.length,
    unsettled: whole.unsettled.some(({ path }) => goes(path) !== undefined),
  };
}

/** The section's extract: of free text only what was ticked. */
export function cut(
  shown: Shown,
  ticked: (leaf: Leaf) => boolean,
): { readonly value: JsonValue; readonly fields: number; readonly left: number } {
  const kept: Record<string, unknown> = {};
  const leaves = shown.leaves.filter((leaf) => !leaf.freeText || ticked(leaf));
  for (const { path, value } of leaves) put(kept, path, value);
  const left = shown.left + shown.leaves.length - leaves.length;
  return { value: kept as JsonValue, fields: leaves.length, left };
}

/** Whether a leaf goes, and whether its year only. A decision names patterns; what a record says of itself narrows it here. */
function goesAs(
  cleared: Cleared,
  section: SectionName,
  path: readonly string[],
  whole: InForce,
): "whole" | "year" | undefined {
  const field = clearedField(cleared, section, path);
  if (field === undefined) return undefined;
  const record = (at: number, key: string) => settledAt(whole, [...path.slice(0, at), key]);
  if (field.byHerWord && path[0] === "papers") {
    const kind = record(3, "kind");
    if (kind !== "passport" && kind !== "travel-document") return undefined;
  }
  // Who vouches but has not said that it may be shown stays out, whatever else of the section may go.
  if (section.kind === "work" && path[0] === "vouching" && record(2, "mayBeShown") !== "yes")
    return undefined;
  const aboutOthers = section.person === undefined ? personsOf(section.kind, path, field.pattern, whole) : [];
  if (!aboutOthers.every((person) => mayBeToldOf(cleared, person, field.pattern))) return undefined;
  return field.byHerWord && field.pattern === "birth.date" ? "year" : "whole";
}

/** The value in force at a path, `undefined` also where two stand. */
function settledAt({ value, unsettled }: InForce, path: readonly string[]): JsonValue | undefined {
  if (unsettled.some((one) => one.path.join(".") === path.join("."))) return undefined;
  return valueAt(value, path);
}

const valueAt = (value: JsonValue, path: readonly string[]): JsonValue | undefined =>
  path.reduce<JsonValue | undefined>((at, step) => mapOf(at)[step], value);

const mapOf = (value: JsonValue | undefined): { readonly [key: string]: JsonValue } =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as { readonly [key: string]: JsonValue })
    : {};

/** Whom a leaf of her own sections speaks of: the persons its records are kept by, or name. */
function personsOf(
  kind: SectionKind,
  path: readonly string[],
  pattern: string,
  whole: InForce,
): readonly string[] {
  const { maps } = sectionSchemas[kind] as SectionSchema;
  const steps = pattern.split(".");
  return path.flatMap((key, at) => {
    const keys = maps[steps.slice(0, at).join(".")];
    if (keys === "person") return [key];
    if (keys !== "item") return [];
    const record = path.slice(0, at + 1);
    return (
      Object.keys(mapOf(valueAt(whole.value, record)))
        .filter((name) => fieldAt(kind, [...record, name])?.meta.type === "person")
        .map((name) => settledAt(whole, [...record, name]))
        // Where two values stand for whom it speaks of, it speaks of nobody who may be told of.
        .map((who) => (typeof who === "string" ? who : ""))
    );
  });
}

/** By her word for a relative it may be said that this person applies with her, and when, and nothing else of her sections. */
const besideHerWord = "applications.*.applicants.*.when";

/** A relative is spoken of only to someone who may know of this person by a yes of her or his own side. */
function mayBeToldOf(cleared: Cleared, person: string, pattern: string): boolean {
  if (person === "her") return true;
  const theirs = cleared.facts.fields.filter(({ section }) => section.person === person);
  return theirs.some(({ byHerWord }) => !byHerWord) || (theirs.length > 0 && pattern === besideHerWord);
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
  const date = mapOf(value);
  const text = date["value"];
  const calendar = date["calendar"];
  if (typeof text !== "string" || calendar === undefined) return null;
  const about = date["approximate"] === true ? { approximate: true } : {};
  return { value: text.slice(0, 4), precision: "year", calendar, ...about };
}
