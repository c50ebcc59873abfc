// The call sheet: whether she may be called comes first, addresses stay off, and what was typed is text.
import { expect, test } from "vitest";
import { callSheetHtml } from "../../../../../main/core/paper/call-sheet.ts";
import { sectionSchemas } from "../../../../../shared/vocabulary/sections/index.ts";
import type { GregorianDay } from "../../../../../shared/vocabulary/dates.ts";

const id = (digit: string) => digit.repeat(32);
const reach = sectionSchemas.reach.schema.parse({
  contact: { wish: "never", why: "Her brother has the telephone.", silentAfterHours: 48 },
  neverTo: { [id("a")]: { whom: "Uncle <b>Ali</b>" } },
  safeHours: { [id("b")]: { days: { mon: true, thu: true }, from: "19:00", until: "21:00" } },
  channels: { [id("c")]: { kind: "signal", address: "+999 555 0141", safety: "watched" } },
  words: { [id("d")]: { word: "apricots", means: "danger", setsOff: "Ring her sister, not her." } },
  ifAnotherAnswers: "Say it is the dentist.",
  addresses: { [id("e")]: { kind: "hiding", address: "The blue house by the mill" } },
});
const page = (more: object = {}) =>
  callSheetHtml({
    code: "K7-CEDAR",
    office: "Practice Mission",
    reach,
    unsettled: [],
    printed: "2026-11-24" as GregorianDay,
    practice: true,
    size: "A4",
    ...more,
  });

test("do not call stands before hours, ways and words; all of them are there, and no address is", () => {
  const html = page();
  const order = [
    "May we call her? Never",
    "Uncle",
    "19:00",
    "+999 555 0141",
    "apricots",
    "Say it is the dentist.",
  ];
  const found = order.map((words) => html.indexOf(words));
  expect(found).toEqual(found.toSorted((a, b) => a - b));
  expect(found).not.toContain(-1);
  expect(html).toContain("48 hours");
  expect(html).toContain("Ring her sister, not her.");
  expect(html).not.toContain("blue house");
  expect(html).toContain("Uncle &lt;b&gt;Ali&lt;/b&gt;");
  expect(html).toContain("PRACTICE");
});

test("what was not asked says so, and two answers that nobody settled come first of all", () => {
  const html = page({ reach: {}, unsettled: [["ifAnotherAnswers"]] });
  expect(html).toContain("Whether she may be called was not asked yet");
  expect(html.match(/not stated/g)?.length).toBeGreaterThanOrEqual(4);
  expect(html.indexOf("Two answers stand")).toBeLessThan(html.indexOf("Whether she may be called"));
  expect(page()).not.toContain("Two answers stand");
});
