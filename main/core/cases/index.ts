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
  admitCase,
  chainOf,
  createCase,
  enter,
  eraseAsSaid,
  eraseSection,
  foundAnew,
  ourRole,
  saveCase,
  sectionsOf,
  settleConflict,
  settleRow,
  undoSave,
  type ChainProblem,
  type NamedEdits,
  type Refused,
  type Saved,
  type UnknownCase,
  type UnknownSection,
} from "./cases.actions.ts";
export { birthsOf, caseFile, caseOverview, historyOf, quarantineOf, sectionView } from "./cases.views.ts";
export { certificatesIn, dismiss, heldParts, settleFork, tryAgain } from "./disputes.actions.ts";
export { nameColleagues } from "./colleagues.ts";
export { knownName, nameOf, sectionNamed, type NamedSection } from "./cases.rules.ts";
export { findWords, listCases } from "./caseload.ts";
export { caseProjectors } from "./projectors.ts";
export { reproject } from "./reproject.ts";
export { dayAt } from "./tasks.rules.ts";
export { caseIds, caseRow, lookForRecalls, soonDays, type CaseRow, type OurRole } from "./cases.store.ts";
