// Lint rules of this house that no published plugin has; `.oxlintrc.json` names them `waypost/...`.
import { relative, sep } from "node:path";
import { refusal } from "./layers.ts";

// The part of oxlint's plugin interface used here: the package does not export its types.
type Node = { readonly type: string } & Readonly<Record<string, unknown>>;
type Scope = {
  readonly upper: Scope | null;
  readonly set: ReadonlyMap<string, { readonly defs: readonly { readonly node: Node }[] }>;
};
type Context = {
  readonly cwd: string;
  readonly filename: string;
  readonly sourceCode: { readonly text: string; getScope(node: Node): Scope };
  report(problem: { readonly node: Node; readonly message: string }): void;
};
type Rule = { create(context: Context): Readonly<Record<string, (node: Node) => void>> };

/** The import table: who may import whom, and one importer a library. */
const layers: Rule = {
  create(context) {
    const from = relative(context.cwd, context.filename).split(sep).join("/");
    const judge = (node: Node): void => {
      const source = asNode(node["source"]);
      if (source === undefined) return;
      const specifier = source["value"];
      const why =
        typeof specifier === "string" ? refusal(from, specifier) : "an import names its module literally";
      if (why !== undefined) context.report({ node, message: why });
    };
    return {
      ImportDeclaration: judge,
      ExportNamedDeclaration: judge,
      ExportAllDeclaration: judge,
      ImportExpression: judge,
      TSImportType: judge,
    };
  },
};

/** `new Date()` and `Date()` read the laptop's clock; the core takes a Clock. */
const noClock: Rule = {
  create(context) {
    const judge = (node: Node): void => {
      const given = node["arguments"];
      if (node.type === "NewExpression" && Array.isArray(given) && given.length > 0) return;
      if (nameOf(node["callee"]) === "Date") {
        context.report({ node, message: "Take the time from the Clock that is passed in." });
      }
    };
    return { NewExpression: judge, CallExpression: judge };
  },
};

/** SQL runs only through the `sql` tag: no `.prepare()` and no `.exec()` but that of a regular expression. */
const noRawSql: Rule = {
  create(context) {
    return {
      CallExpression(node) {
        const callee = asNode(node["callee"]);
        if (callee?.type !== "MemberExpression") return;
        const called = nameOf(callee["property"]);
        if (called === "prepare" || (called === "exec" && !isPattern(context, callee["object"]))) {
          context.report({
            node,
            message: `SQL runs only through the sql tag of vault/sql.ts, not through .${called}().`,
          });
        }
      },
    };
  },
};

/** Each file begins with a comment that says what it is for. */
const purpose: Rule = {
  create(context) {
    return {
      Program(node) {
        const text = context.sourceCode.text.replace(/^#!.*\n/, "");
        if (/^(?:\/\/ |\/\*\*? )\S/.test(text)) return;
        context.report({
          node,
          message: "The file begins with a comment sentence that says what it is for.",
        });
      },
    };
  },
};

function isPattern(context: Context, value: unknown): boolean {
  const node = asNode(value);
  const name = nameOf(node);
  if (node === undefined) return false;
  if (node.type === "NewExpression") return nameOf(node["callee"]) === "RegExp";
  if (name === undefined) return "regex" in node;
  for (let scope: Scope | null = context.sourceCode.getScope(node); scope !== null; scope = scope.upper) {
    const definition = scope.set.get(name)?.defs[0]?.node;
    if (definition !== undefined) return isPattern(context, definition["init"]);
  }
  return false;
}

function nameOf(value: unknown): string | undefined {
  const node = asNode(value);
  return node?.type === "Identifier" && typeof node["name"] === "string" ? node["name"] : undefined;
}

function asNode(value: unknown): Node | undefined {
  return typeof value === "object" && value !== null && "type" in value ? (value as Node) : undefined;
}

// oxlint takes a plugin by its default export.
export default {
  meta: { name: "waypost" },
  rules: { layers, "no-clock": noClock, "no-raw-sql": noRawSql, purpose },
};
