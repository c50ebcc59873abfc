// Cleartext signatures are not accepted anywhere: what is shown and what is signed can differ.
import { expect, test } from "vitest";
import { openIntroduction, verify } from "../../main/core/pgp/index.ts";
import { openpgp } from "../../main/core/pgp/openpgp.ts";
import { at, member, opened } from "../support/pgp.ts";

test("refused as a bundle, as an introduction and as a detached signature", async () => {
  const us = await member();
  const text = "waypost/statement/1\nnumber 1\n";
  const message = await openpgp.createCleartextMessage({ text });
  const armored = await openpgp.sign({ message, signingKeys: us.key, date: new Date(at) });
  const bytes = Buffer.from(armored as unknown as string);

  const refusal = { ok: false, error: { type: "NotOpenPgp", why: "cleartext signature" } };
  expect((await opened(bytes, us, [us.certificate])).result).toEqual(refusal);
  expect(await openIntroduction(bytes, { at, certificateIn: () => us.certificate.armored })).toEqual(refusal);
  const detached = {
    kind: "waypost/statement/1",
    signed: Buffer.from(text),
    certificates: [us.certificate],
  } as const;
  expect(await verify({ ...detached, signature: bytes })).toEqual({
    ok: false,
    error: { type: "SignatureBad" },
  });
});
