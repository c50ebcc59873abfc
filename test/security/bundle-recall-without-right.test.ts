// Recalls by somebody who does not answer for the case, or that name a section of another one: nothing is erased.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonValue } from "../../shared/signed-text.ts";
import type { CaseId, ContactId, OfficeId, SectionId } from "../../shared/vocabulary/ids.ts";
import { caseBy } from "../support/hostile-chain.ts";
import {
  bundleBy,
  certificateOf,
  chainEntry,
  frames,
  hex,
  introduceStranger,
  noticeBy,
  openedBy,
  stranger,
  type Stranger,
} from "../support/hostile-bundles.ts";
import {
  both,
  consent,
  giveRole,
  refuses,
  share,
  sharedCase,
  twoOffices,
  valueOf,
} from "../support/offices.ts";

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

const recallOf = async (of: CaseId, section: SectionId, more: { readonly [key: string]: JsonValue } = {}) => {
  const { fingerprint: recipient } = await certificateOf(made.network);
  return {
    recall: hex(16),
    case: of,
    author: eve.certificate.fingerprint,
    recipient,
    head: hex(32),
    sections: [{ section, name: { kind: "reach" } }],
    why: "withdrawn",
    at: 1,
    ...more,
  };
};

const reachOf = async (of: CaseId): Promise<SectionId> => {
  const { sections } = await made.network.ask("cases.get", { case: of });
  const found = sections.find((one) => one.name.kind === "reach");
  if (found === undefined) throw new Error("no reach");
  return found.section;
};

test("by a co-manager", async () => {
  const { mission, network } = made;
  const of = await sharedCase(made);
  await giveRole(mission, of, toEve);
  await consent(mission, of, toEve);
  const { entries } = await openedBy(made, eve, mission, await share(mission, toEve, of));
  const notice = await noticeBy(eve, "waypost/recall/1", await recallOf(of, await reachOf(of)));
  const chain = chainEntry(of, entries);
  const file = await bundleBy(made, eve, network, [chain, { name: "recalls.signed", content: notice }], {
    kind: "recall",
  });
  await refuses(network, file, { type: "RecallNotAllowed" });
  for (const section of both)
    expect(await valueOf(network, of, section)).toEqual(await valueOf(mission, of, section));
});

test("by somebody who answers for a case of her own, naming a section of ours", async () => {
  const { mission, network } = made;
  const of = await sharedCase(made);
  const { office } = (await network.ask("vault.status", {})) as { office: { id: OfficeId } };
  const own = await caseBy(eve, await certificateOf(network), [await reachOf(of)], office.id);
  const notice = await noticeBy(eve, "waypost/recall/1", await recallOf(own.case, await reachOf(of)));
  const chain = { name: `chain/${own.case}.chain`, content: frames(own.chain) };
  const file = await bundleBy(made, eve, network, [chain, { name: "recalls.signed", content: notice }], {
    kind: "recall",
  });
  expect(await network.take(file)).toMatchObject({ outcome: "taken", erased: [] });
  expect(await valueOf(network, of, { kind: "reach" })).toEqual(
    await valueOf(mission, of, { kind: "reach" }),
  );
  // The same by a chain whose entry says that our section is erased.
  const shared = await bundleBy(made, eve, network, [chain], { kind: "share", cases: [own.case] });
  expect(await network.take(shared)).toMatchObject({ outcome: "taken" });
  expect(await valueOf(network, of, { kind: "reach" })).toEqual(
    await valueOf(mission, of, { kind: "reach" }),
  );
});

test("for another office, by another author, unsigned, or another kind of signed text", async () => {
  const { network } = made;
  const of = await sharedCase(made);
  const section = await reachOf(of);
  const bundle = async (content: Uint8Array) =>
    bundleBy(made, eve, network, [{ name: "recalls.signed", content }], { kind: "recall" });
  const other = await recallOf(of, section, { recipient: "A".repeat(40) });
  await refuses(network, await bundle(await noticeBy(eve, "waypost/recall/1", other)), { type: "NotForUs" });
  const forged = await recallOf(of, section, { author: (await certificateOf(made.mission)).fingerprint });
  await refuses(network, await bundle(await noticeBy(eve, "waypost/recall/1", forged)), { type: "NotForUs" });
  const mallory = await stranger("Mallory Specimen");
  const byMallory = await noticeBy(mallory, "waypost/recall/1", await recallOf(of, section));
  await refuses(network, await bundle(byMallory), { type: "SignerUnknown" });
  const acknowledging = await noticeBy(eve, "waypost/acknowledgement/1", await recallOf(of, section));
  await refuses(network, await bundle(acknowledging), { type: "WrongKindOfSigned" });
});
