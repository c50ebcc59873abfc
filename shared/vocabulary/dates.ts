// Dates as people and papers give them: a year alone stays a year, and the calendar they were told in is kept.
import { object, optional, z } from "../schema.ts";
import { shortText } from "./strings.ts";

export const calendars = ["gregorian", "solar-hijri", "umm-al-qura"] as const;
export const Calendar = z.enum(calendars);
export type Calendar = z.infer<typeof Calendar>;

export const precisions = ["day", "month", "year"] as const;
export type Precision = (typeof precisions)[number];

const shape = /^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$/;

/**
 * A date known to the day, the month or the year, in the calendar it was given in; `value` is in that calendar
 * (`1353-05-21`, `1974-08`, `1974`). A missing month or day is never filled in. `approximate`: "about". `text`: as
 * written or said. It is set whole.
 */
export const PartialDate = object({
  value: z.string().regex(shape, "date-shape"),
  precision: z.enum(precisions),
  calendar: Calendar,
  approximate: optional(z.literal(true)),
  text: optional(shortText),
}).superRefine((date, context) => {
  if (!shape.test(date.value)) return;
  if (precisionOf(date.value) !== date.precision)
    context.addIssue({ code: "custom", path: ["precision"], message: "date-precision" });
  else if (!existsInCalendar(date.value, date.calendar))
    context.addIssue({ code: "custom", path: ["value"], message: "no-such-day" });
});
export type PartialDate = z.infer<typeof PartialDate>;

function precisionOf(value: string): Precision {
  return value.length === 4 ? "year" : value.length === 7 ? "month" : "day";
}

/** Days in a month of a calendar, or 0 where the calendar's tables do not reach. */
export function daysInMonth(calendar: Calendar, year: number, month: number): number {
  const first = epochDayOf({ year, month, day: 1 }, calendar);
  if (first === undefined) return 0;
  const next = month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 };
  const after = epochDayOf(next, calendar);
  return after === undefined ? 0 : after - first;
}

function existsInCalendar(value: string, calendar: Calendar): boolean {
  const { year, month, day } = partsOf(value);
  if (year === 0) return false;
  return day === undefined || month === undefined || day <= daysInMonth(calendar, year, month);
}

type Parts = { readonly year: number; readonly month?: number; readonly day?: number };
type Day = Required<Parts>;

function partsOf(value: string): Parts {
  const [year, month, day] = value.split("-").map(Number);
  return {
    year: year ?? 0,
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
  };
}

/** Days since 1970-01-01 of a proleptic Gregorian day (after H. Hinnant's `days_from_civil`). */
function epochDayOfGregorian({ year, month, day }: Day): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function gregorianOf(epochDay: number): Day {
  const z = epochDay + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** Where each calendar begins, its mean year and month in days, and the years its tables hold for. */
const tables = {
  "solar-hijri": { icu: "persian", start: -492_268, year: 365.2422, month: 30.5, first: 1, last: 2_900 },
  "umm-al-qura": {
    icu: "islamic-umalqura",
    start: -492_148,
    year: 354.36707,
    month: 29.5306,
    first: 1300,
    last: 1600,
  },
} as const;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(icu: string): Intl.DateTimeFormat {
  const known = formats.get(icu);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(`en-u-ca-${icu}-nu-latn`, {
    timeZone: "UTC",
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  formats.set(icu, made);
  return made;
}

const msPerDay = 86_400_000;

function inCalendar(epochDay: number, icu: string): Day {
  const parts = { year: 0, month: 0, day: 0 };
  for (const { type, value } of formatFor(icu).formatToParts(epochDay * msPerDay))
    if (type === "year" || type === "month" || type === "day") parts[type] = Number(value);
  return parts;
}

/** ICU converts one way only: guess from the calendar's mean lengths, then correct by the days it is off. */
function epochDayOf(wanted: Day, calendar: Calendar): number | undefined {
  if (calendar === "gregorian") return epochDayOfGregorian(wanted);
  const table = tables[calendar];
  if (wanted.year < table.first || wanted.year > table.last) return undefined;
  let guess = Math.round(
    table.start + (wanted.year - 1) * table.year + (wanted.month - 1) * table.month + wanted.day - 1,
  );
  for (let tries = 0; tries < 8; tries += 1) {
    const seen = inCalendar(guess, table.icu);
    const months = (wanted.year - seen.year) * 12 + wanted.month - seen.month;
    if (months === 0 && seen.day === wanted.day) return guess;
    guess +=
      months === 0 ? wanted.day - seen.day : Math.round(months * table.month) + (wanted.day - seen.day);
  }
  return undefined;
}

const pad = (value: number, digits: number) => String(value).padStart(digits, "0");
const textOf = ({ year, month, day }: Day) => `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;

/** A Gregorian day, `YYYY-MM-DD`. */
export type GregorianDay = string;

/**
 * The Gregorian days a date may mean, first and last inclusive: one day where the day is known, a span where only the
 * month or year is. `undefined` where the calendar's tables do not reach. Solar Hijri follows ICU, which follows Iran's
 * year breaks; local practice may differ by a day, so the date as given stays beside the conversion.
 */
export function gregorianRange(date: PartialDate): { from: GregorianDay; to: GregorianDay } | undefined {
  const { year, month, day } = partsOf(date.value);
  const first = epochDayOf({ year, month: month ?? 1, day: day ?? 1 }, date.calendar);
  if (first === undefined) return undefined;
  if (day !== undefined) return { from: textOf(gregorianOf(first)), to: textOf(gregorianOf(first)) };
  const next =
    month === undefined || month === 12
      ? { year: year + 1, month: 1, day: 1 }
      : { year, month: month + 1, day: 1 };
  const after = epochDayOf(next, date.calendar);
  if (after === undefined) return undefined;
  return { from: textOf(gregorianOf(first)), to: textOf(gregorianOf(after - 1)) };
}

/** The same Gregorian day as another calendar names it; `undefined` beyond the calendar's tables. */
export function fromGregorian(day: GregorianDay, calendar: Calendar): PartialDate | undefined {
  if (calendar === "gregorian") return { value: day, precision: "day", calendar };
  const { year, month = 1, day: dayOfMonth = 1 } = partsOf(day);
  const { icu, first, last } = tables[calendar];
  const seen = inCalendar(epochDayOfGregorian({ year, month, day: dayOfMonth }), icu);
  if (seen.year < first || seen.year > last) return undefined;
  return { value: textOf(seen), precision: "day", calendar };
}

/**
 * The Gregorian days between which someone born on `birth` turns `years`: a span where the birth is not known to the
 * day. Born on 29 February: laws differ between 28 February and 1 March, so both stand.
 */
export function turns(
  birth: PartialDate,
  years: number,
): { from: GregorianDay; to: GregorianDay } | undefined {
  const range = gregorianRange(birth);
  if (range === undefined) return undefined;
  const later = (day: GregorianDay, leapDay: string) => {
    const year = Number(day.slice(0, 4)) + years;
    const rest = day.slice(5);
    const missing = rest === "02-29" && daysInMonth("gregorian", year, 2) === 28;
    return `${pad(year, 4)}-${missing ? leapDay : rest}`;
  };
  return { from: later(range.from, "02-28"), to: later(range.to, "03-01") };
}
