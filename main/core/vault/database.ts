// Opening an encrypted database file: cipher, raw key, and the settings without which SQLite would spill plaintext or lose a commit.
import Database from "better-sqlite3";
import type { Secret } from "./secret.ts";
import { readDb, sql, stored } from "./sql.ts";

/**
 * Pages in the WAL after which a commit moves them into the database file. With SQLite's own 1,000 one save in
 * 25 stops to do so; the close at lock moves what is left, at 20 microseconds of work a page.
 */
export const AUTOMATIC = 4000;

/** What every open sets before any query, and reads back: [pragma, value set, value read]. */
const SETTINGS: readonly (readonly [string, string, string | number])[] = [
  ["temp_store", "2", 2], // sorts spill into memory, never in plain to a temporary folder
  ["locking_mode", "EXCLUSIVE", "exclusive"],
  ["journal_mode", "WAL", "wal"],
  ["synchronous", "FULL", 2], // WAL alone reads NORMAL after a reopen and loses the last commits with the power
  ["foreign_keys", "1", 1],
  ["secure_delete", "1", 1],
  ["trusted_schema", "0", 0],
  ["mmap_size", "0", 0],
  ["cell_size_check", "1", 1],
  ["cache_size", "-32768", -32768], // KiB: with SQLite's own 2 MiB an import decrypts the same index pages again and again
  ["wal_autocheckpoint", String(AUTOMATIC), AUTOMATIC],
];

/** Older ones have a defect that can corrupt a WAL database. */
const OLDEST = [3, 51, 3] as const;

/**
 * Opens (or makes) the database under a 32-byte key. Throws `StorageTrouble`: with a wrong key or a damaged first page
 * SQLite finds no database.
 */
export function openDatabase(path: string, key: Secret, mode: "existing" | "new"): Database.Database {
  const db = stored(() => new Database(path, { fileMustExist: mode === "existing", timeout: 0 }));
  try {
    stored(() => {
      db.pragma("cipher = 'sqlcipher'");
      db.pragma("legacy = 4");
      giveKey(db, key);
      for (const [name, value, expected] of SETTINGS) {
        db.pragma(`${name} = ${value}`);
        const found = db.pragma(name, { simple: true });
        if (found !== expected) throw new Error(`${name} is ${String(found)}, not ${expected}`);
      }
      requireVersion(db);
    });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Everything committed moves from the WAL into the database file, flushed, and the WAL is cut to nothing. */
export function checkpoint(db: Database.Database): boolean {
  const [result] = stored(() => db.pragma("wal_checkpoint(TRUNCATE)")) as { readonly busy: number }[];
  return result?.busy === 0;
}

/** A raw key is given as `x'<64 hex digits>'`; it is built in a Buffer that is zeroed, never in a string. */
export function giveKey(db: Database.Database, key: Secret): void {
  const bytes = key.reveal();
  if (bytes.length !== 32) throw new Error("a data key has 32 bytes");
  const digits = "0123456789abcdef";
  const text = Buffer.allocUnsafeSlow(67);
  text.write("x'", 0, "latin1");
  for (const [index, byte] of bytes.entries()) {
    text[2 + 2 * index] = digits.charCodeAt(byte >> 4);
    text[3 + 2 * index] = digits.charCodeAt(byte & 15);
  }
  text.write("'", 66, "latin1");
  // The published types are of the package without encryption.
  (db as Database.Database & { key(text: Buffer): number }).key(text);
  text.fill(0);
}

function requireVersion(db: Database.Database): void {
  const version =
    readDb({ db }).get<{ version: string }>(sql`SELECT sqlite_version() AS version`)?.version ?? "";
  const found = version.split(".").map(Number);
  for (const [index, least] of OLDEST.entries()) {
    const part = found[index] ?? 0;
    if (part > least) return;
    if (part < least) throw new Error(`SQLite ${version} is too old`);
  }
}
