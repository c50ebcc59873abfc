// The ways of a case between offices when things go wrong honestly: lost, late, doubled, withdrawn, struck, erased, re-founded.
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  acknowledge,
  both,
  consent,
  giveRole,
  save,
  sendRecalls,
  share,
  sharedCase,
  sharing,
  smallCase,
  takeIn,
  twoOffices,
  untouched,
  valueOf,
  withdraw,
} from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

const reach = { kind: "reach" } as const;
const identity = { kind: "identity" } as const;
const waitingFor = async (at: typeof made.mission) => (await at.ask("exchange.waiting", {})).contacts;

test("the specimen case travels; the same file twice, and under another name, changes nothing the second time", async () => {
  const { mission, network, toNetwork } = made;
  const of = await takeIn(mission);
  await giveRole(mission, of, toNetwork);
  await consent(mission, of, toNetwork);
  const file = await share(mission, toNetwork, of);
  expect(await network.take(file)).toMatchObject({ outcome: "taken" });
  expect(await untouched(network, () => network.take(file))).toMatchObject({ outcome: "already" });
  for (const section of both)
    expect(await valueOf(network, of, section)).toEqual(await valueOf(mission, of, section));
});

test("parts of a lost bundle are offered again; a gap is shown and healed; what was acknowledged is not sent twice", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const of = await sharedCase(made);
  await save(mission, of, identity, ["title"], "Dr");
  const lost = await share(mission, toNetwork, of);
  await save(mission, of, identity, ["title"], "Prof");
  const later = await mission.ask("exchange.share", sharing(toNetwork, of));
  expect(later.cases[0]?.parts).toBe(4);
  const number = (await mission.ask("exchange.sent", {})).bundles.at(-2)?.number;
  expect(await network.take(`drive/${later.file}`)).toMatchObject({ outcome: "taken", missing: [number] });
  expect(await valueOf(network, of, identity)).toMatchObject({ title: "Prof" });
  const healed = await network.take(lost);
  expect(healed).toMatchObject({ outcome: "taken" });
  expect(healed.missing).toBeUndefined();
  expect((await waitingFor(mission)).find((one) => one.cases.includes(of))).toBeDefined();
  expect(await waitingFor(network)).toMatchObject([{ contact: toMission, recalls: 0 }]);
  await mission.take(await acknowledge(network, toMission));
  expect((await waitingFor(mission)).find((one) => one.cases.includes(of))).toBeUndefined();
  expect(await waitingFor(network)).toEqual([]);
  const none = await mission.ask("exchange.share", sharing(toNetwork, of));
  expect(none.cases[0]?.parts).toBe(0);
  await network.take(`drive/${none.file}`);
});

test("sections she did not consent to never make a case wait", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const of = await sharedCase(made);
  await save(mission, of, { kind: "work" }, ["callsHerself"], "teacher");
  await mission.take(await acknowledge(network, toMission));
  expect((await waitingFor(mission)).find((one) => one.cases.includes(of))).toBeUndefined();
  await consent(mission, of, toNetwork, [{ kind: "work" }]);
  expect((await waitingFor(mission)).find((one) => one.cases.includes(of))).toMatchObject({
    contact: toNetwork,
  });
});

test("a recall that overtakes the share it calls back is kept: the late share brings nothing", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const of = await smallCase(mission);
  await giveRole(mission, of, toNetwork);
  const her = await consent(mission, of, toNetwork);
  const late = await share(mission, toNetwork, of);
  const kept = join(made.folder, "late.pgp");
  copyFileSync(join(made.folder, late), kept);
  expect(await withdraw(mission, of, her)).toMatchObject({ recalls: 1, destroyed: 1 });
  expect(await network.take(await sendRecalls(mission, toNetwork))).toMatchObject({
    outcome: "taken",
    erased: [],
  });
  const came = await network.take("late.pgp");
  expect(came).toMatchObject({ outcome: "taken" });
  expect((await network.refused("cases.section", { case: of, section: identity })).type).toBe(
    "UnknownSection",
  );
  const confirmed = await mission.take(await acknowledge(network, toMission));
  expect(confirmed.confirmed).toHaveLength(1);
});

test("a confirmation that was lost is owed again when the recall comes again; confirming twice is told once", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const of = await sharedCase(made);
  const { consents } = await mission.ask("consent.list", { case: of });
  const her = consents[0]?.body.id;
  if (her === undefined) throw new Error("no consent");
  await withdraw(mission, of, her);
  await network.take(await sendRecalls(mission, toNetwork));
  rmSync(join(made.folder, await acknowledge(network, toMission)));
  await network.take(await sendRecalls(mission, toNetwork));
  const again = await acknowledge(network, toMission);
  expect((await mission.take(again)).confirmed).toHaveLength(1);
  expect((await mission.ask("exchange.waiting", {})).recalls.find((one) => one.case === of)?.state).toBe(
    "confirmed",
  );
  await network.take(await share(mission, toNetwork, await sharedCase(made)));
  await mission.take(await acknowledge(network, toMission));
  const { whole, entries } = await mission.ask("ledger.read", { case: of });
  expect(whole).toBe(true);
  const told = entries.filter(
    ({ entry }) => (entry as { way?: string } | undefined)?.way === "erased-by-recipient",
  );
  expect(told).toHaveLength(1);
});

test("consented again after a recall, a section begins anew; late parts of the erased one stay away", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const of = await sharedCase(made);
  await save(network, of, reach, ["ifAnotherAnswers"], "Say nothing.");
  const late = await share(network, toMission, of);
  const first = (await mission.ask("consent.list", { case: of })).consents[0]?.body.id;
  if (first === undefined) throw new Error("no consent");
  await consent(mission, of, toNetwork, [identity]);
  expect(await withdraw(mission, of, first)).toMatchObject({ recalls: 1 });
  expect(await network.take(await sendRecalls(mission, toNetwork))).toMatchObject({ erased: [reach] });
  const { whole } = await network.ask("ledger.read", { case: of });
  expect(whole).toBe(true);
  await consent(mission, of, toNetwork, [reach]);
  expect(await network.take(await share(mission, toNetwork, of))).toMatchObject({ outcome: "taken" });
  expect(await valueOf(network, of, reach)).toEqual(await valueOf(mission, of, reach));
  const came = await mission.take(late);
  const outcome = came.cases?.[0]?.sections.find((one) => one.section.kind === "reach");
  expect(outcome).toMatchObject({ late: 1, stored: 0 });
  expect(await valueOf(mission, of, reach)).toMatchObject({ ifAnotherAnswers: "Ask for the dentist." });
});

test("a struck fact stays struck: the holder erases, and the late bundle that still has it is dropped", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const of = await sharedCase(made);
  await save(network, of, reach, ["ifAnotherAnswers"], "Ask for the doctor.");
  const late = await share(network, toMission, of);
  await save(mission, of, reach, ["contact", "wish"], "as-listed");
  expect(
    await mission.ask("cases.strike", { case: of, section: reach, paths: [["ifAnotherAnswers"]] }),
  ).toMatchObject({
    recalls: 1,
  });
  const came = await mission.take(late);
  expect(came.outcome).toBe("taken");
  expect(await valueOf(mission, of, reach)).toEqual({ contact: { wish: "as-listed" } });
  expect(await network.take(await sendRecalls(mission, toNetwork))).toMatchObject({ erased: [reach] });
  await network.take(await share(mission, toNetwork, of));
  expect(await valueOf(network, of, reach)).toEqual({ contact: { wish: "as-listed" } });
  expect((await mission.ask("search.find", { text: "doctor" })).found).toEqual([]);
});

test("an erased section is called back; where it cannot be had, that is recorded and the ledger stays whole", async () => {
  const { mission, network, toNetwork } = made;
  const of = await sharedCase(made);
  expect(await mission.ask("cases.erase", { case: of, section: identity, why: "her-wish" })).toEqual({
    recalls: 1,
  });
  const { recalls } = await mission.ask("exchange.waiting", {});
  const due = recalls.find((one) => one.case === of);
  if (due === undefined) throw new Error("no recall");
  expect(due.state).toBe("due");
  await mission.ask("exchange.recallImpossible", {
    recall: due.recall,
    note: "the laptop was taken",
    sheWasTold: true,
  });
  expect(
    (await mission.ask("exchange.waiting", {})).recalls.find((one) => one.recall === due.recall)?.state,
  ).toBe("impossible");
  const unknown = await network.refused("exchange.recallImpossible", {
    recall: due.recall,
    note: "not ours",
    sheWasTold: true,
  });
  expect(unknown.type).toBe("UnknownRecall");
  expect((await mission.ask("ledger.read", { case: of })).whole).toBe(true);
  // What the chain says reaches the holder with the next bundle all the same.
  await network.take(await share(mission, toNetwork, of));
  expect((await network.refused("cases.section", { case: of, section: identity })).type).toBe(
    "UnknownSection",
  );
});

test("her no, recorded by the co-manager, reaches the steward and calls back there", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const of = await sharedCase(made);
  const her = (await mission.ask("consent.list", { case: of })).consents[0]?.body.id;
  if (her === undefined) throw new Error("no consent");
  await network.ask("consent.withdraw", { case: of, consent: her, by: { who: "her" }, how: "spoken" });
  await mission.take(await sendRecalls(network, toMission));
  expect((await mission.ask("exchange.waiting", {})).recalls.find((one) => one.case === of)?.state).toBe(
    "due",
  );
  expect((await mission.refused("exchange.share", sharing(toNetwork, of))).type).toBe("NotCleared");
});

test("her yes, recorded by the co-manager, can be read by the steward", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const of = await sharedCase(made);
  const yes = await consent(network, of, await made.contact(network, mission), [{ kind: "work" }]);
  await mission.take(await share(network, toMission, of));
  const { consents } = await mission.ask("consent.list", { case: of });
  expect(consents.map((one) => one.body.id)).toContain(yes);
  expect(toNetwork).toBeDefined();
});

test("a case or a section named twice is sent once", async () => {
  const { mission, network, toNetwork } = made;
  const of = await sharedCase(made);
  const sent = await mission.ask("exchange.share", {
    ...sharing(toNetwork),
    cases: [
      { case: of, sections: [identity, identity] },
      { case: of, sections: [reach] },
    ],
  });
  expect(sent.cases).toHaveLength(1);
  expect(await network.take(`drive/${sent.file}`)).toMatchObject({ outcome: "taken" });
});
