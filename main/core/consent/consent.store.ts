// What opens the commitments of the chain, and the extracts that let another office send.
import type { ConsentWithdrawal } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, ConsentId, Fingerprint } from "../../../shared/vocabulary/ids.ts";
import { sql, type ReadDb, type WriteDb } from "../vault/sql.ts";

export type ConsentOpening = { readonly consent: ConsentId; readonly salt: string; readonly body: string };

export const openingsOf = (db: ReadDb, caseId: CaseId): readonly ConsentOpening[] =>
  db.all<ConsentOpening>(
    sql`SELECT consent, salt, body FROM consent_opening WHERE case_id = ${caseId} ORDER BY rowid`,
  );

/** False where it was kept before. */
export const keepOpening = (db: WriteDb, caseId: CaseId, opening: ConsentOpening): boolean =>
  db.run(sql`
    INSERT INTO consent_opening (consent, case_id, salt, body)
    VALUES (${opening.consent}, ${caseId}, ${opening.salt}, ${opening.body}) ON CONFLICT DO NOTHING`)
    .changes > 0;

/** How she took a consent back, as it was recorded here. */
export const keepWithdrawal = (db: WriteDb, caseId: CaseId, withdrawal: ConsentWithdrawal): void =>
  void db.run(sql`
    INSERT INTO consent_withdrawal (consent, case_id, body)
    VALUES (${withdrawal.consent}, ${caseId}, ${JSON.stringify(withdrawal)}) ON CONFLICT DO NOTHING`);

export function withdrawalOf(db: ReadDb, consent: ConsentId): ConsentWithdrawal | undefined {
  const row = db.get<{ body: string }>(sql`SELECT body FROM consent_withdrawal WHERE consent = ${consent}`);
  return row === undefined ? undefined : (JSON.parse(row.body) as ConsentWithdrawal);
}

/** Forgets what opened consents that are over. */
export const dropOpenings = (db: WriteDb, caseId: CaseId, consents: readonly ConsentId[]): void =>
  void db.run(
    sql`DELETE FROM consent_opening WHERE case_id = ${caseId} AND consent IN ${sql.list(consents)}`,
  );

/** Forgets extracts of a case that cover something only by consents that are over. */
export const dropExtracts = (db: WriteDb, caseId: CaseId, isOver: (signed: Uint8Array) => boolean): void => {
  const rows = db.all<{ id: string; signed: Uint8Array }>(
    sql`SELECT id, signed FROM consent_extract WHERE case_id = ${caseId}`,
  );
  for (const { id, signed } of rows)
    if (isOver(signed)) db.run(sql`DELETE FROM consent_extract WHERE id = ${id}`);
};

export type ExtractRow = {
  readonly body: string;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
};

/** Extracts for one recipient, newest last. */
export const extractsFor = (db: ReadDb, caseId: CaseId, recipient: Fingerprint): readonly ExtractRow[] =>
  db.all<ExtractRow>(sql`
    SELECT body, signed, signature FROM consent_extract WHERE case_id = ${caseId} AND recipient = ${recipient} ORDER BY rowid`);

/** Keeps the newest extract a recipient has for a case; `id` is the hash of its text. */
export function keepExtract(
  db: WriteDb,
  row: {
    readonly id: string;
    readonly case: CaseId;
    readonly recipient: Fingerprint;
    readonly body: string;
    readonly signed: Uint8Array;
    readonly signature: Uint8Array;
  },
): void {
  db.run(sql`
    INSERT INTO consent_extract (id, case_id, recipient, body, signed, signature)
    VALUES (${row.id}, ${row.case}, ${row.recipient}, ${row.body}, ${row.signed}, ${row.signature}) ON CONFLICT DO NOTHING`);
}
