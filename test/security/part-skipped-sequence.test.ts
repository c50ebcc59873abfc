// An author leaves a gap in her own sequence, to slip a change in behind others later.
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

test("a sequence that does not begin at one, or skips one, is refused", async () => {
  const on = testCase(all);
  const actor = actorIn(on, b);
  const later = rawChange({ actor, seq: 2, ops: [{ key: "title", value: "Dr" }] });
  expect(refusedWhy(await on.give(a, [await signedPart(on, b, [later])]))).toBe("not-as-written");

  await on.saved(b, "identity", [{ path: ["title"], set: "Ms" }]);
  await on.give(a, on.partsOf(b));
  const heads = b.sections.head(sectionOf(on.section, "identity"))?.heads ?? [];
  const gap = rawChange({
    actor,
    seq: 3,
    startOp: 2,
    deps: heads,
    ops: [{ key: "title", value: "Dr", pred: [`1@${actor}`] }],
  });
  const part = await signedPart(on, b, [gap], { dependencies: heads });
  expect(refusedWhy(await on.give(a, [part]))).toBe("not-as-written");
  const next = rawChange({
    actor,
    seq: 2,
    startOp: 2,
    deps: heads,
    ops: [{ key: "title", value: "Dr", pred: [`1@${actor}`] }],
  });
  const good = await on.give(a, [await signedPart(on, b, [next], { dependencies: heads })]);
  expect(good.outcomes.map(({ outcome }) => outcome)).toEqual(["stored"]);
});
