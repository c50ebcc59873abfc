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
export {
  birthsOf,
  caseOverview,
  findWords,
  historyOf,
  listCases,
  quarantineOf,
  sectionView,
} from "./cases.views.ts";
export { certificatesIn, dismiss, heldParts, settleFork, tryAgain } from "./disputes.actions.ts";
export { nameColleagues } from "./colleagues.ts";
export {
  knownName,
  nameOf,
  namesOf,
  sectionsNamed,
  type NamedSection,
  type TwinsStand,
} from "./cases.rules.ts";
export { caseProjectors } from "./projectors.ts";
export { caseRow, lookForRecalls, type CaseRow, type OurRole } from "./cases.store.ts";
