// The vault's folder is taken away while it is open: the system would go on writing to a file that nobody sees; no save is acknowledged.
import { existsSync, renameSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import { ok } from "../../shared/result.ts";
import { sql } from "../../main/core/vault/sql.ts";
import { testVault } from "../support/vault.ts";

const save = (vault: Awaited<ReturnType<typeof testVault>>["vault"]) =>
  vault.write(async () =>
    ok((db) =>
      db.run(sql`INSERT OR REPLACE INTO setting (member, name, value) VALUES ('', 'theme', '"dark"')`),
    ),
  );

test.each([
  ["removed", (folder: string) => rmSync(folder, { recursive: true })],
  ["moved", (folder: string) => renameSync(folder, `${folder}-elsewhere`)],
])("%s", async (_, take) => {
  await using home = await testVault();
  expect(await save(home.vault)).toMatchObject({ ok: true });
  take(home.folder);
  expect(await save(home.vault)).toEqual({ ok: false, error: { type: "VaultBroken" } });
  expect(existsSync(home.folder)).toBe(false);
  // Also once something stands there again.
  expect(await save(home.vault)).toEqual({ ok: false, error: { type: "VaultBroken" } });
});
