// A change claims an absurd first operation number, which makes an engine fail at saving or loading.
import { afterAll, beforeAll, expect, test } from "vitest";
import { actorIn, rawChange, refusedWhy, signedPart } from "../support/hostile-parts.ts";
import { desks, testCase } from "../support/sections.ts";
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
  [2 ** 31 + 1, "start-op-out-of-range"],
  [2 ** 30, "not-as-written"],
  [2, "not-as-written"],
])("a first operation %i is refused: %s", async (startOp, why) => {
  const on = testCase(all);
  const change = rawChange({ actor: actorIn(on, b), startOp, ops: [{ key: "title", value: "Dr" }] });
  expect(refusedWhy(await on.give(a, [await signedPart(on, b, [change])]))).toBe(why);
  expect(a.sections.list(on.id)).toEqual([]);
});
