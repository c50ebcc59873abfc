// The lint configuration reports what the house forbids: one run over a small tree of wrong files.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROJECT } from "../../support/files.ts";

/** A wrong file, and the rule that must speak. */
const WRONG: readonly (readonly [path: string, source: string, rule: string])[] = [
  ["main/core/cases/clock-a.ts", "export const at = Date.now();", "no-restricted-properties"],
  ["main/core/cases/clock-b.ts", "export const at = new Date();", "waypost(no-clock)"],
  ["main/core/cases/clock-c.ts", "export const at = performance.now();", "no-restricted-globals"],
  ["main/core/cases/clock-d.rules.ts", "export const at = Date.now();", "no-restricted-properties"],
  ["shared/clock.ts", "export const at = new Date();", "waypost(no-clock)"],
  ["main/core/cases/random-a.ts", "export const n = Math.random();", "no-restricted-properties"],
  [
    "main/core/cases/random-b.ts",
    'import { randomBytes } from "node:crypto";\nexport const n = randomBytes(1);',
    "no-restricted-imports",
  ],
  [
    "main/core/cases/random-c.ts",
    'import * as crypto from "node:crypto";\nexport const n = crypto.randomUUID();',
    "no-restricted-imports",
  ],
  ["main/core/cases/random-d.ts", "export const n = crypto.randomUUID();", "no-restricted-globals"],
  ["main/core/cases/talks.ts", 'export const say = () => console.log("x");', "no-console"],
  ["main/shells/cli/net.ts", 'export const get = () => fetch("x");', "no-restricted-globals"],
  [
    "main/core/cases/sql-a.ts",
    "export const f = (db: { prepare(t: string): void }) => db.prepare(``);",
    "waypost(no-raw-sql)",
  ],
  [
    "main/core/cases/sql-b.ts",
    "export const f = (db: { exec(t: string): void }) => db.exec(``);",
    "waypost(no-raw-sql)",
  ],
  ["main/core/cases/layers-a.ts", 'import * as pgp from "openpgp";\nexport { pgp };', "waypost(layers)"],
  ["main/core/cases/layers-b.ts", 'export * from "../overview/index.ts";', "waypost(layers)"],
  [
    "main/core/cases/floating.ts",
    "export const f = (p: () => Promise<void>): void => {\n  p();\n};",
    "no-floating-promises",
  ],
  [
    "main/core/cases/misused.ts",
    "export const f = (xs: number[], p: () => Promise<void>): void => xs.forEach(async () => p());",
    "no-misused-promises",
  ],
  ["main/core/cases/any-a.ts", "export const f = (x: any): unknown => x;", "no-explicit-any"],
  ["main/core/cases/any-b.ts", 'export const f = (): string => JSON.parse("1");', "no-unsafe-return"],
  [
    "main/core/cases/cycle-a.ts",
    'import { b } from "./cycle-b.ts";\nexport const a = (): unknown => b;',
    "import(no-cycle)",
  ],
  [
    "main/core/cases/cycle-b.ts",
    'import { a } from "./cycle-a.ts";\nexport const b = (): unknown => a;',
    "import(no-cycle)",
  ],
  ["main/core/cases/default.ts", "export default 1;", "no-default-export"],
  [
    "main/core/cases/unused.ts",
    "// oxlint-disable-next-line no-console -- nothing here\nexport const a = 1;",
    "Unused oxlint-disable",
  ],
  ["main/core/cases/ignored.ts", "// @ts-ignore\nexport const a = 1;", "ban-ts-comment"],
];

/** Files that look alike and are right. */
const RIGHT: readonly (readonly [path: string, source: string])[] = [
  ["main/core/cases/right-a.ts", "export const day = (at: number): Date => new Date(at);"],
  [
    "main/core/cases/right-b.ts",
    'const digits = /[0-9]+/;\nexport const f = (): unknown => [digits.exec("1"), /a/.exec("a")];',
  ],
  ["main/core/cases/right-c.ts", 'import { createHash } from "node:crypto";\nexport { createHash };'],
  ["main/core/vault/right-d.ts", "export const f = (db: { prepare(t: string): void }) => db.prepare(``);"],
  ["main/shells/cli/right-e.ts", "export const at = (): number => Date.now();"],
];

type Diagnostic = { readonly filename: string; readonly code?: string; readonly message: string };

const folder = mkdtempSync(join(tmpdir(), "waypost-lint-"));
let spoken: ReadonlyMap<string, string>;

beforeAll(() => {
  for (const name of [".oxlintrc.json", "tsconfig.base.json", "tsconfig.json", "shared/tsconfig.json"]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(PROJECT, name), join(folder, name));
  }
  mkdirSync(join(folder, "main"));
  for (const name of ["tsconfig.json", "tsconfig.rules.json", "tsconfig.page.json", "tsconfig.preload.json"])
    cpSync(join(PROJECT, "main", name), join(folder, "main", name));
  // Projects that name their files.
  for (const name of ["chromium/in-page.ts", "electron/in-preload.ts", "electron/preload.ts"]) {
    mkdirSync(dirname(join(folder, "main/shells", name)), { recursive: true });
    cpSync(join(PROJECT, "main/shells", name), join(folder, "main/shells", name));
  }
  cpSync(join(PROJECT, "test/support"), join(folder, "test/support"), { recursive: true });
  symlinkSync(join(PROJECT, "node_modules"), join(folder, "node_modules"), "junction");
  for (const [path, source] of [...WRONG, ...RIGHT]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `// A specimen for the lint test.\n${source}\n`);
  }
  spoken = new Map(
    Object.entries(Object.groupBy(lint(), ({ filename }) => filename)).map(([path, found]) => [
      path,
      (found ?? []).map(({ code, message }) => `${code ?? ""} ${message}`).join("\n"),
    ]),
  );
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lint(): readonly Diagnostic[] {
  const oxlint = join(PROJECT, "node_modules/oxlint/bin/oxlint");
  try {
    execFileSync(process.execPath, [oxlint, "--format", "json", "main", "shared"], {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (refused) {
    if (refused instanceof Error && "stdout" in refused && typeof refused.stdout === "string") {
      return (JSON.parse(refused.stdout) as { diagnostics: Diagnostic[] }).diagnostics;
    }
    throw refused;
  }
  return [];
}

test.each(WRONG)("%s", (path, _source, rule) => {
  expect(spoken.get(path)).toContain(rule);
});

test.each(RIGHT)("%s is right", (path) => {
  expect(spoken.get(path)).toBeUndefined();
});

test("warnings are denied and unused exceptions are errors", () => {
  const { options } = JSON.parse(readFileSync(join(PROJECT, ".oxlintrc.json"), "utf8")) as {
    options: unknown;
  };
  expect(options).toEqual({ typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: "deny" });
});
