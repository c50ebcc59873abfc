// What is built and packed for Electron works: core and decoder under plain Node, and the preload script as a sandboxed page runs it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { createContext, runInContext } from "node:vm";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeRequest, trial } from "../../main/core/sections/trial.ts";
import { startCore } from "../../main/shells/node/start-core.ts";
import { pathTokens } from "../../main/shells/node/tokens.ts";
import type { nodeDecoder } from "../../main/shells/node/decoder.ts";
import { ok } from "../../shared/result.ts";
import { sectionSchemas } from "../../shared/vocabulary/sections/index.ts";
import { PROJECT } from "../support/files.ts";
import { PHRASE } from "../support/laptop.ts";

/** Below the project, as what `npm run build:programs` makes: its modules are found further up. */
mkdirSync(join(PROJECT, "dist"), { recursive: true });
const folder = mkdtempSync(join(PROJECT, "dist/test-"));
const at = (path: string) => join(folder, "app", path);
const vite = (...words: readonly string[]) =>
  spawnSync(
    process.execPath,
    [
      "node_modules/vite/bin/vite.js",
      "build",
      "-c",
      "vite.programs.config.ts",
      "--logLevel",
      "warn",
      ...words,
    ],
    { cwd: PROJECT, stdio: ["ignore", "ignore", "inherit"] },
  ).status;

beforeAll(() => {
  expect(vite("--outDir", at(""))).toBe(0);
  expect(vite("--outDir", at(""), "--mode", "preload")).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const startAt = (path: string, node?: string) =>
  startCore({
    lent: { tokens: pathTokens(folder) },
    note: () => {},
    entry: pathToFileURL(join(path, "main/shells/node/core-entry.mjs")),
    stderr: "ignore",
    ...(node === undefined ? {} : { node }),
  });

test("the built core answers, makes a vault and opens it", async () => {
  const core = startAt(at(""));
  try {
    expect(await core.call("vault.status", {})).toEqual(ok({ state: "locked" }));
    const made = await core.call("vault.create", {
      folder: "vault",
      kind: "practice",
      office: "Practice Office",
      person: "A. Tester",
      passphrase: PHRASE,
    });
    expect(made).toMatchObject({ ok: true });
    expect(await core.call("cases.list", {})).toMatchObject({ ok: true });
    expect(await core.call("vault.judge", { passphrase: PHRASE })).toMatchObject({ ok: true });
    expect((await core.lock()).exit).toEqual({ code: 0, signal: null });
  } finally {
    await core.end();
  }
});

const decodes = async (path: string, node?: string) => {
  const built = createRequire(import.meta.url)(join(path, "main/shells/node/decoder.mjs")) as {
    readonly nodeDecoder: typeof nodeDecoder;
  };
  const decoder = built.nodeDecoder({}, node);
  const request = encodeRequest({ sections: [] });
  expect(await decoder.trial(request)).toEqual(ok(trial(request, sectionSchemas)));
  expect(await decoder.code(readFileSync(join(PROJECT, "main/shells/electron/icon.png")))).toEqual(
    ok({ none: "code" }),
  );
};
test("the built decoder tries a change and reads a picture, under its flags", async () => {
  await decodes(at(""));
});

test("the preload script asks for nothing but Electron, and gives the bridge", () => {
  const asked: string[] = [];
  const given: Record<string, unknown> = {};
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, api: unknown) => void (given[name] = api) },
    ipcRenderer: { on: () => {}, send: () => {}, invoke: () => {} },
  };
  const page = createContext({ window: { addEventListener: () => {} }, setTimeout });
  const script = readFileSync(at("main/shells/electron/preload.cjs"), "utf8");
  const run = runInContext(`(function (require) { ${script}\n})`, page) as (
    require: (name: string) => unknown,
  ) => void;
  run((name) => {
    asked.push(name);
    return electron;
  });
  expect(asked).toEqual(["electron"]);
  expect(Object.keys(given)).toEqual(["bridge"]);
  expect(Object.keys(given["bridge"] as object)).toEqual(["call", "subscribe"]);
});

test("the main process finds its icon and its preload script beside itself", () => {
  const beside = (name: string) => existsSync(at(`main/shells/electron/${name}`));
  expect(["main.mjs", "preload.cjs", "icon.png"].filter((name) => !beside(name))).toEqual([]);
  // Electron is ready when this file has been read to its end: waiting in it for that would be for ever.
  expect(readFileSync(at("main/shells/electron/main.mjs"), "utf8")).not.toMatch(/\bawait\b/);
});

/** Marks the fuses in Electron's binary, and how nine of them lie there as it is fetched. */
const FUSES = Buffer.from("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009101100011", "latin1");
const linux = process.platform === "linux" ? test : test.skip;
linux(
  "the package, made around a stand-in for Electron's runtime: nine fuses set, core and decoder run by its own Node",
  { timeout: 600_000 },
  async () => {
    const runtime = join(folder, "runtime");
    mkdirSync(join(runtime, "resources"), { recursive: true });
    mkdirSync(join(runtime, "locales"));
    for (const name of ["LICENSE", "LICENSES.chromium.html", "locales/en-US.pak"])
      writeFileSync(join(runtime, name), "");
    writeFileSync(join(runtime, "electron"), Buffer.concat([Buffer.alloc(64), FUSES, Buffer.alloc(64)]));
    const config = join(folder, "package.yml");
    const built = readFileSync(join(PROJECT, "electron-builder.yml"), "utf8")
      .replaceAll("dist/app", relative(PROJECT, at("")))
      .replaceAll("dist/renderer", "test/support/page")
      .replaceAll("dist/packages", relative(PROJECT, join(folder, "packages")));
    writeFileSync(config, `${built}\nelectronDist: ${relative(PROJECT, runtime)}\n`);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["node_modules/electron-builder/cli.js", "--linux", "--dir", "--publish", "never", "--config", config],
      { cwd: PROJECT, encoding: "utf8" },
    );
    expect(status, stdout + stderr).toBe(0);

    const packed = join(folder, "packages/linux-unpacked");
    const { version, ...fuses } = await getCurrentFuseWire(join(packed, "files-desk"));
    const on = Object.entries(fuses).flatMap(([fuse, state]) =>
      state === FuseState.ENABLE ? [FuseV1Options[Number(fuse)]] : [],
    );
    expect([version, Object.keys(fuses).length]).toEqual(["1", 9]);
    expect(on).toEqual([
      "EnableCookieEncryption",
      "EnableEmbeddedAsarIntegrityValidation",
      "OnlyLoadAppFromAsar",
    ]);

    const beside = join(packed, "resources/app.asar.unpacked");
    const node = join(packed, "resources/node");
    const core = startAt(beside, node);
    expect(await core.call("vault.status", {})).toEqual(ok({ state: "locked" }));
    await core.end();
    await decodes(beside, node);
    // The window's own code lies in the archive, which is checked.
    expect(existsSync(join(beside, "main/shells/electron"))).toBe(false);
    expect(readFileSync(join(packed, "resources/app.asar"), "latin1")).toContain(
      "registerSchemesAsPrivileged",
    );
    expect(existsSync(join(beside, "node_modules/playwright-core"))).toBe(false);
  },
);
