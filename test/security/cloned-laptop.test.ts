// Two copies of one opened vault write under one actor: the same place in the sequence holds two changes.
import { afterAll, beforeAll, expect, test } from "vitest";
import { actorIn, factsOf, rawChange, signedPart } from "../support/hostile-parts.ts";
import { desks, sectionOf, testCase } from "../support/sections.ts";
import type { Desk } from "../support/sections.ts";

let all: Awaited<ReturnType<typeof desks>>;
let a: Desk;
let b: Desk;
let c: Desk;

beforeAll(async () => {
  all = await desks(3);
  [a, b, c] = all as unknown as [Desk, Desk, Desk];
});
afterAll(() => all[Symbol.asyncDispose]());

test("both are kept, all laptops show the same one, and the steward can choose the other", async () => {
  const on = testCase(all);
  const section = sectionOf(on.section, "identity");
  const actor = actorIn(on, c);
  const rivals = await Promise.all(
    ["Dr", "Prof"].map((value) => signedPart(on, c, [rawChange({ actor, ops: [{ key: "title", value }] })])),
  );
  const [first, second] = rivals;
  if (first === undefined || second === undefined) throw new Error("two rivals");
  await on.give(a, [first]);
  await on.give(b, [second]);
  await on.saved(b, "identity", [{ path: ["sex"], set: "F" }]);
  await on.give(a, on.partsOf(b));
  await on.give(b, on.partsOf(a));
  expect(a.sections.stateHash(on.id)).toBe(b.sections.stateHash(on.id));
  const held = a.sections.held(section, on.state(a));
  expect(held.find(({ why }) => why === "rival")?.part).toBe(
    rivals.toSorted((one, other) =>
      (factsOf(one).changes[0] ?? "") < (factsOf(other).changes[0] ?? "") ? -1 : 1,
    )[1]?.id,
  );
  for (const accepted of [second]) {
    on.chain.write(a.signer.fingerprint, { type: "accept", body: { parts: [accepted.id] } });
    for (const one of [a, b]) await one.write((db) => one.sections.reconsider(db, on.state(one)));
    expect(a.sections.view(section)?.value).toEqual({ title: "Prof", sex: "F" });
    expect(a.sections.stateHash(on.id)).toBe(b.sections.stateHash(on.id));
  }
});
