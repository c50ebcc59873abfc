// The people of a case by the name a screen calls them: the woman herself and everyone on her family list.
import type { PersonName } from "../../shared/vocabulary/names.ts";
import { useTexts } from "../i18n/texts.tsx";
import { useCase, valueAt, type CaseFile } from "./case-file.tsx";

export type Person = { readonly id: string; readonly label: string };

/** The name she chose, else as in the passport; `undefined` where nothing is known or it is covered. */
export function nameIn(open: CaseFile, id: string): string | undefined {
  const section =
    id === "her" ? { kind: "identity" as const } : { kind: "family" as const, person: id as never };
  const value = open.section(section)?.value;
  const name = (valueAt(value, ["names", "wanted"]) ?? valueAt(value, ["names", "asInPassport"])) as
    | PersonName
    | undefined;
  return name?.full;
}

/** `nameOf` a person's key, and all of them to choose from. Covered, they are told apart by their relation and place in the list. */
export function usePeople(): {
  readonly options: readonly Person[];
  readonly nameOf: (id: string) => string;
  readonly members: readonly string[];
} {
  const open = useCase();
  const texts = useTexts();
  // Two offices may each have begun a section for one person.
  const members = [
    ...new Set(
      open.sections.flatMap((one) =>
        one.name.kind === "family" && one.name.person !== undefined ? [one.name.person as string] : [],
      ),
    ),
  ];
  const nameOf = (id: string): string => {
    if (id === "her")
      return (open.shown ? nameIn(open, "her") : undefined) ?? texts.t("screens.people.herself");
    const name = open.shown ? nameIn(open, id) : undefined;
    if (name !== undefined) return name;
    const value = open.section({ kind: "family", person: id as never })?.value;
    const relation = valueAt(value, ["relation", "kind"]);
    return typeof relation === "string"
      ? texts.t("screens.people.byRelation", {
          relation: texts.word(relation).toLocaleLowerCase(),
          number: members.indexOf(id) + 1,
        })
      : texts.t("screens.people.byNumber", { number: members.indexOf(id) + 1 });
  };
  return {
    members,
    nameOf,
    options: ["her", ...members].map((id) => ({ id, label: nameOf(id) })),
  };
}
