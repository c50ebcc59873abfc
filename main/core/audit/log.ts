// The audit log: what was done in this vault and by whom, each row hash-linked to the one before.
import { createHash } from "node:crypto";
import type { Milliseconds } from "../../../shared/brand.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { canonicalJson } from "../../../shared/signed-text.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { CaseId, MemberId } from "../../../shared/vocabulary/ids.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import { addAudit, auditOfCase, auditRows, lastAuditHash } from "./audit.store.ts";
import type { AuditRow } from "./audit.store.ts";

/** What was done. `action` is a name such as "case.opened"; `detail` holds identifiers and figures, nothing about a person. */
export type AuditNote = {
  readonly at: Milliseconds;
  readonly member?: MemberId | undefined;
  readonly action: string;
  readonly case?: CaseId | undefined;
  readonly detail: JsonValue;
};

/** Before the first row. */
export const noHash = "0".repeat(64);

/** Adds a row in the caller's transaction. */
export function note(db: WriteDb, { at, member, action, case: caseId, detail }: AuditNote): void {
  const row = {
    at,
    member: member ?? null,
    action,
    case_id: caseId ?? null,
    detail: canonicalJson(detail),
    previous: lastAuditHash(db) ?? noHash,
  };
  addAudit(db, { ...row, hash: auditHash(row) });
}

/** What was done with a case, oldest first. */
export function auditOf(read: ReadDb, caseId: CaseId): AuditNote[] {
  return auditOfCase(read, caseId).map(({ at, member, action, detail }) => ({
    at: at as Milliseconds,
    ...(member === null ? {} : { member }),
    action,
    case: caseId,
    detail: JSON.parse(detail) as JsonValue,
  }));
}

/** Whether every row is what its hash says and follows the one before. `seq` is the first that does not. */
export function checkAudit(
  read: ReadDb,
): Result<{ readonly rows: number }, { readonly type: "AuditBroken"; readonly seq: number }> {
  let previous = noHash;
  let rows = 0;
  for (const row of auditRows(read)) {
    if (row.previous !== previous || row.hash !== auditHash(row))
      return err({ type: "AuditBroken", seq: row.seq });
    previous = row.hash;
    rows += 1;
  }
  return ok({ rows });
}

function auditHash({
  at,
  member,
  action,
  case_id,
  detail,
  previous,
}: Omit<AuditRow, "seq" | "hash">): string {
  const text = canonicalJson(["waypost/audit/1", previous, at, member, action, case_id, detail]);
  return createHash("sha256").update(text).digest("hex");
}
