// Bundles: every kind written and taken in, and what is out, waiting, owed or missing.
export { introduce } from "./introductions.ts";
export { callBack, workOffCallBacks } from "./call-back.actions.ts";
export { look } from "./look.actions.ts";
export { acknowledge, recallImpossible, sendRecalls } from "./notices.actions.ts";
export { previewRelease, release } from "./release.actions.ts";
export { receive } from "./receive.actions.ts";
export { share } from "./share.actions.ts";
export { previewShare } from "./share.preview.ts";
export { tell } from "./tell.actions.ts";
export { dossierOf } from "./exchange.store.ts";
export { owed } from "./owed.ts";
export { dossiersHere, sentBundles, sentTo, waiting } from "./views.ts";
export type { Job } from "./writing.ts";
