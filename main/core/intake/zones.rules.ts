// Fills in from a passport's machine-readable zone what an intake leaves out, and tells where the two differ.
import type { GregorianDay, PartialDate } from "../../../shared/vocabulary/dates.ts";
import type { PersonName } from "../../../shared/vocabulary/names.ts";
import type { Problem } from "../../../shared/vocabulary/problems.ts";
import type { SectionKind, SectionValue } from "../../../shared/vocabulary/sections/index.ts";
import { readMrz, type LookAlike, type Mrz, type MrzField } from "./mrz.rules.ts";

/** Something for a person to look at: a check digit that does not hold, or a zone that says something else. */
export type ZoneNote =
  | {
      readonly type: "CheckDigitBad";
      readonly paper: string;
      readonly field: MrzField;
      readonly perhaps: readonly LookAlike[];
    }
  | { readonly type: "ZoneDiffers"; readonly paper: string; readonly path: readonly string[] }
  | { readonly type: "NameCut"; readonly paper: string };

type Json = { readonly [key: string]: unknown };
type Holder = Pick<SectionValue<"identity">, "names" | "birth" | "sex" | "nationality" | "papers">;
type Papers = NonNullable<NonNullable<Holder["papers"]>["held"]>;
type Paper = Papers[keyof Papers];

/**
 * Reads the zone of every paper in an identity or family section. A fact covered by a check digit that does not hold is
 * not taken; what the file says is never replaced.
 */
export function fillFromZones(
  kind: SectionKind,
  section: Json,
  on: GregorianDay,
): { readonly value: Json; readonly notes: readonly ZoneNote[]; readonly problems: readonly Problem[] } {
  if (kind !== "identity" && kind !== "family") return { value: section, notes: [], problems: [] };
  let holder = section as Holder;
  const notes: ZoneNote[] = [];
  const problems: Problem[] = [];
  for (const [id, paper] of Object.entries(holder.papers?.held ?? {})) {
    if (paper.mrz === undefined) continue;
    const zone = readMrz(paper.mrz, on);
    if (!zone.ok) {
      problems.push({ at: ["papers", "held", id, "mrz"], why: "zone-unreadable" });
      continue;
    }
    notes.push(...notesOf(id, zone.value));
    const filled = fill(holder, id, paper, zone.value);
    holder = filled.holder;
    notes.push(...filled.differs.map((path): ZoneNote => ({ type: "ZoneDiffers", paper: id, path })));
  }
  return { value: holder as Json, notes, problems };
}

function notesOf(paper: string, zone: Mrz): readonly ZoneNote[] {
  const bad = zone.checks
    .filter(({ good }) => !good)
    .map(({ field, perhaps }): ZoneNote => ({ type: "CheckDigitBad", paper, field, perhaps }));
  return zone.nameCut ? [...bad, { type: "NameCut", paper }] : bad;
}

/** What the zone tells, as far as its check digits hold (names, nationality and sex have none of their own). */
function told(zone: Mrz) {
  const good = (field: MrzField) => zone.checks.every((check) => check.field !== field || check.good);
  return {
    number: good("number") ? zone.number : undefined,
    birth: good("birth") ? zone.birth : undefined,
    expires: good("expires") ? zone.expires : undefined,
    name: zone.nameCut ? undefined : zone.name,
    issuedBy: zone.issuerState,
    nationality: zone.nationalityState,
    sex: zone.sex,
    kind:
      zone.format === "TD3"
        ? ("passport" as const)
        : zone.format.startsWith("MRV")
          ? ("visa" as const)
          : undefined,
  };
}

function fill(
  holder: Holder,
  id: string,
  paper: Paper,
  zone: Mrz,
): { holder: Holder; differs: readonly string[][] } {
  const from = told(zone);
  const differs: string[][] = [];
  const pick = <T>(
    path: string[],
    held: T | undefined,
    zoned: T | undefined,
    same: (a: T, b: T) => boolean = Object.is,
  ) => {
    if (held !== undefined && zoned !== undefined && !same(held, zoned)) differs.push(path);
    return held ?? zoned;
  };
  const at = (key: string) => ["papers", "held", id, key];
  const filledPaper = present({
    ...paper,
    kind: paper.kind ?? from.kind,
    number: pick(at("number"), paper.number, from.number),
    issuedBy: pick(at("issuedBy"), paper.issuedBy, from.issuedBy),
    expires: pick(at("expires"), paper.expires, from.expires, sameDate),
    name: pick(at("name"), paper.name, from.name, sameLetters),
    mrzChecked: zone.allGood ? ("all-good" as const) : ("some-bad" as const),
  });
  const papers = { ...holder.papers, held: { ...holder.papers?.held, [id]: filledPaper } };
  if (filledPaper.kind !== "passport") return { holder: { ...holder, papers }, differs };

  const nationalities = Object.values(holder.nationality?.held ?? {});
  const another =
    from.nationality !== undefined && nationalities.every(({ state }) => state !== from.nationality);
  if (another && nationalities.length > 0) differs.push(["nationality", "held"]);
  return {
    holder: present({
      ...holder,
      papers,
      names: present({
        ...holder.names,
        asInPassport: pick(["names", "asInPassport"], holder.names?.asInPassport, from.name, sameLetters),
      }),
      birth: present({
        ...holder.birth,
        date: pick(["birth", "date"], holder.birth?.date, from.birth, sameDate),
      }),
      sex: pick(["sex"], holder.sex, from.sex),
      nationality:
        nationalities.length === 0 && from.nationality !== undefined
          ? { ...holder.nationality, held: { [id]: { state: from.nationality } } }
          : holder.nationality,
    }),
    differs,
  };
}

const sameDate = (a: PartialDate, b: PartialDate) => a.value === b.value && a.calendar === b.calendar;

/** The zone has capital letters without marks: compare as it would print them. */
const sameLetters = (a: PersonName, b: PersonName) => plain(a.full) === plain(b.full);
const plain = (text: string) =>
  text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .toSorted()
    .join(" ");

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
/** The object without the keys that hold nothing. */
const present = <T extends object>(value: T): Present<T> =>
  Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as Present<T>;
