// One writer at a time: the file `lock` is held in an exclusive SQLite transaction, which a crash frees by itself.
import { accessSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Result } from "../../../shared/result.ts";
import { err, ok } from "../../../shared/result.ts";
import { StorageTrouble, runScript, stored } from "./sql.ts";

export type LockFile = { free(): void };

/** Takes the folder's lock, or says who is in the way. Throws `StorageTrouble` where the folder cannot be written. */
export function takeLock(folder: string): Result<LockFile, { readonly type: "AlreadyOpen" }> {
  const path = join(folder, "lock");
  requireWritable(existsSync(path) ? [folder, path] : [folder]);
  const db = stored(() => new Database(path, { timeout: 0 }));
  try {
    stored(() => db.pragma("journal_mode = OFF"));
    runScript(db, "BEGIN EXCLUSIVE");
    return ok({ free: () => void db.close() });
  } catch (error) {
    db.close();
    if (error instanceof Error && "code" in error && error.code === "SQLITE_BUSY")
      return err({ type: "AlreadyOpen" });
    throw error;
  }
}

/** SQLite would open a write-protected file for reading and fail later, for no reason one can name. */
function requireWritable(paths: readonly string[]): void {
  try {
    for (const path of paths) accessSync(path, constants.W_OK);
  } catch (error) {
    throw new StorageTrouble("ReadOnly", error);
  }
}
