// What others may use of paper: the dossier, the call sheet, the page beside a bundle, printing, the recovery words, and texts in words.
export {
  callSheet,
  mayBeOut,
  paperSizeOf,
  ownWords,
  printers,
  printTo,
  recoveryWords,
  send,
} from "./paper.actions.ts";
export { dossierHtml } from "./dossier.ts";
export type { DossierInput, ReleasedPerson, ReleasedSections } from "./input.ts";
export { readmeHtml, type BundleFile, type ReadmeInput } from "./readme.ts";
export { textsIn, type Texts } from "./texts.ts";
