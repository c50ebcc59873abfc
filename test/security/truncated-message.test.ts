// A message that breaks off is refused wherever it breaks off: at every octet of a small one, at every block of a large.
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { member, opened, sealed } from "../support/pgp.ts";

test.for(["compatible", "modern"] as const)("%s, small: at every octet", async (profile) => {
  const us = await member(profile);
  const message = await sealed(us, us.certificate, Buffer.from("a short document"), false);
  for (let size = 0; size < message.length; size += 1) {
    const { result } = await opened(message.subarray(0, size), us, [us.certificate]);
    if (result.ok) throw new Error(`opened with ${size} of ${message.length} octets`);
  }
});

test.for(["compatible", "modern"] as const)(
  "%s, large: around every 16 KiB and near the end",
  async (profile) => {
    const us = await member(profile);
    const message = await sealed(us, us.certificate, randomBytes(300_000));
    const sizes = [1, 16, 20, 21, 22, 23, 38].map((less) => message.length - less);
    for (let size = 16_384; size < message.length; size += 16_384) sizes.push(size - 1, size, size + 1);
    for (const size of sizes) {
      const { result } = await opened(message.subarray(0, size), us, [us.certificate]);
      expect(["Truncated", "Damaged"]).toContain(result.ok ? "opened" : result.error.type);
    }
  },
);

test("something after the end is refused too", async () => {
  const us = await member();
  const message = await sealed(us, us.certificate, Buffer.from("a short document"));
  for (const after of [Buffer.from([0]), message, Buffer.from([0xca, 3, 0x50, 0x47, 0x50])]) {
    expect((await opened(Buffer.concat([message, after]), us, [us.certificate])).result.ok).toBe(false);
  }
});
