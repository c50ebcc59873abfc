// Weighing the first passphrase loads dictionaries for seconds: the core answers others meanwhile.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { expect, test, vi } from "vitest";
import { laptop } from "../../../../support/laptop.ts";

vi.setConfig({ testTimeout: 120_000 });

test("the core is not kept waiting by the first passphrase that is weighed", async () => {
  const on = laptop(".");
  await on.ask("vault.suggest", {});
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begun = performance.now();
  const judged = await on.ask("vault.judge", {
    passphrase: "seven lanterns over the northern road, and a ferry that comes on Thursdays",
  });
  const took = performance.now() - begun;
  delay.disable();
  expect(judged.guesses).toBeGreaterThan(15);
  // Both are stretched alike on a slow machine.
  expect(delay.max / 1e6).toBeLessThan(took / 5);
});
