// Words that were erased are looked for in every page of the decrypted database and in its log: none is left.
import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sql } from "../../main/core/vault/sql.ts";
import { ok } from "../../shared/result.ts";
import { openBehind, putPart, testVault } from "../support/vault.ts";

test("a part, its cache and its search row leave no word behind, in no page, free page or log", async () => {
  await using home = await testVault();
  const { vault } = home;
  const word = "zanzibarina";
  for (let n = 0; n < 40; n++) {
    await vault.write(async () =>
      ok((db) => {
        putPart(db, `keep ${n}`, `kept ${n}`, 3000);
        putPart(db, `lose ${n}`, word, 3000);
        db.run(sql`INSERT INTO search_row (seq, case_id, entry) VALUES (${n + 1}, 'c', ${n})`);
        db.run(
          sql`INSERT INTO search (rowid, code, names, body) VALUES (${n + 1}, 'c', ${word}, ${`${word} and more`})`,
        );
      }),
    );
  }
  const wal = join(home.folder, "vault-1.db-wal");
  expect(statSync(wal).size).toBeGreaterThan(0);
  await vault.write(async () =>
    ok((db) =>
      vault.erase(db, () => {
        db.run(sql`DELETE FROM part WHERE save = ${word}`);
        db.run(sql`DELETE FROM search`);
        db.run(sql`DELETE FROM search_row`);
      }),
    ),
  );
  expect(statSync(wal).size).toBe(0);
  expect(await vault.checkMerkle()).toMatchObject({ ok: true, value: { rows: 40 + 4 } });
  await vault.lock();
  const db = await openBehind(home.folder);
  const pages = db.serialize();
  db.close();
  expect(pages.includes("kept 1")).toBe(true);
  expect(pages.includes(word)).toBe(false);
  expect(pages.includes(word.slice(0, 3))).toBe(false);
});
