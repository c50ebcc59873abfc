// Who could open a bundle seals it again for somebody else, signatures still good: refused, by the message and by the manifest.
import { expect, test } from "vitest";
import { openpgp } from "../../main/core/pgp/openpgp.ts";
import {
  archiveBy,
  certificateOf,
  hex,
  introduceStranger,
  manifestBy,
  noticeBy,
  sealedBy,
  stranger,
} from "../support/hostile-bundles.ts";
import {
  began,
  bytesOf,
  consent,
  giveRole,
  put,
  refuses,
  share,
  smallCase,
  twoOffices,
} from "../support/offices.ts";
import { clearPackets } from "../support/sealed-anew.ts";
import { sealedRaw, signedPackets } from "../support/pgp.ts";

test("an office's bundle, passed on by its receiver", async () => {
  await using made = await twoOffices();
  const { mission, network } = made;
  const eve = await stranger();
  const toEve = await introduceStranger(made, mission, eve);
  const of = await smallCase(mission);
  await giveRole(mission, of, toEve);
  await consent(mission, of, toEve);
  const sent = bytesOf(made, await share(mission, toEve, of));
  const inside = await clearPackets(
    sent,
    eve.decryption.map(({ secret }) => secret),
  );
  const anew = await sealedRaw(await certificateOf(network), inside);
  await refuses(network, put(made, `${hex(4)}.pgp`, anew), { type: "SealedAnew" });
});

test("other software's message, passed on: its manifest names somebody else", async () => {
  await using made = await twoOffices();
  const { mission, network } = made;
  const eve = await stranger();
  await introduceStranger(made, network, eve);
  const to = await certificateOf(mission);
  const content = await noticeBy(eve, "waypost/acknowledgement/1", {
    author: eve.certificate.fingerprint,
    recipient: to.fingerprint,
    bundles: [],
    recalls: [],
    at: 1,
  });
  const entries = [{ name: "acknowledgement.signed", content }];
  const archive = await archiveBy(eve, manifestBy(eve, to.fingerprint, entries), entries);
  const packets = await signedPackets(archive, [eve.key], new Date(began));
  const anew = await sealedRaw(await certificateOf(network), packets);
  await refuses(network, put(made, `${hex(4)}.pgp`, anew), { type: "NotForUs" });
  expect(openpgp.config.allowUnauthenticatedMessages).toBe(false);
  const sealed = await sealedBy(eve, await certificateOf(network), archive);
  await refuses(network, put(made, `${hex(4)}.pgp`, sealed), { type: "NotForUs" });
});
