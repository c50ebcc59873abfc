// Pages are made of pieces of HTML in which everything that was typed is escaped: there is no other way to make one.

class Markup {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

/** Markup that is safe to splice into a page; only this file makes it. */
export type Html = Markup;

/** Text is escaped, pieces of HTML and lists of them go in as they are, `undefined` and `false` leave nothing. */
export type Spliced = string | number | Html | readonly Spliced[] | undefined | false;

export const html = (pieces: TemplateStringsArray, ...values: readonly Spliced[]): Html =>
  new Markup(pieces.reduce((all, piece, at) => all + (at === 0 ? "" : written(values[at - 1])) + piece, ""));

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes text for elements and quoted attributes; direction overrides in quoted free text are shown, not obeyed. */
function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (found) => entities[found] ?? "")
    .replaceAll(
      /[\u202a-\u202e\u2066-\u2069]/g,
      (found) => `[U+${found.charCodeAt(0).toString(16).toUpperCase()}]`,
    );
}

function written(value: Spliced): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Markup) return value.toString();
  if (typeof value === "string" || typeof value === "number") return escaped(String(value));
  return value.map(written).join("");
}

/** A style element; the sheet is the program's own and is refused if it could end the element. */
export function styleElement(sheet: string): Html {
  if (sheet.includes("<")) throw new Error("a style sheet holds no markup");
  return new Markup(`<style>${sheet}</style>`);
}
