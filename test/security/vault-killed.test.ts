// The process is killed at any moment: 20 seeded kills among saves, erasures and changes of keys lose nothing acknowledged.
import { expect, test } from "vitest";
import { killAndCheck } from "../support/vault-endurance.ts";

test("20 kills", async () => {
  expect(await killAndCheck(20, 7)).toBeGreaterThan(20);
});
