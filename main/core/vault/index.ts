// The door of the vault: create one, open one, and the types of what is inside.
export { createVault } from "./create.ts";
export { openVault } from "./open.ts";
export { syncedMarker } from "./synced.ts";
export { StorageTrouble } from "./sql.ts";
export type * from "./types.ts";
