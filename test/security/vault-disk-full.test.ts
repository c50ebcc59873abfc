// The disk fills up or fails at a write: a refusal that is a value, the vault as it was and usable again. All points: test/endurance.
import { afterAll, beforeAll, expect, test } from "vitest";
import { err } from "../../shared/result.ts";
import { FileTrouble } from "../../main/core/ports.ts";
import { createVault } from "../../main/core/vault/index.ts";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { OfficeId } from "../../shared/vocabulary/ids.ts";
import { seededPorts, temporaryFolder } from "../support/ports.ts";
import type { Fault } from "../support/vault-endurance.ts";
import { failAndCheck, prepareVault, straceHere } from "../support/vault-endurance.ts";
import { FLOOR, newMember, randomHex, testVault } from "../support/vault.ts";

const points: readonly (readonly [Fault, string, RegExp])[] = [
  [{ call: "pwrite64", error: "ENOSPC" }, "4", /opened DiskFull/],
  [{ call: "pwrite64", error: "ENOSPC" }, "60", /refused .* DiskFull/],
  [{ call: "pwrite64", error: "ENOSPC" }, "25+", /refused .* DiskFull/],
  [{ call: "fsync", error: "EIO" }, "7", /VaultBroken/],
  [{ call: "rename", error: "ENOSPC" }, "1", /refused changePassphrase DiskFull/],
];

const ready = await temporaryFolder();
beforeAll(() => prepareVault(ready.path));
afterAll(() => ready[Symbol.asyncDispose]());

test.skipIf(!straceHere()).each(points)("%o at %s", async (fault, when, refusal) => {
  const { injected, refused } = await failAndCheck(ready.path, fault, when);
  expect(injected).toBe(true);
  expect(refused.join("\n")).toMatch(refusal);
});

test("a creation that fails leaves an empty folder behind, and the next one succeeds", async () => {
  await using home = await temporaryFolder();
  const ports = seededPorts();
  const wanted = {
    folder: join(home.path, "vault"),
    kind: "practice" as const,
    office: { id: randomHex(ports.random, 16) as OfficeId, name: "x" },
    member: newMember(ports.random),
    kdf: FLOOR,
  };
  const full = { ...ports.files, replace: () => Promise.reject(new FileTrouble("DiskFull")) };
  expect(await createVault({ ...ports, files: full }, wanted)).toEqual(err({ type: "DiskFull" }));
  expect(readdirSync(wanted.folder)).toEqual(["lock"]);
  const created = await createVault(ports, wanted);
  if (!created.ok) throw new Error(created.error.type);
  await created.value.vault.lock();
});

test("a backup drive that is full, read-only or pulled out says so", async () => {
  await using home = await testVault();
  await using drive = await temporaryFolder();
  const { files } = home.ports;
  for (const [problem, type] of [
    ["DiskFull", "DiskFull"],
    ["ReadOnly", "FolderReadOnly"],
    ["Vanished", "FolderVanished"],
  ] as const) {
    await using other = await testVault({
      ports: { ...seededPorts(), files: { ...files, draft: () => Promise.reject(new FileTrouble(problem)) } },
    });
    expect(await other.vault.copyTo(join(drive.path, type))).toEqual(err({ type }));
    expect((await other.vault.changePassphrase(other.member.passphrase, other.member.passphrase)).ok).toBe(
      true,
    );
  }
});
