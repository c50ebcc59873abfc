// The frame of every self-contained page: no script, nothing loaded, one style sheet named by its hash.
import { createHash } from "node:crypto";
import { html, styleElement, type Html } from "./html.ts";
import { styleOf, type PageMarks } from "./style.ts";

export type Page = {
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  /** Shown by windows and file lists: nothing personal. */
  readonly title: string;
  readonly marks: PageMarks;
  /** Words printed across each page: PRACTICE, DRAFT. */
  readonly across: readonly string[];
  readonly body: Html;
};

/** A whole HTML file as text. */
export function pageOf({ language, direction, title, marks, across, body }: Page): string {
  const style = styleOf(marks);
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html`<!doctype html>
    <html lang="${language}" dir="${direction}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${styleElement(style)}
      </head>
      <body>
        ${across.map((word) => html`<div class="across" aria-hidden="true"><span>${word}</span></div>`)}
        <main>${body}</main>
      </body>
    </html> `.toString();
}
