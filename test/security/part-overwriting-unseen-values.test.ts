// A change says it replaced values its author never saw, so that they vanish without a conflict.
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

test("a change that names operations beyond its ancestors, or hides some it saw, is refused", async () => {
  const on = testCase(all);
  const section = sectionOf(on.section, "identity");
  await on.saved(a, "identity", [{ path: ["title"], set: "Ms" }]);
  await on.give(b, on.partsOf(a));
  const seen = [...(b.sections.head(section)?.heads ?? [])];
  await on.saved(a, "identity", [{ path: ["title"], set: "Dr" }]);
  const theirs = actorIn(on, a);
  const actor = actorIn(on, b);
  for (const pred of [[`1@${theirs}`, `2@${theirs}`], [`2@${theirs}`], []]) {
    const change = rawChange({ actor, startOp: 2, deps: seen, ops: [{ key: "title", value: "Prof", pred }] });
    const part = await signedPart(on, b, [change], { dependencies: seen });
    expect(refusedWhy(await on.give(a, [part]))).toBe("not-as-written");
  }
  expect(a.sections.view(section)).toMatchObject({ value: { title: "Dr" }, conflicts: [] });
});
