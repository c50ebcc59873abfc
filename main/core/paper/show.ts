// Shows single values on paper: names in their own script, dates as known, countries by name, what is not stated as such.
import type { PartialDate } from "../../../shared/vocabulary/dates.ts";
import { directionOf, type PersonName } from "../../../shared/vocabulary/names.ts";
import { html, type Html } from "./html.ts";
import type { Texts } from "./texts.ts";

/** A name in its script, marked with language and direction so that every reader shows it right. */
export function shownName(name: PersonName): Html {
  const direction = directionOf(name.script);
  return name.language === undefined
    ? html`<bdi dir="${direction}">${name.full}</bdi>`
    : html`<bdi lang="${name.language}" dir="${direction}">${name.full}</bdi>`;
}

/** Never a blank cell: what is not stated says so. */
export const orUnstated = (texts: Texts, value: string | Html | undefined): string | Html =>
  value === undefined || value === ""
    ? html`<span class="unstated">${texts.t("marks.notStated")}</span>`
    : value;

export const shownDate = (texts: Texts, date: PartialDate | undefined): string | undefined =>
  date === undefined ? undefined : texts.date(date);

/** A row of a definition list, left out where there is nothing to say. */
export const row = (label: string, value: string | Html | undefined): Html =>
  value === undefined || value === ""
    ? html``
    : html`<dt>${label}</dt>
        <dd>${value}</dd>`;
