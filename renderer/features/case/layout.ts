// The form in which a tab of a case says what it asks: groups of fields and of records, by the section's own paths.
import type { SectionKind } from "../../../shared/vocabulary/sections/index.ts";
import type { PlainKey } from "../../../shared/texts/texts.ts";

export type Inner = {
  readonly path: readonly string[];
  readonly title: PlainKey;
  readonly add: PlainKey;
} & (
  | { readonly each: "record"; readonly fields: readonly string[]; readonly empty: PlainKey }
  | { readonly each: "person"; readonly fields: readonly string[] }
);
export type Part =
  | { readonly fields: readonly string[] }
  | {
      readonly records: string;
      readonly fields: readonly string[];
      readonly add: PlainKey;
      readonly empty: PlainKey;
      /** The field a record is called by. */
      readonly called?: string;
      readonly order?: string;
      readonly sets?: readonly string[];
      readonly inner?: readonly Inner[];
    };

export type Layout = {
  readonly kind: Exclude<SectionKind, "family">;
  readonly groups: readonly {
    readonly title: PlainKey;
    readonly why?: PlainKey;
    readonly parts: readonly Part[];
  }[];
};

export type Layouts = Readonly<Record<string, Layout>>;

/** The key of a text of the case's own screens. */
export const key = (name: string) => `screens.case.${name}` as PlainKey;
