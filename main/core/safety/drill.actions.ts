// A drill: whether a backup would open today. Nothing is restored, and the backup is not touched.
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bytes } from "../../../shared/brand.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Fingerprint } from "../../../shared/vocabulary/ids.ts";
import type { Ports } from "../ports.ts";
import { lookInto } from "../vault/index.ts";
import {
  byEither,
  copyFiles,
  readBackup,
  signedInside,
  type Course,
  type RestoreError,
} from "./backup.actions.ts";
import { onDrive } from "./files.ts";
import { newId } from "./safety.actions.ts";
import { countCases } from "./safety.store.ts";

const slotsName = "keyslots.json";
const slotsLimit = (1024 * 1024) as Bytes;

/**
 * Reads every file of a backup against its signed text, opens it with a passphrase or the words, checks the signature and
 * counts its cases. SQLite must write beside a database to read it, so the encrypted database alone is copied to a
 * temporary folder and removed at once; the slots stay where they are, and without them the copy is noise.
 */
export async function drill(
  ports: Ports,
  input: { readonly from: string; readonly passphrase: string },
  course: Course,
): Promise<Result<{ made: number; signedBy: Fingerprint; cases: number }, RestoreError>> {
  const { files } = ports;
  const read = await readBackup(files, input.from);
  if (!read.ok) return read;
  const backup = read.value;
  const [database, ...others] = backup.files.filter(({ name }) => name !== slotsName);
  const slots = backup.files.find(({ name }) => name === slotsName);
  if (database === undefined || slots === undefined || others.length > 0)
    return err({ type: "BackupDamaged", what: "backup.txt" });
  return onDrive<Result<{ made: number; signedBy: Fingerprint; cases: number }, RestoreError>>(async () => {
    const bytes = await files.read(join(input.from, slotsName), slotsLimit);
    if (createHash("sha256").update(bytes).digest("hex") !== slots.sha256)
      return err({ type: "BackupDamaged", what: slotsName });
    const folder = join(tmpdir(), `waypost-${newId<string>(ports)}`);
    await files.makeFolder(folder);
    try {
      const copied = await copyFiles(files, { from: input.from, folder }, [database], course);
      if (!copied.ok) return copied;
      const copy = { slots: input.from, database: join(folder, database.name) };
      const opened = await byEither(input.passphrase, (unlock) => lookInto(ports, copy, unlock));
      if (!opened.ok) return opened;
      const { id, read: db, close } = opened.value;
      try {
        if (!(await signedInside(ports, { id, read: db }, backup)))
          return err({ type: "BackupDamaged", what: "backup.sig" });
        if (course.signal?.aborted === true) return err({ type: "Cancelled" });
        return ok({ made: backup.made, signedBy: backup.author, cases: countCases(db) });
      } finally {
        close();
      }
    } finally {
      for (const { name } of await files.list(folder)) await files.remove(join(folder, name));
      await files.remove(folder);
    }
  });
}
