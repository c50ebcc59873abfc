// What a person's place in the move is on the screen: a shape, a group of the picture; and how old somebody is as far as known.
import { gregorianRange, turns, type PartialDate } from "../../../shared/vocabulary/dates.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { PersonId } from "../../../shared/vocabulary/ids.ts";
import type { familyStates } from "../../../shared/vocabulary/sections/family.ts";
import { sectionSchemas } from "../../../shared/vocabulary/sections/index.ts";
import type { Language } from "../../i18n/texts.tsx";
import type { CaseFile } from "../../parts/case-file.tsx";
import type { Shape } from "../../ui/signs.tsx";

export type FamilyState = (typeof familyStates)[number];

const { fields } = sectionSchemas.family;
export const relations = fields["relation.kind"]?.choices ?? [];
export const states = (fields["state.now"]?.choices ?? []) as readonly FamilyState[];

/** The section of one person of her family. */
export const sectionOf = (person: string): SectionName => ({ kind: "family", person: person as PersonId });

export const shapes: Readonly<Record<FamilyState, Shape>> = {
  "comes-now": "disc",
  "follows-by": "ring",
  undecided: "dashed",
  "stays-at-risk": "diamond-open",
  "stays-safe": "grey",
  missing: "dashed",
  dead: "dot",
  "not-told-yet": "stroke",
  "must-not-know": "eye",
  "must-not-meet": "eye",
};

/** Who comes stands first, who must not know last but the dead. */
const order: readonly (FamilyState | undefined)[] = [
  "comes-now",
  "follows-by",
  "undecided",
  "stays-at-risk",
  "stays-safe",
  "missing",
  undefined,
  "not-told-yet",
  "must-not-know",
  "must-not-meet",
  "dead",
];
export const inOrder = (open: CaseFile, people: readonly string[]): readonly string[] =>
  people.toSorted((a, b) => order.indexOf(stateOf(open, a)) - order.indexOf(stateOf(open, b)));

export const stateOf = (open: CaseFile, person: string): FamilyState | undefined =>
  open.at(sectionOf(person), ["state", "now"]) as FamilyState | undefined;

const today = (): string => new Date().toISOString().slice(0, 10);

const birthOf = (open: CaseFile, person: string): PartialDate | undefined =>
  open.at(person === "her" ? { kind: "identity" } : sectionOf(person), ["birth", "date"]) as
    | PartialDate
    | undefined;

/** Whole years between two days. */
function yearsBetween(born: string, now: string): number {
  const years = Number(now.slice(0, 4)) - Number(born.slice(0, 4));
  return now.slice(5) < born.slice(5) ? years - 1 : years;
}

/** `34`; `33 or 34` where the day or month of birth is open; covered with all other dates. */
export function ageOf(open: CaseFile, person: string, { t, number }: Language["texts"]): string | undefined {
  const birth = birthOf(open, person);
  const range = birth === undefined ? undefined : gregorianRange(birth);
  if (birth === undefined || range === undefined || !open.shown) return undefined;
  const [low, high] = [yearsBetween(range.to, today()), yearsBetween(range.from, today())];
  if (low < 0) return undefined;
  const age = low === high ? number(low) : t("screens.family.ageEither", { low, high });
  return birth.approximate === true ? t("screens.family.ageAbout", { age }) : age;
}

/** The next of the birthdays that change what a law asks: 18, then 22. */
export function nextTurn(open: CaseFile, person: string, texts: Language["texts"]): string | undefined {
  const birth = birthOf(open, person);
  if (birth === undefined || !open.shown) return undefined;
  for (const years of [18, 22]) {
    const range = turns(birth, years);
    if (range === undefined || range.to < today()) continue;
    return range.from === range.to
      ? texts.t("screens.family.turns", { years, day: texts.day(range.from) })
      : texts.t("screens.family.turnsBetween", {
          years,
          from: texts.day(range.from),
          to: texts.day(range.to),
        });
  }
  return undefined;
}
