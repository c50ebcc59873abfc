// README.html of a bundle: what it is, from whom, and what to do with it, for a reader who has never seen Waypost.
import type { GregorianDay } from "../../../shared/vocabulary/dates.ts";
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import { html } from "./html.ts";
import { pageOf } from "./page.ts";
import { row } from "./show.ts";
import type { PaperSize } from "./style.ts";
import { textsIn } from "./texts.ts";

export type BundleFile =
  | "manifest"
  | "readme"
  | "dossier"
  | "sections"
  | "parts"
  | "chain"
  | "consents"
  | "document"
  | "padding";

export type ReadmeInput = {
  readonly kind: "introduction" | "share" | "release" | "acknowledgement" | "recall";
  readonly from: string;
  readonly to?: string;
  readonly made: GregorianDay;
  readonly expires: GregorianDay;
  readonly purpose?: Purpose;
  readonly until?: { readonly day?: GregorianDay; readonly event?: string };
  readonly practice: boolean;
  readonly size: PaperSize;
  /** Entry names as the archive lists them, a folder ending in `/`, each with what it is. */
  readonly files: readonly { readonly name: string; readonly what: BundleFile }[];
};

/** A whole, self-contained HTML file. It names no woman and no case. */
export function readmeHtml(input: ReadmeInput): string {
  const texts = textsIn("en");
  const { t, day } = texts;
  const dossier = input.files.find(({ what }) => what === "dossier");
  const holdsCase = input.kind === "share" || input.kind === "release";
  const steps = [
    t("readme.doCheck"),
    t("readme.doOpen"),
    ...(dossier === undefined ? [] : [t("readme.doRead", { file: dossier.name })]),
    ...(input.kind === "recall" ? [t("readme.doRecall")] : []),
    ...(holdsCase ? [t("readme.doKeep"), t("readme.doNotContact"), t("readme.doErase")] : []),
  ];
  const until = [input.until?.day && day(input.until.day), input.until?.event].filter(
    (part) => part !== undefined,
  );
  const body = html`<h1>${t("readme.title")}</h1>
    <p>${t("readme.intro", { kind: t(`readme.kinds.${input.kind}`) })}</p>
    <dl>
      ${row(t("readme.from"), input.from)}${row(t("readme.to"), input.to)}
      ${row(t("readme.purpose"), input.purpose && t(`purposes.${input.purpose}`))}
      ${row(t("readme.made"), day(input.made))}${row(t("readme.expires"), day(input.expires))}
      ${row(t("readme.until"), until.join("; "))}
    </dl>
    ${
      holdsCase &&
      html`<div class="box">
        <p><strong>${t("readme.warning")}</strong></p>
      </div>`
    }
    <h2>${t("readme.todo")}</h2>
    <ol>
      ${steps.map((step) => html`<li>${step}</li>`)}
    </ol>
    <h2>${t("readme.contents")}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">${t("readme.file")}</th>
          <th scope="col">${t("readme.about")}</th>
        </tr>
      </thead>
      <tbody>
        ${input.files.map(
          ({ name, what }) =>
            html`<tr>
              <td><bdi>${name}</bdi></td>
              <td>${t(`readme.files.${what}`)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  return pageOf({
    language: "en",
    direction: "ltr",
    title: t("readme.title"),
    marks: {
      size: input.size,
      corners: {
        reference: "",
        printed: "",
        of: t("footer.pageOf"),
      },
      ...(input.practice ? { practice: t("marks.practice") } : {}),
    },
    across: input.practice ? [t("marks.practice")] : [],
    body,
  });
}
