// Introductions that lie about whose certificate they carry, and a second primary key for somebody already verified.
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  bundleBy,
  certificateOf,
  hex,
  introduceStranger,
  introductionBy,
  stranger,
} from "../support/hostile-bundles.ts";
import {
  consent,
  giveRole,
  put,
  refuses,
  share,
  sharing,
  smallCase,
  twoOffices,
} from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

const file = (content: Uint8Array) => put(made, `${hex(6)}.pgp`, content);

test("another sender than the key, a receiver, another kind, a real vault's, a certificate that is not hers", async () => {
  const { network } = made;
  const eve = await stranger();
  const other = await stranger("Mallory Specimen");
  const sender = {
    fingerprint: other.certificate.fingerprint,
    office: eve.office,
    officeName: "Practice Elsewhere",
    person: "Eve Specimen",
  };
  await refuses(network, file(await introductionBy(eve, { sender })), { type: "SenderNotSigner" });
  await refuses(network, file(await introductionBy(eve, { recipient: eve.certificate.fingerprint })), {
    type: "NotForUs",
  });
  await refuses(network, file(await introductionBy(eve, { kind: "recall" })), { type: "NotForUs" });
  await refuses(network, file(await introductionBy(eve, { practice: false })), { type: "RealBundle" });
  await refuses(network, file(await introductionBy(eve, { expires: 1 })), {
    type: "BundleExpired",
    since: 1,
  });
  await refuses(network, file(await introductionBy(eve, {}, other.certificate.armored)), {
    type: "SignatureBad",
  });
  await refuses(network, file(await introductionBy(eve, {}, "no certificate")), { type: "SenderUnknown" });
  expect((await network.ask("contacts.list", {})).contacts.map(({ name }) => name)).not.toContain(
    "Eve Specimen",
  );
});

test("an introduction sealed as if it were a bundle", async () => {
  const { network } = made;
  const eve = await stranger();
  await introduceStranger(made, network, eve);
  const sealed = await bundleBy(made, eve, network, [], { kind: "introduction", recipient: null });
  await refuses(network, sealed, { type: "ManifestMalformed" });
});

test("a second primary key for a verified person: both are changed, and sending stops until somebody compares again", async () => {
  const { mission, network, toNetwork } = made;
  const of = await smallCase(mission);
  await giveRole(mission, of, toNetwork);
  await consent(mission, of, toNetwork);
  const before = await share(mission, toNetwork, of);
  const row = (await mission.ask("contacts.list", {})).contacts.find((one) => one.contact === toNetwork);
  if (row === undefined) throw new Error("not met");
  const eve = await stranger();
  const sender = {
    fingerprint: eve.certificate.fingerprint,
    office: row.office,
    officeName: row.officeName,
    person: row.name,
  };
  expect(await mission.take(file(await introductionBy(eve, { sender })))).toMatchObject({ outcome: "taken" });
  const { contacts } = await mission.ask("contacts.list", {});
  expect(contacts.map(({ trust }) => trust)).toEqual(["changed", "changed"]);
  expect((await mission.refused("exchange.share", sharing(toNetwork, of))).type).toBe("ContactNotVerified");
  const { words } = await network.ask("contacts.ownWords", {});
  await mission.ask("contacts.verify", { contact: toNetwork, heard: { words }, how: "words-by-telephone" });
  expect(await network.take(await share(mission, toNetwork, of))).toMatchObject({ outcome: "taken" });
  expect(await network.take(before)).toMatchObject({ outcome: "taken" });
  expect((await certificateOf(network)).fingerprint).toBe(row.fingerprint);
});

test("the same introduction again changes nothing that was verified", async () => {
  const { network } = made;
  const eve = await stranger("Second Specimen");
  const contact = await introduceStranger(made, network, eve);
  expect(await network.take(file(await introductionBy(eve)))).toMatchObject({ outcome: "already", contact });
  const row = (await network.ask("contacts.list", {})).contacts.find((one) => one.contact === contact);
  expect(row?.trust).toBe("verified");
});
