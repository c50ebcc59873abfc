// GnuPG opens what we seal and verifies what we sign; we open what GnuPG seals for us.
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { readCertificate } from "../../main/core/pgp/index.ts";
import type { Certificate } from "../../main/core/pgp/index.ts";
import { member, opened, sealed, signedPackets, value } from "../support/pgp.ts";
import type { TestMember } from "../support/pgp.ts";
import { have, home } from "../support/tools.ts";
import type { Home } from "../support/tools.ts";

const content = Buffer.concat([randomBytes(300_000), Buffer.alloc(300_000, "padding ")]);

describe.skipIf(!have("gpg"))("GnuPG", () => {
  let us: TestMember;
  let place: Home;
  const gpg = (args: readonly string[], input?: Uint8Array | string) =>
    place.run("gpg", ["--batch", "--yes", "--quiet", "--no-tty", "--trust-model", "always", ...args], input);
  const partner = async (userId: string): Promise<Certificate> =>
    value(
      await readCertificate(gpg(["--armor", "--export", `=${userId}`]).toString(), {
        at: Date.now() as never,
      }),
    );

  beforeAll(async () => {
    us = await member();
    place = home();
    for (const [userId, algorithm] of [
      ["RSA partner", "rsa3072"],
      ["Curve partner", "future-default"],
    ] as const) {
      gpg(["--passphrase", "", "--quick-generate-key", userId, algorithm, "default", "never"]);
      const list = gpg(["--with-colons", "--list-keys", `=${userId}`]).toString();
      const primary = /^fpr:+([0-9A-F]{40}):/m.exec(list)?.[1] ?? "";
      if (algorithm === "rsa3072")
        gpg(["--passphrase", "", "--quick-add-key", primary, "rsa3072", "encr", "never"]);
    }
    gpg(["--import"], us.certificate.armored);
    return () => place[Symbol.dispose]();
  });

  test("imports our certificate, keeps both subkeys and shows the same fingerprint", () => {
    const list = gpg(["--with-colons", "--list-keys", us.certificate.fingerprint]).toString();
    expect(list).toContain(`fpr:::::::::${us.certificate.fingerprint}:`);
    expect(list.match(/^sub:[^:]*:255:18:/gm)).toHaveLength(2);
    expect(list).toContain("Erika (Utopia)");
  });

  test.for(["RSA partner", "Curve partner"])(
    "opens what we seal to the %s and finds our signature good",
    async (userId) => {
      const message = await sealed(us, await partner(userId), content, false);
      writeFileSync(place.file("m.pgp"), message);
      gpg([
        "--status-file",
        place.file("status"),
        "--output",
        place.file("m.out"),
        "--decrypt",
        place.file("m.pgp"),
      ]);
      expect(readFileSync(place.file("m.out")).equals(content)).toBe(true);
      const status = readFileSync(place.file("status"), "utf8");
      expect(status).toContain(`VALIDSIG ${us.certificate.fingerprint}`);
      expect(status).toContain("GOODMDC");
    },
  );

  test("opens what we seal to a Curve25519 certificate with the recipient hidden among dummies", async () => {
    writeFileSync(place.file("h.pgp"), await sealed(us, await partner("Curve partner"), content, true));
    // GnuPG 2.2 tries its keys slot after slot and opens the right one; it ends with code 2 unless that one came first.
    const args = [
      "--status-file",
      place.file("h.status"),
      "--output",
      place.file("h.out"),
      "--decrypt",
      place.file("h.pgp"),
    ];
    try {
      gpg(args);
    } catch (error) {
      expect((error as { status?: number }).status).toBe(2);
    }
    expect(readFileSync(place.file("h.out")).equals(content)).toBe(true);
    const status = readFileSync(place.file("h.status"), "utf8");
    expect(status).toContain("DECRYPTION_OKAY");
    expect(status).toContain(`VALIDSIG ${us.certificate.fingerprint}`);
  });

  test("verifies our detached signature", async () => {
    const signed = Buffer.from("waypost/statement/1\nnumber 1\n");
    writeFileSync(place.file("text"), signed);
    writeFileSync(place.file("text.sig"), await us.signer.sign("waypost/statement/1", signed));
    const status = gpg([
      "--status-fd",
      "1",
      "--verify",
      place.file("text.sig"),
      place.file("text"),
    ]).toString();
    expect(status).toContain(`VALIDSIG ${us.certificate.fingerprint}`);
  });

  test("lists an introduction of ours as a good signed message", async () => {
    const status = gpg(
      ["--status-fd", "1", "--verify"],
      await signedPackets(Buffer.from("hello"), [us.key]),
    ).toString();
    expect(status).toContain("GOODSIG");
  });

  describe.for(["RSA partner", "Curve partner"])("we open what the %s seals for us", (userId) => {
    test.for([
      ["uncompressed", ["-z", "0"], false],
      ["as GnuPG does by itself", [], false],
      ["deflated", ["--compress-algo", "zip"], true],
      ["zlib", ["--compress-algo", "zlib"], true],
      ["armored", ["--armor"], false],
      ["with our key ID hidden", ["--throw-keyids"], false],
    ] as const)("%s", async ([, options, compressed]) => {
      const from = await partner(userId);
      const args = [
        ...options,
        "--local-user",
        `=${userId}`,
        "--recipient",
        us.certificate.fingerprint,
        "--sign",
        "--encrypt",
      ];
      const { result, staged } = await opened(gpg(args, content), us, [from]);
      expect(result).toMatchObject({
        ok: true,
        value: { signer: from.fingerprint, protection: "mdc", compressed },
      });
      expect(staged.equals(content)).toBe(true);
    });
  });

  test("bzip2 is refused and named", async () => {
    const args = [
      "--compress-algo",
      "bzip2",
      "--local-user",
      "=RSA partner",
      "--recipient",
      us.certificate.fingerprint,
    ];
    const { result } = await opened(gpg([...args, "--sign", "--encrypt"], content), us, [
      await partner("RSA partner"),
    ]);
    expect(result).toEqual({ ok: false, error: { type: "AlgorithmRefused", what: "compression" } });
  });

  test("sealed for somebody else too, it opens; sealed and not signed, it does not", async () => {
    const to = ["--recipient", "=RSA partner", "--recipient", us.certificate.fingerprint];
    const from = [await partner("Curve partner")];
    const both = gpg(["--local-user", "=Curve partner", ...to, "--sign", "--encrypt"], content);
    expect((await opened(both, us, from)).result.ok).toBe(true);
    const unsigned = gpg(["-z", "0", ...to, "--encrypt"], content);
    expect((await opened(unsigned, us, from)).result).toEqual({ ok: false, error: { type: "NotSigned" } });
  });
});
