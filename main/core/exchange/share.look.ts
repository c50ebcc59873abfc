// Looks at what came of a case before the vault's queue: its chain, the certificates it names, its parts in the decoder, the extract.
import type { Milliseconds } from "../../../shared/brand.ts";
import { consentExtracts } from "../../../shared/bundle/notices.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";
import type { BundleId, ChainHash, Fingerprint } from "../../../shared/vocabulary/ids.ts";
import { ourRole } from "../cases/index.ts";
import {
  loadChain,
  loadChainWith,
  verifyEntries,
  type ChainState,
  type SignedEntry,
} from "../chain/index.ts";
import { roleOf } from "../consent/index.ts";
import type { ContactRow } from "../contacts/index.ts";
import { readCertificate, verify, type Certificate } from "../pgp/index.ts";
import { membersOf, type Session } from "../safety/index.ts";
import { readPartText, type CameForCase, type Examination } from "../sections/index.ts";
import type { ReadDb } from "../vault/sql.ts";
import { calledBackHere } from "./exchange.store.ts";
import type { Came } from "./share.entries.ts";

/** A case that came, and what was found of it: refused, or its chain judged and its parts examined. */
export type Looked = { readonly came: Came; readonly first: Result<First, Failure> };
type First = { readonly look: Look; readonly examination: Examination };

/** Looks at cases of one bundle together: one decoder process serves many small ones. Nothing is written. */
export async function lookAtAll(
  session: Session,
  certificate: CertificateReader,
  sender: ContactRow,
  several: readonly Came[],
  bundle: BundleId,
): Promise<readonly Looked[]> {
  const looks: { readonly came: Came; readonly look: Result<Look, Failure> }[] = [];
  for (const came of several) looks.push({ came, look: await lookAt(session, certificate, sender, came) });
  const examinations = await session.sections.examineAll(
    looks.flatMap(({ look }) => (look.ok ? [look.value.wanted] : [])),
    bundle,
  );
  const byCase = new Map(examinations.map((one) => [one.case, one]));
  return looks.map(({ came, look }) => {
    if (!look.ok) return { came, first: look };
    const examination = byCase.get(came.case);
    if (examination === undefined) throw new Error("a case was not examined");
    return { came, first: ok({ look: look.value, examination }) };
  });
}

/** What a case's chain says before the queue, and which of its parts are to be examined. */
type Look = {
  readonly before: ChainHash | undefined;
  readonly state: ChainState;
  readonly fresh: readonly SignedEntry[];
  readonly certificates: ReadonlyMap<Fingerprint, Certificate>;
  readonly wanted: CameForCase;
  readonly extract: GoodExtract | undefined;
};

async function lookAt(
  session: Session,
  certificate: CertificateReader,
  sender: ContactRow,
  came: Came,
): Promise<Result<Look, Failure>> {
  const { read } = session.vault;
  const before = loadChain(read, came.case)?.head;
  const judged = await judgeChain(session, read, sender, came);
  if (!judged.ok) return judged;
  const certificates = await certificatesOf(judged.value.state, certificate);
  const calledBack = calledBackHere(read, came.case);
  const still = ourRole(session, judged.value.state) !== "none";
  const parts = came.parts.filter((part) => {
    if (!still) return false;
    const text = calledBack.size === 0 ? undefined : readPartText(part.signed);
    return text?.ok !== true || !calledBack.has(text.value.section);
  });
  const wanted = {
    case: came.case,
    parts,
    certificateOf: (author: Fingerprint) => certificates.get(author),
  };
  const extract = await goodExtract(came, judged.value.state, certificates, session);
  return ok({ ...judged.value, before, certificates, wanted, extract });
}

/**
 * A case is taken only from an office that has or had a part in it, and only where this office has or had one. What a removed
 * office sends may have been written before it knew: the chain holds it until it is accepted. To a removed office only the
 * chain speaks: it learns that it left, and takes nothing else.
 */
async function judgeChain(
  session: Session,
  read: ReadDb,
  sender: ContactRow,
  came: Came,
): Promise<Result<{ state: ChainState; fresh: readonly SignedEntry[] }, Failure>> {
  const checked = await verifyEntries({ read, case: came.case, entries: came.chain });
  if (!checked.ok) return checked;
  const state = loadChainWith(read, came.case, checked.value.good);
  if (state === undefined) return err({ type: "ChainUnsound" });
  if (!state.certificates.has(sender.fingerprint)) return err({ type: "SenderHasNoPart" });
  if (!state.offices.has(session.office.id)) return err({ type: "WeHaveNoPart" });
  return ok({ state, fresh: checked.value.good });
}

/** Reads each certificate once for a bundle: its cases mostly name the same few. */
export type CertificateReader = (armored: string) => Promise<Certificate | undefined>;

export function certificateReader(at: Milliseconds): CertificateReader {
  const known = new Map<string, Promise<Certificate | undefined>>();
  return (armored) => {
    const certificate =
      known.get(armored) ??
      readCertificate(armored, { at, past: true }).then((read) => (read.ok ? read.value : undefined));
    known.set(armored, certificate);
    return certificate;
  };
}

export async function certificatesOf(
  state: ChainState,
  certificate: CertificateReader,
): Promise<ReadonlyMap<Fingerprint, Certificate>> {
  const found = new Map<Fingerprint, Certificate>();
  for (const [fingerprint, { armored }] of state.certificates) {
    const read = await certificate(armored);
    if (read !== undefined) found.set(fingerprint, read);
  }
  return found;
}

export type GoodExtract = { readonly body: string; readonly recipient: Fingerprint };

/** An extract counts when the steward signed it for a member of this office and for this case. */
async function goodExtract(
  came: Came,
  state: ChainState,
  certificates: ReadonlyMap<Fingerprint, Certificate>,
  session: Session,
): Promise<GoodExtract | undefined> {
  if (came.extract === undefined) return undefined;
  const text = Buffer.from(came.extract.signed).toString("utf8");
  const read = consentExtracts.read(text);
  if (!read.ok || read.value.case !== came.case || roleOf(state, read.value.author) !== "steward")
    return undefined;
  const certificate = certificates.get(read.value.author);
  const ours = membersOf(session.vault.read).some((member) => member.fingerprint === read.value.recipient);
  if (certificate === undefined || !ours) return undefined;
  const good = await verify({
    kind: "waypost/consent-extract/1",
    ...came.extract,
    certificates: [certificate],
  });
  return good.ok ? { body: text, recipient: read.value.recipient } : undefined;
}
