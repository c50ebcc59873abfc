// The disclosure ledger of each case: who has what about her, why, until when; hash-linked, and still so after erasure.
import { createHash } from "node:crypto";
import type { Milliseconds } from "../../../shared/brand.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { canonicalJson } from "../../../shared/signed-text.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { CaseId } from "../../../shared/vocabulary/ids.ts";
import type { Random } from "../ports.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import { addLedger, lastLedgerHash, ledgerRows, replaceLedgerText } from "./audit.store.ts";
import type { LedgerRow } from "./audit.store.ts";
import { noHash } from "./log.ts";

/** One disclosure. `entry` is absent where erasure took its text. */
export type LedgerEntry = { readonly seq: number; readonly at: Milliseconds; readonly entry?: JsonValue };

export type LedgerBroken = { readonly type: "LedgerBroken"; readonly seq: number };

/** A row's text: the entry with its salt, or what is left of it, the SHA-256 of that text. */
type Written = { readonly entry: JsonValue; readonly salt: string } | { readonly erased: string };

/**
 * Adds a disclosure in the caller's transaction and gives its number. A fresh salt goes with the text: what erasure
 * leaves of it cannot be guessed back.
 */
export function disclose(
  db: WriteDb,
  random: Random,
  disclosure: { readonly case: CaseId; readonly at: Milliseconds; readonly entry: JsonValue },
): number {
  const salt = Buffer.from(random.bytes(16)).toString("hex");
  const row = {
    case_id: disclosure.case,
    at: disclosure.at,
    entry: canonicalJson({ entry: disclosure.entry, salt }),
    previous: lastLedgerHash(db, disclosure.case) ?? noHash,
  };
  return addLedger(db, { ...row, hash: ledgerHash(row) });
}

/** The disclosures of a case, oldest first. */
export function ledgerOf(read: ReadDb, caseId: CaseId): LedgerEntry[] {
  return ledgerRows(read, caseId).map(({ seq, at, entry }) => {
    const written = JSON.parse(entry) as Written;
    return { seq, at: at as Milliseconds, ...("erased" in written ? {} : { entry: written.entry }) };
  });
}

/**
 * Whether every row of a case is what its hash says and follows the one before. `seq` is the first that does not.
 * `erased` counts rows whose text was taken. Rows cut off at the end are the Merkle head's to notice.
 */
export function checkLedger(
  read: ReadDb,
  caseId: CaseId,
): Result<{ readonly rows: number; readonly erased: number }, LedgerBroken> {
  let previous = noHash;
  let erased = 0;
  const rows = ledgerRows(read, caseId);
  for (const row of rows) {
    if (row.previous !== previous || row.hash !== ledgerHash(row))
      return err({ type: "LedgerBroken", seq: row.seq });
    previous = row.hash;
    if (erasedText(row.entry) !== undefined) erased += 1;
  }
  return ok({ rows: rows.length, erased });
}

/**
 * Takes the texts of the disclosures that `concerns` picks, and their salts; numbers, times and hashes stay and the
 * ledger can still be checked. Only inside `Vault.erase`. Gives how many were taken.
 */
export function eraseDisclosures(
  db: WriteDb,
  caseId: CaseId,
  concerns: (entry: JsonValue) => boolean,
): number {
  let taken = 0;
  for (const { seq, entry } of ledgerRows(db, caseId)) {
    const written = JSON.parse(entry) as Written;
    if ("erased" in written || !concerns(written.entry)) continue;
    replaceLedgerText(db, seq, canonicalJson({ erased: digest(entry) }));
    taken += 1;
  }
  return taken;
}

function ledgerHash({ case_id, at, entry, previous }: Omit<LedgerRow, "seq" | "hash">): string {
  return digest(
    canonicalJson(["waypost/ledger/1", case_id, previous, at, erasedText(entry) ?? digest(entry)]),
  );
}

/** The SHA-256 of the text a row had before it was erased. */
function erasedText(entry: string): string | undefined {
  try {
    const written = JSON.parse(entry) as Written;
    return "erased" in written ? written.erased : undefined;
  } catch {
    return undefined;
  }
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
