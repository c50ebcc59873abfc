// The check behind the work: it does not hold up who locks, tells what it found, and stays quiet when it was stopped.
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { startCheck } from "../../../../../main/core/safety/index.ts";
import type { Course, Vault, CheckError } from "../../../../../main/core/vault/index.ts";
import { err, ok, type Result } from "../../../../../shared/result.ts";
import { rememberingLog } from "../../../../support/ports.ts";

type Checked = Result<{ readonly rows: number }, CheckError>;
/** Of a vault the check uses one function. */
const vaultThat = (checkMerkle: (course?: Course) => Promise<Checked>) => ({ checkMerkle }) as Vault;

test("a check that would take for ever is over when the vault is locked", async () => {
  const told: object[] = [];
  let began = 0;
  const checking = startCheck(
    vaultThat(({ signal } = {}) => {
      began++;
      const { promise, resolve } = Promise.withResolvers<Checked>();
      signal?.addEventListener("abort", () => resolve(err({ type: "Cancelled" })));
      return promise;
    }),
    rememberingLog(),
    (event) => void told.push(event),
  );
  expect(began).toBe(0); // not in the turn of who unlocks
  await wait(20);
  expect(began).toBe(1);
  await checking.stop();
  expect([checking.state(), told]).toEqual(["running", []]);
});

test.each([
  [ok({ rows: 7 }), "good", { type: "vault.checked", rows: 7 }],
  [
    err({ type: "OldPage" as const, tree: "chain" as const, bucket: 2 }),
    "old-page",
    { type: "vault.oldPage", tree: "chain", bucket: 2 },
  ],
  [err({ type: "DamagedPage" as const }), "damaged", { type: "vault.damaged" }],
])("%o", async (outcome, state, event) => {
  const told: object[] = [];
  const checking = startCheck(
    vaultThat(() => Promise.resolve(outcome)),
    rememberingLog(),
    (one) => void told.push(one),
  );
  await wait(20);
  expect([checking.state(), told]).toEqual([state, [event]]);
  expect(await checking.run({})).toEqual(outcome);
  await checking.stop();
});

test("what it did not expect goes to the log, not to whoever works", async () => {
  const log = rememberingLog();
  const checking = startCheck(
    vaultThat(() => Promise.reject(new TypeError("unexpected"))),
    log,
    () => undefined,
  );
  await checking.stop();
  await wait(20);
  expect(checking.state()).toBe("running");
  const second = startCheck(
    vaultThat(() => Promise.reject(new TypeError("unexpected"))),
    log,
    () => undefined,
  );
  await wait(20);
  await second.stop();
  expect(log.events).toEqual(["vault.check-failed"]);
});
