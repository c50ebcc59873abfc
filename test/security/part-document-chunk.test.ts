// A whole document, history and all, is offered where one change belongs.
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Automerge from "@automerge/automerge";
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

test("a document chunk is refused", async () => {
  const on = testCase(all);
  const document = Automerge.from({ title: new Automerge.ImmutableString("Dr") }, { actor: actorIn(on, b) });
  const part = await signedPart(on, b, [Automerge.save(document)]);
  expect(refusedWhy(await on.give(a, [part]))).toBe("document-chunk");
});

test("a change with another hidden behind it is refused", async () => {
  const on = testCase(all);
  const change = rawChange({ actor: actorIn(on, b), ops: [{ key: "title", value: "Dr" }] });
  const part = await signedPart(on, b, [Buffer.concat([change, change])]);
  expect(refusedWhy(await on.give(a, [part]))).toBe("chunk-length");
});
