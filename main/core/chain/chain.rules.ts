// The rules of the steward chain that others may ask: what a chain says, what it makes of a part, who may write what.
export { activeCertificates, mayEnter, mayWrite, officeOf } from "./rights.rules.ts";
export type { EntryRefused, WriteRefused } from "./rights.rules.ts";
export { foldChain } from "./fold.rules.ts";
export { standing } from "./standing.rules.ts";
export type { HeldWhy, PartClaim, Precedes, Standing } from "./standing.rules.ts";
export { entryText, firstEntry, nextEntry, readEntry } from "./text.rules.ts";
export type { EntryMalformed, UnsignedEntry, Wanted } from "./text.rules.ts";
export type * from "./state.rules.ts";
