// A removed member goes on writing and says she saw the chain as it was before her removal.
import { afterAll, beforeAll, expect, test } from "vitest";
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

test("what does not precede the accepted heads is held on every laptop, whatever head she names", async () => {
  const on = testCase(all);
  await on.saved(b, "identity", [{ path: ["title"], set: "Dr" }]);
  await on.give(a, on.partsOf(b));
  const section = sectionOf(on.section, "identity");
  const heads = [...(a.sections.head(section)?.heads ?? [])];
  on.known.set(b, on.chain.entries.length);
  on.chain.write(a.signer.fingerprint, {
    type: "remove",
    body: { office: b.office, reason: "force", heads: { [section]: heads } },
  });
  await on.saved(b, "identity", [{ path: ["title"], set: "Prof" }]);
  expect((await on.give(a, on.partsOf(b))).outcomes).toMatchObject([
    { outcome: "known" },
    { outcome: "held", why: "after-removal" },
  ]);
  expect(a.sections.view(section)).toMatchObject({ value: { title: "Dr" }, held: 1, conflicts: [] });
});
