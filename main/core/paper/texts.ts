// Texts of a language for paper: the core's only importer of @formatjs.
import { createIntl } from "@formatjs/intl";
import { english } from "../../../shared/texts/texts.ts";
import { flatTexts, wordingOf, type Texts } from "../../../shared/texts/wording.ts";

export type { Texts };

const fail = (error: Error): never => {
  throw error;
};

/** Texts of a language; English is the one this release has. */
export function textsIn(locale: "en"): Texts {
  const intl = createIntl({ locale, messages: Object.fromEntries(flatTexts(english)), onError: fail });
  return wordingOf(locale, english, (id, parameters) => intl.formatMessage({ id }, parameters));
}
