// Looks for words where they may have been left: in the memory of processes, and in every file that changed.
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { spawnSync } from "node:child_process";

export type Needle = { readonly name: string; readonly bytes: Buffer };

/** A word in the encodings that programs keep text in. */
export const needlesOf = (name: string, word: string): readonly Needle[] => [
  { name: `${name} (UTF-8)`, bytes: Buffer.from(word, "utf8") },
  { name: `${name} (UTF-16)`, bytes: Buffer.from(word, "utf16le") },
];

const chunk = 4 * 1024 * 1024;

/** Which needles stand in what can be read from a descriptor between two places. */
function search(fd: number, from: number, to: number, needles: readonly Needle[], found: Set<string>): void {
  const overlap = Math.max(...needles.map(({ bytes }) => bytes.length)) - 1;
  const room = Buffer.allocUnsafe(Math.min(chunk, to - from));
  for (let at = from; at < to; at += Math.max(1, room.length - overlap)) {
    let read: number;
    try {
      read = readSync(fd, room, 0, Math.min(room.length, to - at), at);
    } catch {
      // Given back meanwhile, or not to be read (a device's).
      continue;
    }
    const part = room.subarray(0, read);
    for (const { name, bytes } of needles) if (!found.has(name) && part.includes(bytes)) found.add(name);
    if (at + read >= to || read === 0) break;
  }
}

/** Parts of a process's memory that are its own: what only mirrors a file stands in that file. */
function* ownMemory(pid: number): Generator<readonly [number, number]> {
  let range: readonly [number, number] | undefined;
  let mirrors = false;
  for (const line of readFileSync(`/proc/${pid}/smaps`, "latin1").split("\n")) {
    const head = /^([0-9a-f]+)-([0-9a-f]+) \S+ \S+ \S+ \d+\s*(.*)$/.exec(line);
    if (head !== null) {
      range = [parseInt(head[1] ?? "", 16), parseInt(head[2] ?? "", 16)];
      const path = head[3] ?? "";
      mirrors = path.startsWith("/") && !/^\/(memfd:|dev\/)|\(deleted\)$/.test(path);
      continue;
    }
    const figure = /^(Rss|Anonymous): +(\d+) kB$/.exec(line);
    if (range === undefined || figure === null || figure[2] === "0") continue;
    if (figure[1] === (mirrors ? "Anonymous" : "Rss")) yield range;
  }
}

const page = 4_096;

/** Runs of pages in a range that are there (or swapped out): reading the others would bring them into being. */
function* present(
  pagemap: number,
  [from, to]: readonly [number, number],
): Generator<readonly [number, number]> {
  const entries = Buffer.alloc(((to - from) / page) * 8);
  const read = readSync(pagemap, entries, 0, entries.length, (from / page) * 8);
  let begun: number | undefined;
  for (let at = 0; at <= read; at += 8) {
    const there = at < read && ((entries[at + 7] ?? 0) & 0xc0) !== 0;
    const address = from + (at / 8) * page;
    if (there) begun ??= address;
    else if (begun !== undefined) {
      yield [begun, address];
      begun = undefined;
    }
  }
}

/** The needles found in one process; none where it has ended. Throws where memory may not be read. */
export function inMemory(pid: number, needles: readonly Needle[]): ReadonlySet<string> {
  const found = new Set<string>();
  let fd: number;
  try {
    fd = openSync(`/proc/${pid}/mem`, "r");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return found;
    throw error;
  }
  try {
    const pagemap = openSync(`/proc/${pid}/pagemap`, "r");
    try {
      for (const range of ownMemory(pid))
        for (const [from, to] of present(pagemap, range)) search(fd, from, to, needles, found);
    } finally {
      closeSync(pagemap);
    }
  } catch (error) {
    if (!["ENOENT", "ESRCH"].includes((error as { code?: string }).code ?? "")) throw error;
  } finally {
    closeSync(fd);
  }
  return found;
}

/** Whether the memory of a child of this process can be read here at all. */
export function memoryHere(): boolean {
  const child = spawnSync("/bin/sh", ["-c", "sleep 1 & head -c 0 /proc/$!/mem && kill $!"], {
    stdio: "ignore",
  });
  return process.platform === "linux" && child.status === 0;
}

const unsearched = [
  "-path",
  "/proc",
  "-o",
  "-path",
  "/sys",
  "-o",
  "-name",
  "node_modules",
  "-o",
  "-name",
  ".git",
];

/** Every file and folder of this system that was changed or renamed after `marker`, wherever it lies. */
export const changedSince = (marker: string): readonly string[] =>
  spawnSync("find", ["/", "(", ...unsearched, ")", "-prune", "-o", "-cnewer", marker, "-print0"], {
    maxBuffer: 512 * 1024 * 1024,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  })
    .stdout.split("\0")
    .filter((path) => path !== "");

/** `path: needle` for each needle in a file's content or in a path. */
export function inFiles(paths: readonly string[], needles: readonly Needle[]): readonly string[] {
  return paths.flatMap((path) => {
    const found = new Set<string>();
    for (const { name, bytes } of needles) if (Buffer.from(path).includes(bytes)) found.add(`name, ${name}`);
    try {
      const content = readFileSync(path);
      for (const { name, bytes } of needles) if (content.includes(bytes)) found.add(name);
    } catch {
      // A folder, a socket, or gone again.
    }
    return [...found].map((name) => `${path}: ${name}`);
  });
}

type Running = {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
  readonly began: string;
};

function running(): readonly Running[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The command's name stands in brackets and may hold anything.
      const after = readFileSync(`/proc/${name}/stat`, "latin1")
        .replace(/^.*\) /s, "")
        .split(" ");
      if (after[0] === "Z") return [];
      const [, parent, , session] = after.map(Number);
      return [{ pid: Number(name), parent: parent ?? 0, session: session ?? 0, began: after[19] ?? "" }];
    } catch {
      return [];
    }
  });
}

export type Family = Disposable & {
  /** Every process that was started below the first one and still runs, whoever is its parent now. */
  readonly alive: () => readonly number[];
};

/** Watches what a process starts, and what that starts. */
export function watchFamily(first: number): Family {
  const known = new Map<number, string>();
  const sessions = new Set<number>();
  const look = (): readonly Running[] => {
    const all = running();
    for (const { pid, began } of all) if (known.get(pid) !== began) known.delete(pid);
    for (let more = true; more;) {
      more = false;
      for (const { pid, parent, session, began } of all) {
        if (known.has(pid)) continue;
        if (pid !== first && !known.has(parent) && !sessions.has(session)) continue;
        known.set(pid, began);
        if (session === pid) sessions.add(session);
        more = true;
      }
    }
    return all;
  };
  look();
  const timer = setInterval(look, 250);
  return {
    alive: () => look().flatMap(({ pid, began }) => (known.get(pid) === began ? [pid] : [])),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
