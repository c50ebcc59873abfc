// Ten words and 34 digits say the same 110 bits, always at full length, and hang on the primary key alone.
import { createHash } from "node:crypto";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { expect, test } from "vitest";
import { digits, readCertificate, words } from "../../../../../main/core/pgp/index.ts";
import { openpgp } from "../../../../../main/core/pgp/openpgp.ts";
import { at, member, value } from "../../../../support/pgp.ts";

test.for(["compatible", "modern"] as const)(
  "%s: as the design says, computed another way",
  async (profile) => {
    for (let count = 0; count < 12; count += 1) {
      const { certificate } = await member(profile);
      // Armor off by hand: the first packet is the primary key, its header two octets.
      const binary = Buffer.from(
        (certificate.armored.split("\n\n")[1] ?? "").split(/\n[=-]/)[0] ?? "",
        "base64",
      );
      const packet = binary.subarray(2, 2 + (binary[1] ?? 0));
      const digest = createHash("sha256")
        .update(Buffer.concat([Buffer.from("waypost/words/1"), packet]))
        .digest();
      const bits = [...digest]
        .map((octet) => octet.toString(2).padStart(8, "0"))
        .join("")
        .slice(0, 110);
      const expected = (bits.match(/.{11}/g) ?? []).map((eleven) => wordlist[Number.parseInt(eleven, 2)]);
      expect(words(certificate)).toEqual(expected);
      expect(digits(certificate)).toMatch(/^\d{34}$/);
      expect(BigInt(digits(certificate))).toBe(BigInt(`0b${bits}`));
    }
  },
);

test("another name or subkey on the same primary key changes nothing", async () => {
  const us = await member();
  const key = await openpgp.readPrivateKey({ binaryKey: us.key.write() });
  const renewed = await key.addSubkey({ type: "ecc", curve: "curve25519Legacy", date: new Date(at + 1000) });
  const certificate = value(await readCertificate(renewed.toPublic().armor(), { at }));
  expect(certificate.keyFingerprints).not.toEqual(us.certificate.keyFingerprints);
  expect(words(certificate)).toEqual(words(us.certificate));
});
