// A part written for one section is offered as a part of another.
import { afterAll, beforeAll, expect, test } from "vitest";
import { actorIn, factsOf, rawChange, refusedWhy, signedPart } from "../support/hostile-parts.ts";
import { partId, partText } from "../../main/core/sections/part.ts";
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

const setTitle = [{ path: ["title"], set: "Dr" }];

test("with its text changed the signature is refused", async () => {
  const on = testCase(all);
  await on.saved(b, "identity", setTitle);
  const [part] = on.partsOf(b);
  if (part === undefined) throw new Error("no part");
  const moved = partText({ ...factsOf(part), section: a.sections.newId() });
  const taken = await on.give(a, [{ ...part, signed: moved, id: partId(moved) }]);
  expect(refusedWhy(taken)).toBe("other-actor");
  expect(a.sections.list(on.id)).toEqual([]);
});

test("signed anew by its own author its changes carry another section's actor", async () => {
  const on = testCase(all);
  const change = rawChange({ actor: actorIn(on, b, "identity"), ops: [{ key: "title", value: "Dr" }] });
  const moved = await signedPart(on, b, [change], { section: sectionOf(on.section, "reach"), kind: "reach" });
  expect(refusedWhy(await on.give(a, [moved]))).toBe("other-actor");
});

test("with one octet of its text changed it is refused", async () => {
  const on = testCase(all);
  await on.saved(b, "identity", setTitle);
  const [part] = on.partsOf(b);
  if (part === undefined) throw new Error("no part");
  const signed = partText({ ...factsOf(part), reason: "tesT" });
  expect(refusedWhy(await on.give(a, [{ ...part, signed, id: partId(signed) }]))).toBe("SignatureBad");
});
