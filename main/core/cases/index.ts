// Cases: taken in, edited, seen; who works on them and who answers for them.
export {
  acceptHandover,
  acceptHeld,
  giveRole,
  nameSuccessor,
  offerHandover,
  removeColleague,
  succeed,
  takeRole,
  voteSuccession,
  withdrawHandover,
} from "./roles.actions.ts";
export {
  createCase,
  saveCase,
  settleConflict,
  undoSave,
  type NamedEdits,
  type Saved,
} from "./cases.actions.ts";
export { eraseSection, foundAnew } from "./anew.actions.ts";
export { enter } from "./entering.ts";
export {
  admitCase,
  chainOf,
  eraseAsSaid,
  ourRole,
  sectionsOf,
  settleRow,
  type ChainProblem,
  type Refused,
  type UnknownCase,
  type UnknownSection,
} from "./standing.ts";
export { caseFile, caseOverview, historyOf, quarantineOf, sectionView, standingAt } from "./cases.views.ts";
export { certificatesIn, dismiss, heldParts, settleFork, tryAgain } from "./disputes.actions.ts";
export { inForce, type InForce } from "./in-force.rules.ts";
export { nameColleagues } from "./colleagues.ts";
export {
  knownName,
  nameOf,
  namesOf,
  sectionsNamed,
  type NamedSection,
  type TwinsStand,
} from "./cases.rules.ts";
export { findWords, listCases } from "./caseload.ts";
export { caseProjectors } from "./projectors.ts";
export { reproject } from "./reproject.ts";
export { dayAt } from "./tasks.rules.ts";
export { caseIds, caseRow, lookForRecalls, soonDays, type CaseRow, type OurRole } from "./cases.store.ts";
