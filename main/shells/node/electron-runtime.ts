// Electron's runtime for those who run the program from its sources: found where it lies, or fetched once by Electron's own installer.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const NAMES: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "Electron.app/Contents/MacOS/Electron",
  win32: "electron.exe",
};
/** Longest time for the whole fetching, in milliseconds; and when to say that it goes on. */
const FETCH_WITHIN = 120_000;
const SAY_AFTER = 1_000;

export type RuntimePlace = {
  /** The package `electron`, whose `install.js` fetches the runtime into it. */
  readonly package: string;
  /** Kept where fetching failed, so that the next start does not wait again; a newer package is tried anew. */
  readonly mark: string;
  readonly say: (sentence: string) => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly within?: number;
};

/**
 * The runtime's binary, or `undefined` where it is not here and could not be fetched. `ELECTRON_OVERRIDE_DIST_PATH` names an
 * unpacked one and then no other is looked for; with `ELECTRON_SKIP_BINARY_DOWNLOAD` nothing is fetched.
 */
export async function electronRuntime(place: RuntimePlace): Promise<string | undefined> {
  const { env = process.env } = place;
  const name = NAMES[process.platform] ?? "electron";
  const override = env["ELECTRON_OVERRIDE_DIST_PATH"];
  const binary = join(override ?? join(place.package, "dist"), name);
  // Written last: before, the archive is only half unpacked.
  const there = () =>
    existsSync(binary) && (override !== undefined || existsSync(join(place.package, "path.txt")));
  if (there()) return binary;
  if (override !== undefined || env["ELECTRON_SKIP_BINARY_DOWNLOAD"] || failedBefore(place)) return undefined;
  await fetched(place);
  if (there()) return binary;
  mkdirSync(dirname(place.mark), { recursive: true });
  writeFileSync(place.mark, versionOf(place));
  return undefined;
}

const versionOf = (place: RuntimePlace): string => readFileSync(join(place.package, "package.json"), "utf8");

const failedBefore = (place: RuntimePlace): boolean =>
  statSync(place.mark, { throwIfNoEntry: false }) !== undefined &&
  readFileSync(place.mark, "utf8") === versionOf(place);

/** Runs the installer until it ends, or ends it: one that waits for a network that does not answer waits for ever. */
async function fetched({ package: folder, say, within = FETCH_WITHIN }: RuntimePlace): Promise<void> {
  const installer = spawn(process.execPath, [join(folder, "install.js")], {
    stdio: "ignore",
    windowsHide: true,
  });
  const telling = setTimeout(
    () => say("Electron's runtime is being fetched, about 120 MB; this is done once."),
    SAY_AFTER,
  );
  const gone = once(installer, "exit").catch(() => undefined);
  await Promise.race([gone, wait(within, undefined, { ref: false })]);
  clearTimeout(telling);
  installer.kill("SIGKILL");
  await gone;
}
