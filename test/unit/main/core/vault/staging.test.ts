// What arrives is unreadable until it is sealed, bounded by its quota, and gone when discarded, locked or opened again.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { err } from "../../../../../shared/result.ts";
import type { Bytes } from "../../../../../shared/brand.ts";
import type { Incoming } from "../../../../../main/core/vault/index.ts";
import type { TestVault } from "../../../../support/vault.ts";
import { testVault } from "../../../../support/vault.ts";

vi.setConfig({ testTimeout: 60_000 }); // every opening derives a key

const MiB = 1024 * 1024;

async function begin(home: TestVault, quota = 4 * MiB): Promise<Incoming> {
  const begun = await home.vault.staging().begin(quota as Bytes);
  if (!begun.ok) throw new Error(begun.error.type);
  return begun.value;
}

test("entries come back as they were written, and only after the seal", async () => {
  await using home = await testVault();
  const incoming = await begin(home);
  const manifest = incoming.entry("manifest.json");
  manifest.write(Buffer.from("{}"));
  const part = incoming.entry("parts/1");
  for (let n = 0; n < 30; n++) part.write(Buffer.alloc(65_536, n));
  incoming.entry("empty");
  expect(() => manifest.write(Buffer.from("more"))).toThrow("closed");
  expect(() => incoming.entry("parts/1")).toThrow("Exists");
  expect(Object.keys(incoming)).toEqual(["entry", "seal", "discard"]);
  const received = incoming.seal();
  expect(received.entries().map(({ name, size }) => [name, size])).toEqual([
    ["manifest.json", 2],
    ["parts/1", 30 * 65_536],
    ["empty", 0],
  ]);
  expect(received.entries()[0]?.sha256).toMatch(/^44136fa355b3678a1146ad16f7e8649e/);
  expect(Buffer.from(received.read("manifest.json", 10 as Bytes)).toString()).toBe("{}");
  expect([...received.stream("parts/1")].map((chunk) => chunk[0])).toEqual(
    Array.from({ length: 30 }, (_, n) => n),
  );
  expect(() => received.read("parts/1", 10 as Bytes)).toThrow("TooLarge");
  expect(() => received.read("other", 10 as Bytes)).toThrow("NotFound");
  expect(() => incoming.entry("late")).toThrow("sealed");
  await received.discard();
  expect(existsSync(join(home.folder, "incoming.db"))).toBe(false);
  expect(() => received.read("manifest.json", 10 as Bytes)).toThrow();
});

test("beyond the quota nothing is taken", async () => {
  await using home = await testVault();
  const incoming = await begin(home, 100_000);
  const entry = incoming.entry("a");
  entry.write(Buffer.alloc(65_536));
  expect(() => entry.write(Buffer.alloc(65_536))).toThrow("TooLarge");
  await incoming.discard();
  await incoming.discard();
});

test("more than the disk has is refused before a byte is taken", async () => {
  await using home = await testVault();
  expect(await home.vault.staging().begin(Number.MAX_SAFE_INTEGER as Bytes)).toEqual(
    err({ type: "DiskFull" }),
  );
});

test("what lies in the file cannot be read without the key in memory, and is gone after locking", async () => {
  await using home = await testVault();
  const incoming = await begin(home, 16 * MiB);
  const entry = incoming.entry("secret name");
  for (let n = 0; n < 100; n++) entry.write(Buffer.alloc(65_536, "her name "));
  incoming.seal();
  const file = readFileSync(join(home.folder, "incoming.db"));
  expect(file.length).toBeGreaterThan(100 * 65_536);
  expect(file.includes("her name")).toBe(false);
  await home.vault.lock();
  expect(existsSync(join(home.folder, "incoming.db"))).toBe(false);
});

test("a second reception discards the first; what a crash left is deleted at the next opening", async () => {
  await using home = await testVault();
  const first = await begin(home);
  first.entry("a").write(Buffer.from("a"));
  const second = await begin(home);
  expect(() => first.seal()).toThrow("gone");
  second.entry("b").write(Buffer.from("b"));
  second.seal();
  await home.vault.lock();
  writeFileSync(join(home.folder, "incoming.db"), "left over");
  writeFileSync(join(home.folder, "incoming.db-journal"), "left over");
  await home.reopen();
  expect(existsSync(join(home.folder, "incoming.db"))).toBe(false);
  expect(existsSync(join(home.folder, "incoming.db-journal"))).toBe(false);
});
