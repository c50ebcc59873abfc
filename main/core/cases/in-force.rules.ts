// What of a section may be shown while two values stand: the careful one where the field knows one, else none silently.
import type { JsonValue } from "../../../shared/signed-text.ts";
import { carefulOf, fieldAt, type SectionKind } from "../../../shared/vocabulary/sections/index.ts";

type Standing = {
  readonly path: readonly string[];
  readonly values: readonly { readonly value: JsonValue | undefined }[];
};

/** A section's value as it goes out, and what nobody has settled and no careful value rules. */
export type InForce = {
  readonly value: JsonValue;
  readonly unsettled: readonly { readonly path: readonly string[]; readonly values: readonly JsonValue[] }[];
};

/** Sets the careful value wherever one rules. DESIGN section 3: until a named person settles it. */
export function inForce(kind: SectionKind, shown: JsonValue, conflicts: readonly Standing[]): InForce {
  let value = shown;
  const unsettled: InForce["unsettled"][number][] = [];
  for (const { path, values } of conflicts) {
    const meta = fieldAt(kind, path)?.meta;
    const all = values.map((one) => one.value ?? null);
    const careful = meta === undefined ? undefined : carefulOf(meta, all);
    if (careful === undefined) unsettled.push({ path, values: all });
    else value = withLeaf(value, path, careful);
  }
  return { value, unsettled };
}

function withLeaf(value: JsonValue, [step, ...rest]: readonly string[], leaf: JsonValue): JsonValue {
  if (step === undefined) return leaf;
  const map =
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as { readonly [key: string]: JsonValue })
      : {};
  return { ...map, [step]: withLeaf(map[step] ?? {}, rest, leaf) };
}
