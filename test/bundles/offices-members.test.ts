// Several people on one laptop, each with her own certificate: who may work on a case, and what the others can check of it.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaseId } from "../../shared/vocabulary/ids.ts";
import { crowd, idOf, save, send, yes, type Crowd, type Member } from "../support/crowd.ts";

const deputy = "apricots behind the old library wall";
let all: Crowd;
let mission: Member;
let network: Member;
const name = { kind: "identity" } as const;

beforeAll(async () => {
  all = await crowd(2);
  [mission, network] = all.offices as [Member, Member];
});
afterAll(() => all[Symbol.asyncDispose]());

const create = async (by: Member): Promise<CaseId> => {
  const made = await by.ask("cases.create", {
    reason: "taken in",
    edits: [{ section: name, edits: [{ path: ["title"], set: "Ms" }] }],
  });
  return made.case as CaseId;
};

test("a colleague given a slot is named in every case at once, and her work counts at the other office", async () => {
  const before = await create(mission);
  await mission.ask("members.add", { name: "Deputy", newPassphrase: deputy });
  const after = await create(mission);
  const first = mission.fingerprint;
  for (const of of [before, after]) {
    const { offices } = await mission.ask("cases.get", { case: of });
    expect(offices[0]?.certificates).toHaveLength(2);
    const contact = await mission.knows(network);
    await mission.ask("cases.giveRole", { case: of, contact, role: "co-manager", mayRecordYes: false });
    await mission.ask("consent.record", { case: of, consent: yes(contact, [name]) });
  }
  await mission.changeTo(deputy);
  const { members } = await mission.ask("members.list", {});
  const verifier = members.find(({ fingerprint }) => fingerprint === first)?.name;
  expect((await mission.ask("contacts.list", {})).contacts).toMatchObject([{ trustByName: verifier }]);
  for (const of of [before, after])
    expect(await save(mission, of, name, [{ path: ["title"], set: "Dr" }])).toMatchObject({ ok: true });
  expect(await mission.ask("cases.history", { case: before, section: name })).toMatchObject({
    changes: [{ author: { fingerprint: first } }, { author: { fingerprint: mission.fingerprint } }],
  });
  await mission.changeTo(mission.passphrase);
  for (const of of [before, after]) {
    const taken = await all.give(await send(mission, network, of));
    expect(taken).toMatchObject({ outcome: "taken", cases: [{ sections: [{ stored: 2, quarantined: 0 }] }] });
    const seen = await network.ask("cases.section", { case: of, section: name });
    expect(seen.value).toEqual({ title: "Dr" });
  }
});

test("a deputy shares, records a yes and a no, and names the next colleague", async () => {
  const of = await create(mission);
  await mission.changeTo(deputy);
  const contact = await mission.knows(network);
  await mission.ask("cases.giveRole", { case: of, contact, role: "co-manager", mayRecordYes: false });
  const { consent } = await mission.ask("consent.record", { case: of, consent: yes(contact, [name]) });
  const { refused } = await mission.ask("consent.choices", {
    case: of,
    contact,
    purpose: "joint-protection",
  });
  expect(refused).toBeUndefined();
  const { recalls } = await mission.ask("consent.withdraw", {
    case: of,
    consent,
    by: { who: "her" },
    how: "spoken",
  });
  expect(recalls).toBe(0);
  await mission.ask("members.add", { name: "Third", newPassphrase: "harbour bells before the tide" });
  const { offices } = await mission.ask("cases.get", { case: of });
  expect(offices[0]?.certificates).toHaveLength(3);
  await mission.changeTo(mission.passphrase);
});

test("a colleague of another office is told to introduce herself, and is let in when the role is given again", async () => {
  const of = await create(mission);
  const contact = await mission.knows(network);
  await mission.ask("cases.giveRole", { case: of, contact, role: "co-manager", mayRecordYes: true });
  await mission.ask("consent.record", { case: of, consent: yes(contact, [name]) });
  await all.give(await send(mission, network, of));

  await network.ask("members.add", { name: "Colleague", newPassphrase: deputy });
  await network.changeTo(deputy);
  const edit = [{ path: ["title"], set: "Prof" }];
  expect(await save(network, of, name, edit)).toEqual({ ok: false, error: { type: "NotNamed" } });
  const steward = await network.knows(mission);
  const record = { case: of, consent: yes(steward, [{ kind: "family", person: idOf("someone") }]) };
  expect(await network.refused("consent.record", record)).toEqual({ type: "NotNamed" });
  expect(
    await network.refused("exchange.share", {
      contact: steward,
      cases: [{ case: of }],
      purpose: "joint-protection",
      folder: "drive",
    }),
  ).toEqual({ type: "NotNamed" });

  await all.meet(network, mission);
  const again = await mission.knows(network);
  await mission.ask("cases.giveRole", { case: of, contact: again, role: "co-manager", mayRecordYes: true });
  // What is sealed to her colleague opens here too: the decryption secrets are the office's.
  await network.changeTo(network.passphrase);
  await mission.ask("cases.save", {
    case: of,
    reason: "worked on",
    edits: [{ section: name, edits: [{ path: ["sex"], set: "F" }] }],
  });
  expect(await all.give(await send(mission, network, of))).toMatchObject({ outcome: "taken" });
  await network.changeTo(deputy);
  expect(await save(network, of, name, edit)).toMatchObject({ ok: true });
  expect(await all.give(await send(network, mission, of))).toMatchObject({
    outcome: "taken",
    cases: [{ sections: [{ quarantined: 0, held: 0 }] }],
  });
  expect((await mission.ask("cases.section", { case: of, section: name })).value).toEqual({
    title: "Prof",
    sex: "F",
  });
});
