// Her decisions, and the gate that everything leaving takes.
export {
  choices,
  commitmentOf,
  consentsOf,
  recordConsent,
  roleOf,
  situationOf,
  withdrawConsent,
  type ConsentDraft,
} from "./consent.actions.ts";
export {
  checkAgainDays,
  clearedField,
  decideRelease,
  decideShare,
  isCleared,
  sameSection,
  sectionKey,
  shareChoices,
  type Cleared,
  type ClearedField,
  type Refusal,
  type RefusalReason,
  type Situation,
} from "./consent.rules.ts";
export { dropExtracts, dropOpenings, keepExtract, keepOpening, openingsOf } from "./consent.store.ts";
