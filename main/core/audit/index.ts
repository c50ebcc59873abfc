// The audit log of the vault and the disclosure ledger of each case.
export { auditOf, checkAudit, note } from "./log.ts";
export { timesOf } from "./audit.store.ts";
export type { AuditNote } from "./log.ts";
export { checkLedger, disclose, eraseDisclosures, ledgerOf } from "./ledger.ts";
export type { LedgerBroken, LedgerEntry } from "./ledger.ts";
