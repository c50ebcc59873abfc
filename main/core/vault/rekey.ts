// "Somebody may know my passphrase": a new data key in a new file, sealed to every slot that remains, the old file deleted.
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type Database from "better-sqlite3";
import { err, ok } from "../../../shared/result.ts";
import { checkpoint, openDatabase } from "./database.ts";
import { finishKeySlots, sealDataKey } from "./keyslots.ts";
import { adoptSlot, memberSlot, ownSlot, withSigning } from "./members.ts";
import { followSlots, putSigning, putSlot, slotKeys } from "./records.ts";
import { copyRows } from "./rowcopy.ts";
import { Secret } from "./secret.ts";
import type { Session } from "./session.ts";
import { commit, queued } from "./session.ts";
import { KEYSLOTS, databaseName, databaseSalt, stillInForce } from "./slots-file.ts";
import type { ReadDb } from "./sql.ts";
import type { Course, Vault } from "./types.ts";

/**
 * Until the rename of keyslots.json the old file is in force and untouched; after it the new one is complete and flushed.
 * What a crash leaves over is deleted at the next opening.
 */
export function rekey(session: Session, read: ReadDb): Vault["rekey"] {
  return (passphrase, course = {}) =>
    queued(session, async () => {
      const { openedBy, slots: before, folder } = session;
      const { files, random } = session.ports;
      if (openedBy.kind !== "member") return err({ type: "OpenedByWords" });
      await session.copying;
      const generation = before.generation + 1;
      const path = join(folder, databaseName(generation));
      const dataKey = Secret.from(random.bytes(32));
      const made = await memberSlot(session, openedBy.member, passphrase, generation, dataKey);
      if (!made.ok) return made;
      const { slot, publicKey, secretKey } = made.value;
      const old = session.connection.db;
      let fresh: Database.Database | undefined;
      try {
        await removeDatabase(session, generation);
        fresh = openDatabase(path, dataKey, "new");
        if (!(await copied(session, old, fresh, course))) {
          fresh.close();
          await removeDatabase(session, generation);
          forget(dataKey, secretKey);
          return err({ type: "Cancelled" });
        }
        checkpoint(fresh);
        fresh.close();
        fresh = openDatabase(path, dataKey, "existing");
        const keys = slotKeys(read);
        const own = ownSlot(session);
        const others = before.slots
          .filter(({ id }) => id !== own.id)
          .map((other) => ({
            ...other,
            sealed: sealDataKey(keyOf(keys, other.id), dataKey, generation, before.vault),
          }));
        const salt = await databaseSalt(files, path);
        const { mac: _, ...body } = before;
        const { file, bytes } = finishKeySlots(
          { ...body, generation, salt, slots: [...others, slot] },
          dataKey,
        );
        commit({ db: fresh }, (db) => {
          putSlot(db, slot, publicKey);
          withSigning(read, session, (secrets) => {
            for (const secret of secrets)
              putSigning(db, secret, { id: slot.id, publicKey }, session.ports.clock.now());
          });
          followSlots(db, file);
        });
        checkpoint(fresh);
        await files.replace(join(folder, KEYSLOTS), bytes);
        session.connection.db = fresh;
        session.slots = file;
      } catch (error) {
        fresh?.close();
        forget(dataKey, secretKey);
        if (await stillInForce(session, before))
          await removeDatabase(session, generation).catch(() => undefined);
        else session.state = "broken";
        throw error;
      }
      old.close();
      session.dataKey[Symbol.dispose]();
      session.dataKey = dataKey;
      adoptSlot(session, slot, secretKey);
      await removeDatabase(session, before.generation).catch(() =>
        session.ports.log.note("vault.old-file-left"),
      );
      return ok(generation);
    });
}

/** The row copy, pausing for other work; `false` where it was stopped. */
async function copied(
  session: Session,
  from: Database.Database,
  to: Database.Database,
  { progress, signal }: Course,
): Promise<boolean> {
  for (const [done, total] of copyRows(from, to)) {
    progress?.(done, total);
    await setImmediate();
    if (signal?.aborted === true || session.ending.signal.aborted) return false;
  }
  return true;
}

async function removeDatabase({ ports, folder }: Session, generation: number): Promise<void> {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) {
    await ports.files.remove(join(folder, databaseName(generation) + suffix));
  }
}

function keyOf(keys: ReadonlyMap<string, Uint8Array>, slot: string): Uint8Array {
  const key = keys.get(slot);
  if (key === undefined) throw new Error("a slot of the file is not in the vault");
  return key;
}

function forget(...secrets: readonly Secret[]): void {
  for (const secret of secrets) secret[Symbol.dispose]();
}
