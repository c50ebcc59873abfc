// What other subjects may use of paper: the dossier, the page beside a bundle, and texts in words.
export { dossierHtml } from "./dossier.ts";
export type { DossierInput, ReleasedPerson, ReleasedSections } from "./input.ts";
export { readmeHtml, type BundleFile, type ReadmeInput } from "./readme.ts";
export { textsIn, type Texts } from "./texts.ts";
