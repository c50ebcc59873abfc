// An old page put back into the vault: found behind the work after unlock, told as an event, kept in the status, asked for by name.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { laptop, newVault, PHRASE, type Laptop } from "../support/laptop.ts";
import { temporaryFolder } from "../support/ports.ts";
import { openBehind } from "../support/vault.ts";

const PAGE = 4096;

const keep = (on: Laptop, about: string) =>
  on.ask("cases.create", {
    reason: "taken in",
    edits: [{ section: { kind: "work" }, edits: [{ path: ["about"], set: about }] }],
  });

/** Unlocks and waits for the check: what the door refuses, or what the status says then. */
async function look(on: Laptop): Promise<string> {
  const opened = await on.answer("vault.unlock", { folder: "vault", passphrase: PHRASE });
  if (!opened.ok) return opened.error.type;
  expect(opened.value.check).toBe("running");
  const check = async () => {
    const status = await on.ask("vault.status", {});
    return status.state === "open" ? status.check : status.state;
  };
  await expect.poll(check).not.toBe("running");
  return check();
}

test("a row that is not as it was written last", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  await newVault(one, "vault");
  await keep(one, "Mediates.");
  await one.ask("vault.lock", {});
  const db = await openBehind(join(home.path, "vault"), PHRASE);
  db.exec("DROP TRIGGER part_immutable; UPDATE part SET at = 1");
  db.close();
  expect(await look(one)).toBe("old-page");
  const told = { tree: "part", bucket: 0 };
  expect(one.events.at(-1)).toEqual({ type: "vault.oldPage", ...told });
  expect(await one.refused("vault.check", {})).toEqual({ type: "OldPage", ...told });
  // She can still read, and carry what is there to a new vault.
  expect((await one.ask("cases.list", {})).total).toBe(1);
  expect(one.notes).toEqual([]);
});

test("each page of yesterday's file in today's: told, refused at the door, or of no weight", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  await newVault(one, "vault");
  const file = join(home.path, "vault/vault-1.db");
  await keep(one, "Yesterday.");
  await one.ask("vault.lock", {});
  const yesterday = readFileSync(file);
  await one.ask("vault.unlock", { folder: "vault", passphrase: PHRASE });
  for (const about of ["Today.", "And today."]) await keep(one, about.repeat(100));
  const { head } = await one.ask("vault.check", {});
  await one.ask("vault.lock", {});
  const today = readFileSync(file);
  const found: string[] = [];
  for (let at = PAGE; at < yesterday.length; at += PAGE) {
    const old = yesterday.subarray(at, at + PAGE);
    if (old.equals(today.subarray(at, at + PAGE))) continue;
    const mixed = Buffer.from(today);
    old.copy(mixed, at);
    writeFileSync(file, mixed);
    const seen = await look(one);
    found.push(seen);
    // What the check calls good holds every kept row of today.
    if (seen === "good") expect(await one.ask("vault.check", {})).toMatchObject({ head });
    await one.ask("vault.lock", {});
  }
  expect(found.filter((seen) => seen !== "good").length).toBeGreaterThan(3);
  writeFileSync(file, today);
  expect(await look(one)).toBe("good");
  expect(one.notes).toEqual([]);
});

test("a page that fails its seal", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  await newVault(one, "vault");
  for (let n = 0; n < 10; n++) await keep(one, `Mediates ${n}. `.repeat(50));
  await one.ask("vault.lock", {});
  const file = join(home.path, "vault/vault-1.db");
  const whole = readFileSync(file);
  const found = new Set<string>();
  for (let at = PAGE; at < whole.length; at += 3 * PAGE) {
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(at + 2000) ^ 1, at + 2000);
    writeFileSync(file, damaged);
    found.add(await look(one));
    await one.ask("vault.lock", {});
  }
  expect(found).toContain("damaged");
  expect(
    [...found].filter((seen) => !["good", "damaged", "DamagedPage", "VaultBroken"].includes(seen)),
  ).toEqual([]);
  // Rows of Today cannot be made from a page that cannot be read: noted, and tried again at the next opening.
  expect(one.notes.filter((note) => note !== "rows-not-made")).toEqual([]);
});
