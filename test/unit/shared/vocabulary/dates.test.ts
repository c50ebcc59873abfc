// Dates keep what was said: precision, calendar, and the Gregorian day only where it can be known.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  fromGregorian,
  gregorianRange,
  PartialDate,
  turns,
  type Calendar,
} from "../../../../shared/vocabulary/dates.ts";

const on = (value: string, calendar: Calendar = "gregorian"): PartialDate => ({
  value,
  calendar,
  precision: value.length === 4 ? "year" : value.length === 7 ? "month" : "day",
});

/** Computed with ICU; the Afghan civil calendar follows Iran's year breaks there. */
const vectors = [
  ["2024-03-19", "1402-12-29", "1445-09-09"],
  ["2024-03-20", "1403-01-01", "1445-09-10"],
  ["2025-03-20", "1403-12-30", "1446-09-20"],
  ["2025-03-21", "1404-01-01", "1446-09-21"],
  ["2026-03-20", "1404-12-29", "1447-10-01"],
  ["2026-03-21", "1405-01-01", "1447-10-02"],
  ["2026-11-22", "1405-09-01", "1448-06-12"],
  ["1990-01-01", "1368-10-11", "1410-06-03"],
  ["2021-08-15", "1400-05-24", "1443-01-07"],
] as const;

describe("calendars", () => {
  test.each(vectors)("%s is %s Solar Hijri and %s Umm al-Qura, both ways", (gregorian, solar, lunar) => {
    expect(gregorianRange(on(solar, "solar-hijri"))).toEqual({ from: gregorian, to: gregorian });
    expect(gregorianRange(on(lunar, "umm-al-qura"))).toEqual({ from: gregorian, to: gregorian });
    expect(fromGregorian(gregorian, "solar-hijri")).toEqual(on(solar, "solar-hijri"));
    expect(fromGregorian(gregorian, "umm-al-qura")).toEqual(on(lunar, "umm-al-qura"));
  });

  test("every day from 1900 to 2060 survives the way there and back", () => {
    const days = fc.date({ min: new Date("1900-01-01"), max: new Date("2060-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.constantFrom<Calendar>("solar-hijri", "umm-al-qura"), (date, calendar) => {
        const day = date.toISOString().slice(0, 10);
        const there = fromGregorian(day, calendar);
        expect(there && gregorianRange(there)).toEqual({ from: day, to: day });
      }),
    );
  });

  test("a year alone is a span, never its first day", () => {
    expect(gregorianRange(on("1974"))).toEqual({ from: "1974-01-01", to: "1974-12-31" });
    expect(gregorianRange(on("1353", "solar-hijri"))).toEqual({ from: "1974-03-21", to: "1975-03-20" });
    expect(gregorianRange(on("1974-02"))).toEqual({ from: "1974-02-01", to: "1974-02-28" });
    expect(gregorianRange(on("1700", "umm-al-qura"))).toBeUndefined();
  });
});

describe("shape", () => {
  const refused = (date: unknown) => !PartialDate.safeParse(date).success;
  test("takes days that exist and no others", () => {
    expect(PartialDate.safeParse(on("1403-12-30", "solar-hijri")).success).toBe(true);
    expect(refused(on("1402-12-30", "solar-hijri"))).toBe(true);
    expect(refused(on("2023-02-29"))).toBe(true);
    expect(refused(on("2024-02-30"))).toBe(true);
    expect(refused(on("0000"))).toBe(true);
  });
  test("says no more and no less than its precision", () => {
    expect(refused({ ...on("1974"), precision: "day" })).toBe(true);
    expect(refused({ ...on("1974-01-01"), precision: "year" })).toBe(true);
  });
});

test("turning 18 is as exact as the birth", () => {
  expect(turns(on("2008-11-22"), 18)).toEqual({ from: "2026-11-22", to: "2026-11-22" });
  expect(turns(on("2008"), 18)).toEqual({ from: "2026-01-01", to: "2026-12-31" });
  expect(turns(on("2008-02-29"), 18)).toEqual({ from: "2026-02-28", to: "2026-03-01" });
  expect(turns(on("1394", "solar-hijri"), 18)).toEqual({ from: "2033-03-21", to: "2034-03-19" });
});
