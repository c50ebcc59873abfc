// Changes are exchanged under a good signature, or a relay spoils a part on its way.
import { afterAll, beforeAll, expect, test } from "vitest";
import { actorIn, rawChange, refusedWhy } from "../support/hostile-parts.ts";
import { frame } from "../../main/core/sections/chunk.ts";
import { partId } from "../../main/core/sections/part.ts";
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

const honest = async (on: ReturnType<typeof testCase>) => {
  await on.saved(b, "identity", [{ path: ["title"], set: "Dr" }]);
  const [part] = on.partsOf(b);
  if (part === undefined) throw new Error("no part");
  return part;
};

test("a change whose hash was not signed is refused, and the true part is still taken afterwards", async () => {
  const on = testCase(all);
  const part = await honest(on);
  const other = rawChange({ actor: actorIn(on, b), ops: [{ key: "title", value: "Prof" }] });
  expect(refusedWhy(await on.give(a, [{ ...part, changes: frame([other]) }]))).toBe("change-not-signed-for");
  expect((await on.give(a, [part])).outcomes).toMatchObject([{ outcome: "stored" }]);
});

test("any octet flipped in any piece is refused", async () => {
  const on = testCase(all);
  const part = await honest(on);
  for (const piece of ["signed", "signature", "changes"] as const)
    for (let at = 0; at < part[piece].length; at += 11) {
      const bytes = Uint8Array.from(part[piece]);
      bytes[at] = (bytes[at] ?? 0) ^ 0x20;
      const spoiled = { ...part, [piece]: bytes };
      const taken = await on.give(a, [{ ...spoiled, id: partId(spoiled.signed) }]);
      expect(
        taken.outcomes.map(({ outcome }) => outcome),
        `${piece} ${at}`,
      ).not.toContain("stored");
    }
  expect(a.sections.list(on.id)).toEqual([]);
  expect((await on.give(a, [part])).outcomes.map(({ outcome }) => outcome)).toContain("stored");
});
