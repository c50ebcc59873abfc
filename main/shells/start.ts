// `npm start`: builds what is older than its sources, and opens the window in Electron, or else in a browser of this machine.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { supervise } from "./chromium/supervise.ts";
import { findBrowser } from "./node/browser.ts";
import { electronRuntime } from "./node/electron-runtime.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const at = (path: string) => join(project, path);

const PROGRAMS = "vite.programs.config.ts";
const APP = "dist/app/main/shells";
const MAIN = `${APP}/electron/main.mjs`;
const SHELL = `${APP}/chromium/shell.mjs`;

const sentences = {
  display:
    "There is no display to open a window on. `npm run demo` plays a whole case without one, and `npm run waypost -- --help` tells of the command line.",
  browser:
    "There is no browser to open a window in: install Chromium (on Debian and Ubuntu: `sudo apt install chromium`), Google Chrome or Microsoft Edge, and run `npm start` again.",
  unopened: "The window could not be opened; what the browser said stands above.",
  unbuilt: "The program could not be built; what was wrong stands above.",
  noElectron:
    "Electron's runtime is not here and could not be fetched (`npx install-electron` tries again); the window opens in a browser of this machine.",
  electronFailed: "Electron could not open the window; it opens in a browser of this machine.",
};

const sources = ["main", "shared", PROGRAMS];

process.exitCode = await start();

async function start(): Promise<number> {
  if (process.platform === "linux" && !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"])
    return say(sentences.display);
  const page = built("vite.config.ts", "dist/renderer/index.html", ["renderer", "shared", "vite.config.ts"]);
  // Built, they start in half the processor time of their sources.
  if (!page || !built(PROGRAMS, MAIN, sources)) return say(sentences.unbuilt);
  const runtime = await electronRuntime({
    package: at("node_modules/electron"),
    mark: at("dist/no-electron"),
    say,
  });
  if (runtime === undefined) say(sentences.noElectron);
  else if (await openedInElectron(runtime)) return 0;
  else say(sentences.electronFailed);
  return await openInBrowser();
}

/** Whether Electron had its window; it ends at the first lock, and what it opened then lives by itself. */
async function openedInElectron(runtime: string): Promise<boolean> {
  if (!built(PROGRAMS, `${APP}/electron/preload.cjs`, sources, "--mode", "preload")) return false;
  // Variables that make Electron or its Node something else, as editors set them in their terminals.
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:NODE_|ELECTRON_)/.test(name));
  const words = [at(MAIN), `--node=${process.execPath}`, `--page=${at("dist/renderer")}`];
  const child = spawn(runtime, words, { stdio: "inherit", env: Object.fromEntries(kept) });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => void child.kill(signal));
  const [code] = (await once(child, "exit").catch(() => [1])) as [number | null];
  return code === 0;
}

async function openInBrowser(): Promise<number> {
  const chromium = await findBrowser();
  if (chromium === undefined) return say(sentences.browser);
  const window = supervise(
    { rendererFolder: at("dist/renderer"), chromium, headless: false },
    pathToFileURL(at(SHELL)),
  );
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void window.end());
  return (await window.ended) ? 0 : say(sentences.unopened);
}

function say(sentence: string): 1 {
  process.stderr.write(`${sentence}\n`);
  return 1;
}

/** Whether `result` is there and newer than its sources, built now if need be. A folder is newer when something in it went. */
function built(
  config: string,
  result: string,
  sources: readonly string[],
  ...more: readonly string[]
): boolean {
  const lock = statSync(at("package-lock.json")).mtimeMs;
  const newest = Math.max(lock, ...sources.map((path) => changed(at(path))));
  if (existsSync(at(result)) && statSync(at(result)).mtimeMs > newest) return true;
  const vite = [
    at("node_modules/vite/bin/vite.js"),
    "build",
    "--config",
    at(config),
    "--logLevel",
    "warn",
    ...more,
  ];
  return (
    spawnSync(process.execPath, vite, { cwd: project, stdio: ["ignore", "ignore", "inherit"] }).status === 0
  );
}

function changed(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  const inside = found.isDirectory() ? readdirSync(path).map((name) => changed(join(path, name))) : [];
  return Math.max(found.mtimeMs, ...inside);
}
