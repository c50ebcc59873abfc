// Recalls reach everyone who holds something, survive a crash, take releases along, and leave nothing of what was erased.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeFiles } from "../../main/shells/node/files.ts";
import type { CaseId, ContactId, PersonId } from "../../shared/vocabulary/ids.ts";
import {
  acknowledge,
  consent,
  save,
  sendRecalls,
  share,
  sharedCase,
  smallCase,
  twoOffices,
  withdraw,
  type Office,
} from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

const identity = { kind: "identity" } as const;
const reach = { kind: "reach" } as const;
const recallOf = async (at: Office, of: CaseId) =>
  (await at.ask("exchange.waiting", {})).recalls.find((one) => one.case === of);
const herYesOf = async (at: Office, of: CaseId) => {
  const first = (await at.ask("consent.list", { case: of })).consents[0]?.body.id;
  if (first === undefined) throw new Error("no consent");
  return first;
};
const releasing = (contact: ContactId, of: CaseId) => ({
  contact,
  case: of,
  purpose: "visa" as const,
  fields: [{ section: identity, pattern: "*" }],
  ticked: [],
  folder: "drive",
});
const mayRelease = (at: Office, of: CaseId, contact: ContactId) =>
  consent(at, of, contact, [identity], {
    act: "release",
    purpose: "visa",
    fields: [{ section: identity, fields: ["*"] }],
  });

test("her no that came in is called back after a crash between the two", async () => {
  const { mission, network, toMission } = made;
  const of = await sharedCase(made);
  await network.ask("consent.withdraw", {
    case: of,
    consent: await herYesOf(mission, of),
    by: { who: "her" },
    how: "spoken",
  });
  const no = await sendRecalls(network, toMission);
  mission.files = {
    ...nodeFiles,
    remove: (path) =>
      path.endsWith(".pgp") ? Promise.reject(new Error("the laptop stops here")) : nodeFiles.remove(path),
  };
  await expect(mission.take(no)).rejects.toThrow();
  mission.files = nodeFiles;
  await mission.reopen();
  expect(await recallOf(mission, of)).toMatchObject({ state: "due" });
});

test("who began a section herself is asked to erase it too", async () => {
  const { mission, network, toMission } = made;
  const of = await sharedCase(made);
  const person = "7".repeat(32) as PersonId;
  const sister = { kind: "family", person } as const;
  await save(network, of, sister, ["title"], "Ms");
  await consent(network, of, toMission, [sister], { by: { who: "person", person } });
  await mission.take(await share(network, toMission, of));
  expect(await mission.ask("cases.erase", { case: of, section: sister, why: "her-wish" })).toEqual({
    recalls: 1,
  });
  expect(await recallOf(mission, of)).toMatchObject({ sections: [sister] });
});

test("a withdrawn release is called back, erased where it came, and confirmed", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const of = await smallCase(mission);
  const her = await mayRelease(mission, of, toNetwork);
  const sent = await mission.ask("exchange.release", releasing(toNetwork, of));
  const came = await network.take(`drive/${sent.file}`);
  expect(came).toMatchObject({ outcome: "taken" });
  expect((await network.ask("exchange.dossier", { bundle: sent.bundle })).html).toContain("<html");
  expect((await network.ask("exchange.dossiers", {})).dossiers).toEqual([
    expect.objectContaining({
      bundle: sent.bundle,
      from: expect.objectContaining({ name: "Person of Mission" }) as object,
    }),
  ]);
  expect(await withdraw(mission, of, her)).toMatchObject({ recalls: 1 });
  expect(await recallOf(mission, of)).toMatchObject({ sections: [identity] });
  expect(await network.take(await sendRecalls(mission, toNetwork))).toMatchObject({ outcome: "taken" });
  expect((await network.refused("exchange.dossier", { bundle: sent.bundle })).type).toBe("UnknownBundle");
  expect(await network.ask("exchange.dossiers", {})).toEqual({ dossiers: [] });
  expect((await network.refused("cases.get", { case: of })).type).toBe("UnknownCase");
  await mission.take(await acknowledge(network, toMission));
  expect(await recallOf(mission, of)).toMatchObject({ state: "confirmed" });
});

test("a release that comes after its recall is not kept", async () => {
  const { mission, network, toNetwork } = made;
  const of = await smallCase(mission);
  const her = await mayRelease(mission, of, toNetwork);
  const sent = await mission.ask("exchange.release", releasing(toNetwork, of));
  copyFileSync(join(made.folder, "drive", sent.file), join(made.folder, "late-release.pgp"));
  await withdraw(mission, of, her);
  await network.take(await sendRecalls(mission, toNetwork));
  expect(await network.take("late-release.pgp")).toMatchObject({ outcome: "taken" });
  expect((await network.refused("exchange.dossier", { bundle: sent.bundle })).type).toBe("UnknownBundle");
});

test("what opened her yes goes with the sections that are called back", async () => {
  const { mission, network, toNetwork } = made;
  const of = await sharedCase(made);
  expect((await network.ask("consent.list", { case: of })).consents).toHaveLength(1);
  await withdraw(mission, of, await herYesOf(mission, of));
  await network.take(await sendRecalls(mission, toNetwork));
  expect((await network.ask("consent.list", { case: of })).consents).toEqual([]);
});

test("who sends something of an erased section after she confirmed is due the recall again", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const of = await sharedCase(made);
  await save(network, of, reach, ["ifAnotherAnswers"], "Ask for the doctor.");
  const late = await share(network, toMission, of);
  await mission.ask("cases.erase", { case: of, section: reach, why: "her-wish" });
  await network.take(await sendRecalls(mission, toNetwork));
  await mission.take(await acknowledge(network, toMission));
  expect(await recallOf(mission, of)).toMatchObject({ state: "confirmed" });
  await mission.take(late);
  const { recalls } = await mission.ask("exchange.waiting", {});
  expect(recalls.filter((one) => one.case === of && one.state === "due")).toMatchObject([
    { sections: [reach] },
  ]);
});
