// Where what arrives waits until it proved good: a database under a random key that exists only in memory.
import { createHash } from "node:crypto";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Bytes } from "../../../shared/brand.ts";
import { err, ok } from "../../../shared/result.ts";
import { FileTrouble } from "../ports.ts";
import { giveKey } from "./database.ts";
import { Secret } from "./secret.ts";
import type { Session } from "./session.ts";
import { storageFailure } from "./session.ts";
import { StorageTrouble, readDb, runScript, sql, stored } from "./sql.ts";
import type { Incoming, Received, Staging } from "./types.ts";

export const INCOMING = "incoming.db";
export const INCOMING_SCHEMA = "CREATE TABLE chunk (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT";
/** Left free beside the quota, so that a full disk never stops a save. */
const RESERVE = 64 * 1024 * 1024;

type Entry = { readonly name: string; readonly first: number; end: number; size: number; sha256: string };

/** The staging of an open vault. What an earlier opening left over was deleted when the vault was opened. */
export function staging(session: Session): Staging & { end(): Promise<void> } {
  const { files, random } = session.ports;
  const path = join(session.folder, INCOMING);
  let present: Incoming | undefined;

  return {
    async begin(quota) {
      if (session.state === "locked") throw new Error("the vault is locked");
      await present?.discard();
      try {
        if ((await files.freeSpace(session.folder)) < quota + RESERVE) return err({ type: "DiskFull" });
        await files.remove(path);
        present = incoming(path, Secret.from(random.bytes(32)), quota, () => files.remove(path));
        return ok(present);
      } catch (error) {
        const failure = storageFailure(error);
        if (failure === undefined || failure.type === "VaultBroken") throw error;
        return err(failure);
      }
    },
    async end() {
      await present?.discard();
    },
  };
}

function incoming(path: string, key: Secret, quota: Bytes, remove: () => Promise<void>): Incoming {
  const db = openIncoming(path, key);
  const entries: Entry[] = [];
  let hash = createHash("sha256");
  let next = 1;
  let total = 0;
  let state: "open" | "sealed" | "gone" = "open";
  const write = db.prepare("INSERT INTO chunk (n, bytes) VALUES (?, ?)");
  const require = (wanted: typeof state) => {
    if (state !== wanted) throw new Error(`the staging is ${state}`);
  };
  const close = () => {
    const last = entries.at(-1);
    if (last !== undefined) last.sha256 = hash.digest("hex");
    hash = createHash("sha256");
  };
  const discard = async () => {
    if (state === "gone") return;
    state = "gone";
    db.close();
    key[Symbol.dispose]();
    await remove();
  };

  return {
    entry(name) {
      require("open");
      if (entries.some((entry) => entry.name === name)) throw new FileTrouble("Exists");
      close();
      const entry: Entry = { name, first: next, end: next, size: 0, sha256: "" };
      entries.push(entry);
      return {
        write(chunk) {
          require("open");
          if (entries.at(-1) !== entry) throw new Error("an earlier entry is closed");
          if (total + chunk.length > quota) throw new FileTrouble("TooLarge");
          asFileTrouble(() => write.run(next, chunk));
          hash.update(chunk);
          entry.end = ++next;
          entry.size += chunk.length;
          total += chunk.length;
        },
      };
    },
    seal() {
      require("open");
      close();
      asFileTrouble(() => runScript(db, "COMMIT"));
      state = "sealed";
      return received(db, entries, discard);
    },
    discard,
  };
}

function received(db: Database.Database, entries: readonly Entry[], discard: () => Promise<void>): Received {
  const read = readDb({ db });
  const find = (name: string) => {
    const entry = entries.find((one) => one.name === name);
    if (entry === undefined) throw new FileTrouble("NotFound");
    return entry;
  };
  function* stream(name: string) {
    const { first, end } = find(name);
    for (let n = first; n < end; n++) {
      const row = read.get<{ bytes: Uint8Array }>(sql`SELECT bytes FROM chunk WHERE n = ${n}`);
      if (row === undefined) throw new FileTrouble("Broken");
      yield row.bytes;
    }
  }
  return {
    entries: () => entries.map(({ name, size, sha256 }) => ({ name, size: size as Bytes, sha256 })),
    stream,
    read(name, limit) {
      if (find(name).size > limit) throw new FileTrouble("TooLarge");
      return Buffer.concat([...stream(name)]);
    },
    discard,
  };
}

/**
 * AEGIS: authenticated and nine times as fast as the vault's own cipher; its compatibility with other programs does not matter
 * for a file nobody else may ever read. No journal and no flushing: after a crash the file is garbage and is deleted.
 */
function openIncoming(path: string, key: Secret): Database.Database {
  const db = stored(() => new Database(path, { timeout: 0 }));
  try {
    stored(() => {
      db.pragma("cipher = 'aegis'");
      giveKey(db, key);
      db.pragma("page_size = 65536");
      db.pragma("temp_store = 2");
      db.pragma("locking_mode = EXCLUSIVE");
      db.pragma("journal_mode = OFF");
      db.pragma("synchronous = OFF");
      db.pragma("mmap_size = 0");
    });
    runScript(db, INCOMING_SCHEMA);
    runScript(db, "BEGIN");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function asFileTrouble(work: () => unknown): void {
  try {
    stored(work);
  } catch (error) {
    if (!(error instanceof StorageTrouble)) throw error;
    throw new FileTrouble(error.problem, error);
  }
}
