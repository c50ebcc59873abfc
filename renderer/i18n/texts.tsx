// Texts of the screens in the language of this window: English, and two made ones that tests use to find what was not worded.
import { createIntl } from "@formatjs/intl";
import { createContext, useContext, type ReactNode } from "react";
import { english } from "../../shared/texts/texts.ts";
import { flatTexts, wordingOf, type Texts } from "../../shared/texts/wording.ts";
import { longer, pseudo } from "./pseudo.ts";

export type Language = {
  readonly texts: Texts & Words;
  /** BCP 47, for dates and numbers. */
  readonly locale: string;
  readonly direction: "ltr" | "rtl";
};

/** `en-XA` is accented and longer, `ar-XB` the same from right to left: for tests alone, no person's language. */
export function languageFor(wanted: string): Language {
  const made = wanted === "en-XA" || wanted === "ar-XB";
  const locale = wanted === "ar-XB" ? "ar" : "en";
  const flat = flatTexts(english);
  const messages = made
    ? Object.fromEntries(flat.map(([key, text]) => [key, pseudo(text)]))
    : Object.fromEntries(flat);
  const intl = createIntl({
    locale,
    messages,
    onError: (error) => {
      throw error;
    },
  });
  const tables = made ? lengthened(english) : english;
  const texts = wordingOf(locale, tables, (id, values) => intl.formatMessage({ id }, values));
  return { texts: { ...texts, ...wordsIn(locale) }, locale, direction: wanted === "ar-XB" ? "rtl" : "ltr" };
}

/** Lists of words are looked up and not formatted: lengthened as they lie. */
const lengthened = <T,>(texts: T): T =>
  typeof texts === "string"
    ? (longer(texts) as T)
    : (Object.fromEntries(Object.entries(texts as object).map(([key, one]) => [key, lengthened(one)])) as T);

/** Dates and numbers as people say them. */
function wordsIn(locale: string) {
  const tag = locale === "en" ? "en-GB" : locale;
  const weekday = new Intl.DateTimeFormat(tag, { weekday: "short", day: "numeric", month: "short" });
  const withYear = new Intl.DateTimeFormat(tag, { day: "numeric", month: "short", year: "numeric" });
  const clock = new Intl.DateTimeFormat(tag, { hour: "2-digit", minute: "2-digit" });
  const full = new Intl.DateTimeFormat(tag, { dateStyle: "full", timeStyle: "short" });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  const number = new Intl.NumberFormat(tag);
  return {
    /** `Thu 12 Nov`; with the year where it is another one. */
    dayShort: (at: number): string =>
      (new Date(at).getFullYear() === new Date().getFullYear() ? weekday : withYear)
        .format(at)
        .replace(",", ""),
    clock: (at: number): string => clock.format(at),
    dayAndClock: (at: number): string => `${weekday.format(at).replace(",", "")} ${clock.format(at)}`,
    fullMoment: (at: number): string => full.format(at),
    /** `in 2 days`, `yesterday`. */
    inDays: (days: number): string => relative.format(days, "day"),
    number: (value: number): string => number.format(value),
    /** `2.1 MB`. */
    size: (bytes: number): string => {
      const unit = bytes >= 1e9 ? "gigabyte" : bytes >= 1e6 ? "megabyte" : "kilobyte";
      const by = { gigabyte: 1e9, megabyte: 1e6, kilobyte: 1e3 }[unit];
      return new Intl.NumberFormat(tag, {
        style: "unit",
        unit,
        maximumFractionDigits: unit === "kilobyte" ? 0 : 1,
      }).format(bytes / by);
    },
    list: (items: readonly string[]): string =>
      new Intl.ListFormat(tag, { type: "conjunction" }).format(items),
  };
}
export type Words = ReturnType<typeof wordsIn>;

const Speaking = createContext<Language | undefined>(undefined);

export function Spoken({
  language,
  children,
}: {
  readonly language: Language;
  readonly children: ReactNode;
}) {
  return <Speaking value={language}>{children}</Speaking>;
}

export function useLanguage(): Language {
  const language = useContext(Speaking);
  if (language === undefined) throw new Error("outside of Spoken");
  return language;
}

/** Texts, dates, countries and words of closed lists in the window's language. */
export const useTexts = (): Language["texts"] => useLanguage().texts;
