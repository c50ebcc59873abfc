// Sequoia, GopenPGP and PGPainless open what we seal and verify what we sign; we open what they seal for us.
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { readCertificate } from "../../main/core/pgp/index.ts";
import type { Certificate } from "../../main/core/pgp/index.ts";
import { openpgp } from "../../main/core/pgp/openpgp.ts";
import { at, member, opened, sealed, value } from "../support/pgp.ts";
import type { TestMember } from "../support/pgp.ts";
import { have, home } from "../support/tools.ts";
import type { Home } from "../support/tools.ts";

const binary = Buffer.concat([randomBytes(200_000), Buffer.alloc(200_000, "padding ")]);
/** Debian's gosop writes what it opened as if it were text; so it gets text. */
const contentFor = (program: string) =>
  program === "gosop" ? Buffer.alloc(400_000, "line of text\n") : binary;

/** gosop makes RSA keys of 2048 bits, which we refuse as weak; so it gets this one. */
async function curveKey(): Promise<Buffer> {
  const { privateKey } = await openpgp.generateKey({
    type: "ecc",
    curve: "ed25519Legacy",
    userIDs: [{ name: "Max Mustermann" }],
    subkeys: [{ type: "ecc", curve: "curve25519Legacy" }],
    date: new Date(at),
  });
  return Buffer.from(privateKey);
}

describe.for(["sqop", "gosop", "pgpainless-cli"])("%s", (program) => {
  describe.skipIf(!have(program))("stateless OpenPGP", () => {
    const content = contentFor(program);
    let us: TestMember;
    let partner: Certificate;
    let place: Home;

    beforeAll(async () => {
      us = await member();
      place = home();
      const secret =
        program === "gosop" ? await curveKey() : place.run(program, ["generate-key", "Max Mustermann"]);
      writeFileSync(place.file("partner.key"), secret);
      const armored = place.run(program, ["extract-cert"], secret).toString();
      partner = value(await readCertificate(armored, { at: Date.now() as never }));
      writeFileSync(place.file("us.cert"), us.certificate.armored);
      return () => place[Symbol.dispose]();
    });

    // Sequoia's sqop 0.27 gives up at the first slot without a name: hidden recipients are for Waypost and GnuPG.
    test.for(program === "pgpainless-cli" ? [false, true] : [false])(
      "opens what we seal, recipient hidden: %s",
      async (hidden) => {
        const message = await sealed(us, partner, content, hidden);
        const verifications = place.file(`verifications-${hidden}`);
        const option =
          program === "pgpainless-cli" || program === "gosop" ? "--verify-out" : "--verifications-out";
        const args = [
          "decrypt",
          `${option}=${verifications}`,
          `--verify-with=${place.file("us.cert")}`,
          place.file("partner.key"),
        ];
        expect(place.run(program, args, message).equals(content)).toBe(true);
        expect(readFileSync(verifications, "utf8").toUpperCase()).toContain(us.certificate.fingerprint);
      },
    );

    test("verifies our detached signature and refuses it over another text", async () => {
      const signed = Buffer.from("waypost/statement/1\nnumber 1\n");
      writeFileSync(place.file("text.sig"), await us.signer.sign("waypost/statement/1", signed));
      const args = ["verify", place.file("text.sig"), place.file("us.cert")];
      expect(place.run(program, args, signed).toString().toUpperCase()).toContain(us.certificate.fingerprint);
      expect(() => place.run(program, args, Buffer.from("another"))).toThrow();
    });

    test("we open what it signs and seals for us", async () => {
      const args = [
        "encrypt",
        "--no-armor",
        `--sign-with=${place.file("partner.key")}`,
        place.file("us.cert"),
      ];
      const { result, staged } = await opened(place.run(program, args, content), us, [partner]);
      expect(result).toMatchObject({ ok: true, value: { signer: partner.fingerprint } });
      expect(staged.equals(content)).toBe(true);
    });
  });
});

test.skipIf(!have("gosop"))("a certificate of RSA with 2048 bits is refused as weak", async () => {
  using place = home();
  const armored = place
    .run("gosop", ["extract-cert"], place.run("gosop", ["generate-key", "Max Mustermann"]))
    .toString();
  expect(await readCertificate(armored, { at })).toEqual({ ok: false, error: { type: "CertificateWeak" } });
});

describe.skipIf(!have("sq"))("sq", () => {
  test("reads our certificate and opens the packets we write", async () => {
    using place = home();
    const us = await member();
    writeFileSync(place.file("us.cert"), us.certificate.armored);
    expect(place.run("sq", ["inspect", place.file("us.cert")]).toString()).toContain(
      us.certificate.fingerprint,
    );
    writeFileSync(place.file("m.pgp"), await sealed(us, us.certificate, binary));
    const dump = place.run("sq", ["packet", "dump", place.file("m.pgp")]).toString();
    expect(dump.match(/Public-Key Encrypted Session Key Packet/g)).toHaveLength(4);
    expect(dump.match(/Recipient: 0000000000000000|Recipient: 0000 0000 0000 0000/g)).toHaveLength(4);
  });
});
