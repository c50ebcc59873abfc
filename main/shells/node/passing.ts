// Folders for what passes: in memory where the system has such a place, deleted at the end.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new private folder in memory where the system has such a place, else among its temporary files; or in `within`. */
export async function passingFolder(within?: string): Promise<string> {
  if (within !== undefined) return await mkdtemp(join(within, "desk-"));
  try {
    return await mkdtemp("/dev/shm/desk-");
  } catch {
    return await mkdtemp(join(tmpdir(), "desk-"));
  }
}

/** Deletes such a folder, also while the last process that used it is just ending. */
export const removeFolder = async (folder: string): Promise<void> =>
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
