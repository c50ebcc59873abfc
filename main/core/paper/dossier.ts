// The dossier: what an officer without Waypost reads, checks and acts on today. Page 1 carries what is asked and of whom.
import { details, type Naming } from "./details.ts";
import { html, type Html } from "./html.ts";
import type { DossierInput } from "./input.ts";
import { pageOf } from "./page.ts";
import { nameIn } from "./persons.ts";
import { summary } from "./summary.ts";
import { textsIn } from "./texts.ts";

/** Order in which the parts follow page 1. */
const order = ["identity", "work", "visa", "placement", "travel", "reach"] as const;

/** A whole, self-contained HTML file: no script, nothing loaded, everything typed escaped. */
export function dossierHtml(input: DossierInput): string {
  const texts = textsIn("en");
  const { t } = texts;
  const number = new Map<string, number>(input.family.map(({ person }, at) => [person, at + 1]));
  const personName = (key: string): string => {
    if (key === "her") return nameIn(input.sections.identity?.names)?.full ?? t("dossier.her");
    const found = input.family.find(({ person }) => person === key);
    const at = number.get(key);
    return (
      nameIn(found?.value.names)?.full ??
      (at === undefined ? t("marks.notStated") : t("dossier.member", { number: at }))
    );
  };
  const naming: Naming = { texts, personName };
  const parts = partsOf(input, naming);
  const titles = [t("dossier.partSummary"), ...parts.map(({ title }) => title)];
  const body = html`${summary(input, naming, titles)}${parts.map(
    ({ title, content }, at) =>
      html`<section class="part">
        <h1>${at + 2}. ${title}</h1>
        ${content}
      </section>`,
  )}`;
  return pageOf({
    language: "en",
    direction: "ltr",
    title: t("dossier.title"),
    marks: {
      size: input.size,
      corners: {
        reference: t("footer.reference", { reference: input.reference }),
        printed: t("footer.printed", { date: texts.day(input.printed) }),
        of: t("footer.pageOf"),
      },
      ...(input.practice ? { practice: t("marks.practice") } : {}),
    },
    across: input.practice ? [t("marks.practice")] : input.draft ? [t("marks.draft")] : [],
    body,
  });
}

type Part = { readonly title: string; readonly content: Html };

function partsOf({ sections, family }: DossierInput, naming: Naming): readonly Part[] {
  const { t, word } = naming.texts;
  const own = (kind: (typeof order)[number]): readonly Part[] => {
    const value = sections[kind];
    return value === undefined
      ? []
      : [{ title: t(`sections.${kind}`), content: details(kind, value, naming) }];
  };
  const members = family.map(({ person, value }, at) => {
    const relation = value.relation?.kind;
    const name = naming.personName(person);
    const which = relation === undefined ? String(at + 1) : `${at + 1}, ${word(relation).toLowerCase()}`;
    return { title: t("dossier.partPerson", { which, name }), content: details("family", value, naming) };
  });
  return [...own("identity"), ...members, ...order.slice(1).flatMap(own)];
}
