// Reads the machine-readable zone of passports, cards and visas (ICAO 9303) and tells of each check digit whether it holds.
import { err, ok, type Result } from "../../../shared/result.ts";
import { stateOfMrz, type StateCode } from "../../../shared/vocabulary/countries.ts";
import type { GregorianDay, PartialDate } from "../../../shared/vocabulary/dates.ts";
import type { PersonName } from "../../../shared/vocabulary/names.ts";
import { layouts, type Layout, type MrzFormat, type Piece } from "./mrz-layouts.rules.ts";

export type MrzField = "number" | "birth" | "expires" | "optional" | "composite";

/** One check digit: what is printed, what the field gives, and single look-alike letters that would make it hold. */
export type MrzCheck = {
  readonly field: MrzField;
  readonly printed: string;
  readonly computed: string;
  readonly good: boolean;
  readonly perhaps: readonly LookAlike[];
};

/** A character that scanners and tired eyes mistake for another; a hint, never applied. Lines and columns from 1. */
export type LookAlike = {
  readonly line: number;
  readonly column: number;
  readonly read: string;
  readonly perhaps: string;
};

export type Mrz = {
  readonly format: MrzFormat;
  /** As printed: `P`, `PD`, `I`, `V`. */
  readonly documentCode: string;
  readonly issuer: string;
  readonly issuerState?: StateCode;
  readonly number: string;
  /** The name as transliterated by the issuer; a name in her own script is never made from it. No check digit covers it. */
  readonly name?: PersonName;
  /** The zone was too short for the whole name. */
  readonly nameCut: boolean;
  readonly nationality: string;
  readonly nationalityState?: StateCode;
  /** Year alone or month alone where the paper leaves the rest open. */
  readonly birth?: PartialDate;
  readonly sex?: "F" | "M" | "X";
  readonly expires?: PartialDate;
  readonly optional: string;
  readonly checks: readonly MrzCheck[];
  readonly allGood: boolean;
};

export type MrzUnreadable = {
  readonly type: "MrzUnreadable";
  readonly why: "lines" | "length" | "character";
  /** From 1; absent when the number of lines is wrong. */
  readonly line?: number;
  readonly column?: number;
};

const value = (character: string): number =>
  character === "<" ? 0 : /[0-9]/.test(character) ? Number(character) : character.charCodeAt(0) - 55;

/** The check digit over a field: weights 7, 3, 1, modulo 10 (ICAO 9303 part 3, 4.9). */
export function checkDigit(field: string): string {
  let sum = 0;
  for (const [at, character] of Array.from(field).entries())
    sum += value(character) * ([7, 3, 1][at % 3] ?? 0);
  return String(sum % 10);
}

/**
 * Reads a zone typed or scanned: lines separated by line breaks, or one run of characters; spaces are ignored and
 * `«` counts as two fillers. `on` is the day of reading: it tells which century a two-digit year means (birth: the
 * latest that is not after `on`; expiry: within fifty years of it). A bad check digit does not refuse the zone: it is told.
 */
export function readMrz(typed: string, on: GregorianDay): Result<Mrz, MrzUnreadable> {
  const lines = linesOf(typed);
  for (const [at, line] of lines.entries()) {
    const column = line.search(/[^A-Z0-9<]/);
    if (column >= 0)
      return err({ type: "MrzUnreadable", why: "character", line: at + 1, column: column + 1 });
  }
  const format = formatOf(lines);
  if (format === undefined) {
    const wanted = lines.length === 3 ? 30 : (lines[0]?.length ?? 0) > 40 ? 44 : 36;
    const odd = lines.findIndex((line) => line.length !== wanted);
    return lines.length === 2 || lines.length === 3
      ? err({ type: "MrzUnreadable", why: "length", line: odd + 1 })
      : err({ type: "MrzUnreadable", why: "lines" });
  }
  return ok(read(lines, format, on));
}

/** The lines of a zone as it was typed or pasted. */
export function linesOf(typed: string): readonly string[] {
  const plain = typed.toUpperCase().replaceAll("«", "<<").replaceAll("‹", "<");
  const lines = plain
    .split(/[\r\n]+/)
    .map((line) => line.replaceAll(/\s/g, ""))
    .filter((line) => line.length > 0);
  const [only] = lines;
  if (lines.length !== 1 || only === undefined) return lines;
  const length = { 88: 44, 72: 36, 90: 30 }[only.length];
  if (length === undefined) return lines;
  return Array.from({ length: only.length / length }, (_, at) => only.slice(at * length, (at + 1) * length));
}

function formatOf(lines: readonly string[]): MrzFormat | undefined {
  const visa = lines[0]?.startsWith("V") === true;
  const candidates: readonly MrzFormat[] = visa ? ["MRV-A", "MRV-B"] : ["TD3", "TD2", "TD1"];
  return candidates.find(
    (format) =>
      layouts[format].lines === lines.length && lines.every((line) => line.length === layouts[format].length),
  );
}

function read(lines: readonly string[], format: MrzFormat, on: GregorianDay): Mrz {
  const layout = layouts[format];
  const take = ([line, from, to]: Piece) => (lines[line] ?? "").slice(from, to);
  const after = ([line, , to]: Piece): Piece => [line, to, to + 1];
  const check = (field: MrzField, over: readonly Piece[], at: Piece): MrzCheck => {
    const printed = take(at);
    const computed = checkDigit(over.map(take).join(""));
    const empty = field === "optional" && printed === "<" && over.every((piece) => /^<*$/.test(take(piece)));
    const good = empty || printed === computed;
    return { field, printed, computed, good, perhaps: good ? [] : lookAlikes(lines, over, at) };
  };

  const number = numberOf(layout, take);
  const checks = [
    check("number", number.pieces, number.digit),
    check("birth", [layout.birth], after(layout.birth)),
    check("expires", [layout.expires], after(layout.expires)),
    ...(layout.optionalChecked
      ? layout.optional.map((piece) => check("optional", [piece], after(piece)))
      : []),
    ...(layout.composite === undefined
      ? []
      : [check("composite", layout.composite.over, layout.composite.at)]),
  ];

  const issuer = stripped(take([0, 2, 5]));
  const nationality = stripped(take(layout.nationality));
  const sex = take(layout.sex);
  return {
    format,
    documentCode: stripped(take([0, 0, 2])),
    issuer,
    ...defined("issuerState", stateOfMrz(issuer)),
    number: number.text,
    ...nameOf(take(layout.names)),
    nationality,
    ...defined("nationalityState", stateOfMrz(nationality)),
    ...defined("birth", dateOf(take(layout.birth), on, "birth")),
    ...(sex === "F" || sex === "M" ? { sex } : sex === "<" || sex === "X" ? { sex: "X" as const } : {}),
    ...defined("expires", dateOf(take(layout.expires), on, "expires")),
    optional: stripped(layout.optional.map(take).join("")),
    checks,
    allGood: checks.every(({ good }) => good),
  };
}

const stripped = (text: string) => text.replace(/<+$/, "");
const defined = <K extends string, V>(key: K, found: V | undefined) =>
  (found === undefined ? {} : { [key]: found }) as { [P in K]?: V };

/** A card's number of more than nine characters goes on in the optional data, its check digit last (9303 part 5, 4.2.2). */
function numberOf(layout: Layout, take: (piece: Piece) => string) {
  const [line, , to] = layout.number;
  const digit: Piece = [line, to, to + 1];
  const [rest] = layout.optional;
  const more = rest === undefined ? "" : (/^[A-Z0-9]+/.exec(take(rest))?.[0] ?? "");
  if (!layout.longNumber || take(digit) !== "<" || rest === undefined || more.length < 2)
    return { text: stripped(take(layout.number)), pieces: [layout.number], digit };
  const end = rest[1] + more.length;
  return {
    text: take(layout.number) + more.slice(0, -1),
    pieces: [layout.number, digit, [rest[0], rest[1], end - 1] as const],
    digit: [rest[0], end - 1, end] as const,
  };
}

function nameOf(field: string): { name?: PersonName; nameCut: boolean } {
  const nameCut = !field.endsWith("<");
  const [family = "", ...others] = stripped(field)
    .split("<<")
    .map((part) => part.replaceAll("<", " ").trim());
  const given = others.join(" ").trim();
  if (family === "" && given === "") return { nameCut };
  const whole = [given, family].filter((part) => part !== "").join(" ");
  return {
    name: {
      full: whole,
      ...(given === "" ? { oneName: true as const } : { given }),
      ...(family === "" ? {} : { family }),
      script: "Latn",
      system: "icao-9303",
    },
    nameCut,
  };
}

/** YYMMDD; ICAO 9303 fills what is not known with `<`. */
function dateOf(field: string, on: GregorianDay, what: "birth" | "expires"): PartialDate | undefined {
  const match = /^([0-9]{2})(<<|[0-9]{2})(<<|[0-9]{2})$/.exec(field);
  if (match === null) return undefined;
  const [, yy = "", mm = "", dd = ""] = match;
  const month = mm === "<<" || mm === "00" ? undefined : mm;
  const day = month === undefined || dd === "<<" || dd === "00" ? undefined : dd;
  const year = century(Number(yy), Number(on.slice(0, 4)), what === "expires" ? 50 : 0);
  const text = [
    String(year),
    ...(month === undefined ? [] : [month]),
    ...(day === undefined ? [] : [day]),
  ].join("-");
  if (what === "birth" && text > on) return { ...partial(String(year - 100) + text.slice(4)) };
  return partial(text);
}

const partial = (text: string): PartialDate => ({
  value: text,
  precision: text.length === 4 ? "year" : text.length === 7 ? "month" : "day",
  calendar: "gregorian",
});

/** The year ending in `yy` that is at most `ahead` years after `now`. */
function century(yy: number, now: number, ahead: number): number {
  const year = Math.floor((now + ahead) / 100) * 100 + yy;
  return year > now + ahead ? year - 100 : year;
}

const mistaken: Readonly<Record<string, string>> = {
  O: "0",
  "0": "OQD",
  Q: "0",
  D: "0",
  I: "1",
  L: "1",
  "1": "IL",
  Z: "2",
  "2": "Z",
  S: "5",
  "5": "S",
  B: "8",
  "8": "B",
  G: "6",
  "6": "G",
  K: "<",
  C: "<",
  "<": "KC",
};

/** Single exchanges of look-alikes, in a field or its check digit, after which the digit would hold. */
function lookAlikes(lines: readonly string[], over: readonly Piece[], at: Piece): readonly LookAlike[] {
  const cells = [...over, at].flatMap(([line, from, to]) =>
    Array.from({ length: to - from }, (_, step) => ({ line, column: from + step })),
  );
  const characters = cells.map(({ line, column }) => lines[line]?.[column] ?? "");
  return cells.flatMap(({ line, column }, index) => {
    const seen = characters[index] ?? "";
    return Array.from(mistaken[seen] ?? "")
      .filter((perhaps) => {
        const tried = characters.with(index, perhaps);
        return tried.at(-1) === checkDigit(tried.slice(0, -1).join(""));
      })
      .map((perhaps) => ({ line: line + 1, column: column + 1, read: seen, perhaps }));
  });
}
