// Takes in one bundle or a folder of them: opened to staging, judged, then each kind by its own taker. Any order, any number of times.
import { join } from "node:path";
import type { Bytes } from "../../../shared/brand.ts";
import { limits, type LimitBroken } from "../../../shared/bundle/limits.ts";
import { manifestFormat, type Manifest } from "../../../shared/bundle/manifest.ts";
import { manifestToSign, readManifest } from "../../../shared/bundle/notices.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";
import type { BundleId, Fingerprint } from "../../../shared/vocabulary/ids.ts";
import { note } from "../audit/index.ts";
import {
  allContacts,
  certificateOf,
  contactByFingerprint,
  takeIntroduction,
  type ContactRow,
} from "../contacts/index.ts";
import {
  mostIntroductionBytes,
  openIntroduction,
  openToStaging,
  verify,
  type Certificate,
} from "../pgp/index.ts";
import { FileTrouble } from "../ports.ts";
import { membersOf, onDrive, type DriveProblem, type Session } from "../safety/index.ts";
import type { Cancelled, Incoming, Received as Staged, WriteError } from "../vault/index.ts";
import type { WriteDb } from "../vault/sql.ts";
import { readArchive } from "./archive.ts";
import { addBundleIn, bundleIn, missingNumbers, seeOpening, type Outcome } from "./exchange.store.ts";
import { callBack } from "./notices.actions.ts";
import { takeAcknowledgement, takeRecall, takeRelease } from "./notices.take.ts";
import { takeShare } from "./share.take.ts";
import type { Taken, Taker } from "./taken.ts";
import type { Job } from "./writing.ts";

/** What became of one file. */
export type ReceivedFile = {
  readonly file: string;
  readonly bundle?: BundleId;
  readonly kind?: Manifest["kind"];
  readonly from?: string;
  readonly outcome: "taken" | "already" | "refused";
  readonly why?: Failure;
  readonly missing?: readonly number[];
  readonly clone?: boolean;
} & Taken;

/** Files that are bundles by their name; what else lies in a folder is left alone. */
const bundleName = /\.(pgp|gpg|asc)$/i;

/**
 * Takes in a file, or every bundle of a folder, one after another. A file that is refused changes nothing and stops
 * nothing. Only trouble with the folder itself, with this vault, or a cancelled job ends the whole.
 */
export async function receive(
  session: Session,
  input: { readonly path: string; readonly name: string },
  job?: Job,
): Promise<Result<readonly ReceivedFile[], DriveProblem | WriteError | Cancelled>> {
  const { files } = session.ports;
  const listed = await onDrive(async () => {
    const entry = await files.entry(input.path);
    if (entry === undefined) return err({ type: "FileMissing" as const });
    if (entry.kind === "file") return ok([{ path: input.path, name: input.name, size: entry.size }]);
    const inside = (await files.list(input.path)).filter(
      (one) => one.kind === "file" && bundleName.test(one.name),
    );
    return ok(
      inside
        .map((one) => ({ path: join(input.path, one.name), name: one.name, size: one.size }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
  });
  if (!listed.ok) return listed;
  const certificates = await knownCertificates(session);
  const results: ReceivedFile[] = [];
  for (const [index, file] of listed.value.entries()) {
    if (job?.signal.aborted === true)
      return err((await calledBack(session, results)) ?? { type: "Cancelled" });
    job?.progress("receive", index, listed.value.length);
    const one = await receiveFile(session, file, certificates, job);
    if (one.ok) results.push({ file: file.name, ...one.value });
    else if (ends(one.error)) return err((await calledBack(session, results)) ?? one.error);
    else results.push({ file: file.name, outcome: "refused", why: one.error });
  }
  return ok(results);
}

/** Where receiving ends early, what came before it may already have brought her no: that is acted on all the same. */
async function calledBack(
  session: Session,
  results: readonly ReceivedFile[],
): Promise<WriteError | undefined> {
  for (const of of new Set(results.flatMap((file) => file.touched ?? []))) {
    const back = await callBack(session, of);
    if (!back.ok) return back.error;
  }
  return undefined;
}

type Ending = WriteError | Cancelled;
const endings: ReadonlySet<string> = new Set([
  "DiskFull",
  "VaultReadOnly",
  "VaultBroken",
  "VaultLocked",
  "Cancelled",
]);
const ends = (problem: Failure): problem is Ending => endings.has(problem.type);

type One = Omit<ReceivedFile, "file">;

async function receiveFile(
  session: Session,
  file: { readonly path: string; readonly size: Bytes },
  certificates: ReadonlyMap<Fingerprint, Certificate>,
  job: Job | undefined,
): Promise<Result<One, Failure>> {
  if (file.size > limits.bundleBytes) return err({ type: "LimitBroken", limit: "bundleBytes" });
  const { vault } = session;
  const begun = await vault.staging().begin(Math.max(file.size * 2, limits.paddingMinimum) as Bytes);
  if (!begun.ok) return err({ type: begun.error.type === "DiskFull" ? "DiskFull" : "VaultReadOnly" });
  const incoming = begun.value;
  try {
    const opened = await stage(session, file, certificates, incoming, job);
    if (opened.ok) return await judge(session, opened.value.staged, opened.value.signer, job);
    if (opened.error.type === "NotEncrypted") return await meet(session, file);
    return opened;
  } finally {
    await incoming.discard();
  }
}

/** Opens into the staging. Trouble there is this vault's own and not the drive's. */
async function stage(
  session: Session,
  file: { readonly path: string },
  certificates: ReadonlyMap<Fingerprint, Certificate>,
  incoming: Incoming,
  job: Job | undefined,
): Promise<Result<{ staged: Staged; signer: Fingerprint }, Failure>> {
  const { vault, ports } = session;
  const own = { trouble: undefined as FileTrouble | undefined };
  const keep = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (error instanceof FileTrouble) own.trouble = error;
      throw error;
    }
  };
  const entry = keep(() => incoming.entry("content"));
  const source = ports.files.stream(file.path)[Symbol.asyncIterator]();
  const opened = await onDrive(async () => {
    const message = await openToStaging({
      content: { [Symbol.asyncIterator]: () => source },
      decryption: vault.decryptionSecrets(),
      certificateOf: (signedBy) => certificates.get(signedBy),
      sink: async (piece) => keep(() => entry.write(piece)),
      ...(job === undefined ? {} : { signal: job.signal }),
    });
    if (!message.ok) return message;
    return ok({ staged: keep(() => incoming.seal()), signer: message.value.signer });
  });
  await onDrive(async () => ok(await source.return?.()));
  return own.trouble === undefined ? opened : err(ownTrouble(own.trouble));
}

function ownTrouble({ problem }: FileTrouble): LimitBroken | WriteError {
  switch (problem) {
    case "DiskFull":
      return { type: "DiskFull" };
    case "ReadOnly":
    case "Denied":
      return { type: "VaultReadOnly" };
    case "TooLarge":
      return { type: "LimitBroken", limit: "bundleBytes" };
    default:
      return { type: "VaultBroken" };
  }
}

async function judge(
  session: Session,
  staged: Staged,
  signer: Fingerprint,
  job: Job | undefined,
): Promise<Result<One, Failure>> {
  const { read } = session.vault;
  const contact = contactByFingerprint(read, signer);
  if (contact === undefined) return err({ type: "SenderUnknown" });
  const untrusted = distrust[contact.trust];
  if (untrusted !== undefined) return err({ type: untrusted });
  const certificate = await certificateOf(session, contact.certificate);
  let manifest: Manifest | undefined;
  let taker: Taker | undefined;
  const onManifest = async (text: Uint8Array, signature: Uint8Array) => {
    const judged = await acceptManifest(session, text, signature, certificate);
    if (!judged.ok) return judged;
    manifest = judged.value;
    if (bundleIn(read, manifest.id) === undefined) taker ??= takerOf(session, contact, manifest, job);
    return ok(manifest.entries);
  };
  const checked = await readArchive<Failure>(staged.stream("content"), onManifest, async (name, bytes) =>
    taker === undefined ? ok(undefined) : taker.check(name, bytes),
  );
  if (!checked.ok) return checked;
  const known: Manifest = manifest ?? unseen();
  const about = { bundle: known.id, kind: known.kind, from: contact.office_name };
  if (taker === undefined) return ok({ ...about, outcome: "already" });
  const { entry, finish }: Taker = taker;
  const done = await readArchive<Failure>(staged.stream("content"), onManifest, entry);
  if (!done.ok) return done;
  const finished = await finish();
  if (!finished.ok) return finished;
  const { without = [], ...taken } = finished.value;
  const to = known.recipient ?? unseen();
  const noted = await session.vault.write(async () =>
    ok((db: WriteDb) => {
      const at = session.ports.clock.now();
      const clone = seeOpening(db, signer, known.number);
      if (clone) note(db, { at, action: "clone-seen", detail: { contact: contact.id } });
      const outcome: Outcome = { without, to, voided: known.number.voided ?? [] };
      addBundleIn(db, {
        id: known.id,
        contact: contact.id,
        fingerprint: signer,
        kind: known.kind,
        case_id: known.cases?.length === 1 ? (known.cases[0] ?? null) : null,
        number: known.number,
        at,
        outcome: JSON.stringify(outcome),
        owed: known.kind === "share" || known.kind === "release",
      });
      return { clone, missing: missingNumbers(db, signer, to) };
    }),
  );
  if (!noted.ok) return noted;
  const { clone, missing } = noted.value;
  return ok({
    ...about,
    outcome: "taken",
    ...taken,
    ...(clone ? { clone } : {}),
    ...(missing.length > 0 ? { missing } : {}),
  });
}

function unseen(): never {
  throw new Error("an archive without its manifest was accepted");
}

/** Case data is taken from verified contacts; colleagues vouched for by a steward may be merged, as the chain says. */
const distrust: Readonly<Record<ContactRow["trust"], string | undefined>> = {
  verified: undefined,
  vouched: undefined,
  unverified: "SenderNotVerified",
  changed: "SenderChanged",
  refused: "SenderRefused",
};

function takerOf(session: Session, contact: ContactRow, manifest: Manifest, job: Job | undefined): Taker {
  switch (manifest.kind) {
    case "share":
      return takeShare(session, contact, manifest, job);
    case "release":
      return takeRelease(session, manifest);
    case "acknowledgement":
      return takeAcknowledgement(session, contact);
    case "recall":
      return takeRecall(session, contact);
    case "introduction":
      throw new Error("an introduction is not sealed");
  }
}

/**
 * A bundle is for one receiver: the manifest, signed by whoever signed the message, must name a certificate of this
 * office. OpenPGP alone would let a receiver seal a signed message again for somebody else.
 */
async function acceptManifest(
  session: Session,
  text: Uint8Array,
  signature: Uint8Array,
  certificate: Certificate,
): Promise<Result<Manifest, Failure>> {
  const signed = utf8(text);
  const read = readManifest(text, utf8);
  if (!read.ok || signed === undefined) return read.ok ? err({ type: "ManifestMalformed" }) : read;
  const good = await verify({
    kind: manifestFormat,
    signed: Buffer.from(manifestToSign(signed)),
    signature,
    certificates: [certificate],
  });
  if (!good.ok) return good;
  const manifest = read.value;
  if (manifest.sender.fingerprint !== certificate.fingerprint) return err({ type: "SenderNotSigner" });
  const sealed = manifest.kind !== "introduction";
  const ours = membersOf(session.vault.read).some((member) => member.fingerprint === manifest.recipient);
  if (sealed ? !ours : manifest.recipient !== null) return err({ type: "NotForUs" });
  if (manifest.practice !== session.practice)
    return err({ type: manifest.practice ? "PracticeBundle" : "RealBundle" });
  if (manifest.expires < session.ports.clock.now())
    return err({ type: "BundleExpired", since: manifest.expires });
  return ok(manifest);
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

const keyBegin = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
const keyEnd = "-----END PGP PUBLIC KEY BLOCK-----";

/** An introduction is signed by the certificate it carries; whose that is, two people find out by the ten words. */
async function meet(
  session: Session,
  file: { readonly path: string; readonly size: Bytes },
): Promise<Result<One, Failure>> {
  if (file.size > mostIntroductionBytes) return err({ type: "LimitBroken", limit: "introductionBytes" });
  const { ports, vault } = session;
  const bytes = await onDrive(async () =>
    ok(await ports.files.read(file.path, mostIntroductionBytes as Bytes)),
  );
  if (!bytes.ok) return bytes;
  const opened = await openIntroduction(bytes.value, {
    at: ports.clock.now(),
    certificateIn: (content) => {
      const text = Buffer.from(content).toString("latin1");
      const from = text.indexOf(keyBegin);
      const to = text.indexOf(keyEnd, from);
      return from < 0 || to < 0 ? undefined : text.slice(from, to + keyEnd.length);
    },
  });
  if (!opened.ok) return opened;
  const { certificate, content } = opened.value;
  let manifest: Manifest | undefined;
  const done = await readArchive<Failure>(
    [content],
    async (text, signature) => {
      const judged = await acceptManifest(session, text, signature, certificate);
      if (!judged.ok) return judged;
      if (judged.value.kind !== "introduction") return err({ type: "NotEncrypted" });
      manifest = judged.value;
      return ok(judged.value.entries);
    },
    async () => ok(undefined),
  );
  if (!done.ok) return done;
  const { sender, id }: Manifest = manifest ?? unseen();
  if (membersOf(vault.read).some((member) => member.fingerprint === certificate.fingerprint))
    return err({ type: "OwnBundle" });
  const known = contactByFingerprint(vault.read, certificate.fingerprint) !== undefined;
  const noted = await vault.write(async () =>
    ok((db: WriteDb) =>
      takeIntroduction(db, session, certificate, {
        office: sender.office,
        officeName: sender.officeName,
        person: sender.person,
      }),
    ),
  );
  if (!noted.ok) return noted;
  return ok({
    bundle: id,
    kind: "introduction",
    from: sender.officeName,
    outcome: known ? "already" : "taken",
    contact: noted.value.contact,
  });
}

/** Certificates by every key that may have signed. A refused contact's is among them: what she sends is named, not unknown. */
async function knownCertificates(session: Session): Promise<ReadonlyMap<Fingerprint, Certificate>> {
  const byKey = new Map<Fingerprint, Certificate>();
  for (const contact of allContacts(session.vault.read)) {
    const certificate = await certificateOf(session, contact.certificate);
    for (const key of certificate.keyFingerprints) byKey.set(key, certificate);
  }
  return byKey;
}
