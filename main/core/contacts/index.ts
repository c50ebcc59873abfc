// People at other offices and how far their certificates are trusted.
export {
  addCertificate,
  certificateOf,
  ownWords,
  refuseContact,
  takeIntroduction,
  verifyContact,
  whoIs,
  type Heard,
  type Introduced,
  type UnknownContact,
} from "./contacts.actions.ts";
export { ownQr, verifyQr } from "./qr.actions.ts";
export { maySendCaseData } from "./contacts.rules.ts";
export {
  allContacts,
  contactByFingerprint,
  contactById,
  contactsOfOffice,
  type ContactRow,
} from "./contacts.store.ts";
