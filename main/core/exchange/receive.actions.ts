// Takes in one bundle or a folder of them: opened to staging, judged, then each kind by its own taker. Any order, any number of times.
import { dirname, join } from "node:path";
import type { Bytes } from "../../../shared/brand.ts";
import { limits } from "../../../shared/bundle/limits.ts";
import type { Manifest } from "../../../shared/bundle/manifest.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";
import type { BundleId, Fingerprint } from "../../../shared/vocabulary/ids.ts";
import { note } from "../audit/index.ts";
import { allContacts, certificateOf, contactByFingerprint, type ContactRow } from "../contacts/index.ts";
import type { Certificate } from "../pgp/index.ts";
import { FileTrouble } from "../ports.ts";
import { onDrive, type DriveProblem, type Session } from "../safety/index.ts";
import type { Cancelled, Received as Staged, WriteError } from "../vault/index.ts";
import type { WriteDb } from "../vault/sql.ts";
import { acceptManifest, unseen } from "./accept.ts";
import { readArchive } from "./archive.ts";
import {
  addBundleIn,
  bundleIn,
  missingNumbers,
  numberTaken,
  seeOpenings,
  type Outcome,
} from "./exchange.store.ts";
import { meet } from "./introductions.ts";
import { callBack } from "./call-back.actions.ts";
import { takeAcknowledgement, takeRecall, takeRelease } from "./notices.take.ts";
import { takeShare } from "./share.take.ts";
import { stage } from "./stage.ts";
import type { ReceivedFile, Taker, Watch } from "./taken.ts";
import type { Job } from "./writing.ts";

/** Files that are bundles by their name; what else lies in a folder is left alone. */
const bundleName = /\.(pgp|gpg|asc)$/i;

type Place = { readonly path: string; readonly name: string };
type Receipt = Result<readonly ReceivedFile[], DriveProblem | WriteError | Cancelled>;

/** What each open vault is taking in: there is one staging, so the next begins when the one before is over. */
const tails = new WeakMap<Session, Promise<unknown>>();

/**
 * Takes in a file, or every bundle of a folder, one after another. A file that is refused changes nothing and stops
 * nothing. Only trouble with the folder itself, with this vault, or a cancelled job ends the whole.
 */
export const receive = (
  session: Session,
  input: Place & { readonly only?: readonly BundleId[] },
  job?: Job,
): Promise<Receipt> => inTurn(session, () => receiveAll(session, input, job));

/** One reception at a time. */
export function inTurn<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const turn = (tails.get(session) ?? Promise.resolve()).then(work);
  tails.set(
    session,
    turn.catch(() => undefined),
  );
  return turn;
}

/** The file, or every bundle of the folder, by name. */
export function bundlesAt(
  session: Session,
  input: Place,
): Promise<Result<readonly (Place & { readonly size: Bytes })[], DriveProblem>> {
  const { files } = session.ports;
  return onDrive(
    async () => {
      const entry = await files.entry(input.path);
      if (entry === undefined) throw new FileTrouble("NotFound");
      if (entry.kind === "file") return ok([{ path: input.path, name: input.name, size: entry.size }]);
      const inside = (await files.list(input.path)).filter(
        (one) => one.kind === "file" && bundleName.test(one.name),
      );
      return ok(
        inside
          .map((one) => ({ path: join(input.path, one.name), name: one.name, size: one.size }))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      );
    },
    { files, folders: [bundleName.test(input.path) ? dirname(input.path) : input.path] },
  );
}

async function receiveAll(
  session: Session,
  input: Place & { readonly only?: readonly BundleId[] },
  job: Job | undefined,
): Promise<Receipt> {
  const listed = await bundlesAt(session, input);
  if (!listed.ok) return listed;
  const only = input.only === undefined ? undefined : new Set(input.only);
  if (listed.value.length > 0) session.ports.decoder.warm?.();
  const certificates = await knownCertificates(session);
  const results: ReceivedFile[] = [];
  /** Of `only`, what was not met; and files that failed before they told what they are: one of them may be it. */
  const missed = new Set(only);
  const unread: ReceivedFile[] = [];
  for (const [index, file] of listed.value.entries()) {
    if (job?.signal.aborted === true)
      return err((await calledBack(session, results)) ?? { type: "Cancelled" });
    job?.progress("receive", index, listed.value.length);
    let wanted = only === undefined;
    const one = await receiveFile(session, file, certificates, job, {
      wanted: ({ id }) => {
        missed.delete(id);
        return (wanted ||= only?.has(id) === true);
      },
    });
    if (one.ok && wanted) results.push({ file: file.name, ...one.value });
    else if (!one.ok && ends(one.error)) return err((await calledBack(session, results)) ?? one.error);
    else if (!one.ok)
      (wanted ? results : unread).push({ file: file.name, outcome: "refused", why: one.error });
  }
  if (missed.size === 0) return ok(results);
  const missing: ReceivedFile = { file: input.name, outcome: "refused", why: { type: "FileMissing" } };
  return ok([...results, ...(unread.length === 0 ? [missing] : unread)]);
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

export type Ending = WriteError | Cancelled;
const endings: ReadonlySet<string> = new Set([
  "DiskFull",
  "VaultReadOnly",
  "VaultBroken",
  "VaultLocked",
  "Cancelled",
]);
export const ends = (problem: Failure): problem is Ending => endings.has(problem.type);

/** Opens one file and takes it; one that is not `wanted` is left as it is and comes to nothing. */
export async function receiveFile(
  session: Session,
  file: { readonly path: string; readonly size: Bytes },
  certificates: ReadonlyMap<Fingerprint, Certificate>,
  job: Job | undefined,
  watch: Watch,
): Promise<Result<Omit<ReceivedFile, "file">, Failure>> {
  if (file.size > limits.bundleBytes) return err({ type: "LimitBroken", limit: "bundleBytes" });
  const { vault } = session;
  const begun = await vault.staging().begin(Math.max(file.size * 2, limits.paddingMinimum) as Bytes);
  if (!begun.ok) return err({ type: begun.error.type === "DiskFull" ? "DiskFull" : "VaultReadOnly" });
  const incoming = begun.value;
  try {
    const opened = await stage(session, file, certificates, incoming, job);
    if (opened.ok) return await judge(session, opened.value, job, watch);
    if (opened.error.type === "NotEncrypted") return await meet(session, file, watch);
    return opened;
  } finally {
    await incoming.discard();
  }
}

async function judge(
  session: Session,
  { staged, signer }: { readonly staged: Staged; readonly signer: Fingerprint },
  job: Job | undefined,
  watch: Watch,
): Promise<Result<Omit<ReceivedFile, "file">, Failure>> {
  const { read } = session.vault;
  const contact = contactByFingerprint(read, signer);
  if (contact === undefined) return err({ type: "SenderUnknown" });
  watch.from?.({ contact: contact.id, name: contact.name, office: contact.office_name });
  const untrusted = distrust[contact.trust];
  if (untrusted !== undefined) return err({ type: untrusted });
  const certificate = await certificateOf(session, contact.certificate);
  let manifest: Manifest | undefined;
  let taker: Taker | undefined;
  const onManifest = async (text: Uint8Array, signature: Uint8Array) => {
    const judged = await acceptManifest(session, text, signature, certificate);
    if (!judged.ok) return judged;
    const { id, kind, entries } = (manifest = judged.value);
    if (kind === "introduction") return err({ type: "ManifestMalformed" });
    const wanted = watch.wanted?.(manifest) !== false;
    if (wanted && bundleIn(read, id) === undefined)
      taker ??= takerOf(session, contact, manifest, kind, job, watch);
    return ok(entries);
  };
  const checked = await readArchive<Failure>(staged.stream("content"), onManifest, async (name, bytes) =>
    taker === undefined ? ok(undefined) : taker.check(name, bytes),
  );
  if (!checked.ok) return checked;
  const known: Manifest = manifest ?? unseen();
  const about = { bundle: known.id, kind: known.kind, from: contact.office_name };
  if (taker === undefined) return ok({ ...about, outcome: "already" });
  const { entry, finish }: Taker = taker;
  const finished = await (async () => {
    try {
      const done = await readArchive<Failure>(staged.stream("content"), onManifest, entry);
      return done.ok ? await finish() : done;
    } finally {
      session.ports.decoder.end?.(known.id);
    }
  })();
  if (!finished.ok) return finished;
  // Another bundle mostly follows: its decoder starts, and rehearses, meanwhile.
  if (known.kind === "share") session.ports.decoder.warm?.();
  const { without = [], ...taken } = finished.value;
  const to = known.recipient ?? unseen();
  const noted = await session.vault.write(async () =>
    ok((db: WriteDb) => {
      const at = session.ports.clock.now();
      const split = seeOpenings(db, signer, known.number);
      const clone = numberTaken(db, signer, to, known) || split;
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

/** Case data is taken from verified contacts; colleagues vouched for by a steward may be merged, as the chain says. */
const distrust: Readonly<Record<ContactRow["trust"], string | undefined>> = {
  verified: undefined,
  vouched: undefined,
  unverified: "SenderNotVerified",
  changed: "SenderChanged",
  refused: "SenderRefused",
};

function takerOf(
  session: Session,
  contact: ContactRow,
  manifest: Manifest,
  kind: Exclude<Manifest["kind"], "introduction">,
  job: Job | undefined,
  watch: Watch,
): Taker {
  switch (kind) {
    case "share":
      return takeShare(session, contact, manifest, job, watch);
    case "release":
      return takeRelease(session, contact, manifest);
    case "acknowledgement":
      return takeAcknowledgement(session, contact);
    case "recall":
      return takeRecall(session, contact);
  }
}

/** Certificates by every key that may have signed. A refused contact's is among them: what she sends is named, not unknown. */
export async function knownCertificates(session: Session): Promise<ReadonlyMap<Fingerprint, Certificate>> {
  const byKey = new Map<Fingerprint, Certificate>();
  for (const contact of allContacts(session.vault.read)) {
    const certificate = await certificateOf(session, contact.certificate);
    for (const key of certificate.keyFingerprints) byKey.set(key, certificate);
  }
  return byKey;
}
