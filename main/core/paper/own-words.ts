// The ten words, the digits and the code of a certificate, to be compared by whoever is given the card.
import { html } from "./html.ts";
import { wordsPage, type WordsInput } from "./words-page.ts";

export type OwnWordsInput = WordsInput & {
  readonly digits: string;
  /** A square of `size` units and the strokes in it. */
  readonly code: { readonly size: number; readonly path: string };
};

export const ownWordsHtml = ({ digits, code, ...words }: OwnWordsInput): string =>
  wordsPage(
    words,
    "wordsPaper.compare",
    html`<p class="digits">${digits.replaceAll(/\d{5}(?=\d)/g, "$& ")}</p>
      <svg class="code" viewBox="0 0 ${code.size} ${code.size}" shape-rendering="crispEdges">
        <path stroke="#000" d="${code.path}" />
      </svg>`,
  );
