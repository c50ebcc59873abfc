// Members' keys: what is written can be read back, the secrets are parted, names cannot break out of the user ID.
import { describe, expect, test } from "vitest";
import { makeMemberKeys, readCertificate, signer } from "../../../../../main/core/pgp/index.ts";
import { openpgp } from "../../../../../main/core/pgp/openpgp.ts";
import { at, clock, member, opened, sealed, value } from "../../../../support/pgp.ts";

describe.for(["compatible", "modern"] as const)("%s", (profile) => {
  test("the signing secret cannot open, a decryption secret cannot sign", async () => {
    const made = await makeMemberKeys({ name: "Erika", office: "Utopia", at, profile });
    const signing = await openpgp.readPrivateKey({ binaryKey: made.signing.secret });
    expect(signing.subkeys).toHaveLength(0);
    expect(signing.isDecrypted()).toBe(true);
    expect(made.decryption).toHaveLength(2);
    for (const { keyId, secret } of made.decryption) {
      const part = await openpgp.readPrivateKey({ binaryKey: secret });
      expect((part.keyPacket as openpgp.SecretKeyPacket).isDummy()).toBe(true);
      expect(part.subkeys.map((subkey) => subkey.getKeyID().toHex().toUpperCase())).toEqual([keyId]);
    }
    const certificate = value(await readCertificate(made.certificate, { at }));
    expect(certificate).toMatchObject({
      fingerprint: made.fingerprint,
      profile,
      userIds: ["Erika (Utopia)"],
    });
    expect(certificate.encryptionKeyIds).toEqual(made.decryption.map(({ keyId }) => keyId));
    expect(certificate.fingerprint).toHaveLength(profile === "modern" ? 64 : 40);
  });

  test("only the secret of the subkey it was sealed to opens a message", async () => {
    const us = await member(profile);
    const message = await sealed(us, us.certificate, Buffer.from("x"));
    const results = await Promise.all(
      us.decryption.map(
        async (secret) =>
          (await opened(message, { ...us, decryption: [secret] }, [us.certificate])).result.ok,
      ),
    );
    expect(results).toEqual([true, false]);
  });
});

test("the signer consumes plain bytes, leaves a vault's secret alone, and is useless once disposed", async () => {
  const made = await makeMemberKeys({ name: "Erika", office: "Utopia", at, profile: "compatible" });
  const certificate = value(await readCertificate(made.certificate, { at }));
  const kept = Uint8Array.from(made.signing.secret);
  const fromVault = await signer({ reveal: () => kept }, certificate, clock);
  expect(kept).toEqual(made.signing.secret);
  const consuming = await signer(made.signing.secret, certificate, clock);
  expect(made.signing.secret.every((octet) => octet === 0)).toBe(true);
  const text = Buffer.from("waypost/part/1\n");
  expect(await consuming.sign("waypost/part/1", text)).toBeInstanceOf(Uint8Array);
  consuming[Symbol.dispose]();
  await expect(consuming.sign("waypost/part/1", text)).rejects.toThrow();
  expect(await fromVault.sign("waypost/part/1", text)).toBeInstanceOf(Uint8Array);
  const other = await member();
  await expect(signer(kept, other.certificate, clock)).rejects.toThrow();
});

test.for([
  ["ten thousand characters", "x".repeat(10_000)],
  ["NUL, line feed and direction overrides", "Eri\u0000ka\n\u202egnp.exe"],
  ["brackets that would make an address", "Erika <chief@example.org> (verified)"],
  ["emoji and a script of its own", "👩🏽‍⚖️ ایریکا"],
  ["half a surrogate pair", "Eri\ud800ka"],
  ["nothing", ""],
])("a name with %s gives a certificate that is read back", async ([, name]) => {
  const made = await makeMemberKeys({ name: name ?? "", office: "Utopia", at, profile: "compatible" });
  const { userIds } = value(await readCertificate(made.certificate, { at }));
  expect(userIds[0]).toMatch(/^[^\p{Cc}\p{Cf}<>()]*\(Utopia\)$/u);
});
