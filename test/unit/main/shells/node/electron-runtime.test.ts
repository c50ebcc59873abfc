// Electron's runtime is found, fetched once, or done without: never waited for without end.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RuntimePlace } from "../../../../../main/shells/node/electron-runtime.ts";
import { electronRuntime } from "../../../../../main/shells/node/electron-runtime.ts";

const name = { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" }[
  process.platform as string
];
const binaryIn = (folder: string) => join(folder, name ?? "electron");
const write = (path: string, text = "") => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "waypost-runtime-"));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A package whose installer does this; each run leaves a letter in `runs`. */
const place = (installer: string, more: Partial<RuntimePlace> = {}): RuntimePlace => {
  const at = join(folder, "electron");
  write(join(at, "package.json"), '{"version":"1.0.0"}');
  write(join(at, "install.js"), `require("fs").appendFileSync(__dirname + "/runs", "x"); ${installer}`);
  return {
    package: at,
    mark: join(folder, "dist/no-electron"),
    say: (sentence) => void said.push(sentence),
    env: {},
    ...more,
  };
};
const runs = () => {
  const path = join(folder, "electron/runs");
  return existsSync(path) ? readFileSync(path, "utf8").length : 0;
};
const installs = `const fs = require("fs"), path = require("path");
  const at = path.join(__dirname, "dist", ${JSON.stringify(name ?? "electron")});
  fs.mkdirSync(path.dirname(at), { recursive: true }); fs.writeFileSync(at, "");
  fs.writeFileSync(__dirname + "/path.txt", "electron");`;

test("it is fetched once, and then it is there", async () => {
  const given = place(installs);
  expect(await electronRuntime(given)).toBe(binaryIn(join(given.package, "dist")));
  expect(await electronRuntime(given)).toBe(binaryIn(join(given.package, "dist")));
  expect(runs()).toBe(1);
});

test("where it cannot be fetched it is tried once, and again with a newer package", async () => {
  const given = place("process.exit(1)");
  expect(await electronRuntime(given)).toBeUndefined();
  expect(await electronRuntime(given)).toBeUndefined();
  expect(runs()).toBe(1);
  write(join(given.package, "package.json"), '{"version":"1.0.1"}');
  expect(await electronRuntime(given)).toBeUndefined();
  expect(runs()).toBe(2);
});

test("an installer that waits for ever is ended, and after a second it is said what goes on", async () => {
  const given = place("setInterval(() => {}, 1000)", { within: 1_500 });
  expect(await electronRuntime(given)).toBeUndefined();
  expect(said).toEqual([expect.stringContaining("being fetched")]);
});

test("one that is half unpacked is not taken", async () => {
  const given = place("process.exit(1)");
  write(binaryIn(join(given.package, "dist")));
  expect(await electronRuntime(given)).toBeUndefined();
});

test("a named one is taken, and then none is fetched; and none is where that is not wanted", async () => {
  const unpacked = join(folder, "unpacked");
  const named = place(installs, { env: { ELECTRON_OVERRIDE_DIST_PATH: unpacked } });
  expect(await electronRuntime(named)).toBeUndefined();
  write(binaryIn(unpacked));
  expect(await electronRuntime(named)).toBe(binaryIn(unpacked));
  const unwanted = place(installs, { env: { ELECTRON_SKIP_BINARY_DOWNLOAD: "1" } });
  expect(await electronRuntime(unwanted)).toBeUndefined();
  expect(runs()).toBe(0);
});
