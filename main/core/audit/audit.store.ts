// SQL of the audit log and the disclosure ledger: rows are appended; only erasure changes a ledger row's text.
import type { CaseId, MemberId } from "../../../shared/vocabulary/ids.ts";
import { sql } from "../vault/sql.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";

export type AuditRow = {
  readonly seq: number;
  readonly at: number;
  readonly member: MemberId | null;
  readonly action: string;
  readonly case_id: CaseId | null;
  readonly detail: string;
  readonly previous: string;
  readonly hash: string;
};

export type LedgerRow = {
  readonly seq: number;
  readonly case_id: CaseId;
  readonly at: number;
  readonly entry: string;
  readonly previous: string;
  readonly hash: string;
};

export const lastAuditHash = (read: ReadDb): string | undefined =>
  read.get<{ hash: string }>(sql`SELECT hash FROM audit ORDER BY seq DESC LIMIT 1`)?.hash;

export function addAudit(db: WriteDb, row: Omit<AuditRow, "seq">): void {
  db.run(
    sql`INSERT INTO audit (at, member, action, case_id, detail, previous, hash)
        VALUES (${row.at}, ${row.member}, ${row.action}, ${row.case_id}, ${row.detail}, ${row.previous}, ${row.hash})`,
  );
}

export const auditRows = (read: ReadDb): IterableIterator<AuditRow> =>
  read.each<AuditRow>(
    sql`SELECT seq, at, member, action, case_id, detail, previous, hash FROM audit ORDER BY seq`,
  );

/** When something was done, oldest first. */
export const timesOf = (read: ReadDb, action: string): number[] =>
  read
    .all<{ at: number }>(sql`SELECT at FROM audit WHERE action = ${action} ORDER BY seq`)
    .map(({ at }) => at);

export const auditOfCase = (read: ReadDb, caseId: CaseId): AuditRow[] =>
  read.all<AuditRow>(
    sql`SELECT seq, at, member, action, case_id, detail, previous, hash FROM audit WHERE case_id = ${caseId} ORDER BY seq`,
  );

export const lastLedgerHash = (read: ReadDb, caseId: CaseId): string | undefined =>
  read.get<{ hash: string }>(sql`SELECT hash FROM ledger WHERE case_id = ${caseId} ORDER BY seq DESC LIMIT 1`)
    ?.hash;

export function addLedger(db: WriteDb, row: Omit<LedgerRow, "seq">): number {
  return db.run(
    sql`INSERT INTO ledger (case_id, at, entry, previous, hash)
        VALUES (${row.case_id}, ${row.at}, ${row.entry}, ${row.previous}, ${row.hash})`,
  ).lastId;
}

export const ledgerRows = (read: ReadDb, caseId: CaseId): LedgerRow[] =>
  read.all<LedgerRow>(
    sql`SELECT seq, case_id, at, entry, previous, hash FROM ledger WHERE case_id = ${caseId} ORDER BY seq`,
  );

/** Only inside an erasure: a trigger refuses it else. */
export function replaceLedgerText(db: WriteDb, seq: number, entry: string): void {
  db.run(sql`UPDATE ledger SET entry = ${entry} WHERE seq = ${seq}`);
}
