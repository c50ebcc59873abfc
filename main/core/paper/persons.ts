// The table of persons on page 1: who comes, with what an officer needs to find each in his files.
import { gregorianRange } from "../../../shared/vocabulary/dates.ts";
import type { PersonName } from "../../../shared/vocabulary/names.ts";
import type { SectionValue } from "../../../shared/vocabulary/sections/index.ts";
import type { Naming } from "./details.ts";
import { html, type Html } from "./html.ts";
import type { DossierInput } from "./input.ts";
import { orUnstated, shownName } from "./show.ts";
import type { Texts } from "./texts.ts";

type Identity = SectionValue<"identity">;
type Names = Identity["names"];
type Papers = NonNullable<NonNullable<Identity["papers"]>["held"]>;
type Paper = Papers[keyof Papers];
type Applications = NonNullable<SectionValue<"visa">["applications"]>;
export type Application = Applications[keyof Applications];

/** The name for authorities: as in the passport, else the one wanted, else the own script's. */
export const nameIn = (names: Names): PersonName | undefined =>
  names?.asInPassport ?? names?.wanted ?? names?.ownScript;

/** Who stands in the table: the applicants where they are named, else who comes now or follows. */
export function people(input: DossierInput, application: Application | undefined, { texts }: Naming): Html {
  const { t } = texts;
  const applicants = application?.applicants;
  const { identity } = input.sections;
  const members = input.family.filter(({ person, value }) =>
    applicants === undefined
      ? value.state?.now === undefined || value.state.now === "comes-now" || value.state.now === "follows-by"
      : Object.hasOwn(applicants, person),
  );
  const when = (key: string, value?: SectionValue<"family">): string | undefined => {
    const said = applicants?.[key]?.when;
    const now = value?.state?.now;
    if (said === "now" || (said === undefined && now === "comes-now")) return t("dossier.now");
    if (said !== "later" && now !== "follows-by") return undefined;
    const by = value?.state?.followsBy;
    return by === undefined ? t("dossier.later") : t("dossier.laterBy", { date: texts.shortDate(by) });
  };
  const headings = [
    "personName",
    "personBirth",
    "personNationality",
    "personPassport",
    "personRelation",
    "personWhen",
  ] as const;
  const rows = [
    ...(identity === undefined
      ? []
      : [{ who: identity, relation: t("dossier.mainRelation"), when: when("her") ?? t("dossier.now") }]),
    ...members.map(({ person, value }) => ({
      who: value,
      relation: value.relation?.kind && texts.word(value.relation.kind),
      when: when(person, value),
    })),
  ];
  if (rows.length === 0) return html`<p>${orUnstated(texts, undefined)}</p>`;
  return html`<table>
    <thead>
      <tr>
        ${headings.map((key) => html`<th scope="col">${t(`dossier.${key}`)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ who, relation, when: time }) =>
          html`<tr>
            <td>${nameCell(who.names, who.title, texts)}</td>
            <td>${orUnstated(texts, who.birth?.date && texts.shortDate(who.birth.date))}</td>
            <td>${orUnstated(texts, nationalityOf(who.nationality, texts))}</td>
            <td>${passportCell(who.papers, input.printed, texts)}</td>
            <td>${orUnstated(texts, relation)}</td>
            <td>${orUnstated(texts, time)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function nameCell(names: Names, title: string | undefined, texts: Texts): Html {
  const main = nameIn(names);
  if (main === undefined) return html`${orUnstated(texts, undefined)}`;
  const own = names?.ownScript;
  return html`<strong>${title && html`${title} `}${shownName(main)}</strong>${
      own !== undefined && own !== main && html`<span class="own">${shownName(own)}</span>`
    }`;
}

function nationalityOf(nationality: Identity["nationality"], texts: Texts): string | undefined {
  const held = Object.values(nationality?.held ?? {}).flatMap(({ state }) =>
    state === undefined ? [] : [texts.country(state)],
  );
  if (held.length > 0) return held.join(", ");
  return nationality?.none === undefined ? undefined : texts.word(nationality.none);
}

function passportCell(papers: Identity["papers"], today: string, texts: Texts): Html {
  const { t } = texts;
  const passports = Object.values(papers?.held ?? {}).filter(
    ({ kind }) => kind === "passport" || kind === "travel-document",
  );
  if (passports.length === 0)
    return html`${orUnstated(texts, papers?.none === "yes" ? t("dossier.noPassport") : undefined)}`;
  const cell = ({ number, expires, state }: Paper) => {
    const date = expires && texts.shortDate(expires);
    const past = expires !== undefined && (gregorianRange(expires)?.to ?? today) < today;
    const trouble = state !== undefined && state !== "held" && !(state === "expired" && past);
    return html`${orUnstated(texts, number)}${date !== undefined && html`<br />${t(past ? "dossier.expired" : "dossier.expires", { date })}`}${
      trouble && html`<br />${texts.word(state).toLowerCase()}`
    }`;
  };
  return html`${passports.map((paper, at) => html`${at > 0 && html`<br />`}${cell(paper)}`)}`;
}
