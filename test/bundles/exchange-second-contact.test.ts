// A section shared with a second contact begins anew for everyone, unless she consented to its past; late parts of the old one are shown.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContactId } from "../../shared/vocabulary/ids.ts";
import {
  consent,
  giveRole,
  offices,
  save,
  share,
  smallCase,
  valueOf,
  type Office,
  type Offices,
} from "../support/offices.ts";

let made: Offices;
let mission: Office;
let network: Office;
let host: Office;
let toNetwork: ContactId;
let toHost: ContactId;
let toMission: ContactId;
beforeAll(async () => {
  made = await offices("Mission", "Network", "Host");
  [mission, network, host] = made.all as [Office, Office, Office];
  toNetwork = await made.contact(mission, network);
  toHost = await made.contact(mission, host);
  toMission = await made.contact(network, mission);
});
afterAll(() => made[Symbol.asyncDispose]());

const reach = { kind: "reach" } as const;
const sectionOf = async (at: Office, of: Awaited<ReturnType<typeof smallCase>>) =>
  (await at.ask("cases.get", { case: of })).sections.find(
    (one) => one.name.kind === "reach" && one.state === "live",
  )?.section;

/** A case with some past in its reach section, shared with the network. */
async function withPast() {
  const of = await smallCase(mission);
  for (const [contact, role] of [
    [toNetwork, "co-manager"],
    [toHost, "viewer"],
  ] as const)
    await giveRole(mission, of, contact, role);
  await consent(mission, of, toNetwork, [reach]);
  await network.take(await share(mission, toNetwork, of));
  await save(mission, of, reach, ["ifAnotherAnswers"], "Hang up.");
  return of;
}

test("without its past: founded anew, the old one closed, a late part for it shown and not lost", async () => {
  const of = await withPast();
  const old = await sectionOf(mission, of);
  await save(network, of, reach, ["contact", "wish"], "never");
  const late = await share(network, toMission, of);
  await consent(mission, of, toHost, [reach]);
  expect(await host.take(await share(mission, toHost, of))).toMatchObject({ outcome: "taken" });
  const now = await sectionOf(mission, of);
  expect(now).not.toBe(old);
  expect(await sectionOf(host, of)).toBe(now);
  const { changes } = await host.ask("cases.history", { case: of, section: reach });
  expect(changes).toHaveLength(1);
  expect(JSON.stringify(changes)).not.toContain("dentist");
  const came = await mission.take(late);
  expect(came.cases?.[0]?.sections).toMatchObject([{ section: reach, late: 1, stored: 0 }]);
  expect(await network.take(await share(mission, toNetwork, of))).toMatchObject({ outcome: "taken" });
  expect(await sectionOf(network, of)).toBe(now);
  for (const office of [network, host])
    expect(await valueOf(office, of, reach)).toEqual(await valueOf(mission, of, reach));
});

test("with its past: the same section, history and all", async () => {
  const of = await withPast();
  const old = await sectionOf(mission, of);
  await consent(mission, of, toHost, [reach], { past: true });
  expect(await host.take(await share(mission, toHost, of))).toMatchObject({ outcome: "taken" });
  expect(await sectionOf(host, of)).toBe(old);
  const { changes } = await host.ask("cases.history", { case: of, section: reach });
  expect(JSON.stringify(changes)).toContain("dentist");
});

test("a late part of an erased section is dropped unread, and the ledger stays whole at both", async () => {
  const of = await withPast();
  await save(network, of, reach, ["contact", "wish"], "never");
  const late = await share(network, toMission, of);
  await mission.ask("cases.erase", { case: of, section: reach, why: "her-wish" });
  const came = await mission.take(late);
  expect(came.outcome).toBe("taken");
  expect(came.cases?.[0]?.sections.every((one) => one.stored === 0 && one.late === 0)).toBe(true);
  expect((await mission.refused("cases.section", { case: of, section: reach })).type).toBe("UnknownSection");
  const recall = await mission.ask("exchange.recall", { contact: toNetwork, folder: "drive" });
  expect(await network.take(`drive/${recall.file}`)).toMatchObject({ erased: [reach] });
  for (const office of [mission, network])
    expect((await office.ask("ledger.read", { case: of })).whole).toBe(true);
});
