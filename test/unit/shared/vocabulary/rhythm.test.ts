// When something that comes again is due next.
import { expect, test } from "vitest";
import { comesNext, type Rhythm } from "../../../../shared/vocabulary/rhythm.ts";

test.each<[string, Rhythm, string | undefined]>([
  ["2026-11-24", { repeat: "daily" }, "2026-11-25"],
  ["2026-12-31", { repeat: "daily" }, "2027-01-01"],
  ["2026-11-24", { repeat: "weekly" }, "2026-12-01"],
  ["2026-11-24", { repeat: "monthly" }, "2026-12-24"],
  ["2027-01-31", { repeat: "monthly" }, "2027-02-28"],
  ["2028-01-31", { repeat: "monthly" }, "2028-02-29"],
  ["2026-12-31", { repeat: "monthly" }, "2027-01-31"],
  ["2026-11-24", { repeat: "monthly", everyDays: 10 }, "2026-12-04"],
  ["2026-11-24", { repeat: "never" }, undefined],
  ["2026-11-24", {}, undefined],
])("after %s, %o: %s", (day, rhythm, next) => {
  expect(comesNext(day, rhythm)).toBe(next);
});
