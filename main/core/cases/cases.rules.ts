// What a case's state of work is called, and which sections an edit may begin.
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

/** The living section of that name, if the case has one. */
export const sectionNamed = (
  sections: readonly NamedSection[],
  name: SectionName,
): NamedSection | undefined =>
  sections.find((one) => one.name.kind === name.kind && one.name.person === name.person);
