// Making a vault: an empty folder, a new data key, the first member's slot and the recovery words.
import { join } from "node:path";
import type { Result } from "../../../shared/result.ts";
import { err, ok } from "../../../shared/result.ts";
import { OpeningId, VaultId } from "../../../shared/vocabulary/ids.ts";
import type { Random } from "../ports.ts";
import { checkpoint, openDatabase } from "./database.ts";
import { checkKdf, normalPassphrase, tuneKdf } from "./kdf.ts";
import { finishKeySlots, makeSlot } from "./keyslots.ts";
import type { LockFile } from "./lockfile.ts";
import { takeLock } from "./lockfile.ts";
import { knownMigrations, migrate } from "./migrations.ts";
import { makeQueue } from "./queue.ts";
import { followSlots, putMember, putOpening, putSigning, putSlot } from "./records.ts";
import { Secret } from "./secret.ts";
import type { Session } from "./session.ts";
import { commit, storageFailure } from "./session.ts";
import { KEYSLOTS, databaseName, databaseSalt } from "./slots-file.ts";
import type { Connection } from "./sql.ts";
import { sql } from "./sql.ts";
import { syncedMarker } from "./synced.ts";
import type { CreateError, KdfParameters, NewVault, Vault, VaultPorts } from "./types.ts";
import { assemble } from "./vault.ts";
import { newWords } from "./words.ts";

type Created = { readonly vault: Vault; readonly words: string };

/** The new vault, open, and the 24 words for the recovery sheet: they are shown once and kept nowhere. */
export async function createVault(
  ports: VaultPorts,
  wanted: NewVault,
): Promise<Result<Created, CreateError>> {
  const { files } = ports;
  const { folder } = wanted;
  const marker = await syncedMarker(files, folder);
  if (marker !== undefined) return err({ type: "SyncedFolder", marker });
  const cost = wanted.kdf === undefined ? await tuneKdf(ports.clock) : ok(wanted.kdf);
  if (!cost.ok) return cost;
  const within = checkKdf(cost.value);
  if (!within.ok) return within;
  let lockFile: LockFile | undefined;
  const connection: Partial<Connection> = {};
  try {
    await files.makeFolder(folder);
    if ((await files.list(folder)).some(({ name }) => name !== "lock"))
      return err({ type: "FolderNotEmpty" });
    const taken = takeLock(folder);
    if (!taken.ok) return err({ type: "FolderNotEmpty" });
    lockFile = taken.value;
    const dataKey = Secret.from(ports.random.bytes(32));
    connection.db = openDatabase(join(folder, databaseName(1)), dataKey, "new");
    const created = await fill(ports, wanted, cost.value, dataKey, { db: connection.db }, lockFile);
    if (!created.ok) await undo(ports, folder, connection, lockFile);
    return created;
  } catch (error) {
    await undo(ports, folder, connection, lockFile);
    const failure = storageFailure(error);
    if (failure === undefined) throw error;
    return err(failure);
  }
}

async function fill(
  ports: VaultPorts,
  { folder, kind, office, member }: NewVault,
  cost: KdfParameters,
  dataKey: Secret,
  connection: Connection,
  lockFile: LockFile,
): Promise<Result<Created, CreateError>> {
  const { files, random, clock } = ports;
  const vault = VaultId.parse(randomId(random));
  const generation = 1;
  const { words, entropy } = newWords(random);
  using held = entropy;
  using passphrase = normalPassphrase(member.passphrase);
  const own = await makeSlot(
    random,
    { kind: "member", member: member.id, vault, generation },
    passphrase,
    dataKey,
    cost,
  );
  if (!own.ok) return own;
  const recovery = await makeSlot(random, { kind: "recovery", vault, generation }, held, dataKey, cost);
  if (!recovery.ok) return recovery;
  recovery.value.secretKey[Symbol.dispose]();
  migrate(connection, knownMigrations());
  checkpoint(connection.db);
  const { file, bytes } = finishKeySlots(
    {
      format: "waypost/keyslots/1",
      vault,
      kind,
      generation,
      salt: await databaseSalt(files, join(folder, databaseName(generation))),
      slots: [own.value.slot, recovery.value.slot],
    },
    dataKey,
  );
  const opening = OpeningId.parse(randomId(random));
  const signing = Secret.from(Uint8Array.from(member.certificate.signing.secret));
  const now = clock.now();
  commit(connection, (db) => {
    db.run(sql`INSERT INTO vault (one, id, kind, generation, made, slots_mac)
               VALUES (1, ${vault}, ${kind}, ${generation}, ${now}, ${file.mac})`);
    db.run(sql`INSERT INTO office (one, id, name) VALUES (1, ${office.id}, ${office.name})`);
    putMember(db, member.id, member.name, member.certificate, now);
    const secret = { member: member.id, keyId: member.certificate.signing.keyId, secret: signing };
    for (const { slot, publicKey } of [own.value, recovery.value]) {
      putSlot(db, slot, publicKey);
      putSigning(db, secret, { id: slot.id, publicKey }, now);
    }
    followSlots(db, file);
    putOpening(db, opening, member.id, now);
  });
  checkpoint(connection.db);
  await files.replace(join(folder, KEYSLOTS), bytes);
  const session: Session = {
    ports,
    folder,
    connection,
    lockFile,
    queue: makeQueue(),
    opening,
    ending: new AbortController(),
    slots: file,
    dataKey,
    slotKey: own.value.secretKey,
    openedBy: { slot: own.value.slot.id, kind: "member", member: member.id },
    signing,
    checkpointDue: false,
    copying: undefined,
    state: "open",
  };
  return ok({ vault: assemble(session), words });
}

/** The name of a vault, a slot or an opening: random, about nothing. */
export const randomId = (random: Random) => Buffer.from(random.bytes(16)).toString("hex");

/** What a failed creation made is removed as far as the disk allows; without keyslots.json it is no vault anyway. */
async function undo(
  { files }: VaultPorts,
  folder: string,
  { db }: Partial<Connection>,
  lockFile: LockFile | undefined,
): Promise<void> {
  if (lockFile === undefined) return;
  db?.close();
  for (const name of [KEYSLOTS, databaseName(1), `${databaseName(1)}-wal`]) {
    await files.remove(join(folder, name)).catch(() => undefined);
  }
  lockFile.free();
}
