// A member writes changes under a colleague's actor, to be taken for her.
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

test("the actor is recomputed from author, section and opening, and refused", async () => {
  const on = testCase(all);
  await on.saved(a, "identity", [{ path: ["title"], set: "Dr" }]);
  const change = rawChange({
    actor: actorIn(on, a, "identity", a.opening),
    ops: [{ key: "title", value: "Prof" }],
  });
  expect(refusedWhy(await on.give(a, [await signedPart(on, b, [change], { opening: a.opening })]))).toBe(
    "other-actor",
  );
  expect(a.sections.view(sectionOf(on.section, "identity"))?.value).toEqual({ title: "Dr" });
});

test("a part in a colleague's name needs her signature", async () => {
  const on = testCase(all);
  const change = rawChange({ actor: actorIn(on, a), ops: [{ key: "title", value: "Prof" }] });
  const part = await signedPart(on, b, [change], { author: a.signer.fingerprint, opening: a.opening });
  expect(refusedWhy(await on.give(a, [part]))).toBe("SignerUnknown");
});
