// Choosing a folder or file: what lies where, by token and name, and which vault was opened last. Paths stay in the shell.
import { accessSync, constants } from "node:fs";
import { mkdir, open, readdir, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Bytes } from "../../../shared/brand.ts";
import { err, ok } from "../../../shared/result.ts";
import { FileTrouble } from "../../core/ports.ts";
import type { Places } from "../../core/ports.ts";
import { thisSystem } from "./drives.ts";
import type { System } from "./drives.ts";
import { nodeFiles, problemOf } from "./files.ts";
import { nameOf } from "./tokens.ts";
import type { ShellTokens } from "./tokens.ts";

type Listed = Extract<Awaited<ReturnType<Places["list"]>>, { ok: true }>["value"];
type Place = Listed["roots"][number];
type Holds = Listed["here"]["holds"];

const mostEntries = 1_000;
/** Beside `.hidden` ones: folders that Windows keeps on drives. */
const kept = new Set(["$RECYCLE.BIN", "System Volume Information", "lost+found"]);
const lastVault = "last-vault.json";
const smallFile = (64 * 1024) as Bytes;

/** `system` is another's home and drives (tests). */
export function createPlaces(tokens: ShellTokens, system: System = thisSystem()): Places {
  const folder = join(system.settings, "waypost");
  const file = join(folder, lastVault);
  // The listing that was answered last: a folder made in it belongs to it.
  let named = tokens.listing();
  // The vault opened last is offered by one token as long as the shell lives: a passphrase may be mistyped.
  let offered: { readonly path: string; readonly token: string } | undefined;

  const roots = async (): Promise<readonly { readonly path: string; readonly kind: Place["kind"] }[]> => {
    const documents = await system.documents();
    const drives = await system.drives();
    return [
      { path: system.home, kind: "home" as const },
      ...((await isFolder(documents)) ? [{ path: documents, kind: "documents" as const }] : []),
      ...drives.map((path) => ({ path, kind: "drive" as const })),
    ];
  };

  return {
    list: async ({ at, want }) => {
      const begun = await roots();
      const start = begun.find(({ kind }) => kind === "documents") ?? begun[0];
      const path = at === undefined ? start?.path : tokens.peek(at);
      if (path === undefined) return err({ type: "UnknownFile" });
      try {
        const found = await entriesOf(path, want);
        const name = tokens.listing();
        named = name;
        const place = async (of: string, kind: Place["kind"]): Promise<Place> => {
          const free = await freeOf(of);
          return { token: name(of), name: nameOf(of), kind, ...(free === undefined ? {} : { free }) };
        };
        const kind =
          begun.find((root) => root.path === path)?.kind ?? (path === (await last()) ? "last" : "folder");
        const up = dirname(path);
        return ok({
          here: { ...(await place(path, kind)), holds: await holds(path), writable: writable(path) },
          ...(up === path ? {} : { up: name(up) }),
          roots: await Promise.all(begun.map((root) => place(root.path, root.kind))),
          entries: found
            .slice(0, mostEntries)
            .map(({ path: of, ...entry }) => ({ token: name(of), ...entry })),
          more: Math.max(0, found.length - mostEntries),
        });
      } catch (error) {
        return err({ type: troubles[problemOf(error)] });
      }
    },

    makeFolder: async ({ at, name }) => {
      const parent = tokens.peek(at);
      if (parent === undefined) return err({ type: "UnknownFile" });
      if (!fitsEverywhere(name)) return err({ type: "FolderNameInvalid" });
      const path = join(parent, name);
      try {
        await mkdir(path, { mode: 0o700 });
        return ok({ token: named(path), name });
      } catch (error) {
        const problem = problemOf(error);
        return err({
          type:
            problem === "Exists" ? "FolderThere" : problem === "Denied" ? "DriveReadOnly" : troubles[problem],
        });
      }
    },

    hold: async ({ token }) => {
      const path = tokens.peek(token);
      return path === undefined ? err({ type: "UnknownFile" }) : ok({ token: tokens.keep(path) });
    },

    last: async () => {
      const path = await last();
      if (path === undefined || (await holds(path)) !== "vault") return {};
      if (offered?.path !== path) offered = { path, token: tokens.keep(path) };
      return { vault: { token: offered.token, name: nameOf(path) } };
    },

    opened: (path) =>
      quietly(async () => {
        await nodeFiles.makeFolder(folder);
        await nodeFiles.replace(file, Buffer.from(JSON.stringify(path)));
      }),

    closed: (path) =>
      quietly(async () => {
        if ((await last()) === path) await nodeFiles.remove(file);
      }),
  };

  async function last(): Promise<string | undefined> {
    try {
      const path: unknown = JSON.parse(Buffer.from(await nodeFiles.read(file, smallFile)).toString("utf8"));
      return typeof path === "string" ? path : undefined;
    } catch {
      return undefined;
    }
  }
}

/** A convenience that fails (a full disk, a home that cannot be written) stops nobody's work. */
async function quietly(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
  }
}

const troubles = {
  DiskFull: "DriveFull",
  ReadOnly: "DriveReadOnly",
  Denied: "FileUnreadable",
  NotFound: "FileMissing",
  Exists: "FileUnreadable",
  TooLarge: "FileUnreadable",
  Vanished: "DriveGone",
  Broken: "DriveBroken",
} as const;

type Found = Omit<Listed["entries"][number], "token"> & { readonly path: string };

/** Folders first, each kind by name. What cannot be looked at (a link to nowhere) is not there. */
async function entriesOf(folder: string, want: "file" | "folder"): Promise<readonly Found[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith(".") && !kept.has(name));
  const seen = await Promise.all(names.map((name) => entryOf(join(folder, name), name)));
  return seen
    .filter((entry) => entry !== undefined)
    .filter(({ kind }) => kind === "folder" || want === "file")
    .toSorted((a, b) => order(a) - order(b) || collator.compare(a.name, b.name));
}

const collator = new Intl.Collator(undefined, { numeric: true });
const order = ({ kind }: Found) => (kind === "folder" ? 0 : 1);

async function entryOf(path: string, name: string): Promise<Found | undefined> {
  try {
    const found = await stat(path);
    const changed = Math.floor(found.mtimeMs);
    if (found.isFile()) return { path, name, kind: "file", size: found.size, changed };
    if (!found.isDirectory()) return undefined;
    const inside = await marked(path);
    return { path, name, kind: "folder", ...(inside === undefined ? {} : { holds: inside }), changed };
  } catch {
    return undefined;
  }
}

/** What the folder is for Waypost; one that cannot be read holds nothing a person could choose. */
async function holds(folder: string): Promise<Holds> {
  const found = await marked(folder);
  if (found !== undefined) return found;
  return (await readdir(folder).catch(() => [])).length === 0 ? "nothing" : "other";
}

/** A backup holds slots too: its own text tells it from a vault. */
async function marked(folder: string): Promise<"vault" | "backup" | undefined> {
  if ((await begins(join(folder, "backup.txt"), 16)) === "waypost/backup/1") return "backup";
  return (await begins(join(folder, "keyslots.json"), 1)) === "{" ? "vault" : undefined;
}

async function begins(path: string, length: number): Promise<string | undefined> {
  try {
    await using handle = await open(path, "r");
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } catch {
    return undefined;
  }
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function freeOf(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** A drive goes from system to system: a name must be one on all of them, and hidden on none. */
const fitsEverywhere = (name: string): boolean =>
  !/[\u0000-\u001f<>:"/\\|?*]|^[. ]|[. ]$/.test(name) &&
  !/^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i.test(name);
