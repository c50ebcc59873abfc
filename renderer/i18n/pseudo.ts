// A made language for tests: every worded letter accented and the text a third longer, so that what was not worded stands out.
import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";

const accents: Readonly<Record<string, string>> = {
  a: "á",
  e: "é",
  i: "í",
  o: "ó",
  u: "ú",
  y: "ý",
  c: "ç",
  n: "ñ",
  s: "š",
  z: "ž",
  A: "Á",
  E: "É",
  I: "Í",
  O: "Ó",
  U: "Ú",
  Y: "Ý",
  C: "Ç",
  N: "Ñ",
  S: "Š",
  Z: "Ž",
};

/** The message with its words accented; placeholders and their choices stay. */
export function pseudo(message: string): MessageFormatElement[] {
  return parse(message).map(accented);
}

function accented(element: MessageFormatElement): MessageFormatElement {
  if (element.type === TYPE.literal) return { ...element, value: longer(element.value) };
  if (element.type === TYPE.plural || element.type === TYPE.select) {
    const options = Object.fromEntries(
      Object.entries(element.options).map(([name, option]) => [
        name,
        { ...option, value: option.value.map(accented) },
      ]),
    );
    return { ...element, options } as MessageFormatElement;
  }
  return element;
}

/** Accented and a third longer. */
export function longer(text: string): string {
  const letters = text.replaceAll(/\p{L}/gu, (letter) => accents[letter] ?? letter);
  const words = text.trim().length;
  return words < 3 ? letters : `${letters}${"·".repeat(Math.ceil(words * 0.3))}`;
}
