// The audit log and the disclosure ledger: what was written can be checked, also after an erasure.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonValue } from "../../../../../shared/signed-text.ts";
import {
  auditOf,
  checkAudit,
  checkLedger,
  disclose,
  eraseDisclosures,
  ledgerOf,
  note,
} from "../../../../../main/core/audit/index.ts";
import { sql } from "../../../../../main/core/vault/sql.ts";
import type { WriteDb } from "../../../../../main/core/vault/sql.ts";
import { caseId, now } from "../../../../support/chain.ts";
import { must } from "../../../../support/signed-chain.ts";
import { openBehind, testVault } from "../../../../support/vault.ts";
import type { TestVault } from "../../../../support/vault.ts";

let home: TestVault;
beforeAll(async () => {
  home = await testVault();
});
afterAll(() => home[Symbol.asyncDispose]());

const write = async <T>(work: (db: WriteDb) => T): Promise<T> =>
  must(await home.vault.write(async () => ({ ok: true, value: work })));

const entry = (who: string): JsonValue => ({ recipient: who, sections: ["identity"], until: null });

describe("the audit log", () => {
  it("links every row to the one before", async () => {
    await write((db) => {
      note(db, { at: now, member: home.member.id, action: "case.opened", case: caseId(), detail: {} });
      note(db, { at: now, action: "vault.locked", detail: { idle: true } });
    });
    const checked = checkAudit(home.vault.read);
    expect(checked.ok && checked.value.rows).toBeGreaterThanOrEqual(2);
    expect(auditOf(home.vault.read, caseId())).toEqual([
      { at: now, member: home.member.id, action: "case.opened", case: caseId(), detail: {} },
    ]);
  });

  it("shows a row that was changed", async () => {
    await write((db) => {
      note(db, { at: now, action: "bundle.sealed", detail: { bytes: 1 } });
      note(db, { at: now, action: "bundle.sealed", detail: { bytes: 2 } });
    });
    const change = (db: WriteDb) =>
      db.run(sql`UPDATE audit SET detail = '{"bytes":9}' WHERE detail = '{"bytes":1}'`);
    await expect(write(change)).rejects.toThrow("audit is immutable");
    await write((db) => {
      db.run(sql`DROP TRIGGER audit_immutable`);
      change(db);
    });
    expect(checkAudit(home.vault.read)).toMatchObject({ ok: false, error: { type: "AuditBroken" } });
  });
});

describe("the ledger", () => {
  it("keeps who has what, a chain a case", async () => {
    await write((db) => {
      disclose(db, home.ports.random, { case: caseId(1), at: now, entry: entry("Dublin") });
      disclose(db, home.ports.random, { case: caseId(2), at: now, entry: entry("Oslo") });
      disclose(db, home.ports.random, { case: caseId(1), at: now, entry: entry("Nairobi") });
    });
    expect(ledgerOf(home.vault.read, caseId(1)).map((one) => one.entry)).toEqual([
      entry("Dublin"),
      entry("Nairobi"),
    ]);
    expect(checkLedger(home.vault.read, caseId(1))).toEqual({ ok: true, value: { rows: 2, erased: 0 } });
    expect(checkLedger(home.vault.read, caseId(2))).toEqual({ ok: true, value: { rows: 1, erased: 0 } });
    expect(checkLedger(home.vault.read, caseId(3))).toEqual({ ok: true, value: { rows: 0, erased: 0 } });
  });

  it("can be checked after its texts were erased, goes on, and no text is left in the file", async () => {
    const of = caseId(4);
    await write((db) => {
      disclose(db, home.ports.random, { case: of, at: now, entry: entry("Consulate of Ruritania") });
      disclose(db, home.ports.random, { case: of, at: now, entry: entry("Kept") });
    });
    const concerns = (one: JsonValue) => JSON.stringify(one).includes("Ruritania");
    expect(await write((db) => home.vault.erase(db, () => eraseDisclosures(db, of, concerns)))).toBe(1);
    expect(await write((db) => home.vault.erase(db, () => eraseDisclosures(db, of, concerns)))).toBe(0);
    await write((db) => disclose(db, home.ports.random, { case: of, at: now, entry: entry("Later") }));
    expect(checkLedger(home.vault.read, of)).toEqual({ ok: true, value: { rows: 3, erased: 1 } });
    expect(ledgerOf(home.vault.read, of).map((one) => one.entry)).toEqual([
      undefined,
      entry("Kept"),
      entry("Later"),
    ]);
    expect((await home.vault.checkMerkle()).ok).toBe(true);
    await home.vault.lock();
    const db = await openBehind(home.folder);
    const left = Buffer.from(db.serialize()).includes("Ruritania");
    db.close();
    await home.reopen();
    expect(left).toBe(false);
  });

  it("cannot be changed but by erasure", async () => {
    for (const q of [sql`UPDATE ledger SET entry = '{}'`, sql`DELETE FROM ledger`]) {
      await expect(write((db) => db.run(q))).rejects.toThrow(/immutable|kept/);
    }
    await expect(write((db) => eraseDisclosures(db, caseId(1), () => true))).rejects.toThrow(/immutable/);
  });
});
