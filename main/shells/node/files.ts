// The real file system as the core's Files port: errors in the core's words, replacement by rename, folders flushed.
import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { lstat, mkdir, open, readdir, rename, rm, rmdir, stat, statfs, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Bytes } from "../../../shared/brand.ts";
import type { Entry, FileDraft, FileProblem, Files } from "../../core/ports.ts";
import { FileTrouble } from "../../core/ports.ts";

const CHUNK = 65_536;

const PROBLEMS: Readonly<Record<string, FileProblem>> = {
  ENOSPC: "DiskFull",
  EDQUOT: "DiskFull",
  EROFS: "ReadOnly",
  EACCES: "Denied",
  EPERM: "Denied",
  ENOENT: "NotFound",
  ENOTDIR: "NotFound",
  EEXIST: "Exists",
  ENOTEMPTY: "Exists",
  EFBIG: "TooLarge",
  ENODEV: "Vanished",
  ENXIO: "Vanished",
  ESTALE: "Vanished",
  ENOTCONN: "Vanished",
  EHOSTDOWN: "Vanished",
};

/** The real files of this laptop. */
export const nodeFiles: Files = {
  read: (path, limit) =>
    troubled(async () => {
      await using handle = await open(path, "r");
      const { size } = await handle.stat();
      if (size > limit) throw new FileTrouble("TooLarge");
      return await handle.readFile();
    }),

  async *stream(path) {
    const handle = await troubled(() => open(path, "r"));
    try {
      for (;;) {
        const buffer = Buffer.allocUnsafe(CHUNK);
        const { bytesRead } = await troubled(() => handle.read(buffer, 0, CHUNK, null));
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  },

  replace: (path, content) =>
    troubled(async () => {
      const temporary = join(dirname(path), temporaryName());
      try {
        await writeWhole(temporary, content);
        await rename(temporary, path);
        await flushFolder(dirname(path));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    }),

  draft: (folder) => troubled(() => draft(folder)),

  list: (folder) =>
    troubled(async () => {
      const entries = await readdir(folder);
      const seen = await Promise.all(entries.map((name) => look(join(folder, name), name, lstat)));
      return seen.filter((entry) => entry !== undefined);
    }),

  entry: (path) => troubled(() => look(path, basename(path), stat)),

  makeFolder: (path) => troubled(async () => void (await mkdir(path, { recursive: true, mode: 0o700 }))),

  remove: (path) =>
    troubled(async () => {
      const entry = await look(path, "", lstat);
      if (entry === undefined) return;
      await (entry.kind === "folder" ? rmdir(path) : unlink(path));
    }),

  destroy: (path) =>
    troubled(async () => {
      {
        await using handle = await open(path, "r+");
        await writeAll(handle, randomBytes((await handle.stat()).size));
        await handle.sync();
      }
      await unlink(path);
      await flushFolder(dirname(path));
    }),

  freeSpace: (folder) =>
    troubled(async () => {
      const { bavail, bsize } = await statfs(folder);
      return (bavail * bsize) as Bytes;
    }),
};

async function draft(folder: string): Promise<FileDraft> {
  const path = join(folder, temporaryName());
  const handle = await open(path, "wx", 0o600);
  const hash = createHash("sha256");
  let size = 0;
  let opened = true;
  const close = async () => {
    if (!opened) return;
    opened = false;
    await handle.close();
  };
  return {
    write: (chunk) =>
      troubled(async () => {
        await writeAll(handle, chunk);
        hash.update(chunk);
        size += chunk.length;
      }),
    commit: (name) =>
      troubled(async () => {
        await handle.sync();
        await close();
        const target = join(folder, name);
        await rename(path, target);
        await flushFolder(folder);
        const found = createHash("sha256");
        let length = 0;
        for await (const chunk of nodeFiles.stream(target)) {
          found.update(chunk);
          length += chunk.length;
        }
        if (length !== size || !found.digest().equals(hash.digest())) throw new FileTrouble("Broken");
      }),
    discard: () =>
      troubled(async () => {
        await close();
        await rm(path, { force: true });
      }),
  };
}

async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  await using handle = await open(path, "wx", 0o600);
  await writeAll(handle, content);
  await handle.sync();
}

async function writeAll(handle: FileHandle, content: Uint8Array): Promise<void> {
  for (let at = 0; at < content.length;) {
    const { bytesWritten } = await handle.write(content, at);
    at += bytesWritten;
  }
}

/** A name appears on disk only when its folder is flushed. Windows has no such call and needs none. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  await using handle = await open(folder, "r");
  await handle.sync();
}

/** Nothing about the content; begins with a dot, so that synchronisers and people leave it alone. */
const temporaryName = () => `.${randomUUID()}.tmp`;

async function look(path: string, name: string, ask: typeof stat): Promise<Entry | undefined> {
  try {
    const found = await ask(path);
    const kind = found.isFile() ? "file" : found.isDirectory() ? "folder" : "other";
    return { name, kind, size: found.size as Bytes };
  } catch (error) {
    if (problemOf(error) === "NotFound") return undefined;
    throw error;
  }
}

async function troubled<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof FileTrouble ? error : new FileTrouble(problemOf(error), error);
  }
}

/** A system error in the core's words. */
export const problemOf = (error: unknown): FileProblem =>
  (error instanceof Error && "code" in error && PROBLEMS[String(error.code)]) || "Broken";
