// Opening a vault: every check in an order in which nothing is derived, opened or changed before it is safe.
import { join } from "node:path";
import type { Result } from "../../../shared/result.ts";
import { err, ok } from "../../../shared/result.ts";
import { OpeningId } from "../../../shared/vocabulary/ids.ts";
import type { VaultId } from "../../../shared/vocabulary/ids.ts";
import { FileTrouble } from "../ports.ts";
import { randomId } from "./create.ts";
import { openDatabase } from "./database.ts";
import { normalPassphrase } from "./kdf.ts";
import type { KeySlot, KeySlots } from "./keyslots.ts";
import { macHolds, openDataKey, unwrapSlot } from "./keyslots.ts";
import type { LockFile } from "./lockfile.ts";
import { takeLock } from "./lockfile.ts";
import { putForRecovery } from "./members.ts";
import { knownMigrations, migrate, versionOf } from "./migrations.ts";
import { makeQueue } from "./queue.ts";
import { followSlots, hasSigning, knownMacs, putOpening, recoverySlot, signingSecrets } from "./records.ts";
import type { Secret } from "./secret.ts";
import type { Session } from "./session.ts";
import { commit, storageFailure } from "./session.ts";
import { databaseName, databaseSalt, loadKeySlots } from "./slots-file.ts";
import type { Connection, ReadDb } from "./sql.ts";
import { StorageTrouble, readDb } from "./sql.ts";
import { INCOMING } from "./staging.ts";
import { syncedMarker } from "./synced.ts";
import type { MemberUnlock, NotEnoughMemory, OpenError, OpenedBy, Vault, VaultPorts } from "./types.ts";
import { assemble } from "./vault.ts";
import { entropyOfWords } from "./words.ts";

type WrongSecret = { readonly type: "WrongPassphrase" } | { readonly type: "WrongWords" };
type Unlocked = { readonly slot: KeySlot; readonly slotKey: Secret };

/** The open vault, or why not; where it is an error, nothing in the folder was changed. Takes one key derivation a slot tried. */
export async function openVault(
  ports: VaultPorts,
  { folder, unlock }: { readonly folder: string; readonly unlock: MemberUnlock },
): Promise<Result<Vault, OpenError>> {
  const marker = await syncedMarker(ports.files, folder);
  if (marker !== undefined) return err({ type: "SyncedFolder", marker });
  let lockFile: LockFile | undefined;
  try {
    const slots = await loadKeySlots(ports.files, folder);
    if (!slots.ok) return slots;
    const present = await databaseFits(ports, folder, slots.value);
    if (!present.ok) return present;
    const taken = takeLock(folder);
    if (!taken.ok) return taken;
    lockFile = taken.value;
    const opened = await openWith(ports, folder, slots.value, unlock, lockFile);
    if (!opened.ok) lockFile.free();
    return opened;
  } catch (error) {
    lockFile?.free();
    const failure = storageFailure(error);
    if (failure === undefined) throw error;
    return err(failure);
  }
}

/** The database the slots file names is there and has the salt it names: else the file is of another vault, or an old one. */
async function databaseFits(
  { files }: VaultPorts,
  folder: string,
  slots: KeySlots,
): Promise<Result<void, Extract<OpenError, { type: "NoVault" | "SlotsReplaced" }>>> {
  try {
    const salt = await databaseSalt(files, join(folder, databaseName(slots.generation)));
    return salt === slots.salt ? ok(undefined) : err({ type: "SlotsReplaced" });
  } catch (error) {
    if (!(error instanceof FileTrouble) || error.problem !== "NotFound") throw error;
    const others = (await files.list(folder)).some(({ name }) => DATABASE.test(name));
    return err({ type: others ? "SlotsReplaced" : "NoVault" });
  }
}

const DATABASE = /^vault-(\d+)\.db(-wal|-shm|-journal)?$/;

async function openWith(
  ports: VaultPorts,
  folder: string,
  slots: KeySlots,
  unlock: MemberUnlock,
  lockFile: LockFile,
): Promise<Result<Vault, OpenError>> {
  const keyed = await openKeyed(slots, unlock, join(folder, databaseName(slots.generation)));
  if (!keyed.ok) return keyed;
  const { connection, dataKey, unlocked } = keyed.value;
  let session: Session | undefined;
  try {
    migrate(connection, knownMigrations());
    session = begin(ports, folder, connection, lockFile, slots, unlocked, dataKey);
  } catch (error) {
    if (error instanceof StorageTrouble && isDamage(error)) return err({ type: "DamagedPage" });
    throw error;
  } finally {
    if (session === undefined) forget(keyed.value);
  }
  await removeLeftovers(session);
  return ok(assemble(session));
}

type Keyed = { readonly connection: Connection; readonly dataKey: Secret; readonly unlocked: Unlocked };

/** The database at `path` under the key that the slots give out; nothing in it was changed. */
async function openKeyed(
  slots: KeySlots,
  unlock: MemberUnlock,
  path: string,
): Promise<Result<Keyed, OpenError>> {
  const unlocked = await findSlot(slots, unlock);
  if (!unlocked.ok) return unlocked;
  const { slot, slotKey } = unlocked.value;
  const dataKey = openDataKey(slots, slot, slotKey);
  let connection: Connection | undefined;
  let fits = false;
  try {
    if (dataKey === undefined || !macHolds(slots, dataKey)) return err({ type: "SlotsReplaced" });
    connection = { db: openDatabase(path, dataKey, "existing") };
    const known = knownMigrations().length;
    const found = versionOf(connection);
    if (found > known) return err({ type: "NewerVersion", found, known });
    if (!knownMacs(readDb(connection)).includes(slots.mac)) return err({ type: "SlotsReplaced" });
    fits = true;
    return ok({ connection, dataKey, unlocked: unlocked.value });
  } catch (error) {
    if (error instanceof StorageTrouble && isDamage(error)) return err({ type: "DamagedPage" });
    throw error;
  } finally {
    if (!fits) {
      connection?.db.close();
      dataKey?.[Symbol.dispose]();
      slotKey[Symbol.dispose]();
    }
  }
}

function forget({ connection, dataKey, unlocked }: Keyed): void {
  connection.db.close();
  dataKey[Symbol.dispose]();
  unlocked.slotKey[Symbol.dispose]();
}

/** What can be seen of a copied database whose slots lie elsewhere. */
export type Looked = { readonly id: VaultId; readonly read: ReadDb; readonly close: () => void };

/**
 * Opens a copy of a vault's database with the slots of another folder, only to read: no opening is entered, nothing is
 * migrated. `database` is the caller's own copy: SQLite writes beside it.
 */
export async function lookInto(
  { files }: Pick<VaultPorts, "files">,
  { slots: folder, database }: { readonly slots: string; readonly database: string },
  unlock: MemberUnlock,
): Promise<Result<Looked, OpenError>> {
  try {
    const slots = await loadKeySlots(files, folder);
    if (!slots.ok) return slots;
    if ((await databaseSalt(files, database)) !== slots.value.salt) return err({ type: "SlotsReplaced" });
    const keyed = await openKeyed(slots.value, unlock, database);
    if (!keyed.ok) return keyed;
    const { connection } = keyed.value;
    return ok({
      id: slots.value.vault,
      read: readDb(connection),
      close: () => forget(keyed.value),
    });
  } catch (error) {
    const failure = storageFailure(error);
    if (failure === undefined) throw error;
    return err(failure);
  }
}

/** Member slots one after another, or the recovery slot. */
async function findSlot(
  file: KeySlots,
  unlock: MemberUnlock,
): Promise<Result<Unlocked, WrongSecret | NotEnoughMemory>> {
  const byWords = "words" in unlock;
  using secret = byWords ? entropyOfWords(unlock.words) : normalPassphrase(unlock.passphrase);
  const wrong: WrongSecret = { type: byWords ? "WrongWords" : "WrongPassphrase" };
  if (secret === undefined) return err(wrong);
  const tried = file.slots.filter((slot) =>
    byWords
      ? slot.kind === "recovery"
      : slot.kind === "member" && (unlock.member ?? slot.member) === slot.member,
  );
  for (const slot of tried) {
    const slotKey = await unwrapSlot(file.vault, slot, secret);
    if (!slotKey.ok) return slotKey;
    if (slotKey.value !== undefined) return ok({ slot, slotKey: slotKey.value });
  }
  return err(wrong);
}

/** The rows of this opening; what an interrupted change of slots left is settled by the slots file that was found. */
function begin(
  ports: VaultPorts,
  folder: string,
  connection: Connection,
  lockFile: LockFile,
  slots: KeySlots,
  { slot, slotKey }: Unlocked,
  dataKey: Secret,
): Session {
  const opening = OpeningId.parse(randomId(ports.random));
  const openedBy: OpenedBy =
    slot.member === undefined
      ? { slot: slot.id, kind: "recovery" }
      : { slot: slot.id, kind: "member", member: slot.member };
  const now = ports.clock.now();
  const signing = commit(connection, (db) => {
    followSlots(db, slots);
    putOpening(db, opening, slot.member, now);
    if (slot.member === undefined) return undefined;
    const [own] = signingSecrets(db, slot.id, slotKey);
    const recovery = recoverySlot(db);
    if (own !== undefined && recovery !== undefined && !hasSigning(db, slot.member, recovery.id)) {
      putForRecovery(db, own, now);
    }
    return own?.secret;
  });
  return {
    ports,
    folder,
    connection,
    lockFile,
    queue: makeQueue(),
    opening,
    ending: new AbortController(),
    slots,
    dataKey,
    slotKey,
    openedBy,
    signing,
    // A crash may have come between an erasure and its checkpoint.
    checkpointDue: true,
    copying: undefined,
    state: "open",
  };
}

/** Databases of other generations (an interrupted or finished change of the data key), temporary files, an abandoned reception. */
async function removeLeftovers({ ports, folder, slots }: Session): Promise<void> {
  const { files } = ports;
  for (const { name } of await files.list(folder)) {
    const generation = DATABASE.exec(name)?.[1];
    const otherDatabase = generation !== undefined && Math.abs(Number(generation) - slots.generation) === 1;
    if (otherDatabase || name.startsWith(INCOMING) || /^\.[0-9a-f-]{36}\.tmp$/.test(name)) {
      await files.remove(join(folder, name)).catch(() => ports.log.note("vault.leftover-kept"));
    }
  }
}

/** A page that fails its seal, or a file that is no database under this key. */
const isDamage = ({ problem, cause }: StorageTrouble) =>
  problem === "Broken" &&
  cause instanceof Error &&
  "code" in cause &&
  /^SQLITE_(CORRUPT|NOTADB|IOERR_DATA|IOERR_SHORT_READ)/.test(String(cause.code));
