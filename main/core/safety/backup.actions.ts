// A signed backup: the vault as it lies, encrypted, with its slots, and a text that says what belongs to it.
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
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
import type { Files, Ports } from "../ports.ts";
import {
  openVault,
  type Cancelled,
  type CopyError,
  type MemberUnlock,
  type OpenError,
} from "../vault/index.ts";
import type { ReadDb } from "../vault/sql.ts";
import { Secret } from "../vault/secret.ts";
import { onDrive, type DriveProblem } from "./files.ts";
import type { Opening } from "./safety.actions.ts";
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

export type Course = {
  readonly progress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
};

/**
 * Copies the open vault into an empty folder and signs what was copied. `head` is the figure to write down: a later
 * backup or vault that lacks it is older. The copy opens with the passphrases and words valid now. Where it does not come
 * to an end, the folder is left as it was found.
 */
export async function backUp(
  session: Session,
  folder: string,
  course: Course,
): Promise<Result<{ bytes: number; head: string }, Cancelled | DriveProblem | NoSigner>> {
  const { vault, signer, ports } = session;
  if (signer === undefined) return err({ type: "NoSigner" });
  return intoEmptyFolder(ports.files, { folder }, async () => {
    const head = vault.merkleHead();
    const copied = await vault.copyTo(folder, course);
    if (!copied.ok) return err(onThatDrive(copied.error));
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
    await ports.files.replace(join(folder, textName), text);
    await ports.files.replace(join(folder, signatureName), signature);
    return ok({ bytes: copied.value.reduce((sum, file) => sum + file.size, 0), head });
  });
}

/** The copy is written to the drive that was chosen: its trouble is that drive's, not the vault's. */
function onThatDrive(problem: CopyError): Cancelled | DriveProblem {
  switch (problem.type) {
    case "DiskFull":
      return { type: "DriveFull" };
    case "FolderReadOnly":
      return { type: "DriveReadOnly" };
    case "FolderVanished":
      return { type: "DriveGone" };
    case "VaultBroken":
      return { type: "DriveBroken" };
    case "Cancelled":
    case "FolderNotEmpty":
      return problem;
  }
}

/** Fills a new or empty folder, if need be `from` another; unless that comes to a good end, everything it made there is removed again. */
async function intoEmptyFolder<T, E>(
  files: Files,
  { folder, from = folder }: { readonly folder: string; readonly from?: string },
  fill: () => Promise<Result<T, E>>,
): Promise<Result<T, E | DriveProblem>> {
  const made = await onDrive(async () => {
    const isNew = (await files.entry(folder)) === undefined;
    // A drive that was taken out is not made anew as a folder of this laptop.
    if (isNew && (await files.entry(dirname(folder))) === undefined)
      return err({ type: "DriveGone" as const });
    await files.makeFolder(folder);
    return (await files.list(folder)).length > 0 ? err({ type: "FolderNotEmpty" as const }) : ok(isNew);
  });
  if (!made.ok) return made;
  let filled: Result<T, E | DriveProblem> | undefined;
  try {
    filled = await onDrive(fill, { files, folders: [folder, from] });
    return filled;
  } finally {
    if (filled?.ok !== true) await empty(files, folder, made.value);
  }
}

const ofAVault =
  /^(vault-[0-9]+\.db(-wal|-shm|-journal)?|keyslots\.json|lock|backup\.(txt|sig)|\.[0-9a-f-]{36}\.tmp)$/;

/** As far as the drive allows: one that was pulled out keeps what it has. */
async function empty(files: Files, folder: string, withIt: boolean): Promise<void> {
  await onDrive(async () => {
    for (const { name } of await files.list(folder)) {
      if (ofAVault.test(name)) await files.remove(join(folder, name));
    }
    if (withIt) await files.remove(folder);
    return ok(undefined);
  });
}

/** `what` is the file that is not as it was signed. */
type BackupDamaged = { readonly type: "BackupDamaged"; readonly what: string };

export type RestoreError =
  | OpenError
  | DriveProblem
  | Cancelled
  | BackupDamaged
  | { readonly type: "NoBackup" };

/**
 * Copies a backup into an empty folder, opens the copy with a passphrase or the recovery words valid when it was made, and
 * checks the signature with the certificate that lies inside. On any failure the folder is emptied again; the backup is never changed.
 */
export async function restore(
  opening: Opening,
  input: { readonly from: string; readonly folder: string; readonly passphrase: string },
  course: Course,
): Promise<Result<{ made: number; signedBy: Fingerprint; cases: number }, RestoreError>> {
  const { files } = opening.ports;
  const backup = await readBackup(files, input.from);
  if (!backup.ok) return backup;
  type Restored = { made: number; signedBy: Fingerprint; cases: number };
  return intoEmptyFolder<Restored, RestoreError>(files, input, async () => {
    const copied = await copyFiles(files, input, backup.value.files, course);
    if (!copied.ok) return copied;
    const opened = await byEither(input.passphrase, (unlock) =>
      openVault(opening.ports, { folder: input.folder, unlock }),
    );
    if (!opened.ok) return opened;
    const vault = opened.value;
    try {
      if (!(await signedInside(opening.ports, { id: vault.info.id, read: vault.read }, backup.value)))
        return err({ type: "BackupDamaged", what: signatureName });
      if (course.signal?.aborted === true) return err({ type: "Cancelled" });
      const { made, author } = backup.value;
      return ok({ made, signedBy: author, cases: countCases(vault.read) });
    } finally {
      await vault.lock();
    }
  });
}

/** Who forgot every passphrase still has the words: they open the copy as well. */
export async function byEither<T>(
  given: string,
  open: (unlock: MemberUnlock) => Promise<Result<T, OpenError>>,
): Promise<Result<T, OpenError>> {
  using passphrase = Secret.fromText(given);
  const opened = await open({ passphrase });
  if (opened.ok || opened.error.type !== "WrongPassphrase") return opened;
  const byWords = await open({ words: given });
  return !byWords.ok && byWords.error.type === "WrongWords" ? opened : byWords;
}

type Backup = {
  readonly text: Uint8Array;
  readonly signature: Uint8Array;
  readonly vault: string;
  readonly made: number;
  readonly author: Fingerprint;
  readonly files: Copied;
};

/** What lies beside the copied files: read, and not yet believed. */
export async function readBackup(
  files: Files,
  folder: string,
): Promise<Result<Backup, DriveProblem | BackupDamaged | { readonly type: "NoBackup" }>> {
  const read = await onDrive(async () => {
    if ((await files.entry(join(folder, textName))) === undefined) return err({ type: "NoBackup" as const });
    return ok({
      text: await files.read(join(folder, textName), smallFile),
      signature: await files.read(join(folder, signatureName), smallFile),
    });
  });
  if (!read.ok) return read;
  const said = parseSignedText("waypost/backup/1", keys, Buffer.from(read.value.text).toString("utf8"));
  const listed = said.ok ? listOf(said.value.files) : undefined;
  const author = said.ok ? Fingerprint.safeParse(said.value.author) : undefined;
  const made = said.ok ? Number(said.value.made) : Number.NaN;
  if (!said.ok || listed === undefined || !author?.success || !Number.isSafeInteger(made))
    return err({ type: "BackupDamaged", what: textName });
  return ok({ ...read.value, vault: said.value.vault, made, author: author.data, files: listed });
}

/** The text was signed by a member of the very vault that was copied. */
export async function signedInside(
  ports: Ports,
  vault: { readonly id: string; readonly read: ReadDb },
  backup: Backup,
): Promise<boolean> {
  const author = membersOf(vault.read).find((member) => member.fingerprint === backup.author);
  if (author === undefined || vault.id !== backup.vault) return false;
  const held = await readCertificate(author.certificate, { at: ports.clock.now(), past: true });
  if (!held.ok) return false;
  const verified = await verify({
    kind: "waypost/backup/1",
    signed: backup.text,
    signature: backup.signature,
    certificates: [held.value],
  });
  return verified.ok;
}

function listOf(text: string): Copied | undefined {
  const json = parseCanonicalJson(text);
  const listed = json.ok ? Copied.safeParse(json.value) : undefined;
  return listed?.success ? listed.data : undefined;
}

export async function copyFiles(
  files: Files,
  { from, folder }: { readonly from: string; readonly folder: string },
  listed: Copied,
  { progress, signal }: Course,
): Promise<Result<void, Cancelled | BackupDamaged>> {
  const total = listed.reduce((sum, file) => sum + file.size, 0);
  let done = 0;
  for (const { name, size, sha256 } of listed) {
    const draft = await files.draft(folder);
    const hash = createHash("sha256");
    let length = 0;
    try {
      for await (const chunk of files.stream(join(from, name))) {
        if (signal?.aborted === true) return err({ type: "Cancelled" });
        hash.update(chunk);
        length += chunk.byteLength;
        done += chunk.byteLength;
        if (length > size) break;
        await draft.write(chunk);
        progress?.(done, total);
      }
      if (length !== size || hash.digest("hex") !== sha256) return err({ type: "BackupDamaged", what: name });
      await draft.commit(name);
    } finally {
      await draft.discard();
    }
  }
  return ok(undefined);
}
