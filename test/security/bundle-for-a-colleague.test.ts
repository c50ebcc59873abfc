// Two members of one office are two contacts and one vault: what is for one is opened by the other, counted apart, and confirmed for both.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContactId } from "../../shared/vocabulary/ids.ts";
import {
  acknowledge,
  consent,
  giveRole,
  save,
  sendRecalls,
  share,
  sharedCase,
  smallCase,
  twoOffices,
  withdraw,
} from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
let toDeputy: ContactId;
const deputyPassphrase = "a quiet lamp beside the river";
const own = "seven lanterns over the northern road";

const as = async (passphrase: string) => {
  const { network } = made;
  await network.ask("vault.lock", {});
  await network.ask("vault.unlock", { folder: "network", passphrase });
};

beforeAll(async () => {
  made = await twoOffices();
  const { mission, network } = made;
  await network.ask("members.add", { name: "Deputy of Network", newPassphrase: deputyPassphrase });
  await as(deputyPassphrase);
  const { file } = await network.ask("exchange.introduce", { folder: "drive" });
  const { contact } = await mission.take(`drive/${file}`);
  if (contact === undefined) throw new Error("not met");
  toDeputy = contact;
  const { words } = await network.ask("contacts.ownWords", {});
  await mission.ask("contacts.verify", { contact, heard: { words }, how: "words-by-telephone" });
  await as(own);
});
afterAll(() => made[Symbol.asyncDispose]());

test("a gap in what is for one is not hidden by what is for the other", async () => {
  const { mission, network, toNetwork } = made;
  const of = await sharedCase(made);
  await consent(mission, of, toDeputy);
  const lost = await share(mission, toNetwork, of);
  const first = await network.take(await share(mission, toDeputy, of));
  expect(first).toMatchObject({ outcome: "taken" });
  await save(mission, of, { kind: "identity" }, ["title"], "Dr");
  const second = await network.take(await share(mission, toDeputy, of));
  expect(second.missing).toBeUndefined();
  const later = await network.take(await share(mission, toNetwork, of));
  expect(later.missing).toHaveLength(1);
  expect((await network.take(lost)).missing).toBeUndefined();
});

test("the deputy acknowledges and confirms what came for her colleague", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const of = await smallCase(mission);
  await giveRole(mission, of, toNetwork);
  const her = await consent(mission, of, toNetwork);
  const file = await share(mission, toNetwork, of);
  await as(deputyPassphrase);
  expect(await network.take(file)).toMatchObject({ outcome: "taken" });
  await mission.take(await acknowledge(network, toMission));
  expect((await mission.ask("exchange.sent", { contact: toNetwork })).bundles.at(-1)?.state).toBe(
    "acknowledged",
  );
  expect(await withdraw(mission, of, her)).toMatchObject({ recalls: 1 });
  expect(await network.take(await sendRecalls(mission, toNetwork))).toMatchObject({ outcome: "taken" });
  expect((await mission.take(await acknowledge(network, toMission))).confirmed).toHaveLength(1);
  await as(own);
});
