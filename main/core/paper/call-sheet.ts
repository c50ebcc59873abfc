// The call sheet: what an office has in hand while telephoning her. Whether she may be called comes first. It names nobody.
import type { GregorianDay } from "../../../shared/vocabulary/dates.ts";
import type { SectionValue } from "../../../shared/vocabulary/sections/index.ts";
import { html, type Html } from "./html.ts";
import { pageOf } from "./page.ts";
import { orUnstated, row, shownDate } from "./show.ts";
import type { PaperSize } from "./style.ts";
import { textsIn, type Texts } from "./texts.ts";

type Reach = SectionValue<"reach">;

export type CallSheetInput = {
  readonly code: string;
  readonly office: string;
  readonly reach: Reach;
  /** Paths of fields for which two answers stand and none is the careful one. */
  readonly unsettled: readonly (readonly string[])[];
  readonly printed: GregorianDay;
  readonly practice: boolean;
  readonly size: PaperSize;
};

/** A whole, self-contained HTML file. Addresses stay off it: it lies beside a telephone. Source: FIELDWORK, its list of papers. */
export function callSheetHtml({ reach, ...input }: CallSheetInput): string {
  const texts = textsIn("en");
  const { t } = texts;
  const body = html`<div class="head">
      <div><strong>${t("callSheet.title")}</strong>${input.office}</div>
      <div class="right"><strong>${input.code}</strong></div>
    </div>
    ${
      input.unsettled.length > 0 &&
      html`<div class="box">
        <p><strong>${t("callSheet.unsettled")}</strong></p>
      </div>`
    }
    ${mayWeCall(reach, texts)}${neverTo(reach, texts)}
    <h2>${t("callSheet.hours")}</h2>
    ${hours(reach, texts)}
    <h2>${t("callSheet.ways")}</h2>
    ${ways(reach, texts)}
    <h2>${t("callSheet.words")}</h2>
    ${words(reach, texts)}
    <h2>${t("callSheet.another")}</h2>
    <p class="free" dir="auto">${orUnstated(texts, reach.ifAnotherAnswers)}</p>
    <h2>${t("callSheet.next")}</h2>
    <dl>
      ${row(t("callSheet.agreed"), nextCall(reach, texts))}
      <dt>${t("callSheet.again")}</dt>
      <dd>${t("callSheet.line")}</dd>
      <dt>${t("callSheet.spoken")}</dt>
      <dd>${t("callSheet.line")}</dd>
    </dl>`;
  return pageOf({
    language: "en",
    direction: "ltr",
    title: t("callSheet.title"),
    marks: {
      size: input.size,
      corners: {
        reference: input.code,
        printed: t("footer.printed", { date: texts.day(input.printed) }),
        of: t("footer.pageOf"),
      },
      ...(input.practice ? { practice: t("marks.practice") } : {}),
    },
    across: input.practice ? [t("marks.practice")] : [],
    body,
  });
}

function mayWeCall({ contact }: Reach, texts: Texts): Html {
  const { t } = texts;
  const wish = contact?.wish;
  return html`<div class="box">
    <h2>
      ${wish === undefined ? t("callSheet.notAsked") : t("callSheet.mayWeCall", { wish: texts.word(wish) })}
    </h2>
    <dl>
      ${row(t("callSheet.until"), shownDate(texts, contact?.until))}${row(t("callSheet.why"), contact?.why)}
      ${row(
        t("callSheet.silent"),
        contact?.silentAfterHours === undefined
          ? undefined
          : t("callSheet.silentHours", { hours: contact.silentAfterHours }),
      )}${row(t("callSheet.ifSilent"), contact?.ifSilent)}
    </dl>
  </div>`;
}

function neverTo({ neverTo: records = {} }: Reach, { t }: Texts): Html {
  const all = Object.values(records);
  return all.length === 0
    ? html``
    : html`<h2>${t("callSheet.never")}</h2>
        <ul>
          ${all.map(({ whom, why }) => html`<li><bdi>${whom}</bdi>${why !== undefined && html`: <bdi>${why}</bdi>`}</li>`)}
        </ul>`;
}

function hours({ safeHours = {} }: Reach, texts: Texts): Html {
  return table(
    [
      texts.t("callSheet.days"),
      texts.t("callSheet.from"),
      texts.t("callSheet.to"),
      texts.t("callSheet.note"),
    ],
    Object.values(safeHours).map(({ days = {}, from, until, zone, note }) => [
      Object.keys(days)
        .map((day) => texts.word(day))
        .join(", ") || texts.t("callSheet.everyDay"),
      from,
      [until, zone === undefined ? undefined : `(${zone})`].filter((part) => part !== undefined).join(" "),
      note,
    ]),
    texts,
  );
}

/** Those that are watched or shared say so beside the number. */
function ways({ channels = {} }: Reach, texts: Texts): Html {
  return table(
    [
      texts.t("callSheet.way"),
      texts.t("callSheet.number"),
      texts.t("callSheet.safe"),
      texts.t("callSheet.leaveMessage"),
    ],
    Object.values(channels).map(({ kind, address, through, safety, leaveMessage, note }) => [
      kind && texts.word(kind),
      [address, through, note].filter((part) => part !== undefined).join("; "),
      safety && html`<strong>${texts.word(safety)}</strong>`,
      leaveMessage && texts.word(leaveMessage),
    ]),
    texts,
  );
}

function words({ words: agreed = {} }: Reach, texts: Texts): Html {
  return table(
    [texts.t("callSheet.word"), texts.t("callSheet.means"), texts.t("callSheet.setsOff")],
    Object.values(agreed).map(({ word, means, setsOff }) => [
      word && html`<strong><bdi>${word}</bdi></strong>`,
      means && texts.word(means),
      setsOff,
    ]),
    texts,
  );
}

function nextCall({ nextCall: next }: Reach, texts: Texts): string | undefined {
  if (next === undefined) return undefined;
  const { at, by } = next;
  const when =
    at === undefined
      ? undefined
      : `${texts.day(at.local.slice(0, 10))}, ${at.local.slice(11)}${at.zone === undefined ? "" : ` (${at.zone})`}`;
  return [when, by].filter((part) => part !== undefined).join(", ");
}

function table(
  heads: readonly string[],
  rows: readonly (readonly (string | Html | undefined)[])[],
  texts: Texts,
): Html {
  if (rows.length === 0) return html`<p>${orUnstated(texts, undefined)}</p>`;
  return html`<table>
    <thead>
      <tr>
        ${heads.map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (cells) =>
          html`<tr>
            ${cells.map((cell) => html`<td>${orUnstated(texts, cell)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
