// Close for good: quick, final, and honest about what it does not reach; with a wrong passphrase it does nothing.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { FileTrouble } from "../../../../../main/core/ports.ts";
import { nodeFiles } from "../../../../../main/shells/node/files.ts";
import { laptop, meet, newVault, PHRASE } from "../../../../support/laptop.ts";
import { noPlaces, temporaryFolder } from "../../../../support/ports.ts";

// Each passphrase costs a key derivation, at its floor a tenth of a second on a quiet machine.
vi.setConfig({ testTimeout: 60_000 });

const caseEdits = [{ section: { kind: "work" }, edits: [{ path: ["about"], set: "Mediates." }] }] as const;

test("nothing is left in the folder, and the report names backups and whom something was sent", async () => {
  await using home = await temporaryFolder();
  mkdirSync(join(home.path, "drive"));
  const forgotten: string[] = [];
  const places = { ...noPlaces, closed: async (path: string) => void forgotten.push(path) };
  await using one = laptop(home.path, { places });
  await using other = laptop(home.path);
  await newVault(one, "vault");
  await newVault(other, "others", "Practice Network", "Ben Specimen");
  const met = await meet(one, other, "drive");
  const { case: of } = await one.ask("cases.create", { reason: "taken in", edits: caseEdits });
  await one.ask("cases.giveRole", { case: of, contact: met.other, role: "viewer", mayRecordYes: false });
  await one.ask("consent.record", {
    case: of,
    consent: {
      act: "share",
      by: { who: "her" },
      contact: met.other,
      sections: [{ kind: "work" }],
      past: false,
      purpose: "joint-protection",
      until: { day: "2099-12-31" },
      given: { how: "by-telephone", language: "fa-AF", alone: "yes", risksTold: "yes" },
    },
  });
  await one.ask("exchange.share", {
    contact: met.other,
    cases: [{ case: of }],
    purpose: "joint-protection",
    folder: "drive",
  });
  await one.ask("vault.backup", { folder: "backup" });
  cpSync(join(home.path, "vault"), join(home.path, "copied"), { recursive: true });
  rmSync(join(home.path, "copied/lock"));
  // What a change of slots that a crash cut off would leave.
  writeFileSync(join(home.path, "vault/.01234567-89ab-4def-8123-456789abcdef.tmp"), "half a slots file");

  const report = await one.ask("vault.closeForGood", { passphrase: PHRASE });
  expect(report).toMatchObject({
    cases: 1,
    sent: [{ name: "Ben Specimen", office: "Practice Network", bundles: 1, cases: 1 }],
    remains: ["backups", "sent", "drives", "spare-blocks", "swap"],
  });
  expect(report.backups).toHaveLength(1);
  expect(report.destroyed.toSorted()).toEqual(["database", "lock", "slots", "slots-draft"]);
  expect(readdirSync(join(home.path, "vault"))).toEqual([]);
  expect(forgotten).toEqual([join(home.path, "vault")]);
  expect(await one.ask("vault.status", {})).toEqual({ state: "locked" });
  expect(one.events.filter(({ type }) => type === "vault.locked")).toHaveLength(1);
  expect(await one.refused("vault.unlock", { folder: "vault", passphrase: PHRASE })).toEqual({
    type: "NoVault",
  });
  // As the report says: copies made before still open.
  expect(await one.ask("vault.drill", { from: "backup", passphrase: PHRASE })).toMatchObject({ cases: 1 });
  expect(await one.ask("vault.unlock", { folder: "copied", passphrase: PHRASE })).toMatchObject({
    state: "open",
  });
  expect(one.notes).toEqual([]);
});

test("a wrong passphrase changes nothing, and work goes on", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  await newVault(on, "vault");
  const before = readdirSync(join(home.path, "vault"));
  expect(await on.refused("vault.closeForGood", { passphrase: `${PHRASE}.` })).toEqual({
    type: "WrongPassphrase",
  });
  await on.ask("cases.create", { reason: "taken in", edits: caseEdits });
  expect(readdirSync(join(home.path, "vault"))).toEqual(before);
  await on.ask("vault.lock", {});
  await on.ask("vault.unlock", { folder: "vault", passphrase: PHRASE });
});

test("while the vault is being copied and checked it closes all the same", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  await newVault(on, "vault");
  const under = [
    on.answer("vault.backup", { folder: "backup" }),
    on.answer("vault.somebodyKnows", { newPassphrase: "harbour bells before the morning tide" }),
    on.answer("cases.create", { reason: "taken in", edits: caseEdits }),
  ];
  const report = await on.ask("vault.closeForGood", { passphrase: PHRASE });
  await Promise.all(under);
  expect(report.destroyed).toContain("slots");
  expect(readdirSync(join(home.path, "vault"))).toEqual([]);
});

test("a drive that was pulled out is not said to be closed", async () => {
  await using home = await temporaryFolder();
  const gone = async (): Promise<never> => {
    throw new FileTrouble("Vanished");
  };
  const files = { ...nodeFiles };
  await using on = laptop(home.path, { files });
  await newVault(on, "vault");
  Object.assign(files, { destroy: gone, entry: gone });
  expect(await on.refused("vault.closeForGood", { passphrase: PHRASE })).toEqual({ type: "VaultBroken" });
  Object.assign(files, nodeFiles);
  expect(existsSync(join(home.path, "vault/keyslots.json"))).toBe(true);
});

test("a database that resists is named among what remains", async () => {
  await using home = await temporaryFolder();
  const files = {
    ...nodeFiles,
    remove: async (path: string) => {
      if (path.includes("vault-1.db")) throw new FileTrouble("Denied");
      await nodeFiles.remove(path);
    },
  };
  await using on = laptop(home.path, { files });
  await newVault(on, "vault");
  const report = await on.ask("vault.closeForGood", { passphrase: PHRASE });
  expect(report.destroyed).not.toContain("database");
  expect(report.remains).toContain("database");
  expect(readdirSync(join(home.path, "vault"))).toEqual(["vault-1.db"]);
});

test("half overwritten when the disk failed, it is closed", async () => {
  await using home = await temporaryFolder();
  const files = {
    ...nodeFiles,
    destroy: async (path: string) => {
      writeFileSync(path, readFileSync(path).fill(0, 0, 300));
      throw new FileTrouble("Broken");
    },
  };
  await using on = laptop(home.path, { files });
  await newVault(on, "vault");
  const report = await on.ask("vault.closeForGood", { passphrase: PHRASE });
  expect(report.destroyed).toEqual(expect.arrayContaining(["database", "lock"]));
  expect(await on.refused("vault.unlock", { folder: "vault", passphrase: PHRASE })).toEqual({
    type: "SlotsDamaged",
  });
});

test("a colleague's passphrase closes nothing", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  await newVault(on, "vault");
  const hers = "harbour bells before the morning tide";
  await on.ask("members.add", { name: "Cleo Specimen", newPassphrase: hers });
  expect(await on.refused("vault.closeForGood", { passphrase: hers })).toEqual({ type: "WrongPassphrase" });
});
