// What a section and a field are called on a screen, wherever they are spoken of from outside.
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import { fieldAt } from "../../shared/vocabulary/sections/index.ts";
import type { Language } from "../i18n/texts.tsx";

type Texts = Language["texts"];

export const sectionLabel = (texts: Texts, { kind }: SectionName): string => texts.t(`sections.${kind}`);

/** A field's name; the section's where the path leads to no field this program knows. */
export function fieldLabel(texts: Texts, section: SectionName, path: readonly string[]): string {
  const found = fieldAt(section.kind, path);
  return found === undefined
    ? sectionLabel(texts, section)
    : texts.label(`${section.kind}.${found.pattern}`) || sectionLabel(texts, section);
}

/** A person or office as they are known here. */
export const whoLabel = (
  texts: Texts,
  who: { readonly name?: string | undefined; readonly office?: string | undefined } | undefined,
): string =>
  who?.name !== undefined && who.office !== undefined
    ? texts.t("screens.common.ofOffice", { name: who.name, office: who.office })
    : (who?.name ?? who?.office ?? texts.t("screens.common.somebody"));
