// A vault in a folder that a synchroniser copies away: refused at creation and at opening, with the sign that was seen.
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createVault } from "../../main/core/vault/index.ts";
import { syncedMarker } from "../../main/core/vault/synced.ts";
import type { OfficeId } from "../../shared/vocabulary/ids.ts";
import { err } from "../../shared/result.ts";
import { seededPorts, temporaryFolder } from "../support/ports.ts";
import { FLOOR, newMember, randomHex, testVault } from "../support/vault.ts";

test.each([
  ["Syncthing", ".stfolder", "folder"],
  ["Dropbox", ".dropbox", "file"],
  ["Nextcloud", ".sync_0a1b.db", "file"],
  ["ownCloud", "._sync_0a1b.db", "file"],
  ["Google Drive", ".tmp.driveupload", "folder"],
])("%s leaves %s in the folder or above it", async (_, marker, kind) => {
  await using home = await temporaryFolder();
  const folder = join(home.path, "deep", "vault");
  mkdirSync(folder, { recursive: true });
  const { files } = seededPorts();
  expect(await syncedMarker(files, folder)).toBeUndefined();
  for (const at of [folder, home.path]) {
    const path = join(at, marker);
    if (kind === "folder") mkdirSync(path);
    else writeFileSync(path, "");
    expect(await syncedMarker(files, folder)).toBe(marker);
    rmSync(path, { recursive: true });
  }
});

test.each([
  "OneDrive",
  "OneDrive - Mission",
  "Mobile Documents",
  "iCloudDrive",
  "Google Drive",
  "Dropbox",
  "Nextcloud",
])("inside a folder called %s", async (name) => {
  await using home = await temporaryFolder();
  expect(await syncedMarker(seededPorts().files, join(home.path, name, "vault"))).toBe(name);
});

test("the folder in which Dropbox keeps its settings says nothing about the home around it", async () => {
  await using home = await temporaryFolder();
  mkdirSync(join(home.path, ".dropbox"));
  expect(await syncedMarker(seededPorts().files, join(home.path, "vault"))).toBeUndefined();
});

test("neither created nor opened there, and nothing written", async () => {
  await using home = await testVault();
  await home.vault.lock();
  const synced = join(home.folder, "..", "OneDrive");
  mkdirSync(synced);
  const moved = join(synced, "vault");
  renameSync(home.folder, moved);
  const refused = err({ type: "SyncedFolder", marker: "OneDrive" });
  const { openVault } = await import("../../main/core/vault/index.ts");
  expect(await openVault(home.ports, { folder: moved, unlock: { words: home.words } })).toEqual(refused);
  const wanted = {
    folder: join(synced, "new"),
    kind: "practice" as const,
    office: { id: randomHex(home.ports.random, 16) as OfficeId, name: "x" },
    member: newMember(home.ports.random),
    kdf: FLOOR,
  };
  expect(await createVault(home.ports, wanted)).toEqual(refused);
});
