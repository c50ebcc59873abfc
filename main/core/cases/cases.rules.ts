// What a section of a case is called, and which is meant where two have one name.
import { err, ok, type Result } from "../../../shared/result.ts";
import { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { PersonId, SectionId } from "../../../shared/vocabulary/ids.ts";
import type { SectionKind } from "../../../shared/vocabulary/sections/index.ts";

/** A section of a case with its name. */
export type NamedSection = { readonly section: SectionId; readonly name: SectionName };

export const nameOf = (kind: string, person: PersonId | undefined): SectionName =>
  person === undefined ? { kind: kind as SectionKind } : { kind: kind as SectionKind, person };

/** The same for a section another office may have made up: `undefined` for a kind this program does not know. */
export function knownName(kind: string, person: PersonId | undefined): SectionName | undefined {
  const name = SectionName.safeParse(nameOf(kind, person));
  return name.success ? name.data : undefined;
}

/** The living sections of that name: more than one where two offices each began one for the same relative. */
export const sectionsNamed = (sections: readonly NamedSection[], name: SectionName): NamedSection[] =>
  sections.filter((one) => sameName(one.name, name));

/** The names of sections, each once. */
export const namesOf = (sections: readonly NamedSection[]): SectionName[] =>
  sections
    .map(({ name }) => name)
    .filter((name, at, all) => all.findIndex((one) => sameName(one, name)) === at);

const sameName = (a: SectionName, b: SectionName): boolean => a.kind === b.kind && a.person === b.person;

/** A section as a person means it: by its name, and where two have that name, by which of them. */
export type Meant = { readonly section: SectionName; readonly which?: SectionId | undefined };

/** Two sections have this name; nothing is changed until a person says which she means. */
export type TwinsStand = { readonly type: "TwinsStand"; readonly sections: readonly SectionId[] };

/** The section that is meant; `undefined` where the case has none of that name. */
export function sectionMeant(
  sections: readonly NamedSection[],
  { section: name, which }: Meant,
): Result<NamedSection | undefined, TwinsStand | { readonly type: "UnknownSection" }> {
  const all = sectionsNamed(sections, name);
  if (which === undefined)
    return all.length > 1
      ? err({ type: "TwinsStand", sections: all.map(({ section }) => section) })
      : ok(all[0]);
  const one = all.find(({ section }) => section === which);
  return one === undefined ? err({ type: "UnknownSection" }) : ok(one);
}
