// Signatures by keys that may not sign, were expired or revoked, or did not exist yet are refused; so is sealing to such.
import { expect, test } from "vitest";
import { keyOf } from "../../main/core/pgp/certificate.ts";
import { readCertificate, seal, signer, verify } from "../../main/core/pgp/index.ts";
import { openpgp } from "../../main/core/pgp/openpgp.ts";
import { at, member, opened, pieces, random, sealedRaw, signedPackets, value } from "../support/pgp.ts";
import type { Milliseconds } from "../../shared/brand.ts";

const day = 24 * 60 * 60 * 1000;
const kind = "waypost/statement/1";
const signed = Buffer.from(`${kind}\nnumber 1\n`);
const later = (days: number) => (at + days * day) as Milliseconds;

async function expiring() {
  const { privateKey } = await openpgp.generateKey({
    type: "ecc",
    curve: "ed25519Legacy",
    userIDs: [{ name: "x" }],
    subkeys: [{ type: "ecc", curve: "curve25519Legacy" }],
    keyExpirationTime: (10 * day) / 1000,
    date: new Date(at),
    format: "object",
  });
  return { key: privateKey, armored: privateKey.toPublic().armor() };
}

async function detached(key: openpgp.PrivateKey, date: number): Promise<Uint8Array> {
  const message = await openpgp.createMessage({ binary: signed });
  // The library refuses to sign with a key that is not in force; a thief's would not.
  const packet = new openpgp.SignaturePacket();
  Object.assign(packet, { signatureType: 0, publicKeyAlgorithm: 22, hashAlgorithm: 10 });
  const sign = packet.sign.bind(packet) as (...args: unknown[]) => Promise<void>;
  await sign(key.keyPacket, message.packets[0], new Date(date), true, openpgp.config);
  const list = new openpgp.PacketList();
  list.push(packet);
  return list.write();
}

test("expired: what was signed before holds, what was signed after does not, and nothing is sealed to it", async () => {
  const { key, armored } = await expiring();
  expect(await readCertificate(armored, { at: later(11) })).toEqual({
    ok: false,
    error: { type: "CertificateExpired", since: later(10) },
  });
  const certificate = value(await readCertificate(armored, { at: later(11), past: true }));
  const check = async (date: number) =>
    verify({ kind, signed, signature: await detached(key, date), certificates: [certificate] });
  expect(await check(later(9))).toEqual({ ok: true, value: certificate.fingerprint });
  expect(await check(later(11))).toEqual({ ok: false, error: { type: "SignerNotValid" } });
  expect(await check(at - day)).toEqual({ ok: false, error: { type: "SignerNotValid" } });

  const us = await member();
  const clockLater = { now: () => later(11) };
  const late = await signer(us.key.write(), us.certificate, clockLater);
  const request = {
    hideRecipient: false,
    signer: late,
    random,
    content: pieces(signed),
    write: async () => {},
  };
  expect(await seal({ ...request, to: certificate })).toEqual({
    ok: false,
    error: { type: "RecipientNotValid" },
  });
});

test("expired since: a sealed message signed before the end still opens", async () => {
  const us = await member();
  const { key, armored } = await expiring();
  const certificate = value(await readCertificate(armored, { at: later(11), past: true }));
  const message = await sealedRaw(us.certificate, await signedPackets(signed, [key], new Date(later(9))));
  expect((await opened(message, us, [certificate])).result.ok).toBe(true);
});

test.for(["keyCompromised", "keyRetired"] as const)(
  "revoked (%s): no longer a certificate",
  async (reason) => {
    const { key } = await expiring();
    const flag = openpgp.enums.reasonForRevocation[reason];
    const { publicKey } = await openpgp.revokeKey({
      key,
      reasonForRevocation: { flag },
      date: new Date(later(1)),
      format: "object",
    });
    expect(await readCertificate(publicKey.armor(), { at: later(2) })).toEqual({
      ok: false,
      error: { type: "CertificateRevoked" },
    });
  },
);

test("an encryption subkey, or a stranger's key, does not sign for the certificate", async () => {
  const [us, stranger] = await Promise.all([member(), member()]);
  const signature = await detached(stranger.key, at);
  expect(await verify({ kind, signed, signature, certificates: [us.certificate] })).toEqual({
    ok: false,
    error: { type: "SignerUnknown" },
  });

  // A signing key bound as an encryption subkey: mathematically good, not allowed.
  const { privateKey } = await openpgp.generateKey({
    type: "ecc",
    curve: "ed25519Legacy",
    userIDs: [{ name: "x" }],
    subkeys: [
      { type: "ecc", curve: "curve25519Legacy" },
      { type: "ecc", curve: "ed25519Legacy", sign: true },
    ],
    date: new Date(at),
    format: "object",
  });
  const signingSubkey = privateKey.subkeys[1];
  if (signingSubkey === undefined) throw new Error("no signing subkey");
  const good = (await openpgp.sign({
    message: await openpgp.createMessage({ binary: signed }),
    signingKeys: privateKey,
    detached: true,
    format: "binary",
    date: new Date(at),
  })) as unknown as Uint8Array;
  const whole = value(await readCertificate(privateKey.toPublic().armor(), { at }));
  const request = { kind, signed, signature: good } as const;
  expect(await verify({ ...request, certificates: [whole] })).toEqual({ ok: true, value: whole.fingerprint });
  for (const binding of signingSubkey.bindingSignatures) binding.embeddedSignature = null;
  const unbound = value(await readCertificate(whole.armored, { at }));
  for (const subkey of keyOf(unbound).subkeys)
    for (const binding of subkey.bindingSignatures) binding.embeddedSignature = null;
  expect(await verify({ ...request, certificates: [unbound] })).toEqual({
    ok: false,
    error: { type: "SignerNotValid" },
  });
});
