// The door of the vault: create one, open one, and the types of what is inside.
export { clearFolder } from "./close-for-good.ts";
export { createVault } from "./create.ts";
export { lookInto, openVault, type Looked } from "./open.ts";
export { syncedMarker } from "./synced.ts";
export { isListWord, listWords, randomWords, recoveryWordsOf } from "./words.ts";
export { StorageTrouble } from "./sql.ts";
export type * from "./types.ts";
