// All of OpenPGP that the rest of the core may use.
export { mostCertificateBytes, readCertificate } from "./certificate.ts";
export type { Certificate, CertificateProblem } from "./certificate.ts";
export type { OpenProblem } from "./framing.ts";
export { mostIntroductionBytes, openIntroduction, signInline } from "./introduction.ts";
export { makeMemberKeys } from "./keys.ts";
export type { NewMemberKeys, StoredSecret } from "./keys.ts";
export { defaultOpenLimits, openToStaging } from "./openToStaging.ts";
export type { Opened, OpenLimits } from "./openToStaging.ts";
export { hiddenSlots, seal } from "./seal.ts";
export type { SealProblem } from "./seal.ts";
export { signer, verify } from "./signing.ts";
export type { Signer, VerifyProblem } from "./signing.ts";
export { digits, words } from "./words.ts";
