// A signature given for one kind of thing is worth nothing for another: a part is never taken for a chain entry.
import { expect, test } from "vitest";
import { verify } from "../../main/core/pgp/index.ts";
import { signedKinds } from "../../shared/vocabulary/signed.ts";
import { member } from "../support/pgp.ts";

test("every kind against every other", async () => {
  const us = await member();
  for (const made of signedKinds) {
    const signed = Buffer.from(`${made}\nnumber 1\n`);
    const signature = await us.signer.sign(made, signed);
    for (const kind of signedKinds) {
      const result = await verify({ kind, signed, signature, certificates: [us.certificate] });
      expect(result).toEqual(
        kind === made
          ? { ok: true, value: us.certificate.fingerprint }
          : { ok: false, error: { type: "WrongKindOfSigned" } },
      );
    }
  }
});

test("the first line must be the whole line, and nothing is signed that says otherwise", async () => {
  const us = await member();
  for (const text of [
    "waypost/part/1",
    "waypost/part/10\n",
    "waypost/part/1 \n",
    " waypost/part/1\n",
    "waypost/part/1\r\n",
    "",
  ]) {
    await expect(us.signer.sign("waypost/part/1", Buffer.from(text))).rejects.toThrow();
    const request = {
      kind: "waypost/part/1",
      signed: Buffer.from(text),
      signature: Buffer.from([0xc2, 0]),
    } as const;
    const result = await verify({ ...request, certificates: [us.certificate] });
    expect(result).toEqual({ ok: false, error: { type: "WrongKindOfSigned" } });
  }
});
