// Finds the statements written with the sql tag in a source text and fills their holes, so that they can be prepared.

type Template = {
  readonly texts: readonly string[];
  readonly holes: readonly string[];
  readonly end: number;
};

/** What a hole can stand for: a value, a list, nothing (an optional clause), a condition. */
const FILLINGS = ["?", "(?)", "", "AND 1"] as const;
const MOST = 6;

/**
 * For each whole statement, the texts it may become: the first is the likeliest. Fragments (clauses that other statements
 * splice in) are tried where they stand inside a hole.
 */
export function statementsOf(source: string): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  for (let at = source.indexOf("sql`"); at >= 0; at = source.indexOf("sql`", at + 1)) {
    const template = parse(source, at + "sql`".length);
    if (/^\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH)\b/i.test(template.texts[0] ?? ""))
      found.push(variants(template));
  }
  return found;
}

/** The template from `start` (after its backtick) to its closing backtick, holes with nested templates included. */
function parse(source: string, start: number): Template {
  const texts: string[] = [];
  const holes: string[] = [];
  let from = start;
  for (let at = start; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "`") return { texts: [...texts, source.slice(from, at)], holes, end: at };
    else if (source.startsWith("${", at)) {
      texts.push(source.slice(from, at));
      const end = holeEnd(source, at + 2);
      holes.push(source.slice(at + 2, end));
      at = end;
      from = end + 1;
    }
  }
  throw new Error("a template without an end");
}

function holeEnd(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    if (source[at] === "`") at = parse(source, at + 1).end;
    else if (source[at] === "{") depth++;
    else if (source[at] === "}" && depth-- === 0) return at;
  }
  throw new Error("a hole without an end");
}

function variants({ texts, holes }: Template): readonly string[] {
  const choices = holes.map((hole, index) => {
    const nested = [...hole.matchAll(/sql`/g)].flatMap(({ index: at }) =>
      variants(parse(hole, at + "sql`".length)),
    );
    if (nested.length > 0) return [...nested, ""];
    if (hole.trim().startsWith("sql.list(") || /\bIN\s*$/i.test(texts[index] ?? "")) return ["(?)"];
    return holes.length > MOST ? ["?"] : FILLINGS;
  });
  let filled = [texts[0] ?? ""];
  for (const [index, choice] of choices.entries()) {
    filled = choice.flatMap((filling) => filled.map((text) => text + filling + (texts[index + 1] ?? "")));
  }
  return filled.slice(0, 5000);
}
