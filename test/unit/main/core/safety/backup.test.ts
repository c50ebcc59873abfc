// Backups: made, damaged in every way, restored; what fails leaves nothing behind, what succeeds works on.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { FileTrouble } from "../../../../../main/core/ports.ts";
import { nodeFiles } from "../../../../../main/shells/node/files.ts";
import { laptop, meet, newVault, PHRASE } from "../../../../support/laptop.ts";
import { temporaryFolder } from "../../../../support/ports.ts";

// Each passphrase costs a key derivation, at its floor a tenth of a second on a quiet machine.
vi.setConfig({ testTimeout: 60_000 });

const SECOND = "harbour bells before the morning tide";
const names = (...path: readonly string[]) => readdirSync(join(...path)).toSorted();

test("a restored vault signs, shares and receives on, and opens with what was valid then", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  await using other = laptop(home.path);
  mkdirSync(join(home.path, "drive"));
  const words = await newVault(one, "vault");
  await newVault(other, "others", "Practice Network", "Ben Specimen");
  const met = await meet(one, other, "drive");
  const { case: made } = await one.ask("cases.create", {
    reason: "taken in",
    edits: [{ section: { kind: "work" }, edits: [{ path: ["about"], set: "Mediates." }] }],
  });
  await one.ask("cases.giveRole", {
    case: made,
    contact: met.other,
    role: "co-manager",
    mayRecordYes: false,
  });
  await one.ask("consent.record", {
    case: made,
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
  const backup = await one.ask("vault.backup", { folder: "backup" });
  expect(backup.folder).toBe("backup");
  expect(names(home.path, "backup")).toEqual(["backup.sig", "backup.txt", "keyslots.json", "vault-1.db"]);
  expect(readFileSync(join(home.path, "backup/backup.txt"), "utf8")).toContain(`head ${backup.head}`);
  await one.ask("vault.changePassphrase", { passphrase: PHRASE, newPassphrase: SECOND });
  await one.ask("vault.lock", {});

  expect(
    await one.refused("vault.restore", { from: "backup", folder: "restored", passphrase: SECOND }),
  ).toEqual({ type: "WrongPassphrase" });
  expect(existsSync(join(home.path, "restored"))).toBe(false);
  const byWords = { from: "backup", folder: "by-words", passphrase: words };
  expect(await one.ask("vault.restore", byWords)).toMatchObject({ cases: 1 });
  const otherWords = { ...byWords, folder: "no", passphrase: words.split(" ").toReversed().join(" ") };
  expect(await one.refused("vault.restore", otherWords)).toEqual({ type: "WrongPassphrase" });
  const restored = await one.ask("vault.restore", {
    from: "backup",
    folder: "restored",
    passphrase: PHRASE,
  });
  expect(restored).toMatchObject({ cases: 1 });
  expect(await one.ask("vault.status", {})).toEqual({ state: "locked" });
  expect(await one.ask("vault.recover", { folder: "restored", words, newPassphrase: SECOND })).toMatchObject({
    name: "Ada Specimen",
    signs: true,
  });
  await one.ask("vault.unlock", { folder: "restored", passphrase: SECOND });
  expect((await one.ask("contacts.ownCertificate", {})).fingerprint).toBe(restored.signedBy);
  await one.ask("cases.save", {
    case: made,
    reason: "worked on",
    edits: [{ section: { kind: "work" }, edits: [{ path: ["about"], set: "Mediates still." }] }],
  });
  const sent = await one.ask("exchange.share", {
    contact: met.other,
    cases: [{ case: made }],
    purpose: "joint-protection",
    folder: "drive",
  });
  const received = await other.ask("exchange.receive", { from: `drive/${sent.file}` });
  expect(received.files).toMatchObject([{ outcome: "taken" }]);
  const seen = await other.ask("cases.section", { case: made, section: { kind: "work" } });
  expect(seen.value).toMatchObject({ about: "Mediates still." });
  expect([...one.notes, ...other.notes]).toEqual([]);
});

test("what is damaged, exchanged or missing is named, and nothing is left behind", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  await newVault(one, "vault");
  await one.ask("vault.backup", { folder: "backup" });
  await one.ask("cases.create", {
    reason: "taken in",
    edits: [{ section: { kind: "work" }, edits: [{ path: ["about"], set: "Mediates." }] }],
  });
  await one.ask("vault.backup", { folder: "later" });
  await one.ask("vault.lock", {});
  await newVault(one, "second");
  await one.ask("vault.backup", { folder: "elsewhere" });
  await one.ask("vault.lock", {});
  const there = (name: string) => join(home.path, "bad", name);
  const spoil = (name: string, how: (bytes: Buffer) => Uint8Array) =>
    writeFileSync(there(name), how(readFileSync(there(name))));
  const flip = (bytes: Buffer) => {
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
    return bytes;
  };
  const take = (from: string, ...files: readonly string[]) => {
    for (const name of files) cpSync(join(home.path, from, name), there(name));
  };
  const cases: readonly (readonly [string, () => void, object])[] = [
    ["no backup", () => rmSync(there("backup.txt")), { type: "NoBackup" }],
    ["no signature", () => rmSync(there("backup.sig")), { type: "FileMissing" }],
    ["no slots", () => rmSync(there("keyslots.json")), { type: "FileMissing" }],
    ["no database", () => rmSync(there("vault-1.db")), { type: "FileMissing" }],
    ["database changed", () => spoil("vault-1.db", flip), { type: "BackupDamaged", what: "vault-1.db" }],
    [
      "database cut off",
      () => spoil("vault-1.db", (bytes) => bytes.subarray(0, -4096)),
      { type: "BackupDamaged", what: "vault-1.db" },
    ],
    [
      "database longer",
      () => spoil("vault-1.db", (bytes) => Buffer.concat([bytes, bytes])),
      { type: "BackupDamaged", what: "vault-1.db" },
    ],
    ["slots changed", () => spoil("keyslots.json", flip), { type: "BackupDamaged", what: "keyslots.json" }],
    ["text cut off", () => spoil("backup.txt", (bytes) => bytes.subarray(0, -2)), { type: "BackupDamaged" }],
    [
      "text changed",
      () => spoil("backup.txt", (text) => Buffer.from(text.toString().replace(/made \d/, "made 9"))),
      { type: "BackupDamaged", what: "backup.sig" },
    ],
    [
      "text of 1 MiB",
      () => writeFileSync(there("backup.txt"), Buffer.alloc(1 << 20)),
      { type: "FileUnreadable" },
    ],
    ["signature changed", () => spoil("backup.sig", flip), { type: "BackupDamaged", what: "backup.sig" }],
    ["signature empty", () => writeFileSync(there("backup.sig"), ""), { type: "BackupDamaged" }],
    [
      "signature of another backup",
      () => take("later", "backup.sig"),
      { type: "BackupDamaged", what: "backup.sig" },
    ],
    [
      "text and signature of another backup",
      () => take("later", "backup.txt", "backup.sig"),
      { type: "BackupDamaged", what: "vault-1.db" },
    ],
    [
      "another vault under this one's text",
      () => take("elsewhere", "keyslots.json", "vault-1.db"),
      { type: "BackupDamaged" },
    ],
  ];
  for (const [what, spoiled, refusal] of cases) {
    cpSync(join(home.path, "backup"), join(home.path, "bad"), { recursive: true });
    spoiled();
    const restore = { from: "bad", folder: "restored", passphrase: PHRASE };
    expect(await one.refused("vault.restore", restore), what).toMatchObject(refusal);
    expect(existsSync(join(home.path, "restored")), what).toBe(false);
    rmSync(join(home.path, "bad"), { recursive: true });
  }
  mkdirSync(join(home.path, "restored"));
  const restore = { from: "backup", folder: "restored", passphrase: SECOND };
  expect(await one.refused("vault.restore", restore)).toEqual({ type: "WrongPassphrase" });
  expect(names(home.path, "restored")).toEqual([]);
  expect(await one.refused("vault.restore", { ...restore, from: "nowhere" })).toEqual({ type: "NoBackup" });
  writeFileSync(join(home.path, "restored", "letter"), "hers");
  expect(await one.refused("vault.restore", { ...restore, passphrase: PHRASE })).toEqual({
    type: "FolderNotEmpty",
  });
  expect(names(home.path, "restored")).toEqual(["letter"]);
  expect(one.notes).toEqual([]);
});

test("stopped half-way, neither a backup nor a restored vault is left", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  await newVault(one, "vault");
  const job = "job-to-be-stopped";
  const stopped = async (running: Promise<unknown>) => {
    await one.ask("jobs.cancel", { job });
    expect(await running).toMatchObject({ error: { type: "Cancelled" } });
  };
  await stopped(one.answer("vault.backup", { folder: "backup", job }));
  expect(existsSync(join(home.path, "backup"))).toBe(false);
  await one.ask("vault.backup", { folder: "backup" });
  expect(await one.refused("vault.backup", { folder: "backup" })).toEqual({ type: "FolderNotEmpty" });
  expect(names(home.path, "backup")).toHaveLength(4);
  await one.ask("vault.lock", {});
  await stopped(one.answer("vault.restore", { from: "backup", folder: "restored", passphrase: PHRASE, job }));
  expect(existsSync(join(home.path, "restored"))).toBe(false);
});

test("a drive that is full, protected or pulled out: said so, left as it was, the vault works on", async () => {
  await using home = await temporaryFolder();
  let problem: "DiskFull" | "ReadOnly" | "Vanished" | undefined;
  let calls = 0;
  let failing = 0;
  const trouble = () => {
    if (problem !== undefined && ++calls === failing) throw new FileTrouble(problem);
  };
  await using one = laptop(home.path, {
    files: {
      ...nodeFiles,
      draft: async (folder) => {
        trouble();
        const draft = await nodeFiles.draft(folder);
        return {
          ...draft,
          write: async (chunk) => {
            trouble();
            await draft.write(chunk);
          },
          commit: async (name) => {
            trouble();
            await draft.commit(name);
          },
        };
      },
      replace: async (path, content) => {
        if (path.includes("backup")) trouble();
        await nodeFiles.replace(path, content);
      },
    },
  });
  await newVault(one, "vault");
  for (const [next, type] of [
    ["DiskFull", "DriveFull"],
    ["ReadOnly", "DriveReadOnly"],
    ["Vanished", "DriveGone"],
  ] as const) {
    problem = next;
    for (failing = 1; ; failing++) {
      calls = 0;
      const made = await one.answer("vault.backup", { folder: "backup" });
      if (made.ok) break;
      expect(made.error).toEqual({ type });
      expect(existsSync(join(home.path, "backup"))).toBe(false);
    }
    expect(failing).toBeGreaterThan(6);
    rmSync(join(home.path, "backup"), { recursive: true });
  }
  problem = undefined;
  await one.ask("vault.backup", { folder: "backup" });
  expect(await one.ask("vault.check", {})).toMatchObject({ rows: 4 });
  expect(one.notes).toEqual([]);
});
