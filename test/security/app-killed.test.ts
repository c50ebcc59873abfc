// The core's process is killed in the midst of saves, shares and receptions: nothing it answered is lost. 100 kills: test/endurance.
import { expect, test } from "vitest";
import { killApps } from "../support/app-kills.ts";

test("8 kills", async () => {
  const { acknowledged, interrupted } = await killApps(8, 7);
  const sum = (figures: Readonly<Record<string, number>>) =>
    Object.values(figures).reduce((total, one) => total + one, 0);
  expect(sum(acknowledged)).toBeGreaterThan(8);
  expect(sum(interrupted)).toBe(8);
});
