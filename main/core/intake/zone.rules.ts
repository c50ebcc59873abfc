// Tells of a machine-readable zone as it was typed or pasted: what it says, what does not hold, what may be misread.
import type { GregorianDay } from "../../../shared/vocabulary/dates.ts";
import { layouts, type MrzFormat, type Piece } from "./mrz-layouts.rules.ts";
import { linesOf, readMrz, type LookAlike, type Mrz, type MrzField } from "./mrz.rules.ts";

/** What `papers.readZone` answers. Where a check digit does not hold, what it covers is not said. */
export function tellZone(typed: string, on: GregorianDay) {
  const lines = [...linesOf(typed)];
  const read = readMrz(typed, on);
  if (!read.ok) return { readable: false, why: read.error.why, lines, checks: [], perhaps: [] };
  const zone = read.value;
  const perhaps = [...zone.checks.flatMap((check) => check.perhaps), ...strayDigits(lines, zone.format)];
  return {
    readable: true,
    lines,
    checks: zone.checks.map(({ field, good }) => ({ field, good })),
    perhaps: [...new Map(perhaps.map((one) => [`${one.line} ${one.column} ${one.perhaps}`, one])).values()],
    says: saysOf(zone),
  };
}

function saysOf(zone: Mrz) {
  const good = (field: MrzField) => zone.checks.every((check) => check.field !== field || check.good);
  return {
    kind: kindOf(zone),
    number: good("number") ? zone.number : "",
    issuedBy: zone.issuerState ?? zone.issuer,
    nationality: zone.nationalityState ?? zone.nationality,
    surname: zone.name?.family ?? "",
    given: zone.name?.given ?? "",
    nameCut: zone.nameCut,
    ...(zone.sex === undefined ? {} : { sex: zone.sex }),
    ...(zone.birth === undefined || !good("birth") ? {} : { birth: zone.birth }),
    ...(zone.expires === undefined || !good("expires") ? {} : { expires: zone.expires }),
  };
}

/** As a held paper names its kind. A card may be an identity card or a residence card: the zone alone does not always tell. */
function kindOf({ format, documentCode }: Mrz): string {
  if (format === "TD3") return "passport";
  if (format === "MRV-A" || format === "MRV-B") return "visa";
  return /^ID?$/.test(documentCode) ? "national-id" : "other";
}

const letters: Readonly<Record<string, string>> = {
  "0": "OQD",
  "1": "IL",
  "2": "Z",
  "5": "S",
  "6": "G",
  "8": "B",
};

/** Digits where only letters stand: in names and in the codes of states, which no check digit covers. */
function strayDigits(lines: readonly string[], format: MrzFormat): readonly LookAlike[] {
  const { names, nationality } = layouts[format];
  const issuer: Piece = [0, 2, 5];
  return [issuer, names, nationality].flatMap(([line, from, to]) =>
    Array.from((lines[line] ?? "").slice(from, to)).flatMap((read, step) =>
      Array.from(letters[read] ?? "").map((perhaps) => ({
        line: line + 1,
        column: from + step + 1,
        read,
        perhaps,
      })),
    ),
  );
}
