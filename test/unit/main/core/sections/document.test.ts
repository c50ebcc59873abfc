// The engine's edge: what a document keeps exactly, what a change's head says, and the tree that leaves make.
import * as Automerge from "@automerge/automerge";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../../../../../shared/signed-text.ts";
import { frame, readChangeHead, unframe } from "../../../../../main/core/sections/chunk.ts";
import {
  emptyDocument,
  fork,
  loadDocument,
  opsOf,
  readAll,
  saveDocument,
  writeLeaves,
} from "../../../../../main/core/sections/document.ts";
import { keyOf, nest, withLeaf } from "../../../../../main/core/sections/leaves.rules.ts";

const actor = "ac".repeat(16);
const whole = fc.string({ unit: "binary", maxLength: 200 }).filter((text) => text.isWellFormed());
const leaf: fc.Arbitrary<JsonValue> = fc.oneof(
  whole,
  fc.constant("‮ \0 👩‍👧‍👦 é".repeat(1_000)),
  fc.boolean(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
  fc.record({ value: whole, precision: fc.constantFrom("day", "year") }),
  fc.array(whole, { maxLength: 3 }),
);
const key = fc
  .array(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,9}$/), { minLength: 1, maxLength: 3 })
  .map(keyOf);

test("any well-formed value is kept exactly, over saving, loading and a change of its own", () => {
  fc.assert(
    fc.property(fc.dictionary(key, leaf, { maxKeys: 8, noNullPrototype: true }), (wanted) => {
      const leaves = new Map<string, JsonValue>(Object.entries(wanted));
      const document = fork(emptyDocument(), actor);
      const change = writeLeaves(document, leaves);
      if (change === undefined) return leaves.size === 0;
      expect(loadDocument(saveDocument(document)).leaves).toEqual(leaves);
      expect(loadDocument(change).leaves).toEqual(leaves);
      expect(readAll(document).leaves).toEqual(leaves);
      expect(new Map(opsOf(change)?.map((op) => [op.key, op.value]))).toEqual(leaves);
      return true;
    }),
    { numRuns: 200 },
  );
});

test("a change's head reads as the engine reads it; cut off anywhere it is refused", () => {
  let document = fork(emptyDocument(), actor);
  for (let index = 0; index < 300; index += 1) {
    if (index % 7 === 0) document = fork(document, index.toString(16).padStart(32, "b"));
    const change = writeLeaves(document, new Map([["a", "x".repeat(index)]]));
    if (change === undefined) continue;
    const { hash, deps, actor: by, seq, startOp } = Automerge.decodeChange(change);
    expect(readChangeHead(change)).toEqual({
      ok: true,
      value: { hash, dependencies: deps, actor: by, seq, startOp, bytes: change },
    });
    for (let end = 0; end < change.length; end += 17)
      expect(readChangeHead(change.subarray(0, end)).ok).toBe(false);
  }
});

test("frames come apart as they were put together, and nothing else does", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (items) => {
      expect(unframe(frame(items))?.map((item) => Uint8Array.from(item))).toEqual(items);
      expect(unframe(Buffer.concat([frame(items), Uint8Array.of(0, 0, 1)]))).toBeUndefined();
    }),
  );
});

test("a tree changed leaf by leaf is the tree made of all leaves, and shares what did not change", () => {
  const path = fc.constantFrom(["a"], ["m", "1", "x"], ["m", "1", "y"], ["m", "2", "x"], ["n", "x"]);
  fc.assert(
    fc.property(fc.array(fc.tuple(path, fc.option(whole, { nil: undefined }))), (steps) => {
      const leaves = new Map<string, JsonValue>();
      let value = nest(leaves);
      for (const [at, set] of steps) {
        const before = value;
        if (set === undefined) leaves.delete(keyOf(at));
        else leaves.set(keyOf(at), set);
        value = withLeaf(value, at, set);
        if (at[0] !== "n") expect(value["n"]).toBe(before["n"]);
      }
      expect(value).toEqual(nest(leaves));
    }),
  );
});
