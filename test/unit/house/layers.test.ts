// The layer test: every import of every file stands in the table of the house, and what the table forbids is reported.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PROJECT, projectFiles } from "../../support/files.ts";
import { importsOf } from "../../support/lint/imports.ts";
import { placeOf, refusal } from "../../support/lint/layers.ts";

const sources = projectFiles().filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"));

describe("the project", () => {
  test("every source file stands in a layer", () => {
    expect(sources.length).toBeGreaterThan(10);
    expect(sources.filter((path) => placeOf(path) === undefined)).toEqual([]);
  });

  test("no file imports what its layer may not", () => {
    const broken = sources.flatMap((path) =>
      importsOf(readFileSync(join(PROJECT, path), "utf8"), path).flatMap(({ specifier, line }) => {
        if (specifier === undefined) {
          return placeOf(path)?.at === "test" ? [] : [`${path}:${line} imports a computed name`];
        }
        const why = refusal(path, specifier);
        return why === undefined ? [] : [`${path}:${line} imports ${specifier}: ${why}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  test("the top level is fixed", () => {
    const known = new Set(["main", "renderer", "shared", "test", ".ci", ".github"]);
    const folders = new Set(
      projectFiles().flatMap((path) => (path.includes("/") ? [path.split("/")[0]] : [])),
    );
    expect([...folders].filter((folder) => folder !== undefined && !known.has(folder))).toEqual([]);
  });
});

describe("imports are found", () => {
  const found = (source: string): readonly (string | undefined)[] =>
    importsOf(source, "x.ts").map(({ specifier }) => specifier);

  test.each([
    ["an import", 'import { a } from "./a.ts";', ["./a.ts"]],
    ["a type", 'import type { A } from "./a.ts";', ["./a.ts"]],
    ["a side effect", 'import "./a.ts";', ["./a.ts"]],
    [
      "a re-export",
      'export { a } from "./a.ts"; export * from "./b.ts"; export type { C } from "./c.ts";',
      ["./a.ts", "./b.ts", "./c.ts"],
    ],
    ["over lines", 'import {\n  a,\n} from "./a.ts";', ["./a.ts"]],
    ["a dynamic import", 'const a = await import("./a.ts");', ["./a.ts"]],
    ["a type in passing", 'type A = import("./a.ts").A;', ["./a.ts"]],
    ["a computed name", "const a = await import(name);", [undefined]],
    [
      "nothing in texts and comments",
      '// import "./a.ts"\nconst a = "import \'./b.ts\'"; const b = /import "x"/; export { a, b };',
      [],
    ],
  ])("%s", (_name, source, expected) => {
    expect(found(source)).toEqual(expected);
  });
});

describe("allowed", () => {
  test.each([
    ["shared/schema.ts", "zod"],
    ["shared/vocabulary/ids.ts", "../schema.ts"],
    ["main/core/vault/sql.ts", "better-sqlite3"],
    ["main/core/vault/slots.ts", "node:fs"],
    ["main/core/pgp/index.ts", "openpgp"],
    ["main/core/pgp/keys.ts", "../vault/index.ts"],
    ["main/core/pgp/keys.ts", "../vault/secret.ts"],
    ["main/core/chain/chain.rules.ts", "./standing.rules.ts"],
    ["main/core/chain/chain.store.ts", "../vault/sql.ts"],
    ["main/core/sections/sections.store.ts", "./sections.rules.ts"],
    ["main/core/sections/index.ts", "../chain/index.ts"],
    ["main/core/cases/cases.rules.ts", "../chain/chain.rules.ts"],
    ["main/core/cases/cases.rules.ts", "../contacts/contacts.rules.ts"],
    ["main/core/cases/cases.store.ts", "./cases.rules.ts"],
    ["main/core/cases/cases.actions.ts", "./cases.store.ts"],
    ["main/core/cases/cases.actions.ts", "../contacts/index.ts"],
    ["main/core/cases/cases.actions.ts", "../sections/index.ts"],
    ["main/core/cases/cases.actions.ts", "../ports.ts"],
    ["main/core/cases/index.ts", "./cases.actions.ts"],
    ["main/core/exchange/archive.ts", "tar-stream"],
    ["main/core/app.ts", "./overview/index.ts"],
    ["main/core/app.ts", "./vault/index.ts"],
    ["main/core/app.ts", "./door.ts"],
    ["main/core/door.ts", "./vault/index.ts"],
    ["main/ipc/router.ts", "../core/app.ts"],
    ["main/shells/cli/waypost.ts", "../node/core.ts"],
    ["main/shells/cli/waypost.ts", "../../ipc/router.ts"],
    ["main/shells/node/files.ts", "../../core/ports.ts"],
    ["main/shells/node/decoder-entry.ts", "../../core/sections/trial.ts"],
    ["main/shells/node/decoder.ts", "../../core/ports.ts"],
    ["renderer/features/case/page.tsx", "../../ui/button.tsx"],
    ["renderer/features/case/page.tsx", "../../../shared/result.ts"],
    ["test/unit/main/core/cases/cases.rules.test.ts", "../../../../../main/core/cases/cases.rules.ts"],
    ["test/bench/save.ts", "openpgp"],
  ])("%s may import %s", (from, specifier) => {
    expect(refusal(from, specifier)).toBeUndefined();
  });
});

describe("forbidden", () => {
  test.each([
    // shared runs anywhere
    ["shared/vocabulary/ids.ts", "zod"],
    ["shared/result.ts", "../main/core/ports.ts"],
    ["shared/result.ts", "node:crypto"],
    // one importer a library, and no library unknown
    ["main/core/cases/cases.actions.ts", "zod"],
    ["main/core/exchange/send.ts", "openpgp"],
    ["main/core/exchange/send.ts", "openpgp/lightweight"],
    ["main/core/chain/chain.ts", "@automerge/automerge"],
    ["main/core/sections/sections.store.ts", "better-sqlite3"],
    ["main/core/pgp/keys.ts", "sodium-native"],
    ["main/core/intake/intake.actions.ts", "tar-stream"],
    ["main/core/exchange/archive.ts", "csv-parse"],
    ["main/core/contacts/contacts.actions.ts", "@scure/bip39"],
    ["main/core/overview/today.actions.ts", "@formatjs/intl"],
    ["main/core/vault/index.ts", "left-pad"],
    ["main/core/vault/index.ts", "fs"],
    ["main/core/sections/trial.ts", "sharp"],
    // no network, and processes are the shells'
    ["main/core/exchange/send.ts", "node:net"],
    ["main/shells/node/core.ts", "node:http"],
    ["main/shells/node/core.ts", "node:dns/promises"],
    ["main/core/safety/safety.actions.ts", "node:child_process"],
    ["main/core/safety/safety.actions.ts", "node:fs/promises"],
    // underneath: vault, pgp, audit, chain, then sections and statements side by side
    ["main/core/vault/index.ts", "../pgp/index.ts"],
    ["main/core/pgp/keys.ts", "../audit/index.ts"],
    ["main/core/audit/log.ts", "../chain/index.ts"],
    ["main/core/chain/index.ts", "../sections/index.ts"],
    ["main/core/sections/index.ts", "../statements/index.ts"],
    ["main/core/statements/index.ts", "../sections/index.ts"],
    ["main/core/sections/index.ts", "../cases/index.ts"],
    ["main/core/sections/index.ts", "../chain/chain.store.ts"],
    ["main/core/sections/trial.ts", "../app.ts"],
    // the line of subjects
    ["main/core/safety/safety.actions.ts", "../contacts/index.ts"],
    ["main/core/consent/consent.actions.ts", "../plan/index.ts"],
    ["main/core/cases/cases.rules.ts", "../consent/consent.rules.ts"],
    ["main/core/paper/paper.actions.ts", "../exchange/index.ts"],
    ["main/core/intake/intake.actions.ts", "../overview/index.ts"],
    ["main/core/cases/cases.actions.ts", "../contacts/contacts.actions.ts"],
    ["main/core/cases/cases.actions.ts", "../contacts/contacts.store.ts"],
    ["main/core/cases/cases.actions.ts", "../contacts/contacts.rules.ts"],
    ["main/core/cases/cases.actions.ts", "../app.ts"],
    ["main/core/cases/cases.actions.ts", "./index.ts"],
    // rules, stores, facades
    ["main/core/cases/cases.rules.ts", "./cases.store.ts"],
    ["main/core/cases/cases.rules.ts", "./cases.actions.ts"],
    ["main/core/cases/cases.rules.ts", "../ports.ts"],
    ["main/core/cases/cases.rules.ts", "../contacts/index.ts"],
    ["main/core/cases/cases.rules.ts", "node:crypto"],
    ["main/core/pgp/words.rules.ts", "@scure/bip39"],
    ["main/core/cases/cases.store.ts", "./cases.actions.ts"],
    ["main/core/cases/cases.store.ts", "../vault/index.ts"],
    ["main/core/cases/cases.store.ts", "../contacts/index.ts"],
    ["main/core/cases/cases.store.ts", "../ports.ts"],
    ["main/core/cases/index.ts", "../vault/index.ts"],
    ["main/core/cases/index.ts", "../../../shared/result.ts"],
    ["main/core/ports.ts", "./vault/index.ts"],
    // the core knows no shell, ipc only app.ts, shells only the ways in
    ["main/core/app.ts", "../ipc/router.ts"],
    ["main/core/door.ts", "./app.ts"],
    ["main/core/cases/cases.actions.ts", "../door.ts"],
    ["main/ipc/router.ts", "../core/door.ts"],
    ["main/core/vault/index.ts", "../../shells/node/files.ts"],
    ["main/ipc/router.ts", "../core/cases/index.ts"],
    ["main/ipc/router.ts", "../shells/node/core.ts"],
    ["main/shells/cli/waypost.ts", "../../core/vault/index.ts"],
    ["main/shells/cli/waypost.ts", "../chromium/window.ts"],
    ["main/shells/node/core.ts", "../electron/main.ts"],
    ["main/shells/node/decoder-entry.ts", "../../core/sections/index.ts"],
    ["main/shells/node/decoder-entry.ts", "../../core/app.ts"],
    ["main/shells/chromium/window.ts", "electron"],
    // the renderer
    ["renderer/features/case/page.tsx", "../consent/page.tsx"],
    ["renderer/features/case/page.tsx", "../../../main/core/app.ts"],
    ["renderer/ui/button.tsx", "../features/case/page.tsx"],
    ["renderer/ui/button.tsx", "../../shared/vocabulary/ids.ts"],
    ["renderer/bridge/bridge.ts", "node:fs"],
    // nothing imports test/, nothing stands outside the house
    ["main/core/vault/index.ts", "../../../test/support/files.ts"],
    ["shared/result.ts", "../test/support/files.ts"],
    ["vitest.config.ts", "./test/support/files.ts"],
    ["main/core/helpers/text.ts", "node:util"],
    ["main/core/vault/index.ts", "../helpers/text.ts"],
    ["main/core/vault/index.ts", "../../../../elsewhere/x.ts"],
  ])("%s may not import %s", (from, specifier) => {
    expect(refusal(from, specifier)).toEqual(expect.any(String));
  });
});
