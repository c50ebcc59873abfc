// Finds every import of a TypeScript file, types and dynamic ones included, by its syntax tree.
import { parseAst } from "vitest/node";

/** What stands in an import; `undefined` is a dynamic import of a computed name. */
export type Import = { readonly specifier: string | undefined; readonly line: number };

/** All imports and re-exports of `source`, in the order of the text. `path` only chooses the language. */
export function importsOf(source: string, path: string): readonly Import[] {
  const found: Import[] = [];
  visit(parseAst(source, { lang: path.endsWith("x") ? "tsx" : "ts" }), (node) => {
    if (!IMPORTING.has(node["type"])) return;
    const from = node["source"] ?? node["argument"];
    // An `export { x }` without `from` has no source.
    if (!isNode(from)) return;
    const literal = isNode(from["literal"]) ? from["literal"]["value"] : from["value"];
    const start = typeof node["start"] === "number" ? node["start"] : 0;
    found.push({
      specifier: typeof literal === "string" ? literal : undefined,
      line: source.slice(0, start).split("\n").length,
    });
  });
  return found;
}

const IMPORTING = new Set<unknown>([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
]);

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}

function visit(value: unknown, seen: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, seen);
    return;
  }
  if (!isNode(value)) return;
  seen(value);
  for (const child of Object.values(value)) visit(child, seen);
}
