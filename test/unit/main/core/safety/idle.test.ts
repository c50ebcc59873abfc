// A vault nobody sits before locks by itself: after so many minutes, after a warning, and at once where the laptop slept.
import { expect, test, vi } from "vitest";
import { laptop, newVault, PHRASE, type Laptop } from "../../../../support/laptop.ts";
import { seededClock, seededTimer, temporaryFolder } from "../../../../support/ports.ts";

// Each passphrase costs a key derivation, at its floor a tenth of a second on a quiet machine.
vi.setConfig({ testTimeout: 60_000 });

const minute = 60_000;

async function open(folder: string) {
  const clock = seededClock();
  const timer = seededTimer(clock);
  const on = laptop(folder, { clock, timer });
  await newVault(on, "vault");
  return { on, clock, timer };
}
const state = async (on: Laptop) => (await on.ask("vault.status", {})).state;
const locked = (on: Laptop) => vi.waitFor(async () => expect(await state(on)).toBe("locked"));
const told = (on: Laptop, type: string) => on.events.filter((event) => event.type === type);

test("three minutes without a hand lock it, and twenty seconds before it says so once", async () => {
  await using home = await temporaryFolder();
  const { on, timer } = await open(home.path);
  timer.pass(3 * minute - 21_000);
  expect(told(on, "vault.locksSoon")).toEqual([]);
  timer.pass(19_000);
  expect(told(on, "vault.locksSoon")).toEqual([{ type: "vault.locksSoon", seconds: 20 }]);
  expect(await state(on)).toBe("open");
  timer.pass(2_000);
  await locked(on);
  await vi.waitFor(() => expect(told(on, "vault.locked")).toHaveLength(1));
  await on.ask("vault.unlock", { folder: "vault", passphrase: PHRASE });
  timer.pass(2 * minute);
  expect(await state(on)).toBe("open");
  await on.close();
});

test("a hand begins it anew, reading does not, and she sets how long", async () => {
  await using home = await temporaryFolder();
  const { on, timer } = await open(home.path);
  timer.pass(3 * minute - 10_000);
  await on.ask("desk.here", {});
  timer.pass(3 * minute - 10_000);
  expect(told(on, "vault.locksSoon")).toHaveLength(2);
  expect(await on.ask("desk.set", { lockAfter: 15 })).toMatchObject({ lockAfter: 15 });
  timer.pass(11 * minute);
  expect(await state(on)).toBe("open");
  await on.ask("members.list", {});
  timer.pass(2 * minute);
  await locked(on);
  await on.ask("vault.unlock", { folder: "vault", passphrase: PHRASE });
  timer.pass(14 * minute);
  expect(await state(on)).toBe("open");
  await on.close();
});

test.each([21_000, -21_000, 8 * 60 * minute])("the clock jumped by %d ms: it locks at once", async (by) => {
  await using home = await temporaryFolder();
  const { on, clock, timer } = await open(home.path);
  await on.ask("desk.here", {});
  clock.advance(by);
  timer.pass(1_000);
  await locked(on);
});

test("a clock that is a little off, or set right by seconds, locks nothing", async () => {
  await using home = await temporaryFolder();
  const { on, clock, timer } = await open(home.path);
  for (let n = 0; n < 10; n++) {
    clock.advance(n % 2 === 0 ? 15_000 : -15_000);
    timer.pass(1_000);
  }
  expect(await state(on)).toBe("open");
  await on.close();
});

test("where the system counts the time asleep as passed, the missing ticks tell", async () => {
  await using home = await temporaryFolder();
  const { on, timer } = await open(home.path);
  timer.sleep(30_000);
  timer.pass(1_000);
  await locked(on);
});
