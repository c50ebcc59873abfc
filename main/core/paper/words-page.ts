// Words on paper, for whoever finds them a list of words: no name, no office, no day, nothing of what they are for.
import { html, type Html } from "./html.ts";
import { pageOf } from "./page.ts";
import type { PaperSize } from "./style.ts";
import { textsIn } from "./texts.ts";

export type WordsInput = {
  readonly words: readonly string[];
  readonly practice: boolean;
  readonly size: PaperSize;
};

/** A whole, self-contained HTML file: a sentence, the words in their order, and what may stand below. Practice is marked on every page. */
export function wordsPage(
  { words, practice, size }: WordsInput,
  sentence: "wordsPaper.keep" | "wordsPaper.compare",
  below?: Html,
): string {
  const { t } = textsIn("en");
  return pageOf({
    language: "en",
    direction: "ltr",
    title: t("wordsPaper.title"),
    marks: { size, ...(practice ? { practice: t("marks.practice") } : {}) },
    across: practice ? [t("marks.practice")] : [],
    body: html`<p>${t(sentence)}</p>
      <ol class="words">
        ${words.map((word) => html`<li>${word}</li>`)}
      </ol>
      ${below}`,
  });
}
