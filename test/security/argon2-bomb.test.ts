// A message or a key that asks for a terabyte of memory to try a passphrase is refused before anything is derived.
import { expect, test } from "vitest";
import { framed, tags } from "../../main/core/pgp/framing.ts";
import { readCertificate } from "../../main/core/pgp/index.ts";
import { openpgp } from "../../main/core/pgp/openpgp.ts";
import { at, literalPacket, member, opened, sealedRaw } from "../support/pgp.ts";
import { processorTime } from "../support/processor.ts";

test("a passphrase slot with Argon2 at 2^30 KiB, alone or before a good slot", async () => {
  const us = await member();
  const argon2 = Buffer.concat([Uint8Array.of(4), Buffer.alloc(16, 7), Uint8Array.of(255, 255, 30)]);
  const slot = framed(tags.passphraseSession, Buffer.concat([Uint8Array.of(4, 9), argon2, Buffer.alloc(33)]));
  const beforeGood = await sealedRaw(us.certificate, literalPacket(Buffer.from("x")), { before: slot });
  for (const message of [slot, beforeGood]) {
    const start = processorTime();
    const { result } = await opened(message, us, [us.certificate]);
    expect(result).toEqual({ ok: false, error: { type: "PassphraseEncrypted" } });
    expect(processorTime() - start).toBeLessThan(500);
  }
});

test("a secret key protected that way, offered as a certificate", async () => {
  const { privateKey } = await openpgp.generateKey({
    userIDs: [{ name: "x" }],
    passphrase: "x",
    date: new Date(at),
    config: {
      aeadProtect: true,
      s2kType: openpgp.enums.s2k.argon2,
      s2kArgon2Params: { passes: 1, parallelism: 1, memoryExponent: 3 },
    },
  });
  expect(await readCertificate(privateKey, { at })).toEqual({
    ok: false,
    error: { type: "CertificateUnreadable", why: "secret key" },
  });
});

test("the library's own ceiling is 64 MiB and cannot be changed", () => {
  expect(openpgp.config.maxArgon2MemoryExponent).toBe(16);
  expect(Object.isFrozen(openpgp.config)).toBe(true);
});
