// One changed bit anywhere in a message, in a dummy's slot too, and it is refused.
import { expect, test } from "vitest";
import { member, opened, sealed } from "../support/pgp.ts";

test.for(["compatible", "modern"] as const)("%s: every octet", async (profile) => {
  const us = await member(profile);
  const message = await sealed(us, us.certificate, Buffer.from("a short document"));
  expect((await opened(message, us, [us.certificate])).result.ok).toBe(true);
  for (let index = 0; index < message.length; index += 1) {
    const changed = Buffer.from(message);
    changed[index] = (changed[index] ?? 0) ^ (1 << (index % 8));
    const { result } = await opened(changed, us, [us.certificate]);
    if (result.ok) throw new Error(`opened with octet ${index} of ${message.length} changed`);
  }
});
