// Folders for what passes: in memory where the system has such a place, deleted at the end.
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new private folder in memory where the system has such a place, else among its temporary files; or in `within`. */
export function passingFolder(within?: string): string {
  if (within !== undefined) return mkdtempSync(join(within, "desk-"));
  try {
    return mkdtempSync("/dev/shm/desk-");
  } catch {
    return mkdtempSync(join(tmpdir(), "desk-"));
  }
}

/** Deletes such a folder, also while the last process that used it is just ending. */
export const removeFolder = async (folder: string): Promise<void> =>
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
