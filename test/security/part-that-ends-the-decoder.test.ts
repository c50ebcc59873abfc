// A change of a few octets unfolds into thousands of millions of operations.
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeDecoder } from "../../main/shells/node/decoder.ts";
import { opsOf } from "../../main/core/sections/document.ts";
import { actorIn, chunk, refusedWhy, signedPart, uleb } from "../support/hostile-parts.ts";
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

/** A change of `count` operations on one key, every column one run: some sixty octets. */
function bomb(actor: string, count: number): Uint8Array {
  const run = uleb(count);
  const long = (rest: readonly number[]) => Buffer.concat([sleb(count), Uint8Array.from(rest)]);
  const columns: readonly (readonly [number, Uint8Array])[] = [
    [0x15, long([1, 0x71])],
    [0x34, run],
    [0x42, long([1])],
    [0x56, long([0])],
    [0x70, long([0])],
  ];
  const body = [Uint8Array.of(0), uleb(16), Buffer.from(actor, "hex"), Uint8Array.of(1, 1, 0, 0, 0)];
  body.push(uleb(columns.length));
  for (const [name, data] of columns) body.push(uleb(name), uleb(data.length));
  for (const [, data] of columns) body.push(data);
  return chunk(1, Buffer.concat(body));
}

function sleb(value: number): Uint8Array {
  const bytes = [...uleb(value)];
  if (((bytes.at(-1) ?? 0) & 0x40) !== 0) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    bytes.push(0);
  }
  return Uint8Array.from(bytes);
}

test("the decoder's process ends, the part is named and refused, the core and the other sections go on", async () => {
  const on = testCase(all);
  const careful = a.restarted({ decoder: nodeDecoder({ time: 4_000, heap: 128 }) });
  const small = bomb(actorIn(on, b), 1);
  expect(opsOf(small)).toHaveLength(1);
  await on.saved(b, "journal", [{ path: ["entries", "1".repeat(32), "text"], set: "kept" }]);
  const hostile = await signedPart(on, b, [bomb(actorIn(on, b), 2 ** 33)]);
  const examined = await careful.examine({
    case: on.id,
    parts: [hostile, ...on.partsOf(b)],
    certificateOf: on.certificateOf,
  });
  const taken = await a.write((db) => careful.take(db, examined, on.state(a)));
  expect(refusedWhy(taken)).toMatch(/^decoder-(memory|time|crash)$/);
  expect(careful.view(sectionOf(on.section, "journal"))?.value).toEqual({
    entries: { ["1".repeat(32)]: { text: "kept" } },
  });
});
