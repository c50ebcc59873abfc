// One leaf of a section outside of an opened case, in words: its label, its value, and what its section is called.
import type { JsonValue } from "../../shared/signed-text.ts";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import { fieldAt } from "../../shared/vocabulary/sections/index.ts";
import { useTexts } from "../i18n/texts.tsx";
import { tellsWho, wordsOf } from "./show-value.tsx";

/** `number`: which one of its kind, where several people have such a section. */
export function useLeaf(): {
  readonly sectionOf: (name: SectionName, number?: number) => string;
  readonly labelOf: (name: SectionName, path: readonly string[]) => string;
  readonly valueOf: (name: SectionName, path: readonly string[], value: JsonValue) => string;
  /** Whether the value would tell who she is or where. */
  readonly tells: (name: SectionName, path: readonly string[]) => boolean;
} {
  const texts = useTexts();
  return {
    sectionOf: (name, number) =>
      name.person === undefined || number === undefined
        ? texts.t(`sections.${name.kind}`)
        : `${texts.t(`sections.${name.kind}`)}: ${texts.t("screens.people.byNumber", { number })}`,
    labelOf: (name, path) => {
      const found = fieldAt(name.kind, path);
      return found === undefined ? "" : texts.label(`${name.kind}.${found.pattern}`);
    },
    valueOf: (name, path, value) => {
      const meta = fieldAt(name.kind, path)?.meta;
      // Keys of other entries and of signers say nothing to a reader.
      if (meta === undefined || meta.type === "item") return texts.t("screens.leaf.linked");
      if (meta.type === "reference") return texts.t("screens.leaf.office");
      return wordsOf(meta, value, {
        texts,
        person: (key) => texts.t(key === "her" ? "screens.people.herself" : "screens.leaf.someone"),
      });
    },
    tells: (name, path) => {
      const meta = fieldAt(name.kind, path)?.meta;
      return meta === undefined || tellsWho(name.kind, meta);
    },
  };
}

/** Which one of its kind each section is, counted from 1, where it is about one person. */
export const numbered = (names: readonly SectionName[]): readonly (number | undefined)[] =>
  names.map((name, at) =>
    name.person === undefined
      ? undefined
      : names.slice(0, at + 1).filter(({ kind, person }) => kind === name.kind && person !== undefined)
          .length,
  );

/** Every leaf that stands in a section, in the order of its value. What no field knows is none. */
export function leavesOf(
  kind: SectionName["kind"],
  value: JsonValue,
  path: readonly string[] = [],
): readonly { readonly path: readonly string[]; readonly value: JsonValue }[] {
  if (fieldAt(kind, path) !== undefined) return [{ path, value }];
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
  return Object.entries(value as Readonly<Record<string, JsonValue>>).flatMap(([key, inner]) =>
    leavesOf(kind, inner, [...path, key]),
  );
}
