// Writes the types of text keys and their parameters out of the English texts.
import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";

type Texts = { readonly [key: string]: string | Texts };

/** Every text by its dotted key. */
export function flatten(texts: Texts, before = ""): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === "string" ? [[before + key, value] as const] : [...flatten(value, `${before}${key}.`)],
    ),
  );
}

/** Names and types of a message's parameters. */
export function parametersOf(message: string): ReadonlyMap<string, "number" | "string"> {
  const found = new Map<string, "number" | "string">();
  const visit = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.argument) found.set(element.value, "string");
      else if (element.type === TYPE.number) found.set(element.value, "number");
      else if (element.type === TYPE.plural || element.type === TYPE.select) {
        found.set(element.value, element.type === TYPE.plural ? "number" : "string");
        for (const option of Object.values(element.options)) visit(option.value);
      }
    }
  };
  visit(parse(message));
  return found;
}

/** The whole of shared/texts/keys.ts. */
export function keysFile(texts: Texts): string {
  const all = [...flatten(texts)].map(([key, message]) => ({ key, parameters: [...parametersOf(message)] }));
  const plain = all.filter(({ parameters }) => parameters.length === 0);
  const open = all.filter(({ parameters }) => parameters.length > 0);
  return [
    "// Generated from en.json: every text key, and the parameters its message takes. A test says how to write it anew.",
    "",
    "export type PlainKey =",
    ...plain.map(({ key }, at) => `  | ${JSON.stringify(key)}${at === plain.length - 1 ? ";" : ""}`),
    "",
    "export type TextParameters = {",
    ...open.map(
      ({ key, parameters }) =>
        `  readonly ${JSON.stringify(key)}: { ${parameters.map(([name, type]) => `readonly ${name}: ${type}`).join("; ")} };`,
    ),
    "};",
    "",
    "export type TextKey = PlainKey | keyof TextParameters;",
    "",
  ].join("\n");
}
