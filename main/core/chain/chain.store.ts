// SQL of the steward chain: rows are appended, never changed.
import type { CaseId, ChainHash } from "../../../shared/vocabulary/ids.ts";
import { sql } from "../vault/sql.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";

/** An entry as it is stored and sent. */
export type StoredEntry = {
  readonly hash: ChainHash;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
};

/** Adds an entry; one that is held already is left as it is. Gives whether it is new. */
export function append(db: WriteDb, caseId: CaseId, entry: StoredEntry): boolean {
  const { changes } = db.run(
    sql`INSERT INTO chain (hash, case_id, signed, signature)
        VALUES (${entry.hash}, ${caseId}, ${entry.signed}, ${entry.signature}) ON CONFLICT (hash) DO NOTHING`,
  );
  return changes > 0;
}

/** All entries of a case in the order they came. */
export const entriesOf = (read: ReadDb, caseId: CaseId): StoredEntry[] =>
  read.all<StoredEntry>(
    sql`SELECT hash, signed, signature FROM chain WHERE case_id = ${caseId} ORDER BY seq`,
  );

/** The hashes of a case's entries in the order they came. */
export const hashesOf = (read: ReadDb, caseId: CaseId): ChainHash[] =>
  read
    .all<{ hash: ChainHash }>(sql`SELECT hash FROM chain WHERE case_id = ${caseId} ORDER BY seq`)
    .map(({ hash }) => hash);
