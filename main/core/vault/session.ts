// What an open vault holds in memory, and the one way anything in it changes: a task in the queue, a commit, errors as values.
import type { Err, Result } from "../../../shared/result.ts";
import { err } from "../../../shared/result.ts";
import type { OpeningId } from "../../../shared/vocabulary/ids.ts";
import { FileTrouble } from "../ports.ts";
import { checkpoint } from "./database.ts";
import type { KeySlots } from "./keyslots.ts";
import type { LockFile } from "./lockfile.ts";
import { merkleMarks, updateMerkle } from "./merkle.ts";
import type { Queue } from "./queue.ts";
import type { Secret } from "./secret.ts";
import type { Connection, WriteDb } from "./sql.ts";
import { StorageTrouble, sql, transaction } from "./sql.ts";
import type { OpenedBy, StorageError, VaultPorts, WriteError } from "./types.ts";

export type Session = {
  readonly ports: VaultPorts;
  readonly folder: string;
  readonly connection: Connection;
  readonly lockFile: LockFile;
  readonly queue: Queue;
  readonly opening: OpeningId;
  /** Aborted when the vault is locked: long work stops. */
  readonly ending: AbortController;
  slots: KeySlots;
  dataKey: Secret;
  /** Secret key of the slot that opened. */
  slotKey: Secret;
  openedBy: OpenedBy;
  signing: Secret | undefined;
  /** Erased content still lies in the WAL. */
  checkpointDue: boolean;
  /** While the database file is being copied it must not change: checkpoints wait. */
  copying: Promise<void> | undefined;
  state: "open" | "broken" | "locked";
};

/** Runs `task` in the queue; refuses where the vault is locked or broken; disk errors become values. */
export function queued<R extends Result<unknown, unknown>>(
  session: Session,
  task: () => Promise<R>,
): Promise<R | Err<WriteError>> {
  return session.queue.run(async () => {
    if (session.state === "locked") return err<WriteError>({ type: "VaultLocked" });
    if (session.state === "broken") return err<WriteError>({ type: "VaultBroken" });
    try {
      return await task();
    } catch (error) {
      const failure = storageFailure(error);
      if (failure === undefined) throw error;
      return err<WriteError>(failure.type === "FolderReadOnly" ? { type: "VaultReadOnly" } : failure);
    }
  });
}

/** One transaction that leaves the Merkle trees right. Only inside a queued task. */
export function commit<T>(connection: Connection, work: (db: WriteDb) => T): T {
  return transaction(connection, (db) => {
    const marks = merkleMarks(db);
    const value = work(db);
    updateMerkle(db, marks);
    return value;
  });
}

/** Lets deletions through for the time of `work`, and has the WAL emptied after the commit. */
export function erase<T>(session: Session, db: WriteDb, work: () => T): T {
  db.run(sql`INSERT INTO erasing (one) VALUES (1)`);
  db.afterCommit(() => {
    session.checkpointDue = true;
  });
  try {
    return work();
  } finally {
    db.run(sql`DELETE FROM erasing`);
  }
}

/** Runs the checkpoint that an erasure asked for. Where the disk refuses, it is tried again after the next write and at lock. */
export async function settleErasure(session: Session): Promise<void> {
  if (!session.checkpointDue) return;
  await session.copying;
  try {
    session.checkpointDue = !checkpoint(session.connection.db);
  } catch (error) {
    if (!(error instanceof StorageTrouble)) throw error;
    session.ports.log.note("vault.checkpoint-failed");
  }
}

/** The error value of a failing disk or folder, or `undefined` where `error` is something else. */
export function storageFailure(error: unknown): StorageError | undefined {
  if (error instanceof StorageTrouble) {
    if (error.problem === "DiskFull") return { type: "DiskFull" };
    return { type: error.problem === "ReadOnly" ? "FolderReadOnly" : "VaultBroken" };
  }
  if (!(error instanceof FileTrouble)) return undefined;
  if (error.problem === "DiskFull") return { type: "DiskFull" };
  return {
    type: error.problem === "ReadOnly" || error.problem === "Denied" ? "FolderReadOnly" : "VaultBroken",
  };
}
