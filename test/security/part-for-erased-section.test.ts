// Parts for an erased section keep arriving, from someone who did not erase.
import { afterAll, beforeAll, expect, test } from "vitest";
import { desks, sectionOf, testCase } from "../support/sections.ts";
import type { Desk } from "../support/sections.ts";

let all: Awaited<ReturnType<typeof desks>>;
let a: Desk;
let b: Desk;

beforeAll(async () => {
  all = await desks(2);
  [a, b] = all as unknown as [Desk, Desk];
});
afterAll(() => all[Symbol.asyncDispose]());

test("they are dropped unread: no row, no quarantine, whatever they hold", async () => {
  const on = testCase(all);
  const section = sectionOf(on.section, "identity");
  await on.saved(b, "identity", [{ path: ["title"], set: "Dr" }]);
  await on.give(a, on.partsOf(b));
  await a.write((db) => a.sections.erase(db, section, "her", "her-wish", on.id));
  await on.saved(b, "identity", [{ path: ["title"], set: "Prof" }]);
  const broken = on.partsOf(b).map((part) => ({ ...part, changes: Uint8Array.of(1, 2, 3) }));
  const taken = await on.give(a, [...on.partsOf(b), ...broken]);
  expect(new Set(taken.outcomes.map(({ outcome }) => outcome))).toEqual(new Set(["dropped-erased"]));
  expect(a.sections.quarantined(on.id)).toEqual([]);
  expect(a.sections.list(on.id)).toEqual([]);
});

test("an erasure that arrives before the section leaves its tombstone all the same", async () => {
  const on = testCase(all);
  const section = sectionOf(on.section, "identity");
  await a.write((db) => a.sections.erase(db, section, "her", "her-wish", on.id));
  await on.saved(b, "identity", [{ path: ["title"], set: "Dr" }]);
  expect((await on.give(a, on.partsOf(b))).outcomes).toMatchObject([{ outcome: "dropped-erased" }]);
  expect(a.sections.erased(on.id)).toMatchObject([{ section, by: "her", why: "her-wish" }]);
});
