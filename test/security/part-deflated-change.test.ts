// A change comes deflated: 65 kB that become 64 MiB when an engine reads them.
import { afterAll, beforeAll, expect, test } from "vitest";
import { deflateRawSync } from "node:zlib";
import type { Decoder } from "../../main/core/ports.ts";
import { actorIn, chunk, rawChange, refusedWhy, signedPart } from "../support/hostile-parts.ts";
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

test("a deflated change is refused before any engine sees it", async () => {
  const on = testCase(all);
  const change = rawChange({
    actor: actorIn(on, b),
    ops: [{ key: "title", value: "x".repeat(16 * 1024 * 1024) }],
  });
  const deflated = chunk(2, deflateRawSync(change.subarray(12)));
  expect(deflated.length).toBeLessThan(64 * 1024);
  const looked = new Proxy({} as Decoder, { get: () => expect.unreachable("the decoder was asked") });
  const careful = a.restarted({ decoder: looked });
  const examined = await careful.examine({
    case: on.id,
    parts: [await signedPart(on, b, [deflated])],
    certificateOf: on.certificateOf,
  });
  expect(refusedWhy(await a.write((db) => careful.take(db, examined, on.state(a))))).toBe("deflated-change");
});
