// Puts texts, dates, countries and names into words of one language, for paper and screens alike, over any ICU formatter.
import { gregorianRange, type GregorianDay, type PartialDate } from "../vocabulary/dates.ts";
import type { Failure } from "../result.ts";
import { english, hasErrorText, type PlainKey, type TextParameters } from "./texts.ts";

/** Texts of one language: the same keys as the English ones. */
export type Language = typeof english;

/** Formats the ICU message that stands under a key (`errors.Bug.what`). */
export type FormatMessage = (key: string, parameters: Readonly<Record<string, string | number>>) => string;

type Nested = { readonly [key: string]: string | Nested };

/** Every text by its dotted key, as an ICU formatter takes them. */
export const flatTexts = (texts: Nested, before = ""): readonly (readonly [string, string])[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [[before + key, value] as const] : flatTexts(value, `${before}${key}.`),
  );

/** Everything that words a page in one language. */
export type Texts = ReturnType<typeof wordingOf>;

/** `locale` as BCP 47, for dates and names of countries and languages; `language` has the lists of words. */
export function wordingOf(locale: string, language: Language, formatMessage: FormatMessage) {
  const regions = new Intl.DisplayNames(locale, { type: "region" });
  const tongues = new Intl.DisplayNames(locale, { type: "language" });
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
      timeZone: "UTC",
      calendar: "gregory",
      ...options,
    });
  const dayFormat = format({ day: "numeric", month: "long", year: "numeric" });
  const monthFormat = format({ month: "long", year: "numeric" });

  const shortDayFormat = format({ day: "numeric", month: "short", year: "numeric" });
  const shortMonthFormat = format({ month: "short", year: "numeric" });
  const momentFormat = format({ dateStyle: "long", timeStyle: "short" });

  /** A text by its key; parameters as its message names them. */
  function t(key: PlainKey): string;
  function t<K extends keyof TextParameters>(key: K, parameters: TextParameters[K]): string;
  function t(key: string, parameters: Readonly<Record<string, string | number>> = {}): string {
    return formatMessage(key, parameters);
  }

  const named = (table: Readonly<Record<string, string>>, key: string) =>
    Object.hasOwn(table, key) ? table[key] : undefined;

  const day = (value: GregorianDay): string => dayFormat.format(Date.parse(`${value}T00:00Z`));

  /**
   * A date as it is known: a year stays a year. One told in another calendar is shown in the Gregorian first, as far as
   * it can be known, with what was told beside it.
   */
  function date(value: PartialDate): string {
    const plain = value.calendar === "gregorian" ? gregorian(value) : converted(value);
    return value.approximate === true ? t("dates.about", { date: plain }) : plain;
  }

  function gregorian({ value, precision }: PartialDate): string {
    if (precision === "day") return day(value);
    return precision === "month"
      ? t("dates.month", { month: monthFormat.format(Date.parse(`${value}-01T00:00Z`)) })
      : t("dates.year", { year: value });
  }

  function converted(value: PartialDate): string {
    const range = gregorianRange(value);
    const calendar = t(`calendars.${value.calendar}`);
    if (range === undefined) return `${value.value} ${calendar}`;
    const plain =
      range.from === range.to
        ? day(range.from)
        : t("dates.between", { from: day(range.from), to: day(range.to) });
    return t("dates.inOther", { date: plain, given: value.value, calendar });
  }

  /** The same for a narrow column. */
  function shortDate(value: PartialDate): string {
    const range = gregorianRange(value);
    const calendar = t(`calendars.${value.calendar}`);
    if (range === undefined) return `${value.value} ${calendar}`;
    const [first, last] = [range.from.slice(0, 4), range.to.slice(0, 4)];
    const wide =
      first === last ? t("dates.yearOnly", { year: first }) : t("dates.either", { from: first, to: last });
    const plain =
      value.precision === "day"
        ? shortDayFormat.format(Date.parse(`${range.from}T00:00Z`))
        : value.precision === "month" && value.calendar === "gregorian"
          ? shortMonthFormat.format(Date.parse(`${range.from}T00:00Z`))
          : wide;
    const whole =
      value.calendar === "gregorian"
        ? plain
        : t("dates.inOther", { date: plain, given: value.value, calendar });
    return value.approximate === true ? t("dates.about", { date: whole }) : whole;
  }

  return {
    t,
    day,
    date,
    shortDate,
    /** Milliseconds since 1970 as the author's laptop said, in UTC. */
    instant: (at: number) => momentFormat.format(at),
    country: (code: string) =>
      named(language.states, code) ?? (code.length === 2 ? (regions.of(code) ?? code) : code),
    language: (code: string) => tongues.of(code) ?? code,
    /** A field's label: the one for its place, else the one for its name. */
    label: (place: string) =>
      named(language.fields, place) ?? named(language.fields, place.slice(place.lastIndexOf(".") + 1)) ?? "",
    /** A word of a closed list. */
    word: (value: string) => named(language.values, value) ?? value,
    /** What happened, what it means for the data, what to do next. An error without a text is the program's mistake. */
    error(failure: Failure & Readonly<Record<string, unknown>>): {
      what: string;
      data: string;
      next: string;
    } {
      const type = hasErrorText(failure.type) ? failure.type : "Bug";
      const part = (name: "what" | "data" | "next") =>
        formatMessage(`errors.${type}.${name}`, {
          ...unknown(english.errors[type][name]),
          ...parametersOf(failure),
        });
      return { what: part("what"), data: part("data"), next: part("next") };
    },
    /** What is wrong with what was typed, each cause once, where a failure names any. */
    problems(failure: Readonly<Record<string, unknown>>): readonly string[] {
      const found = Array.isArray(failure["problems"]) ? (failure["problems"] as readonly unknown[]) : [];
      const whys = found.flatMap((one) => {
        const { why, what } = Object(one) as { why?: unknown; what?: unknown };
        const text = named(language.problems, String(why ?? what));
        return text === undefined ? [] : [text];
      });
      return [...new Set(whys)];
    },
  };
}

/** A figure that an error does not carry is shown as not known rather than hiding the error behind another. */
const unknown = (message: string): Record<string, string> =>
  Object.fromEntries(Array.from(message.matchAll(/\{(\w+)[,}]/g), ([, name = ""]) => [name, "?"]));

/** Plain figures and words of an error, and the count of its problems. */
function parametersOf(failure: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const plain = Object.entries(failure).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === "string" || typeof entry[1] === "number",
  );
  const problems = failure["problems"];
  return { ...Object.fromEntries(plain), ...(Array.isArray(problems) ? { count: problems.length } : {}) };
}
