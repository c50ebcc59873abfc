// A signed backup: the vault as it lies, encrypted, with its slots, and a text that says what belongs to it.
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Bytes } from "../../../shared/brand.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { object, z } from "../../../shared/schema.ts";
import {
  canonicalJson,
  parseCanonicalJson,
  parseSignedText,
  signedText,
} from "../../../shared/signed-text.ts";
import { Fingerprint } from "../../../shared/vocabulary/ids.ts";
import { readCertificate, verify } from "../pgp/index.ts";
import type { Files } from "../ports.ts";
import { type Cancelled, type CopyError, type OpenError } from "../vault/index.ts";
import { onDrive, type DriveProblem } from "./files.ts";
import { lock, unlock, type Opening } from "./safety.actions.ts";
import { countCases, membersOf } from "./safety.store.ts";
import type { NoSigner, Session } from "./session.ts";

const textName = "backup.txt";
const signatureName = "backup.sig";
const smallFile = (64 * 1024) as Bytes;
const keys = ["vault", "generation", "made", "author", "head", "files"] as const;

const Copied = z
  .array(
    object({
      name: z.string().regex(/^(vault-[0-9]{1,9}\.db|keyslots\.json)$/),
      size: z.int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  )
  .min(2)
  .max(4);
type Copied = z.infer<typeof Copied>;

type Course = { readonly progress?: (done: number, total: number) => void; readonly signal?: AbortSignal };

/**
 * Copies the open vault into an empty folder and signs what was copied. `head` is the figure to write down: a later
 * backup or vault that lacks it is older. The copy opens with the passphrases and words valid now.
 */
export async function backUp(
  session: Session,
  folder: string,
  course: Course,
): Promise<Result<{ bytes: number; head: string }, CopyError | DriveProblem | NoSigner>> {
  const { vault, signer, ports } = session;
  if (signer === undefined) return err({ type: "NoSigner" });
  const head = vault.merkleHead();
  const copied = await vault.copyTo(folder, course);
  if (!copied.ok) return copied;
  const text = Buffer.from(
    signedText("waypost/backup/1", [
      ["vault", vault.info.id],
      ["generation", String(vault.info.generation)],
      ["made", String(ports.clock.now())],
      ["author", signer.fingerprint],
      ["head", head],
      ["files", canonicalJson(copied.value.map(({ name, size, sha256 }) => ({ name, size, sha256 })))],
    ]),
  );
  const signature = await signer.sign("waypost/backup/1", text);
  return onDrive(async () => {
    await ports.files.replace(join(folder, textName), text);
    await ports.files.replace(join(folder, signatureName), signature);
    return ok({ bytes: copied.value.reduce((sum, file) => sum + file.size, 0), head });
  });
}

export type RestoreError =
  | OpenError
  | DriveProblem
  | Cancelled
  | { readonly type: "NoBackup" }
  | { readonly type: "BackupDamaged"; readonly what: string };

/**
 * Copies a backup into an empty folder, opens the copy with a passphrase valid when it was made, and checks the signature
 * with the certificate that lies inside. On any failure the folder is emptied again; the backup is never changed.
 */
export async function restore(
  opening: Opening,
  input: { readonly from: string; readonly folder: string; readonly passphrase: string },
  course: Course,
): Promise<Result<{ made: number; signedBy: Fingerprint; cases: number }, RestoreError>> {
  const { files, clock } = opening.ports;
  const read = await onDrive(async () => {
    if ((await files.entry(join(input.from, textName))) === undefined)
      return err({ type: "NoBackup" as const });
    return ok({
      text: await files.read(join(input.from, textName), smallFile),
      signature: await files.read(join(input.from, signatureName), smallFile),
    });
  });
  if (!read.ok) return read;
  const said = parseSignedText("waypost/backup/1", keys, Buffer.from(read.value.text).toString("utf8"));
  const listed = said.ok ? listOf(said.value.files) : undefined;
  const author = said.ok ? Fingerprint.safeParse(said.value.author) : undefined;
  if (!said.ok || listed === undefined || !author?.success)
    return err({ type: "BackupDamaged", what: textName });
  const copied = await onDrive(() => copyFiles(files, input, listed, course));
  if (!copied.ok) return copied;
  const removeCopy = async () => {
    for (const { name } of listed) await files.remove(join(input.folder, name));
  };
  const opened = await unlock(opening, input);
  if (!opened.ok) {
    await removeCopy();
    return opened;
  }
  const session = opened.value;
  const { read: db } = session.vault;
  const certificate = membersOf(db).find((member) => member.fingerprint === author.data)?.certificate;
  const held =
    certificate === undefined
      ? undefined
      : await readCertificate(certificate, { at: clock.now(), past: true });
  const verified =
    held?.ok === true &&
    (
      await verify({
        kind: "waypost/backup/1",
        signed: read.value.text,
        signature: read.value.signature,
        certificates: [held.value],
      })
    ).ok &&
    session.vault.info.id === said.value.vault;
  const cases = countCases(db);
  await lock(session);
  if (!verified) {
    await removeCopy();
    return err({ type: "BackupDamaged", what: signatureName });
  }
  return ok({ made: Number(said.value.made), signedBy: author.data, cases });
}

function listOf(text: string): Copied | undefined {
  const json = parseCanonicalJson(text);
  const listed = json.ok ? Copied.safeParse(json.value) : undefined;
  return listed?.success ? listed.data : undefined;
}

async function copyFiles(
  files: Files,
  { from, folder }: { readonly from: string; readonly folder: string },
  listed: Copied,
  { progress, signal }: Course,
): Promise<Result<void, DriveProblem | Cancelled | { type: "BackupDamaged"; what: string }>> {
  await files.makeFolder(folder);
  if ((await files.list(folder)).length > 0) return err({ type: "FolderNotEmpty" });
  const total = listed.reduce((sum, file) => sum + file.size, 0);
  const written: string[] = [];
  let done = 0;
  const undo = async () => {
    for (const name of written) await files.remove(join(folder, name));
  };
  for (const { name, size, sha256 } of listed) {
    const draft = await files.draft(folder);
    const hash = createHash("sha256");
    let length = 0;
    try {
      for await (const chunk of files.stream(join(from, name))) {
        if (signal?.aborted === true) break;
        hash.update(chunk);
        length += chunk.byteLength;
        done += chunk.byteLength;
        await draft.write(chunk);
        progress?.(done, total);
      }
    } catch (trouble) {
      await draft.discard();
      await undo();
      throw trouble;
    }
    const whole = length === size && hash.digest("hex") === sha256;
    if (signal?.aborted === true || !whole) {
      await draft.discard();
      await undo();
      return signal?.aborted === true
        ? err({ type: "Cancelled" })
        : err({ type: "BackupDamaged", what: name });
    }
    await draft.commit(name);
    written.push(name);
  }
  return ok(undefined);
}
