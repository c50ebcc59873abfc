// Everything that a section's extract holds, as labelled lines: what is cleared is printed, nothing is left to guess.
import type { FieldMeta, Moment, Money } from "../../../shared/vocabulary/fields.ts";
import type { PartialDate } from "../../../shared/vocabulary/dates.ts";
import type { PersonName } from "../../../shared/vocabulary/names.ts";
import { fieldAt, sectionSchemas, type SectionKind } from "../../../shared/vocabulary/sections/index.ts";
import { html, type Html } from "./html.ts";
import { shownDate, shownName } from "./show.ts";
import type { Texts } from "./texts.ts";

export type Naming = {
  readonly texts: Texts;
  /** The name to print for `her` or a PersonId. */
  readonly personName: (key: string) => string;
};

type Map = Readonly<Record<string, unknown>>;

/** A section's extract, group by group. */
export function details(kind: SectionKind, value: object, naming: Naming): Html {
  return group(kind, value as Map, [], naming);
}

function group(kind: SectionKind, value: Map, path: readonly string[], naming: Naming): Html {
  const places = placesOf(kind);
  const entries = Object.entries(value).toSorted(
    ([a], [b]) => place(places, patternOf(kind, [...path, a])) - place(places, patternOf(kind, [...path, b])),
  );
  const leaves = entries.filter(([key]) => fieldAt(kind, [...path, key]) !== undefined);
  const groups = entries.filter(([key]) => fieldAt(kind, [...path, key]) === undefined);
  const lines = leaves.flatMap(([key, inner]) => {
    const meta = fieldAt(kind, [...path, key])?.meta;
    const shown = meta === undefined ? undefined : leaf(inner, meta, key, naming);
    return shown === undefined
      ? []
      : [
          html`<dt>${labelOf(kind, [...path, key], naming)}</dt>
            <dd>${shown}</dd>`,
        ];
  });
  return html`${lines.length > 0 && html`<dl>${lines}</dl>`}${groups.map(([key, inner]) =>
    inGroup(kind, inner as Map, [...path, key], naming),
  )}`;
}

/** The order of the schema: people read a section as it is asked, whatever order its facts came in. */
const placesOf = (kind: SectionKind): readonly string[] => Object.keys(sectionSchemas[kind].fields);
const place = (places: readonly string[], pattern: string): number =>
  places.findIndex((one) => one === pattern || one.startsWith(`${pattern}.`));

function inGroup(kind: SectionKind, value: Map, path: readonly string[], naming: Naming): Html {
  const keys = sectionSchemas[kind].maps[patternOf(kind, path)];
  const label = labelOf(kind, path, naming);
  if (keys === undefined) {
    const inner = group(kind, value, path, naming).toString();
    return inner === ""
      ? html``
      : html`<h3>${label}</h3>
          ${group(kind, value, path, naming)}`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return html``;
  const sets = entries.every(([key]) => fieldAt(kind, [...path, key])?.meta.type === "member-of-set");
  if (sets) {
    const words = entries.map(([key]) =>
      keys === "person" ? naming.personName(key) : naming.texts.word(key),
    );
    return html`<dl>
      <dt>${label}</dt>
      <dd>${words.join(", ")}</dd>
    </dl>`;
  }
  const heading = label !== "" && html`<h3>${label}</h3>`;
  const columns = columnsOf(kind, path, entries);
  if (columns !== undefined)
    return html`${heading}${table(kind, path, { entries, columns, perPerson: keys === "person" }, naming)}`;
  return html`${heading}
  ${entries.map(([key, inner], at) => {
    const title = keys === "person" ? naming.personName(key) : String(at + 1);
    const meta = fieldAt(kind, [...path, key])?.meta;
    const body =
      meta === undefined
        ? group(kind, inner as Map, [...path, key], naming)
        : html`<p>${leaf(inner, meta, key, naming)}</p>`;
    return html`<div class="record">
      ${(entries.length > 1 || keys === "person") && html`<h3>${title}</h3>`}${body}
    </div>`;
  })}`;
}

type Rows = {
  readonly entries: readonly (readonly [string, unknown])[];
  readonly columns: readonly string[];
  /** Each row is a person's: it begins with who. */
  readonly perPerson: boolean;
};

/** Several records of a few short facts each read best as a table; its columns in the schema's order. */
function columnsOf(
  kind: SectionKind,
  path: readonly string[],
  entries: Rows["entries"],
): readonly string[] | undefined {
  const metas = entries.flatMap(([id, record]) =>
    Object.keys(record as Map).map((key) => ({ key, meta: fieldAt(kind, [...path, id, key])?.meta })),
  );
  const narrow = metas.every(({ meta }) => meta !== undefined && meta.type !== "text");
  const order = placesOf(kind).map((pattern) => pattern.slice(pattern.lastIndexOf(".") + 1));
  const columns = [...new Set(metas.map(({ key }) => key))].toSorted(
    (a, b) => order.indexOf(a) - order.indexOf(b),
  );
  return entries.length > 1 && narrow && columns.length <= 5 ? columns : undefined;
}

function table(
  kind: SectionKind,
  path: readonly string[],
  { entries, columns, perPerson }: Rows,
  naming: Naming,
): Html {
  const cell = (id: string, record: Map, key: string) => {
    const meta = fieldAt(kind, [...path, id, key])?.meta;
    const value = record[key];
    return html`<td>${value === undefined || meta === undefined ? "" : leaf(value, meta, key, naming)}</td>`;
  };
  const first = entries[0]?.[0] ?? "";
  const heads = columns.map((key) => labelOf(kind, [...path, first, key], naming));
  const headings = perPerson ? [naming.texts.label("who"), ...heads] : heads;
  return html`<table>
    <thead>
      <tr>
        ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${entries.map(
        ([id, record]) =>
          html`<tr>
            ${perPerson && html`<td>${naming.personName(id)}</td>`}${columns.map((key) => cell(id, record as Map, key))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** One value; references say nothing on paper. */
function leaf(
  value: unknown,
  meta: FieldMeta,
  key: string,
  { texts, personName }: Naming,
): string | Html | undefined {
  switch (meta.type) {
    case "short":
    case "line":
    case "hour":
      return html`<bdi>${String(value)}</bdi>`;
    case "text":
      return key === "mrz"
        ? html`<pre>${String(value)}</pre>`
        : html`<div class="free" dir="auto">${String(value)}</div>`;
    case "choice":
      return texts.word(String(value));
    case "count":
      return String(value);
    case "date": {
      const date = value as PartialDate;
      const shown = shownDate(texts, date);
      return date.text === undefined ? shown : html`${shown} (“<bdi>${date.text}</bdi>”)`;
    }
    case "name":
      return shownName(value as PersonName);
    case "state":
      return texts.country(String(value));
    case "language":
      return texts.language(String(value));
    case "moment": {
      const { local, zone } = value as Moment;
      return `${texts.day(local.slice(0, 10))}, ${local.slice(11)}${zone === undefined ? "" : ` (${zone})`}`;
    }
    case "money": {
      const { amount, currency } = value as Money;
      return `${currency} ${amount}`;
    }
    case "instant":
      return texts.instant(Number(value));
    case "person":
      return personName(String(value));
    case "item":
    case "reference":
    case "member-of-set":
      return undefined;
  }
}

const labelOf = (kind: SectionKind, path: readonly string[], { texts }: Naming): string =>
  texts.label([kind, patternOf(kind, path)].join("."));

/** The pattern of a path to a field, group or map. */
function patternOf(kind: SectionKind, path: readonly string[]): string {
  const known = fieldAt(kind, path)?.pattern;
  if (known !== undefined) return known;
  const { fields, maps } = sectionSchemas[kind];
  const all = [...Object.keys(maps), ...Object.keys(fields)];
  const fits = (pattern: string) => {
    const steps = pattern.split(".");
    return steps.length >= path.length && path.every((step, at) => steps[at] === "*" || steps[at] === step);
  };
  return all.find(fits)?.split(".").slice(0, path.length).join(".") ?? path.join(".");
}
