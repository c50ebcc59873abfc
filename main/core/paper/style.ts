// How printed pages look: A4 and Letter, 11 point, margins that carry reference, day and page, marks across each page.

export type PaperSize = "A4" | "Letter";

export type PageMarks = {
  readonly size: PaperSize;
  /** Plain text for the corners: letters, digits and spaces only reach them. A page that is to tell nothing has none. */
  readonly corners?: { readonly reference: string; readonly printed: string; readonly of: string };
  /** `PRACTICE`: stands at the top of every page. */
  readonly practice?: string;
};

/** A string for CSS: what could end it or carry markup becomes a space. */
const quoted = (text: string) => `"${text.replaceAll(/[^\p{L}\p{M}\p{N} .,:/()-]/gu, " ")}"`;

const cornersOf = ({
  reference,
  printed,
  of,
}: NonNullable<
  PageMarks["corners"]
>) => `@bottom-left { content: ${quoted(reference)}; font: 8pt "Noto Sans", Arial, sans-serif; color: #55534d; }
  @bottom-center { content: ${quoted(printed)}; font: 8pt "Noto Sans", Arial, sans-serif; color: #55534d; }
  @bottom-right { content: counter(page) ${quoted(of)} counter(pages); font: 8pt "Noto Sans", Arial, sans-serif; color: #55534d; }`;

/** The whole style sheet of a page; it names no font file and loads nothing. */
export const styleOf = ({ size, corners, practice }: PageMarks): string => `
@page {
  size: ${size};
  margin: 13mm 16mm 15mm;
  ${corners === undefined ? "" : cornersOf(corners)}
  ${practice === undefined ? "" : `@top-center { content: ${quoted(practice)}; font: 700 9pt "Noto Sans", Arial, sans-serif; letter-spacing: 0.3em; color: #1f1e1b; }`}
}
* { box-sizing: border-box; }
html { font: 11pt/1.45 "Noto Sans", "Noto Sans Arabic", "Noto Naskh Arabic", "Noto Sans Ethiopic", "Noto Sans Myanmar", "Noto Sans Devanagari", "Noto Sans Bengali", "Segoe UI", Arial, "Liberation Sans", "DejaVu Sans", sans-serif; color: #1f1e1b; background: #fff; }
body { margin: 0; }
main { font-variant-numeric: tabular-nums; }
h1, h2, h3 { font-weight: 600; line-height: 1.25; break-after: avoid; }
h1 { font-size: 17pt; margin: 0 0 4mm; }
h2 { font-size: 12pt; margin: 5mm 0 1.5mm; padding-bottom: 0.8mm; border-bottom: 0.4pt solid #8d8a81; }
h3 { font-size: 11pt; margin: 4mm 0 1mm; }
p { margin: 0 0 2mm; max-width: 160mm; }
.free { white-space: pre-line; }
p.free { margin-bottom: 0; }
.head { display: flex; justify-content: space-between; gap: 10mm; border-bottom: 1.2pt solid #1f1e1b; padding-bottom: 3mm; margin-bottom: 5mm; }
.head strong { display: block; font-size: 12.5pt; }
.head div { max-width: 85mm; }
.head .right { text-align: end; }
.quiet { color: #55534d; }
.small { font-size: 9pt; }
dl { display: grid; grid-template-columns: 48mm 1fr; gap: 0.8mm 4mm; margin: 0 0 2mm; }
dl.two { grid-template-columns: 26mm 1fr 26mm 1fr; }
dl.three { grid-template-columns: auto 1fr auto 1fr auto auto; }
.cols { display: grid; grid-template-columns: 1fr 1fr; gap: 0 7mm; }
.cols dl { grid-template-columns: 23mm 1fr; }
dt { color: #55534d; }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: 0.92em; line-height: 1.35; margin: 0 0 2mm; }
th { text-align: start; font-weight: 600; color: #55534d; border-bottom: 0.8pt solid #1f1e1b; padding: 0.8mm 2mm 0.8mm 0; vertical-align: bottom; }
td { border-bottom: 0.4pt solid #c9c6bd; padding: 1.2mm 2mm 1.2mm 0; vertical-align: top; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.own { display: block; }
bdi { unicode-bidi: isolate; }
.unstated { color: #6f6c64; font-style: italic; }
.box { border: 0.8pt solid #1f1e1b; padding: 2.5mm 3.5mm; margin: 4mm 0; break-inside: avoid; }
.box h2 { border: 0; margin: 0 0 1mm; padding: 0; }
.box p:last-child, .box ul:last-child { margin-bottom: 0; }
ul, ol { margin: 0 0 2mm; padding-inline-start: 5mm; }
.words { columns: 2; column-gap: 12mm; margin-top: 8mm; padding-inline-start: 12mm; font-size: 16pt; line-height: 1.3; }
.digits { font-size: 14pt; font-variant-numeric: tabular-nums; margin: 6mm 0; }
.code { width: 50mm; height: 50mm; }
.words li { break-inside: avoid; margin: 0 0 3mm; padding-inline-start: 3mm; }
li { margin: 0 0 0.6mm; }
.sign { display: grid; grid-template-columns: 1fr 32mm; gap: 5mm; margin-top: 2mm; break-inside: avoid; }
.sign .rule { border-top: 0.8pt solid #1f1e1b; margin-top: 12mm; padding-top: 0.8mm; }
.sign .stamp { border: 0.8pt dashed #8d8a81; min-height: 21mm; padding: 1mm 2mm; }
.first { font-size: 9.5pt; line-height: 1.3; }
.first h1 { font-size: 15pt; margin-bottom: 1mm; }
.first h2 { font-size: 10.5pt; margin: 2.6mm 0 0.8mm; padding-bottom: 0.3mm; }
.first .head { padding-bottom: 1.5mm; margin-bottom: 3mm; }
.first .box { margin: 2.5mm 0 0; padding: 1.2mm 3mm; }
.first .box h2 { margin: 0 0 0.5mm; }
.first ul, .first p, .first dl { margin-bottom: 0.6mm; }
.first dl { row-gap: 0.3mm; }
.first td { padding-block: 0.8mm; }
.first .sign .rule { margin-top: 11mm; }
.first .sign .stamp { min-height: 20mm; }
.first .persons { table-layout: fixed; font-size: 8.75pt; }
.persons th:nth-child(1) { width: 24%; }
.persons th:nth-child(2) { width: 19%; }
.persons th:nth-child(3) { width: 15%; }
.persons th:nth-child(4) { width: 17%; }
.persons th:nth-child(5) { width: 12%; }
.never { display: grid; grid-template-columns: 26mm 1fr; gap: 3mm; }
.never ul { gap: 0 4mm; }
.line { padding: 0; margin: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 0.5mm 5mm; }
.never li:not(:last-child)::after { content: ";"; }
.contents { border-top: 0.4pt solid #8d8a81; margin-top: 2mm; padding-top: 1mm; }
.part { break-inside: avoid-page; margin-top: 8mm; border-top: 1.2pt solid #1f1e1b; padding-top: 3mm; }
.first + .part { break-before: page; margin-top: 0; border-top: 0; padding-top: 0; }
.part h1 { font-size: 14pt; margin-bottom: 2mm; }
.record { margin-inline-start: 4mm; padding-inline-start: 3mm; border-inline-start: 1.2pt solid #c9c6bd; break-inside: avoid-page; }
.record + .record { margin-top: 2mm; }
.record .record { margin-inline-start: 0; }
.record > h3:first-child { margin-top: 0; }
pre { font: 9.5pt/1.4 "Noto Sans Mono", "DejaVu Sans Mono", Consolas, monospace; margin: 0; white-space: pre-wrap; }
.across { position: fixed; inset: 0; display: grid; place-items: center; pointer-events: none; z-index: 1; }
.across span { transform: rotate(-32deg); font-size: 84pt; font-weight: 700; letter-spacing: 0.08em; color: #1f1e1b; opacity: 0.09; }
@media screen {
  .first + .part { margin-top: 10mm; border-top: 1.2pt solid #1f1e1b; padding-top: 3mm; }
  html { background: #efede7; }
  main { background: #fff; max-width: 210mm; margin: 8mm auto; padding: 16mm; box-shadow: 0 1px 3px rgb(0 0 0 / 0.2); }
}
@media screen and (max-width: 200mm) {
  main { margin: 0; padding: 6mm; }
  .head, .cols, .sign, dl, dl.two, dl.three { display: block; }
}
`;
