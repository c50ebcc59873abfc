// A vault written by a newer program: refused before anything in it is touched.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { knownMigrations } from "../../main/core/vault/migrations.ts";
import { err } from "../../shared/result.ts";
import { openBehind, testVault } from "../support/vault.ts";

test("the versions are named and the file is the same afterwards", async () => {
  await using home = await testVault();
  await home.vault.lock();
  const db = await openBehind(home.folder);
  db.pragma("user_version = 99");
  db.close();
  const before = readFileSync(join(home.folder, "vault-1.db"));
  expect(await home.tryOpen()).toEqual(
    err({ type: "NewerVersion", found: 99, known: knownMigrations().length }),
  );
  expect(readFileSync(join(home.folder, "vault-1.db")).equals(before)).toBe(true);
});
