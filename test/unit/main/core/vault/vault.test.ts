// The vault on a real folder: create, open, save, erase, number, copy, lock.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { err, ok } from "../../../../../shared/result.ts";
import { openVault } from "../../../../../main/core/vault/index.ts";
import { sql } from "../../../../../main/core/vault/sql.ts";
import { Secret } from "../../../../../main/core/vault/secret.ts";
import { temporaryFolder } from "../../../../support/ports.ts";
import { openBehind, putPart, testVault } from "../../../../support/vault.ts";

vi.setConfig({ testTimeout: 60_000 }); // every opening derives a key

const count = sql`SELECT count(*) AS n FROM part`;

test("what was written is there after locking and opening with the passphrase and with the words", async () => {
  await using home = await testVault();
  const written = await home.vault.write(async () => ok((db) => putPart(db, "p1", "hello")));
  expect(written).toEqual(ok(undefined));
  const first = home.vault.info;
  expect(first.openedBy).toMatchObject({ kind: "member", member: home.member.id });
  const again = await home.reopen();
  expect(again.read.get(count)).toEqual({ n: 1 });
  expect(again.info.id).toBe(first.id);
  expect(again.info.opening).not.toBe(first.opening);
  const signing = home.vault.signingSecret()?.reveal();
  expect(signing).toEqual(Buffer.from(home.member.certificate.signing.secret));
  const byWords = await home.reopen({ words: `  ${home.words.toUpperCase().replaceAll(" ", "\n ")} ` });
  expect(byWords.info.openedBy.kind).toBe("recovery");
  expect(byWords.signingSecret()).toBeUndefined();
  expect(byWords.read.get(count)).toEqual({ n: 1 });
  expect(
    byWords
      .decryptionSecrets()
      .map(({ keyId }) => keyId)
      .toSorted(),
  ).toEqual(home.member.certificate.decryption.map(({ keyId }) => keyId).toSorted());
  expect(
    byWords.read.all(sql`SELECT parent IS NULL AS first, count(*) AS n FROM opening GROUP BY 1`),
  ).toEqual([
    { first: 0, n: 2 },
    { first: 1, n: 1 },
  ]);
});

test("a fresh vault holds only the two files it needs once it is locked", async () => {
  await using home = await testVault();
  await home.vault.lock();
  expect(readdirSync(home.folder).toSorted()).toEqual(["keyslots.json", "lock", "vault-1.db"]);
  expect(statSync(join(home.folder, "lock")).size).toBe(0);
  expect(readFileSync(join(home.folder, "vault-1.db")).includes("SQLite format")).toBe(false);
});

test("every setting of the connection holds after a reopen", async () => {
  await using home = await testVault();
  await home.vault.lock();
  const db = await openBehind(home.folder);
  const settings = Object.fromEntries(
    [
      "temp_store",
      "journal_mode",
      "synchronous",
      "foreign_keys",
      "secure_delete",
      "trusted_schema",
      "mmap_size",
      "cell_size_check",
      "locking_mode",
      "cipher",
    ].map((name) => [name, db.pragma(name, { simple: true })]),
  );
  db.close();
  expect(settings).toEqual({
    temp_store: 2,
    journal_mode: "wal",
    synchronous: 2,
    foreign_keys: 1,
    secure_delete: 1,
    trusted_schema: 0,
    mmap_size: 0,
    cell_size_check: 1,
    locking_mode: "exclusive",
    cipher: "sqlcipher",
  });
});

test("an open vault is refused a second opening, also in the same process", async () => {
  await using home = await testVault();
  const again = await home.tryOpen();
  expect(again).toEqual(err({ type: "AlreadyOpen" }));
});

test("200 queued writes happen one after another, each whole", async () => {
  await using home = await testVault();
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      home.vault.write(async (read) => {
        const before = read.get<{ n: number }>(count)?.n;
        await new Promise((resolve) => setTimeout(resolve, n % 3));
        return ok((db) => {
          expect(db.get(count)).toEqual({ n: before });
          putPart(db, `p${n}`, `save ${n}`);
          order.push(n);
        });
      }),
    ),
  );
  expect(order).toEqual(Array.from({ length: 200 }, (_, n) => n));
  expect(await home.vault.checkMerkle()).toMatchObject({ ok: true });
});

test("a commit that throws changes nothing and is a bug; a refusal in prepare is a value", async () => {
  await using home = await testVault();
  const effects: string[] = [];
  await expect(
    home.vault.write(async () =>
      ok((db) => {
        putPart(db, "p1", "x");
        db.afterCommit(() => effects.push("failed"));
        throw new Error("a bug");
      }),
    ),
  ).rejects.toThrow("a bug");
  expect(await home.vault.write(async () => err({ type: "NoConsent" }))).toEqual(err({ type: "NoConsent" }));
  await home.vault.write(async () => ok((db) => db.afterCommit(() => effects.push("done"))));
  expect(effects).toEqual(["done"]);
  expect(home.vault.read.get(count)).toEqual({ n: 0 });
});

test("a writing handle ends with its transaction, a reading handle refuses to write, a write does not wait for itself", async () => {
  await using home = await testVault();
  const kept = await home.vault.write(async () => ok((db) => db));
  if (!kept.ok) throw new Error(kept.error.type);
  expect(() => kept.value.run(sql`DELETE FROM contact`)).toThrow("after its transaction");
  expect(() => home.vault.read.all(sql`DELETE FROM contact RETURNING id`)).toThrow("reading handle");
  await expect(
    home.vault.write(async () => {
      await home.vault.write(async () => ok(() => 1));
      return ok(() => 2);
    }),
  ).rejects.toThrow("wait for itself");
  await expect(home.vault.write(async () => ok(async () => {}))).rejects.toThrow("synchronous");
});

test("parts, chain and ledger refuse change and deletion but through erasure", async () => {
  await using home = await testVault();
  const { vault } = home;
  await vault.write(async () =>
    ok((db) => {
      putPart(db, "p1", "x");
      db.run(sql`INSERT INTO ledger (case_id, at, entry, previous, hash) VALUES ('c', 0, '{}', '', 'h')`);
      db.run(sql`INSERT INTO chain (hash, case_id, signed, signature) VALUES ('h', 'c', x'00', x'00')`);
    }),
  );
  for (const statement of [
    sql`DELETE FROM part`,
    sql`DELETE FROM chain`,
    sql`DELETE FROM ledger`,
    sql`UPDATE part SET at = 1`,
    sql`UPDATE chain SET case_id = ''`,
    sql`UPDATE ledger SET entry = ''`,
  ]) {
    await expect(vault.write(async () => ok((db) => db.run(statement)))).rejects.toThrow(/immutable|kept/);
  }
  const erased = await vault.write(async () =>
    ok((db) => vault.erase(db, () => db.run(sql`DELETE FROM part`).changes)),
  );
  expect(erased).toEqual(ok(1));
  await expect(vault.write(async () => ok((db) => db.run(sql`DELETE FROM chain`)))).rejects.toThrow("kept");
  await expect(
    vault.write(async () => ok((db) => vault.erase(db, () => db.run(sql`UPDATE chain SET case_id = ''`)))),
  ).rejects.toThrow("immutable");
  expect(await vault.checkMerkle()).toMatchObject({ ok: true });
});

test("numbers are counted in each opening", async () => {
  await using home = await testVault();
  const next = () => home.vault.write(async () => ok((db) => home.vault.nextNumber(db)));
  const { opening } = home.vault.info;
  expect([await next(), await next()]).toEqual([ok({ opening, number: 1 }), ok({ opening, number: 2 })]);
  await home.reopen();
  expect(await next()).toEqual(ok({ opening: home.vault.info.opening, number: 1 }));
});

test("a copy made while saves go on opens as the vault was when it began", async () => {
  await using home = await testVault();
  await using drive = await temporaryFolder();
  const { vault } = home;
  await vault.write(async () => ok((db) => putPart(db, "p0", "before", 100_000)));
  const seen: number[] = [];
  const copying = vault.copyTo(join(drive.path, "backup"), { progress: (done) => seen.push(done) });
  for (let n = 1; n <= 30; n++)
    await vault.write(async () => ok((db) => putPart(db, `p${n}`, "after", 50_000)));
  const erasing = vault.write(async () =>
    ok((db) => vault.erase(db, () => db.run(sql`DELETE FROM part WHERE id = 'p0'`))),
  );
  const copied = await copying;
  if (!copied.ok) throw new Error(copied.error.type);
  expect((await erasing).ok).toBe(true);
  expect(copied.value.map(({ name }) => name)).toEqual(["vault-1.db", "keyslots.json"]);
  expect(seen.at(-1)).toBe(copied.value.reduce((sum, { size }) => sum + size, 0));
  const backup = await openVault(home.ports, {
    folder: join(drive.path, "backup"),
    unlock: { passphrase: home.member.passphrase },
  });
  if (!backup.ok) throw new Error(backup.error.type);
  const inBackup = backup.value.read.get<{ n: number }>(count)?.n ?? 0;
  expect(inBackup).toBeGreaterThanOrEqual(1);
  expect(backup.value.read.get(sql`SELECT 1 AS there FROM part WHERE id = 'p0'`)).toEqual({ there: 1 });
  expect(await backup.value.checkMerkle()).toMatchObject({ ok: true });
  await backup.value.lock();
  expect(vault.read.get(count)).toEqual({ n: 30 });
  expect(await vault.copyTo(join(drive.path, "backup"))).toEqual(err({ type: "FolderNotEmpty" }));
  const stopped = new AbortController();
  stopped.abort();
  expect(await vault.copyTo(join(drive.path, "second"), { signal: stopped.signal })).toEqual(
    err({ type: "Cancelled" }),
  );
  expect(readdirSync(join(drive.path, "second"))).toEqual([]);
});

test("after locking every write is refused and the secrets are gone", async () => {
  await using home = await testVault();
  const signing = home.vault.signingSecret();
  const late = home.vault.write(async () => ok((db) => putPart(db, "p1", "x")));
  await home.vault.lock();
  expect(await late).toEqual(ok(undefined));
  expect(await home.vault.write(async () => ok(() => 1))).toEqual(err({ type: "VaultLocked" }));
  expect(() => signing?.reveal()).toThrow("disposed");
  await home.vault.lock();
});

test("a passphrase is the same however its letters are composed", async () => {
  await using home = await testVault();
  const composed = Secret.fromText("ma\u00f1ana caf\u00e9");
  expect((await home.vault.changePassphrase(home.member.passphrase, composed)).ok).toBe(true);
  await home.reopen({ passphrase: Secret.fromText("man\u0303ana cafe\u0301") });
});
