// The registry of section kinds: a new kind is a file and a line here, nothing else.
import { z } from "../../schema.ts";
import type { ZodType } from "../../schema.ts";
import type { FieldMeta, Fields, MapKeys } from "../fields.ts";
import { family } from "./family.ts";
import { identity } from "./identity.ts";
import { journal } from "./journal.ts";
import { placement } from "./placement.ts";
import { plan } from "./plan.ts";
import { reach } from "./reach.ts";
import { travel } from "./travel.ts";
import { visa } from "./visa.ts";
import { work } from "./work.ts";

/** Kinds of sections of a case, in the order people read them. `family` stands once a person, the others once a case. */
export const sectionKinds = [
  "identity",
  "reach",
  "work",
  "family",
  "travel",
  "visa",
  "placement",
  "plan",
  "journal",
] as const;
export const SectionKind = z.enum(sectionKinds);
export type SectionKind = z.infer<typeof SectionKind>;

/** One kind of section: the schema version it writes, its schema, its leaves and maps by path pattern. */
export type SectionSchema = {
  readonly kind: SectionKind;
  readonly version: number;
  readonly schema: ZodType;
  readonly fields: Fields;
  /** Path patterns of its maps, and what their keys are. */
  readonly maps: Readonly<Record<string, MapKeys>>;
};
export type SectionSchemas = Readonly<Record<SectionKind, SectionSchema>>;

export const sectionSchemas = {
  identity,
  reach,
  work,
  family,
  travel,
  visa,
  placement,
  plan,
  journal,
} as const satisfies SectionSchemas;

/** The value of a section of one kind. */
export type SectionValue<K extends SectionKind> = z.infer<(typeof sectionSchemas)[K]["schema"]>;

/** Kinds that only the offices answering for a case may hold; never released but to herself. */
export const workingKinds: ReadonlySet<SectionKind> = new Set(["plan", "journal"]);

const patterns = new Map(
  sectionKinds.map((kind) => [
    kind,
    Object.entries(sectionSchemas[kind].fields).map(([pattern, meta]) => ({
      pattern,
      meta,
      steps: pattern.split("."),
    })),
  ]),
);

/**
 * The leaf a path within a section's value leads to: its pattern in `fields`, and its meta. `undefined` where no leaf is,
 * also inside one: a leaf is set whole.
 */
export function fieldAt(
  kind: SectionKind,
  path: readonly string[],
): { readonly pattern: string; readonly meta: FieldMeta } | undefined {
  return patterns
    .get(kind)
    ?.find(
      ({ steps }) =>
        steps.length === path.length && steps.every((step, at) => step === "*" || step === path[at]),
    );
}

/** Of several values that stand for one field, the careful one, which is in force until a person settles it. */
export function carefulOf<T>(meta: FieldMeta, values: readonly T[]): T | undefined {
  const order: readonly unknown[] = meta.careful ?? [];
  const ranked = values.filter((value) => order.includes(value));
  return ranked.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))[0];
}
