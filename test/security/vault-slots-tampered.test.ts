// keyslots.json truncated, exchanged, put back from yesterday, or with another cost: refused for what it is, nothing changed.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Secret } from "../../main/core/vault/secret.ts";
import type { KeySlots } from "../../main/core/vault/keyslots.ts";
import { err, ok } from "../../shared/result.ts";
import type { TestVault } from "../support/vault.ts";
import { newMember, testVault } from "../support/vault.ts";
import { processorTime } from "../support/processor.ts";

const slotsOf = (home: TestVault) => join(home.folder, "keyslots.json");
const readSlots = (home: TestVault) => JSON.parse(readFileSync(slotsOf(home), "utf8")) as KeySlots;

async function withSlots(home: TestVault, content: string | Uint8Array): Promise<string> {
  const present = readFileSync(slotsOf(home));
  writeFileSync(slotsOf(home), content);
  const opened = await home.tryOpen();
  writeFileSync(slotsOf(home), present);
  if (opened.ok) await opened.value.lock();
  return opened.ok ? "opened" : opened.error.type;
}

test("truncated anywhere it is damaged", async () => {
  await using home = await testVault();
  await home.vault.lock();
  const whole = readFileSync(slotsOf(home));
  for (let length = 0; length < whole.length - 1; length += 37) {
    expect(await withSlots(home, whole.subarray(0, length))).toBe("SlotsDamaged");
  }
  expect(await withSlots(home, Buffer.alloc(2 * 1024 * 1024, " "))).toBe("SlotsDamaged");
  expect(await withSlots(home, JSON.stringify({ ...readSlots(home), more: 1 }))).toBe("SlotsDamaged");
  expect(await withSlots(home, whole)).toBe("opened");
});

test("another vault's slots are told from ours, also where its salt was written over and its passphrase is known", async () => {
  await using home = await testVault();
  await using other = await testVault();
  await home.vault.lock();
  await other.vault.lock();
  expect(await withSlots(home, readFileSync(slotsOf(other)))).toBe("SlotsReplaced");
  const forged = { ...readSlots(other), salt: readSlots(home).salt };
  expect(await withSlots(home, JSON.stringify(forged))).toBe("SlotsReplaced");
});

test("yesterday's slots open no more: with the old passphrase, with the old words, from before a new data key", async () => {
  await using home = await testVault();
  const before = readFileSync(slotsOf(home));
  expect((await home.vault.changePassphrase(home.member.passphrase, Secret.fromText("new"))).ok).toBe(true);
  await home.vault.lock();
  expect(await withSlots(home, before)).toBe("SlotsReplaced");
  await home.reopen({ passphrase: Secret.fromText("new") });
  expect(await home.vault.rekey(home.member.passphrase)).toEqual(ok(2));
  await home.vault.lock();
  expect(await withSlots(home, before)).toBe("SlotsReplaced");
  const opened = await home.tryOpen();
  expect(opened.ok && opened.value.info.generation).toBe(2);
  if (opened.ok) await opened.value.lock();
});

test("a slot taken out, or put back after its member was removed, is noticed", async () => {
  await using home = await testVault();
  const second = newMember(home.ports.random, "second");
  await home.vault.addMember(second);
  const both = readFileSync(slotsOf(home));
  const { slots, ...rest } = readSlots(home);
  const without = { ...rest, slots: slots.filter(({ member }) => member !== second.id) };
  await home.vault.lock();
  expect(await withSlots(home, JSON.stringify(without))).toBe("SlotsReplaced");
  await home.reopen();
  await home.vault.removeMember(second.id);
  await home.vault.lock();
  expect(await withSlots(home, both)).toBe("SlotsReplaced");
});

test("a cost below the floor or above the ceiling is refused before anything is derived; another within does not open", async () => {
  await using home = await testVault();
  await home.vault.lock();
  const file = readSlots(home);
  const withCost = (cost: { memoryKiB?: number; passes?: number }) =>
    JSON.stringify({
      ...file,
      slots: file.slots.map((slot) => ({ ...slot, kdf: { ...slot.kdf, ...cost } })),
    });
  for (const cost of [
    { memoryKiB: 8 },
    { memoryKiB: 64 * 1024 * 1024 },
    { passes: 1 },
    { passes: 1_000_000 },
  ]) {
    const start = processorTime();
    expect(await withSlots(home, withCost(cost))).toBe("SlotsParameters");
    // Deriving at the dear ones would take minutes.
    expect(processorTime() - start).toBeLessThan(2_000);
  }
  expect(await withSlots(home, withCost({ passes: 4 }))).toBe("WrongPassphrase");
  expect(await withSlots(home, withCost({ memoryKiB: 65 * 1024 }))).toBe("WrongPassphrase");
});

test("a wrong passphrase and a folder that is no vault", async () => {
  await using home = await testVault();
  await home.vault.lock();
  expect(await home.tryOpen({ passphrase: Secret.fromText("wrong") })).toEqual(
    err({ type: "WrongPassphrase" }),
  );
  expect(await home.tryOpen({ passphrase: Secret.fromText("") })).toEqual(err({ type: "WrongPassphrase" }));
  const { openVault } = await import("../../main/core/vault/index.ts");
  const unlock = { passphrase: home.member.passphrase };
  for (const folder of [join(home.folder, "none"), join(home.folder, "lock"), join(home.folder, "..")]) {
    expect(await openVault(home.ports, { folder, unlock })).toEqual(err({ type: "NoVault" }));
  }
});
