// A new data key: everything is in the new file, the old file and the old passphrase are gone, colleagues still get in.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { Secret } from "../../../../../main/core/vault/secret.ts";
import { sql } from "../../../../../main/core/vault/sql.ts";
import { err, ok } from "../../../../../shared/result.ts";
import { newMember, putPart, testVault } from "../../../../support/vault.ts";

vi.setConfig({ testTimeout: 60_000 }); // every opening derives a key

const fresh = () => Secret.fromText("nobody knows this one");

test("rows, search, counters and Merkle head are the same under the new key", async () => {
  await using home = await testVault();
  const second = newMember(home.ports.random, "second");
  await home.vault.addMember(second);
  await home.vault.write(async () =>
    ok((db) => {
      for (let n = 0; n < 700; n++) putPart(db, `p${n}`, `label ${n}`);
      db.run(sql`INSERT INTO search_row (seq, case_id) VALUES (7, 'c')`);
      db.run(
        sql`INSERT INTO search (rowid, code, names, body) VALUES (7, 'K-1', 'Amina Kata', 'long story')`,
      );
    }),
  );
  await home.vault.write(async () =>
    ok((db) => home.vault.erase(db, () => db.run(sql`DELETE FROM part WHERE seq > 690`))),
  );
  const content = () => ({
    parts: home.vault.read.all(sql`SELECT * FROM part`),
    counters: home.vault.read.all(sql`SELECT * FROM sqlite_sequence WHERE name = 'part'`),
    found: home.vault.read.all(sql`SELECT rowid FROM search WHERE search MATCH 'kat*'`),
    fts: home.vault.read.all(sql`SELECT * FROM search_config ORDER BY k`),
  });
  const before = content();
  const saltBefore = readFileSync(join(home.folder, "vault-1.db")).subarray(0, 16);
  const steps: number[] = [];
  expect(await home.vault.rekey(fresh(), { progress: (done, total) => steps.push(done / total) })).toEqual(
    ok(2),
  );
  expect(steps.at(-1)).toBe(1);
  expect(home.vault.info.generation).toBe(2);
  expect(content()).toEqual(before);
  await home.vault.write(async () =>
    ok((db) => {
      putPart(db, "after", "after");
      db.run(sql`UPDATE search SET names = 'Anina Koto' WHERE rowid = 7`);
    }),
  );
  expect(home.vault.read.get(sql`SELECT seq FROM part WHERE id = 'after'`)).toEqual({ seq: 701 });
  expect(home.vault.read.all(sql`SELECT rowid FROM search WHERE search MATCH 'koto'`)).toEqual([
    { rowid: 7 },
  ]);
  expect(await home.vault.checkMerkle()).toMatchObject({ ok: true });
  expect(existsSync(join(home.folder, "vault-1.db"))).toBe(false);
  expect(home.vault.slots().map(({ since }) => since)).toEqual([1, 1, 2]);

  await home.vault.lock();
  expect(readFileSync(join(home.folder, "vault-2.db")).subarray(0, 16)).not.toEqual(saltBefore);
  expect(await home.tryOpen()).toEqual(err({ type: "WrongPassphrase" }));
  for (const unlock of [
    { passphrase: fresh() },
    { passphrase: Secret.fromText("second") },
    { words: home.words },
  ]) {
    const opened = await home.tryOpen(unlock);
    if (!opened.ok) throw new Error(opened.error.type);
    expect(opened.value.read.get(sql`SELECT count(*) AS n FROM part`)).toEqual({ n: 691 });
    expect(await opened.value.checkMerkle()).toMatchObject({ ok: true });
    await opened.value.lock();
  }
  const again = await home.reopen({ passphrase: fresh() });
  expect(again.signingSecret()?.reveal()).toEqual(Buffer.from(home.member.certificate.signing.secret));
  expect(await again.rekey(home.member.passphrase)).toEqual(ok(3));
});

test("stopped half way nothing has changed", async () => {
  await using home = await testVault();
  await home.vault.write(async () => ok((db) => putPart(db, "p", "x")));
  const stop = new AbortController();
  const stopped = await home.vault.rekey(fresh(), { progress: () => stop.abort(), signal: stop.signal });
  expect(stopped).toEqual(err({ type: "Cancelled" }));
  expect(readdirSync(home.folder).filter((name) => name.startsWith("vault-2"))).toEqual([]);
  await home.reopen();
  expect(home.vault.info.generation).toBe(1);
  const byWords = await home.reopen({ words: home.words });
  expect(await byWords.rekey(fresh())).toEqual(err({ type: "OpenedByWords" }));
});
