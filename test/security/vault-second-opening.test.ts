// Two programs on one vault: the second is refused, and after a crash of the first it is let in at once.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { err } from "../../shared/result.ts";
import { PASSPHRASE, testVault } from "../support/vault.ts";

test("while another process has it open, and after that one was killed", async () => {
  await using home = await testVault();
  await home.vault.lock();
  const worker = spawn(process.execPath, [
    join(import.meta.dirname, "..", "support", "vault-worker.ts"),
    "write",
    home.folder,
    "2",
    PASSPHRASE,
  ]);
  await once(worker.stdout, "data");
  expect(await home.tryOpen()).toEqual(err({ type: "AlreadyOpen" }));
  worker.kill("SIGKILL");
  await once(worker, "close");
  const opened = await home.tryOpen();
  expect(opened.ok || opened.error.type === "WrongPassphrase").toBe(true);
  if (opened.ok) await opened.value.lock();
});

test("of two openings at once one succeeds", async () => {
  await using home = await testVault();
  await home.vault.lock();
  const both = await Promise.all([home.tryOpen(), home.tryOpen()]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  for (const opened of both) {
    if (opened.ok) await opened.value.lock();
    else expect(opened.error.type).toBe("AlreadyOpen");
  }
});
