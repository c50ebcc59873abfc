// Where a person keeps things on this system: home, documents, and the drives that are plugged in.
import { readFile, readdir, statfs } from "node:fs/promises";
import { homedir, platform } from "node:os";
import { join } from "node:path";

/** What a system says of itself; tests say it in its place. */
export type System = {
  readonly home: string;
  /** This person's own folder for settings of programs. */
  readonly settings: string;
  readonly documents: () => Promise<string>;
  readonly drives: () => Promise<readonly string[]>;
};

/** This laptop, for whoever is logged in. */
export function thisSystem(
  kind: string = platform(),
  home: string = homedir(),
  env: Readonly<Record<string, string | undefined>> = process.env,
): System {
  const settings =
    kind === "win32"
      ? (env["APPDATA"] ?? join(home, "AppData", "Roaming"))
      : kind === "darwin"
        ? join(home, "Library", "Application Support")
        : (env["XDG_CONFIG_HOME"] ?? join(home, ".config"));
  const drives = kind === "win32" ? windowsDrives : kind === "darwin" ? macDrives : linuxDrives;
  return {
    home,
    settings,
    documents: async () =>
      kind === "win32" || kind === "darwin"
        ? join(home, "Documents")
        : documentsIn(await text(join(settings, "user-dirs.dirs")), home),
    drives,
  };
}

/** The documents folder as a Linux desktop keeps it, under its name in the person's language. */
export function documentsIn(userDirs: string, home: string): string {
  const named = /^XDG_DOCUMENTS_DIR="(.+)"$/m.exec(userDirs)?.[1]?.replace(/^\$HOME/, home);
  // A desktop that has no such folder names the home itself.
  return named === undefined || named === home || named === `${home}/` ? join(home, "Documents") : named;
}

/** Mount points of plugged-in drives in the text of /proc/mounts. */
export function drivesIn(mounts: string): readonly string[] {
  const points = mounts.split("\n").flatMap((line) => line.split(" ")[1] ?? []);
  return [...new Set(points.map(unescaped))]
    .filter((path) => /^\/(media|run\/media|mnt)\/./.test(path))
    .toSorted();
}

/** Spaces and the like stand in /proc/mounts as `\040`. */
const unescaped = (path: string) =>
  path.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));

const linuxDrives = async () => drivesIn(await text("/proc/mounts"));

/** The system's own disk stands among the volumes as a link. */
async function macDrives(): Promise<readonly string[]> {
  try {
    const volumes = await readdir("/Volumes", { withFileTypes: true });
    return volumes.filter((one) => one.isDirectory()).map(({ name }) => join("/Volumes", name));
  } catch {
    return [];
  }
}

/** A letter without a drive answers nothing; one with a drive has a size. */
async function windowsDrives(): Promise<readonly string[]> {
  const letters = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (letter) => `${letter}:\\`);
  const sizes = await Promise.all(
    letters.map((path) =>
      statfs(path).then(
        () => path,
        () => undefined,
      ),
    ),
  );
  return sizes.filter((path) => path !== undefined);
}

async function text(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return "";
  }
}
