// keyslots.json on disk: its replacement by rename is the one commit point of every change of keys.
import { join } from "node:path";
import type { Bytes } from "../../../shared/brand.ts";
import type { Result } from "../../../shared/result.ts";
import { err } from "../../../shared/result.ts";
import type { Files } from "../ports.ts";
import { FileTrouble } from "../ports.ts";
import type { KeySlots, KeySlotsBody } from "./keyslots.ts";
import { finishKeySlots, readKeySlots } from "./keyslots.ts";
import { announceMac, followSlots } from "./records.ts";
import type { Session } from "./session.ts";
import { commit } from "./session.ts";
import type { WriteDb } from "./sql.ts";
import { StorageTrouble } from "./sql.ts";
import type { OpenError } from "./types.ts";

export const KEYSLOTS = "keyslots.json";
const LIMIT = (1024 * 1024) as Bytes;

/** The database file of a generation of the data key. */
export const databaseName = (generation: number) => `vault-${generation}.db`;

/** The slots of a folder. Throws `FileTrouble` where the disk fails. */
export async function loadKeySlots(
  files: Files,
  folder: string,
): Promise<Result<KeySlots, Extract<OpenError, { type: "NoVault" | `Slots${string}` }>>> {
  try {
    return readKeySlots(await files.read(join(folder, KEYSLOTS), LIMIT));
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    if (error.problem === "NotFound") return err({ type: "NoVault" });
    if (error.problem === "TooLarge") return err({ type: "SlotsDamaged" });
    throw error;
  }
}

/** The first 16 bytes of a database: its random salt, which the slots file names. */
export async function databaseSalt(files: Files, path: string): Promise<string> {
  for await (const chunk of files.stream(path)) return Buffer.from(chunk.subarray(0, 16)).toString("hex");
  return "";
}

/**
 * Puts new slots in force: rows for both outcomes first, then the rename, then the rows of the outcome alone.
 * A crash at any point leaves a vault that opens with the old slots or with the new ones.
 * Throws the disk's trouble with the old slots still in force; where that is not sure, the vault refuses writes until it is reopened.
 */
export async function exchangeSlots(
  session: Session,
  body: KeySlotsBody,
  stage: (db: WriteDb) => void,
): Promise<void> {
  const { connection } = session;
  const before = session.slots;
  const { file, bytes } = finishKeySlots(body, session.dataKey);
  commit(connection, (db) => {
    stage(db);
    announceMac(db, before, file);
  });
  try {
    await session.ports.files.replace(join(session.folder, KEYSLOTS), bytes);
  } catch (error) {
    if (await stillInForce(session, before))
      tolerate(() => commit(connection, (db) => followSlots(db, before)));
    else session.state = "broken";
    throw error;
  }
  session.slots = file;
  tolerate(() => commit(connection, (db) => followSlots(db, file)));
}

/** Whether the slots file on disk is surely still `before`. */
export async function stillInForce(session: Session, before: KeySlots): Promise<boolean> {
  try {
    const found = await loadKeySlots(session.ports.files, session.folder);
    return found.ok && found.value.mac === before.mac;
  } catch {
    return false;
  }
}

/** Tidying that the next opening does too: a full disk does not undo what was decided. */
function tolerate(tidy: () => void): void {
  try {
    tidy();
  } catch (error) {
    if (!(error instanceof StorageTrouble)) throw error;
  }
}

/**
 * Whether what was committed can be found again. Where the folder was removed or moved under an open vault, the system goes on
 * writing to a file that nobody will see; then nothing more is written.
 */
export async function stillThere(session: Session): Promise<boolean> {
  const path = join(session.folder, databaseName(session.slots.generation));
  if ((await session.ports.files.entry(path)) !== undefined) return true;
  session.state = "broken";
  return false;
}
