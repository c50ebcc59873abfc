// A folder that cannot be written (a write-protected drive): refused with a reason, nothing in it touched.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { straceHere } from "../support/vault-endurance.ts";
import { PASSPHRASE, testVault } from "../support/vault.ts";

const WORKER = join(import.meta.dirname, "..", "support", "vault-worker.ts");
const content = (folder: string) =>
  readdirSync(folder).map((name) => [
    name,
    createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex"),
  ]);

test.skipIf(!straceHere())("the lock file cannot be opened for writing", async () => {
  await using home = await testVault();
  await home.vault.lock();
  const before = content(home.folder);
  const lock = join(home.folder, "lock");
  const injecting = [
    "-f",
    "-qq",
    "-o",
    "/dev/null",
    "-P",
    lock,
    "-e",
    "trace=openat",
    "-e",
    "inject=openat:error=EROFS",
  ];
  const command = [process.execPath, WORKER, "faults", home.folder, "read-only", PASSPHRASE];
  const run = spawnSync("strace", injecting.concat(command), { encoding: "utf8" });
  expect(run.stdout).toBe("opened FolderReadOnly\n".repeat(2));
  expect(content(home.folder)).toEqual(before);
});

const mayMount = () => spawnSync("unshare", ["--mount", "true"]).status === 0;

test.skipIf(!mayMount())("a folder mounted read-only", async () => {
  await using home = await testVault();
  await home.vault.lock();
  const before = content(home.folder);
  const script = `mount --bind -o ro "$1" "$1" && exec "$2" "$3" faults "$1" read-only "$4"`;
  const output = execFileSync(
    "unshare",
    ["--mount", "sh", "-c", script, "sh", home.folder, process.execPath, WORKER, PASSPHRASE],
    { encoding: "utf8" },
  );
  expect(output).toBe("opened FolderReadOnly\n".repeat(2));
  expect(content(home.folder)).toEqual(before);
});
