// The office and its members, as the vault holds them.
import type { Fingerprint, MemberId, OfficeId } from "../../../shared/vocabulary/ids.ts";
import { sql, type ReadDb } from "../vault/sql.ts";

export type MemberRow = {
  readonly id: MemberId;
  readonly name: string;
  readonly fingerprint: Fingerprint;
  readonly certificate: string;
  readonly active: number;
};

export function officeOf(db: ReadDb): { readonly id: OfficeId; readonly name: string } {
  const row = db.get<{ id: OfficeId; name: string }>(sql`SELECT id, name FROM office WHERE one = 1`);
  if (row === undefined) throw new Error("a vault has one office");
  return row;
}

export const membersOf = (db: ReadDb): readonly MemberRow[] =>
  db.all<MemberRow>(sql`SELECT id, name, fingerprint, certificate, active FROM member ORDER BY name, id`);

/** Members whose signing secret lies under the recovery words too. */
export const broughtBackByWords = (db: ReadDb): ReadonlySet<MemberId> =>
  new Set(
    db
      .all<{ member: MemberId }>(
        sql`SELECT secret_key.member FROM secret_key JOIN slot ON slot.id = secret_key.slot
            WHERE slot.kind = 'recovery' AND secret_key.use = 'signing'`,
      )
      .map(({ member }) => member),
  );

export const countCases = (db: ReadDb): number =>
  db.get<{ cases: number }>(sql`SELECT count(*) AS cases FROM case_row`)?.cases ?? 0;
