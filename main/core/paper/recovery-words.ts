// The 24 words on paper, for whoever finds it a list of words: no name, no day, nothing of what they open.
import { html } from "./html.ts";
import { pageOf } from "./page.ts";
import type { PaperSize } from "./style.ts";
import { textsIn } from "./texts.ts";

/** A whole, self-contained HTML file. Practice is marked as such, as on every page. */
export function recoveryWordsHtml({
  words,
  practice,
  size,
}: {
  readonly words: readonly string[];
  readonly practice: boolean;
  readonly size: PaperSize;
}): string {
  const { t } = textsIn("en");
  return pageOf({
    language: "en",
    direction: "ltr",
    title: t("wordsPaper.title"),
    marks: { size, ...(practice ? { practice: t("marks.practice") } : {}) },
    across: practice ? [t("marks.practice")] : [],
    body: html`<p>${t("wordsPaper.keep")}</p>
      <ol class="words">
        ${words.map((word) => html`<li>${word}</li>`)}
      </ol>`,
  });
}
