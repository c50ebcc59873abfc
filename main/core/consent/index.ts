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
  shareChoices,
  type Cleared,
  type ClearedField,
  type Refusal,
} from "./consent.rules.ts";
export { standingSince } from "./covering.rules.ts";
export {
  sameSection,
  sectionKey,
  type HeldConsent,
  type RefusalReason,
  type Situation,
} from "./situation.rules.ts";
export { dropExtracts, dropOpenings, keepExtract, keepOpening, openingsOf } from "./consent.store.ts";
