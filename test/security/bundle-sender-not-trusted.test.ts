// Bundles by people whose word counts for nothing here: unknown, never verified, changed, refused; or meant for another office.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  bundleBy,
  introduceStranger,
  noticeBy,
  sealedBy,
  stranger,
  certificateOf,
  hex,
} from "../support/hostile-bundles.ts";
import {
  bytesOf,
  office,
  put,
  refuses,
  share,
  sharedCase,
  twoOffices,
  type Office,
} from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
let third: Office;
beforeAll(async () => {
  made = await twoOffices();
  third = await office("Third", made.folder);
});
afterAll(async () => {
  await third.app.close();
  await made[Symbol.asyncDispose]();
});

const acknowledging = async (from: Awaited<ReturnType<typeof stranger>>, to: Office) => {
  const { fingerprint: recipient } = await to.ask("contacts.ownCertificate", {});
  const content = await noticeBy(from, "waypost/acknowledgement/1", {
    author: from.certificate.fingerprint,
    recipient,
    bundles: [],
    recalls: [],
    at: 1,
  });
  return [{ name: "acknowledgement.signed", content }];
};

test("for someone else, and from someone never met", async () => {
  await sharedCase(made);
  const file = await share(made.mission, made.toNetwork, await sharedCase(made));
  await refuses(third, file, { type: "NotForUs" });
  const eve = await stranger();
  await refuses(third, await bundleBy(made, eve, third, await acknowledging(eve, third)), {
    type: "SenderUnknown",
  });
  expect(await made.network.take(file)).toMatchObject({ outcome: "taken" });
});

test("met and not verified, then verified, then changed, then refused", async () => {
  const { network } = made;
  const eve = await stranger();
  const contact = await introduceStranger(made, network, eve, false);
  const early = await bundleBy(made, eve, network, await acknowledging(eve, network));
  await refuses(network, early, { type: "SenderNotVerified" });
  const heard = { fingerprint: eve.certificate.fingerprint };
  await network.ask("contacts.verify", { contact, heard, how: "fingerprint" });
  expect(await network.take(early)).toMatchObject({ outcome: "taken" });

  const other = { ...(await stranger()), office: eve.office };
  await introduceStranger(made, network, other, false);
  const late = await bundleBy(made, eve, network, await acknowledging(eve, network));
  await refuses(network, late, { type: "SenderChanged" });
  await refuses(network, await bundleBy(made, other, network, await acknowledging(other, network)), {
    type: "SenderChanged",
  });
  await network.ask("contacts.verify", { contact, heard, how: "fingerprint" });
  expect(await network.take(late)).toMatchObject({ outcome: "taken" });

  await network.ask("contacts.refuse", { contact });
  await refuses(network, await bundleBy(made, eve, network, await acknowledging(eve, network)), {
    type: "SenderRefused",
  });
});

test("one's own bundle, and a file that is no bundle", async () => {
  const { mission, network, toNetwork } = made;
  await refuses(mission, await share(mission, toNetwork, await sharedCase(made)), { type: "NotForUs" });
  const { file } = await network.ask("exchange.introduce", { folder: "drive" });
  await refuses(network, `drive/${file}`, { type: "OwnBundle" });
  await refuses(network, put(made, "empty.pgp", ""), { type: "NotOpenPgp", why: "no packets" });
  await refuses(network, put(made, "letter.pgp", "Dear colleague,\n"), { type: "NotOpenPgp", why: "armor" });
  rmSync(join(made.folder, "drive", "letter.pgp"));
});

test("a message that is signed well and holds no archive", async () => {
  const { network } = made;
  const eve = await stranger();
  await introduceStranger(made, network, eve);
  const message = await sealedBy(eve, await certificateOf(network), Buffer.from("not a tar"));
  await refuses(network, put(made, `${hex(4)}.pgp`, message), { type: "ArchiveDamaged" });
  expect(bytesOf(made, "drive/empty.pgp")).toHaveLength(0);
});
