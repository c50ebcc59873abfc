// A person's name in one written form: one-name people, fathers' names, two family names and every script.
import { object, optional, z } from "../schema.ts";
import { shortText } from "./strings.ts";

/** ISO 15924 script code: `Latn`, `Arab`, `Ethi`. */
export const Script = z.string().regex(/^[A-Z][a-z]{3}$/);

/** How a transliteration came about; a passport's own spelling is never "corrected" by another. */
export const transliterationSystems = [
  "passport",
  "icao-9303",
  "iso",
  "bgn-pcgn",
  "her-own",
  "other",
] as const;

/**
 * One written form of one name. `full` is the name as a person writes or says it and always stands; parts are known or
 * not, and none is derived from `full`. It is set whole: two offices' spellings stay two, never a third.
 */
export const PersonName = object({
  full: shortText,
  given: optional(shortText),
  family: optional(shortText),
  secondFamily: optional(shortText),
  father: optional(shortText),
  grandfather: optional(shortText),
  script: Script,
  language: optional(z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/)),
  system: optional(z.enum(transliterationSystems)),
  /** She has one name only; a form's second box stays empty or takes the authority's filler. */
  oneName: optional(z.literal(true)),
});
export type PersonName = z.infer<typeof PersonName>;

const rightToLeft = new Set(["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr", "Aran"]);

/** Which way a script runs, for `dir` attributes. */
export const directionOf = (script: string): "rtl" | "ltr" => (rightToLeft.has(script) ? "rtl" : "ltr");
