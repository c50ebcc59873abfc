// The ten words, the digits and the code of a certificate, to be compared by whoever is given the card: no name, no office, no day.
import { html } from "./html.ts";
import { pageOf } from "./page.ts";
import type { PaperSize } from "./style.ts";
import { textsIn } from "./texts.ts";

export type OwnWordsInput = {
  readonly words: readonly string[];
  readonly digits: string;
  /** A square of `size` units and the strokes in it. */
  readonly code: { readonly size: number; readonly path: string };
  readonly practice: boolean;
  readonly size: PaperSize;
};

/** A whole, self-contained HTML file. Practice is marked as such, as on every page. */
export function ownWordsHtml({ words, digits, code, practice, size }: OwnWordsInput): string {
  const { t } = textsIn("en");
  return pageOf({
    language: "en",
    direction: "ltr",
    title: t("wordsPaper.title"),
    marks: { size, ...(practice ? { practice: t("marks.practice") } : {}) },
    across: practice ? [t("marks.practice")] : [],
    body: html`<p>${t("wordsPaper.compare")}</p>
      <ol class="words">
        ${words.map((word) => html`<li>${word}</li>`)}
      </ol>
      <p class="digits">${digits.replaceAll(/\d{5}(?=\d)/g, "$& ")}</p>
      <svg class="code" viewBox="0 0 ${code.size} ${code.size}" shape-rendering="crispEdges">
        <path stroke="#000" d="${code.path}" />
      </svg>`,
  });
}
