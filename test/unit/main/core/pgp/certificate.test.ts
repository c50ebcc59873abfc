// Certificates are judged: whole, strong and in force, or refused with the reason.
import { expect, test } from "vitest";
import { readCertificate, words } from "../../../../../main/core/pgp/index.ts";
import { openpgp } from "../../../../../main/core/pgp/openpgp.ts";
import type { Milliseconds } from "../../../../../shared/brand.ts";
import { at, member, value } from "../../../../support/pgp.ts";

const date = new Date(at);
const lax = { rejectHashAlgorithms: new Set<never>(), nonDeterministicSignaturesViaNotation: false };
const curve = { type: "ecc", curve: "ed25519Legacy" } as const;
const encryption = { type: "ecc", curve: "curve25519Legacy" } as const;

async function armored(options: object): Promise<string> {
  const made = await openpgp.generateKey({ userIDs: [{ name: "x" }], date, ...options });
  return made.publicKey;
}

test("weak: RSA of 2048 bits", async () => {
  const text = await armored({ type: "rsa", rsaBits: 2048, config: { minRSABits: 2048 } });
  expect(await readCertificate(text, { at })).toEqual({ ok: false, error: { type: "CertificateWeak" } });
});

test("weak: signed by itself with SHA-1", async () => {
  const { privateKey } = await openpgp.generateKey({
    type: "rsa",
    rsaBits: 3072,
    userIDs: [{ name: "x" }],
    date,
    format: "object",
  });
  for (const user of privateKey.users) {
    const [old] = user.selfCertifications;
    if (old === undefined || user.userID === null) throw new Error("no self-signature");
    const packet = new openpgp.SignaturePacket();
    const { signatureType, publicKeyAlgorithm, keyFlags, isPrimaryUserID, features } = old;
    Object.assign(packet, {
      signatureType,
      publicKeyAlgorithm,
      keyFlags,
      isPrimaryUserID,
      features,
      hashAlgorithm: 2,
    });
    const sign = packet.sign.bind(packet) as (...args: unknown[]) => Promise<void>;
    await sign(privateKey.keyPacket, { userID: user.userID, key: privateKey.keyPacket }, date, false, {
      ...openpgp.config,
      ...lax,
    });
    user.selfCertifications = [packet];
  }
  expect(await readCertificate(privateKey.toPublic().armor(), { at })).toEqual({
    ok: false,
    error: { type: "CertificateWeak" },
  });
});

test("a secret key, two certificates at once, nonsense, too much", async () => {
  const us = await member();
  const two = Buffer.concat([us.key.toPublic().write(), us.key.toPublic().write()]);
  for (const [input, why] of [
    [us.key.armor(), "secret key"],
    [us.key.write(), "secret key"],
    [two, "several"],
    ["", "form"],
    ["-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n", "form"],
    [Buffer.from("nonsense"), "form"],
    [Buffer.alloc(300_000), "too large"],
    [us.certificate.armored.slice(0, 300), "form"],
  ] as const) {
    expect(await readCertificate(input, { at })).toEqual({
      ok: false,
      error: { type: "CertificateUnreadable", why },
    });
  }
});

test("cannot be sealed to: no encryption subkey", async () => {
  expect(await readCertificate(await armored({ ...curve, subkeys: [] }), { at })).toEqual({
    ok: false,
    error: { type: "CertificateIncomplete", why: "cannot be sealed to" },
  });
});

test("a certificate whose self-signatures are another's", async () => {
  const [us, other] = await Promise.all([member(), member()]);
  const mixed = await openpgp.readKey({ armoredKey: us.certificate.armored });
  mixed.users = (await openpgp.readKey({ armoredKey: other.certificate.armored })).users;
  expect((await readCertificate(mixed.armor(), { at })).ok).toBe(false);
});

test("from a clock ahead of ours: accepted, and judged at its own time", async () => {
  const ahead = (at + 40 * 24 * 3600 * 1000) as Milliseconds;
  const text = await armored({ ...curve, subkeys: [encryption], date: new Date(ahead) });
  expect(value(await readCertificate(text, { at })).made).toBe(ahead);
});

test("what others put on it is dropped: their signatures, user IDs without a self-signature", async () => {
  const [us, flatterer] = await Promise.all([member(), member()]);
  const key = await openpgp.readKey({ armoredKey: us.certificate.armored });
  const signed = await key.signAllUsers([flatterer.key], date);
  const [own] = signed.users;
  const [forged] = flatterer.key.users;
  if (own === undefined || forged === undefined) throw new Error("users");
  expect(own.otherCertifications).toHaveLength(1);
  signed.users.push(forged);
  const cleaned = value(await readCertificate(signed.armor(), { at }));
  expect(cleaned.userIds).toEqual(["Erika (Utopia)"]);
  expect(cleaned.armored).toBe(us.certificate.armored);
});

test("binary and armored give the same; a look-alike object is refused as a bug", async () => {
  const us = await member("modern");
  const binary = (await openpgp.readKey({ armoredKey: us.certificate.armored })).write();
  expect(value(await readCertificate(binary, { at }))).toEqual(us.certificate);
  expect(() => words({ ...us.certificate })).toThrow();
});

test("judged the same whatever was judged before: in force, expired, revoked, with a user ID that does not hold", async () => {
  const day = 24 * 60 * 60 * 1000;
  const on = (days: number) => (at + days * day) as Milliseconds;
  const { privateKey } = await openpgp.generateKey({
    ...curve,
    userIDs: [{ name: "x" }],
    subkeys: [{ type: "ecc", curve: "curve25519Legacy" }],
    keyExpirationTime: (10 * day) / 1000,
    date,
    format: "object",
  });
  const revoked = await openpgp.revokeKey({
    key: privateKey,
    // A key that is retired was good before.
    reasonForRevocation: { flag: openpgp.enums.reasonForRevocation.keyRetired },
    date: new Date(on(5)),
    format: "object",
  });
  const withoutUser = privateKey.toPublic();
  withoutUser.users[0]?.selfCertifications.splice(0);
  const texts = [privateKey.toPublic(), revoked.publicKey, withoutUser].map((key) => key.armor());
  // Octets are parsed each time.
  const fresh = async (text: string, days: number, past: boolean) => {
    const octets = (await openpgp.readKey({ armoredKey: text })).write();
    return readCertificate(octets, { at: on(days), past });
  };
  const seen = new Set<string>();
  for (const days of [1, 11, 6, 1, 4, 20, 1])
    for (const text of texts)
      for (const past of [false, true]) {
        const judged = await readCertificate(text, { at: on(days), past });
        expect(judged).toEqual(await fresh(text, days, past));
        seen.add(judged.ok ? "good" : judged.error.type);
      }
  expect(seen).toEqual(
    new Set(["good", "CertificateExpired", "CertificateRevoked", "CertificateUnreadable"]),
  );
});
