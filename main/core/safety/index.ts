// Create, open, lock, members, signed backup.
export { backUp, restore } from "./backup.actions.ts";
export { startCheck, statusOf, type Checking } from "./check.actions.ts";
export { onDrive, unreadable, type DriveProblem } from "./files.ts";
export {
  addMember,
  changePassphrase,
  clearAway,
  create,
  listMembers,
  lock,
  newId,
  noteDeed,
  recover,
  somebodyKnows,
  unlock,
  type CreateRefused,
  type Opening,
} from "./safety.actions.ts";
export { dropDraft, dropView, drafts, keepDraft, keepView, set, settings, views } from "./desk.actions.ts";
export { closeForGood } from "./close-for-good.actions.ts";
export { drill } from "./drill.actions.ts";
export { judgeStrength, suggestPassphrase } from "./strength.ts";
export { watchIdle, type Idle } from "./idle.ts";
export { membersOf } from "./safety.store.ts";
export type { NoSigner, Session, SessionMember } from "./session.ts";
