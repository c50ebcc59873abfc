// A share that says it is whole and leaves something out: an entry, a part that others build on, or a change of a part.
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFrames } from "../../shared/bundle/frames.ts";
import { frame } from "../../main/core/sections/chunk.ts";
import { actorOf, partText } from "../../main/core/sections/part.ts";
import type {
  CaseId,
  ContactId,
  OpeningId,
  PersonId,
  SaveId,
  SectionId,
} from "../../shared/vocabulary/ids.ts";
import { chainStateIn } from "../support/hostile-chain.ts";
import {
  bundleBy,
  chainEntry,
  frames,
  hex,
  introduceStranger,
  openedBy,
  stranger,
  type Stranger,
  type TarEntry,
} from "../support/hostile-bundles.ts";
import { hashOf, rawChange } from "../support/hostile-parts.ts";
import {
  began,
  consent,
  giveRole,
  refuses,
  save,
  share,
  smallCase,
  twoOffices,
  valueOf,
} from "../support/offices.ts";
import { value } from "../support/pgp.ts";

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

const identity = { kind: "identity" } as const;

/** A case that Eve and the network work on; what the mission sent Eve in two bundles, the second building on the first. */
async function twice() {
  const { mission, toNetwork } = made;
  const of = await smallCase(mission);
  await giveRole(mission, of, toNetwork);
  await giveRole(mission, of, toEve);
  await consent(mission, of, toEve);
  const sent = async () => {
    const { entries } = await openedBy(made, eve, mission, await share(mission, toEve, of));
    const parts = [...entries]
      .filter(([name]) => name.startsWith("parts/"))
      .map(([name, content]) => ({ name, content }));
    return { chain: chainEntry(of, entries), parts };
  };
  const first = await sent();
  await save(mission, of, identity, ["title"], "Dr");
  return { of, first, second: await sent() };
}

const bundle = (of: CaseId, entries: readonly TarEntry[], tar: readonly TarEntry[] = entries) =>
  bundleBy(made, eve, made.network, entries, { kind: "share", cases: [of] }, { tar });

test("an entry that the manifest names, or a part of one", async () => {
  const { of, first } = await twice();
  const entries = [first.chain, ...first.parts];
  await refuses(made.network, await bundle(of, entries, entries.slice(0, -1)), {
    type: "ArchiveDamaged",
  });
  const cut = entries.map((entry, at) => (at === entries.length - 1 ? { ...entry, content: "" } : entry));
  await refuses(made.network, await bundle(of, entries, cut), { type: "EntryRefused", why: "size" });
});

test("a part that another builds on: what is left of it waits in sight, and is taken once it is whole", async () => {
  const { network } = made;
  const { of, first, second } = await twice();
  const last = second.parts.flatMap(({ name, content }) => {
    const all = value(readFrames(content, 10));
    return all.length < 2
      ? []
      : [{ name, content: frames(all.slice(1).map((one) => [one.signed, one.signature, one.changes])) }];
  });
  expect(last).toHaveLength(1);
  const report = await network.take(await bundle(of, [second.chain, ...last]));
  expect(report).toMatchObject({ outcome: "taken", cases: [{ sections: [{ stored: 0, held: 1 }] }] });
  expect((await network.ask("cases.get", { case: of })).row.held).toBe(1);
  expect((await network.ask("cases.held", { case: of })).parts).toMatchObject([
    { section: identity, why: "not-tried" },
  ]);
  expect(await valueOf(network, of, identity)).toEqual({});
  expect(await network.take(await bundle(of, [first.chain, ...first.parts]))).toMatchObject({
    outcome: "taken",
  });
  expect((await network.ask("cases.get", { case: of })).row.held).toBe(0);
  expect(await valueOf(network, of, identity)).toEqual({ title: "Dr" });
});

test("a change of a part, in what was signed or in what came", async () => {
  const { network } = made;
  const { of, first } = await twice();
  const { head } = chainStateIn(first.chain.content as Uint8Array);
  const wrong: {
    readonly why: string;
    readonly named: readonly number[];
    readonly sent: readonly number[];
  }[] = [
    { why: "changes-malformed", named: [0], sent: [0, 1] },
    { why: "changes-malformed", named: [1], sent: [0, 1] },
    { why: "changes-malformed", named: [0, 1], sent: [0] },
    { why: "change-not-signed-for", named: [0], sent: [1] },
    // The hash and the change: what is left waits for the one that it builds on.
    { why: "not-tried", named: [1], sent: [1] },
  ];
  for (const { why, named, sent } of wrong) {
    const section = hex(16) as SectionId;
    const person = hex(16) as PersonId;
    const opening = eve.opening as OpeningId;
    const actor = actorOf(eve.certificate.fingerprint, section, opening);
    const one = rawChange({ actor, ops: [{ key: "title", value: "Ms" }] });
    const other = rawChange({
      actor,
      seq: 2,
      startOp: 2,
      deps: [hashOf(one)],
      ops: [{ key: "sex", value: "F" }],
    });
    const chunks = [one, other];
    const picked = (some: readonly number[]) => chunks.filter((_, at) => some.includes(at));
    const signed = partText({
      case: of,
      section,
      kind: "family",
      person,
      schema: 1,
      save: hex(16) as SaveId,
      author: eve.certificate.fingerprint,
      chain: head,
      opening,
      changes: picked(named).map(hashOf),
      dependencies: named.includes(0) ? [] : [hashOf(one)],
      at: began,
      reason: "",
    });
    const signature = await eve.signer.sign("waypost/part/1", signed);
    const parts = {
      name: `parts/${of}/${section}.parts`,
      content: frames([[signed, signature, frame(picked(sent))]]),
    };
    expect(await network.take(await bundle(of, [first.chain, parts]))).toMatchObject({ outcome: "taken" });
    const { items } = await network.ask("cases.quarantine", { case: of });
    const { parts: held } = await network.ask("cases.held", { case: of });
    const shown = [
      ...items.filter((item) => item.section === section).map(({ reason }) => reason),
      ...held.filter((one) => one.section?.person === person).map((one) => one.why),
    ];
    expect(shown).toEqual([why]);
    expect(await network.refused("cases.section", { case: of, section: { kind: "family", person } })).toEqual(
      { type: "UnknownSection" },
    );
  }
});
