// A share of a case in which its sender has no part, or this office has none; beside it, cases that are in order are taken.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaseId, ContactId } from "../../shared/vocabulary/ids.ts";
import {
  bundleBy,
  chainEntry,
  introduceStranger,
  openedBy,
  stranger,
  type Stranger,
  type TarEntry,
} from "../support/hostile-bundles.ts";
import { consent, giveRole, refuses, share, smallCase, twoOffices } from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
let eve: Stranger;
let toEve: ContactId;
beforeAll(async () => {
  made = await twoOffices();
  eve = await stranger();
  toEve = await introduceStranger(made, made.mission, eve);
  await introduceStranger(made, made.network, eve);
});
afterAll(() => made[Symbol.asyncDispose]());

/** A case Eve works on, and everything the mission sent her of it. */
async function caseWithEve(): Promise<{ of: CaseId; entries: readonly TarEntry[] }> {
  const { mission } = made;
  const of = await smallCase(mission);
  await giveRole(mission, of, toEve);
  await consent(mission, of, toEve);
  const { entries } = await openedBy(made, eve, mission, await share(mission, toEve, of));
  const all = [...entries].map(([name, content]) => ({ name, content }));
  return { of, entries: all.filter(({ name }) => /^(chain|parts|sections)\//.test(name)) };
}

test("we have no part in it", async () => {
  const { of, entries } = await caseWithEve();
  const file = await bundleBy(made, eve, made.network, entries, { kind: "share", cases: [of] });
  await refuses(made.network, file, { type: "WeHaveNoPart" });
});

test("the sender has no part in it, though everything she sends is truly signed by others", async () => {
  const { mission, network, toNetwork } = made;
  const { of, entries } = await caseWithEve();
  const mallory = await stranger("Mallory Specimen");
  await introduceStranger(made, network, mallory);
  const stolen = await bundleBy(made, mallory, network, entries, { kind: "share", cases: [of] });
  await refuses(network, stolen, { type: "SenderHasNoPart" });
  await giveRole(mission, of, toNetwork);
  const now = await openedBy(made, eve, mission, await share(mission, toEve, of));
  const later = [chainEntry(of, now.entries), ...entries.filter(({ name }) => !name.startsWith("chain/"))];
  const file = await bundleBy(made, mallory, network, later, { kind: "share", cases: [of] });
  await refuses(network, file, { type: "SenderHasNoPart" });
});

test("one such case does not take the others with it", async () => {
  const { mission, network, toNetwork } = made;
  const mine = await caseWithEve();
  const both = await caseWithEve();
  await giveRole(mission, both.of, toNetwork);
  const known = await openedBy(made, eve, mission, await share(mission, toEve, both.of));
  const file = await bundleBy(made, eve, network, [...mine.entries, chainEntry(both.of, known.entries)], {
    kind: "share",
    cases: [mine.of, both.of],
  });
  const taken = await network.take(file);
  expect(taken).toMatchObject({
    outcome: "taken",
    passedOver: [{ case: mine.of, why: { type: "WeHaveNoPart" } }],
    cases: [{ case: both.of }],
  });
  expect((await network.refused("cases.get", { case: mine.of })).type).toBe("UnknownCase");
});

test("entries of the second case that cannot be read leave the first one untaken too", async () => {
  const { mission, network, toNetwork } = made;
  const both = await caseWithEve();
  await giveRole(mission, both.of, toNetwork);
  const known = await openedBy(made, eve, mission, await share(mission, toEve, both.of));
  const chain = chainEntry(both.of, known.entries);
  const other = "f".repeat(32);
  const more = [
    [{ name: `chain/${other}.chain`, content: "cut" }, { type: "FramesDamaged" }],
    [
      { name: `chain/${other}.chain`, content: Buffer.from("ffffffff", "hex") },
      { type: "LimitBroken", limit: "partBytes" },
    ],
    [{ name: `parts/${other}/x.parts` }, { type: "EntryRefused", why: "order" }],
    [{ name: `notes/${other}/x` }, { type: "EntryRefused", why: "unlisted" }],
    [
      { name: `consents/${both.of}.json`, content: "{" },
      { type: "EntryRefused", why: "form" },
    ],
  ] as const;
  for (const [entry, why] of more) {
    const file = await bundleBy(made, eve, network, [chain, entry], {
      kind: "share",
      cases: [both.of, other],
    });
    await refuses(network, file, why);
  }
  const good = await bundleBy(made, eve, network, [chain], { kind: "share", cases: [both.of] });
  expect(await network.take(good)).toMatchObject({ outcome: "taken" });
});
