// A truly signed change puts into a section what its schema does not allow.
import { afterAll, beforeAll, expect, test } from "vitest";
import { actorIn, rawChange, refusedWhy, signedPart } from "../support/hostile-parts.ts";
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

test.each([
  ["a value too long", { key: "title", value: "x".repeat(201) }, "schema:too-long"],
  ["NUL", { key: "title", value: "a\0b" }, "schema:nul"],
  ["a direction override", { key: "title", value: "\u202egnp.exe" }, "schema:direction-override"],
  ["a field there is not", { key: "shadow", value: "x" }, "schema:no-such-field"],
  ["a map where a leaf stands", { key: "title.x", value: "x" }, "schema:no-such-field"],
  ["a key out of JavaScript's own", { key: "__proto__", value: "x" }, "schema:no-such-field"],
])("%s is refused", async (_, op, why) => {
  const on = testCase(all);
  const change = rawChange({ actor: actorIn(on, b), ops: [op] });
  expect(refusedWhy(await on.give(a, [await signedPart(on, b, [change])]))).toBe(why);
  expect(a.sections.quarantined(on.id)).toMatchObject([{ why }]);
});

test("a refused part takes the new ones beside it into quarantine; at the next import they are taken without it", async () => {
  const on = testCase(all);
  await on.saved(a, "identity", [{ path: ["sex"], set: "F" }]);
  const bad = rawChange({ actor: actorIn(on, b), ops: [{ key: "shadow", value: "x" }] });
  const hostile = await signedPart(on, b, [bad]);
  const first = await on.give(b, [...on.partsOf(a), hostile]);
  expect(first.outcomes.map((one) => ("why" in one ? one.why : one.outcome)).toSorted()).toEqual([
    "beside-refused",
    "schema:no-such-field",
  ]);
  expect(b.sections.list(on.id)).toEqual([]);
  const second = await on.give(b, [hostile]);
  expect(second.outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(["quarantined", "stored"]);
  expect(b.sections.view(sectionOf(on.section, "identity"))?.value).toEqual({ sex: "F" });
  expect(b.sections.quarantined(on.id)).toMatchObject([{ part: hostile.id }]);
});
