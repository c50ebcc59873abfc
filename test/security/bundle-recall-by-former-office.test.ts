// An office that answered before, or never did, calls back more than she ended: nothing is erased.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import type { CaseId, ContactId, PersonId, SectionId } from "../../shared/vocabulary/ids.ts";
import { chainAdded, chainStateIn } from "../support/hostile-chain.ts";
import {
  bundleBy,
  certificateOf,
  chainEntry,
  hex,
  introduceStranger,
  noticeBy,
  openedBy,
  stranger,
  type Stranger,
  type TarEntry,
} from "../support/hostile-bundles.ts";
import {
  both,
  consent,
  giveRole,
  refuses,
  save,
  share,
  sharedCase,
  twoOffices,
  valueOf,
  withdraw,
  type Office,
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

/** A case of the mission's that the network and Eve work on; what the mission sent Eve, which she sends on to the network. */
async function withEve() {
  const { mission, network } = made;
  const of = await sharedCase(made);
  await giveRole(mission, of, toEve);
  await consent(mission, of, toEve);
  const { entries } = await openedBy(made, eve, mission, await share(mission, toEve, of));
  const parts = [...entries]
    .filter(([name]) => name.startsWith("parts/"))
    .map(([name, content]) => ({ name, content }));
  const sent = await bundleBy(made, eve, network, [chainEntry(of, entries), ...parts], {
    kind: "share",
    cases: [of],
  });
  expect(await network.take(sent)).toMatchObject({ outcome: "taken" });
  const [given] = (await network.ask("consent.list", { case: of })).consents;
  if (given === undefined) throw new Error("the network cannot read the yes that concerns it");
  return { of, chain: chainEntry(of, entries), consent: given.body.id };
}

/** The mission hands over to Eve, and she hands back: she answered once, and works on the case still. */
async function answeredOnce(of: CaseId): Promise<TarEntry & { readonly content: Uint8Array }> {
  const { mission } = made;
  await mission.ask("cases.offerHandover", {
    case: of,
    contact: toEve,
    agreed: { how: "in-person", at: 1 },
    then: "co-manager",
  });
  const told = await mission.ask("exchange.tell", { contact: toEve, cases: [of], folder: "drive" });
  const offered = chainEntry(of, (await openedBy(made, eve, mission, `drive/${told.file}`)).entries);
  let content = offered.content as Uint8Array;
  const { handover, steward } = chainStateIn(content);
  if (handover === undefined) throw new Error("nothing is offered");
  content = await chainAdded(content, eve, {
    type: "handover-accepted",
    body: { offer: handover.offer, heads: {} },
  });
  content = await chainAdded(content, eve, {
    type: "handover-offered",
    body: { to: steward, agreed: { how: "in-person", at: 1 }, then: "co-manager" },
  });
  const back = await bundleBy(made, eve, mission, [{ name: offered.name, content }], {
    kind: "share",
    cases: [of],
  });
  expect(await mission.take(back)).toMatchObject({ outcome: "taken" });
  await mission.ask("cases.acceptHandover", { case: of });
  return lookedAt(of);
}

/** The chain as the mission tells it to Eve now. */
async function lookedAt(of: CaseId): Promise<TarEntry & { readonly content: Uint8Array }> {
  const { mission } = made;
  const told = await mission.ask("exchange.tell", { contact: toEve, cases: [of], folder: "drive" });
  const { name, content } = chainEntry(
    of,
    (await openedBy(made, eve, mission, `drive/${told.file}`)).entries,
  );
  return { name, content: content as Uint8Array };
}

const sectionAt = async (at: Office, of: CaseId, kind: string): Promise<SectionId> => {
  const { sections } = await at.ask("cases.get", { case: of });
  const found = sections.find(({ name }) => name.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found.section;
};

/** Eve calls a section back from an office. */
async function recallBy(to: Office, of: CaseId, section: SectionId, chain: TarEntry): Promise<string> {
  const { fingerprint: recipient } = await certificateOf(to);
  const notice = await noticeBy(eve, "waypost/recall/1", {
    recall: hex(16),
    case: of,
    author: eve.certificate.fingerprint,
    recipient,
    head: hex(32),
    sections: [{ section, name: { kind: "reach" } }],
    why: "withdrawn",
    at: 1,
  });
  return bundleBy(made, eve, to, [chain, { name: "recalls.signed", content: notice }], { kind: "recall" });
}

const notAllowed = { type: "RecallNotAllowed" };
const holdsAll = async (at: Office, of: CaseId) => {
  for (const section of both) expect(await valueOf(at, of, section)).not.toEqual({});
};

test("an office that never answered, with a no it recorded itself and everything sent by itself", async () => {
  const { network } = made;
  const { of, chain, consent: given } = await withEve();
  const content = await chainAdded(chain.content as Uint8Array, eve, {
    type: "withdrawal",
    body: { consent: given },
  });
  const reach = await sectionAt(network, of, "reach");
  await refuses(network, await recallBy(network, of, reach, { name: chain.name, content }), notAllowed);
  await holdsAll(network, of);
});

test("one that answered once, while her yes stands", async () => {
  const { network } = made;
  const { of } = await withEve();
  const chain = await answeredOnce(of);
  const reach = await sectionAt(network, of, "reach");
  await refuses(network, await recallBy(network, of, reach, chain), notAllowed);
  await holdsAll(network, of);
});

test("one that answered once, though another yes stands for the section", async () => {
  const { mission, network, toNetwork } = made;
  const { of, consent: given } = await withEve();
  await answeredOnce(of);
  await mission.ask("consent.withdraw", {
    case: of,
    consent: given,
    by: { who: "her" },
    how: "spoken",
    sections: [{ kind: "identity" }],
  });
  expect(await network.take(await share(mission, toNetwork, of))).toMatchObject({ outcome: "taken" });
  const reach = await sectionAt(network, of, "reach");
  await refuses(network, await recallBy(network, of, reach, await lookedAt(of)), notAllowed);
  expect(await valueOf(network, of, { kind: "reach" })).not.toEqual({});
});

test("one that answered once, from the office that answers now", async () => {
  const { mission } = made;
  const { of, consent: given } = await withEve();
  await answeredOnce(of);
  await withdraw(mission, of, given);
  const reach = await sectionAt(mission, of, "reach");
  await refuses(mission, await recallBy(mission, of, reach, await lookedAt(of)), notAllowed);
  await holdsAll(mission, of);
});

test("one that answered once, of a section that it did not send", async () => {
  const { mission, network, toMission, toNetwork } = made;
  const { of } = await withEve();
  const person = "7".repeat(32) as PersonId;
  const sister: SectionName = { kind: "family", person };
  const by = { who: "person", person } as const;
  await save(network, of, sister, ["title"], "Ms");
  await consent(network, of, toMission, [sister], { by });
  await mission.take(await share(network, toMission, of));
  const hers = await consent(mission, of, toNetwork, [sister], { by });
  expect(await network.take(await share(mission, toNetwork, of))).toMatchObject({ outcome: "taken" });
  await answeredOnce(of);
  await withdraw(mission, of, hers);
  const family = await sectionAt(network, of, "family");
  await refuses(network, await recallBy(network, of, family, await lookedAt(of)), notAllowed);
  expect(await valueOf(network, of, sister)).toEqual({ title: "Ms" });
});

test("one that was removed since, though she took back her yes", async () => {
  const { mission, network } = made;
  const { of, consent: given } = await withEve();
  await answeredOnce(of);
  await withdraw(mission, of, given);
  const chain = await lookedAt(of);
  await mission.ask("cases.takeRole", { case: of, from: { office: eve.office }, why: "left" });
  const told = await mission.ask("exchange.tell", {
    contact: made.toNetwork,
    cases: [of],
    folder: "drive",
  });
  expect(await network.take(`drive/${told.file}`)).toMatchObject({ outcome: "taken" });
  const reach = await sectionAt(network, of, "reach");
  await refuses(network, await recallBy(network, of, reach, chain), notAllowed);
  await holdsAll(network, of);
});

test("and one that answered once is heard where she ended what it sent: only that goes", async () => {
  const { mission, network } = made;
  const { of, consent: given } = await withEve();
  await answeredOnce(of);
  await withdraw(mission, of, given);
  const reach = await sectionAt(network, of, "reach");
  expect(await network.take(await recallBy(network, of, reach, await lookedAt(of)))).toMatchObject({
    outcome: "taken",
    erased: [{ kind: "reach" }],
  });
  expect(await valueOf(network, of, { kind: "identity" })).not.toEqual({});
});
