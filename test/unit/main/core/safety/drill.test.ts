// A drill says whether a backup would open today, and leaves the backup and the laptop as they were.
import { createHash } from "node:crypto";
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { laptop, newVault, PHRASE } from "../../../../support/laptop.ts";
import { temporaryFolder } from "../../../../support/ports.ts";

// Each passphrase costs a key derivation, at its floor a tenth of a second on a quiet machine.
vi.setConfig({ testTimeout: 60_000 });

const SECOND = "harbour bells before the morning tide";

async function backedUp(folder: string) {
  const on = laptop(folder);
  const words = await newVault(on, "vault");
  await on.ask("cases.create", {
    reason: "taken in",
    edits: [{ section: { kind: "work" }, edits: [{ path: ["about"], set: "Mediates." }] }],
  });
  await on.ask("vault.backup", { folder: "backup" });
  return { on, words };
}
const octets = (folder: string) =>
  readdirSync(folder)
    .toSorted()
    .map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex"),
    ]);
const copies = () => readdirSync(tmpdir()).filter((name) => /^waypost-[0-9a-f]{32}$/.test(name));

test("with the vault open or locked, by passphrase or words, and nothing is left or changed", async () => {
  await using home = await temporaryFolder();
  const { on, words } = await backedUp(home.path);
  const before = octets(join(home.path, "backup"));
  const { fingerprint } = await on.ask("contacts.ownCertificate", {});
  const good = { signedBy: fingerprint, cases: 1 };
  expect(await on.ask("vault.drill", { from: "backup", passphrase: PHRASE })).toMatchObject(good);
  await on.ask("vault.changePassphrase", { passphrase: PHRASE, newPassphrase: SECOND });
  await on.ask("vault.lock", {});
  expect(await on.ask("vault.drill", { from: "backup", passphrase: words })).toMatchObject(good);
  expect(await on.refused("vault.drill", { from: "backup", passphrase: SECOND })).toEqual({
    type: "WrongPassphrase",
  });
  expect(octets(join(home.path, "backup"))).toEqual(before);
  expect(copies()).toEqual([]);
  expect(readdirSync(home.path).toSorted()).toEqual(["backup", "vault"]);
  expect(on.notes).toEqual([]);
});

test("each file that is not as it was signed is named", async () => {
  await using home = await temporaryFolder();
  const { on } = await backedUp(home.path);
  const at = (name: string) => join(home.path, "backup", name);
  const tried = async () => on.refused("vault.drill", { from: "backup", passphrase: PHRASE });
  for (const name of ["vault-1.db", "keyslots.json", "backup.sig", "backup.txt"]) {
    copyFileSync(at(name), join(home.path, "kept"));
    if (name === "backup.sig") writeFileSync(at(name), Buffer.alloc(200, 7));
    else appendFileSync(at(name), "x");
    expect(await tried()).toEqual({ type: "BackupDamaged", what: name });
    copyFileSync(join(home.path, "kept"), at(name));
  }
  rmSync(at("vault-1.db"));
  expect(await tried()).toEqual({ type: "FileMissing" });
  expect(copies()).toEqual([]);
  mkdirSync(join(home.path, "empty"));
  expect(await on.refused("vault.drill", { from: "empty", passphrase: PHRASE })).toEqual({
    type: "NoBackup",
  });
  await on.close();
});

test("stopped on the way it leaves nothing", async () => {
  await using home = await temporaryFolder();
  const { on } = await backedUp(home.path);
  const drill = on.answer("vault.drill", { from: "backup", passphrase: PHRASE, job: "job-drill" });
  expect(await on.ask("jobs.cancel", { job: "job-drill" })).toEqual({ known: true });
  expect(await drill).toEqual({ ok: false, error: { type: "Cancelled" } });
  expect(copies()).toEqual([]);
  await on.close();
});
