// What a refusal means, for a person: what happened, what it means for the data, what to do.
import { createIntl } from "@formatjs/intl";
import type { Failure } from "../../../shared/result.ts";
import { english, hasErrorText } from "../../../shared/texts/texts.ts";

/** `undefined` where no text exists for this failure. */
export function sentencesFor(failure: Failure): string | undefined {
  if (!hasErrorText(failure.type)) return undefined;
  const { what, data, next } = english.errors[failure.type];
  const intl = createIntl({ locale: "en", onError: () => {} });
  const values = Object.fromEntries(
    Object.entries(failure).filter(([, value]) => typeof value === "string" || typeof value === "number"),
  ) as Record<string, string | number>;
  return [what, data, next]
    .map((text) => intl.formatMessage({ id: failure.type, defaultMessage: text }, values))
    .join(" ");
}
