// A field's value in words, after its kind; covered where it would tell who she is or where.
import { useTexts, type Language } from "../i18n/texts.tsx";
import { Covered } from "../ui/signs.tsx";
import type { FieldMeta } from "../../shared/vocabulary/fields.ts";
import type { PartialDate } from "../../shared/vocabulary/dates.ts";
import type { JsonValue } from "../../shared/signed-text.ts";
import type { SectionKind } from "../../shared/vocabulary/sections/index.ts";

/** Words of closed lists and counts tell nobody who she is; the office's tasks are written without names. */
export function tellsWho(kind: SectionKind, meta: FieldMeta): boolean {
  if (["choice", "count", "member-of-set"].includes(meta.type)) return false;
  return !(kind === "plan" && (meta.fact === "tasks" || meta.fact === "what follows" || !meta.personal));
}

/** A leaf that is one word or figure, as text. */
const plain = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value));

type Words = {
  readonly texts: Language["texts"];
  /** Who stands behind a person's key; her own word where names are shown. */
  readonly person?: (key: string) => string;
};

/** One line of text for a value. */
export function wordsOf(meta: FieldMeta, value: JsonValue, { texts, person }: Words): string {
  switch (meta.type) {
    case "date":
      return texts.date(value as PartialDate);
    case "name":
      return (value as { full: string }).full;
    case "choice":
    case "member-of-set":
      return texts.word(plain(value));
    case "state":
      return texts.country(plain(value));
    case "language":
      return texts.language(plain(value));
    case "moment": {
      const { local, zone } = value as { local: string; zone?: string };
      const said = texts.dayAndClock(Date.parse(local));
      return zone === undefined ? said : `${said} (${zone})`;
    }
    case "money": {
      const { amount, currency } = value as { amount: string; currency: string };
      return `${amount} ${currency}`;
    }
    case "instant":
      return texts.instant(Number(value));
    case "person":
      return person?.(plain(value)) ?? plain(value);
    case "count":
      return texts.number(Number(value));
    default:
      return plain(value);
  }
}

export function ShowValue({
  kind,
  meta,
  value,
  shown,
  person,
}: {
  readonly kind: SectionKind;
  readonly meta: FieldMeta;
  readonly value: JsonValue;
  readonly shown: boolean;
  readonly person?: (key: string) => string;
}) {
  const texts = useTexts();
  return (
    <Covered shown={shown || !tellsWho(kind, meta)}>
      {wordsOf(meta, value, { texts, ...(person === undefined ? {} : { person }) })}
    </Covered>
  );
}
