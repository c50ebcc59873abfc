// Takes in a share: chain, consents, extract and parts of each case, a commit a case, so that a long bundle can be stopped.
import type { Milliseconds } from "../../../shared/brand.ts";
import { readFrames } from "../../../shared/bundle/frames.ts";
import { limits } from "../../../shared/bundle/limits.ts";
import type { Manifest } from "../../../shared/bundle/manifest.ts";
import { consentExtracts } from "../../../shared/bundle/notices.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";
import { object, z } from "../../../shared/schema.ts";
import {
  ConsentId,
  type CaseId,
  type Fingerprint,
  type PartId,
  type SectionId,
} from "../../../shared/vocabulary/ids.ts";
import { note } from "../audit/index.ts";
import { admitCase, eraseAsSaid, nameOf, ourRole, settleRow } from "../cases/index.ts";
import {
  appendEntries,
  loadChain,
  loadChainWith,
  verifyEntries,
  type ChainState,
  type SignedEntry,
} from "../chain/index.ts";
import { commitmentOf, keepExtract, keepOpening, roleOf } from "../consent/index.ts";
import type { ContactRow } from "../contacts/index.ts";
import { readCertificate, verify, type Certificate } from "../pgp/index.ts";
import { membersOf, type Session } from "../safety/index.ts";
import { readPartText, type Examination, type PartOutcome, type PartRecord } from "../sections/index.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import { calledBackHere, knowParts } from "./exchange.store.ts";
import type { SectionOutcome, Taken, Taker } from "./taken.ts";
import { sha256, type Job } from "./writing.ts";

const Openings = z
  .array(
    object({ consent: ConsentId, salt: z.string().regex(/^[0-9a-f]{64}$/), body: z.string().max(200_000) }),
  )
  .max(1_000);
type Openings = z.infer<typeof Openings>;

type Extract = { readonly signed: Uint8Array; readonly signature: Uint8Array };
type Came = {
  readonly case: CaseId;
  bytes: number;
  chain: readonly { readonly signed: Uint8Array; readonly signature: Uint8Array }[];
  openings: Openings;
  extract: Extract | undefined;
  readonly parts: PartRecord[];
};

const entryName = /^(chain|consents|extracts|parts|sections)\/([0-9a-f]{32})[./]/;

/**
 * A case's entries come one after another, its chain first; when the next case begins the one before is taken. A case
 * that this office or the sender has no part in is passed over; where that is every one, the bundle is refused.
 */
export function takeShare(
  session: Session,
  sender: ContactRow,
  manifest: Manifest,
  job: Job | undefined,
): Taker {
  const cases: NonNullable<Taken["cases"]>[number][] = [];
  const passedOver: NonNullable<Taken["passedOver"]>[number][] = [];
  const without: PartId[] = [];
  const total = manifest.cases?.length ?? 0;
  const checking = collect(manifest, async () => ok(undefined));
  const taking = collect(manifest, async (came) => {
    if (job?.signal.aborted === true) return err({ type: "Cancelled" });
    const taken = await takeCase(session, sender, manifest, came);
    if (taken.ok) {
      cases.push(taken.value.shown);
      without.push(...taken.value.without);
    } else {
      if (!barring.has(taken.error.type)) return taken;
      passedOver.push({ case: came.case, why: taken.error });
      without.push(...came.parts.map((part) => part.id));
    }
    job?.progress("take", cases.length, total);
    return ok(undefined);
  });
  return {
    check: checking.entry,
    entry: taking.entry,
    async finish() {
      const last = await taking.end();
      if (!last.ok) return last;
      const [first] = passedOver;
      if (first !== undefined && cases.length === 0) return err(first.why);
      return ok({
        cases,
        without,
        touched: cases.map((one) => one.case),
        ...(first === undefined ? {} : { passedOver }),
      });
    },
  };
}

/** Why one case of a bundle is not taken while the others are. */
const barring: ReadonlySet<string> = new Set(["SenderHasNoPart", "WeHaveNoPart", "ChainUnsound"]);

/** Gathers entries to cases; `take` gets each when the next begins, and the last at `end`. */
function collect(manifest: Manifest, take: (came: Came) => Promise<Result<void, Failure>>) {
  let came: Came | undefined;
  const end = async (): Promise<Result<void, Failure>> => {
    const whole = came;
    came = undefined;
    return whole === undefined ? ok(undefined) : take(whole);
  };
  const entry: Taker["entry"] = async (name, bytes) => {
    if (name === "README.html") return ok(undefined);
    const [, folder, id] = entryName.exec(name) ?? [];
    const of = manifest.cases?.find((one) => one === id);
    if (folder === undefined || of === undefined) return err({ type: "EntryRefused", why: "unlisted" });
    if (folder === "chain") {
      const before = await end();
      if (!before.ok) return before;
      came = { case: of, bytes: 0, chain: [], openings: [], extract: undefined, parts: [] };
    }
    if (came === undefined || came.case !== of) return err({ type: "EntryRefused", why: "order" });
    came.bytes += bytes.byteLength;
    if (came.bytes > limits.caseBytes) return err({ type: "LimitBroken", limit: "caseBytes" });
    return add(came, folder, bytes);
  };
  return { entry, end };
}

function add(came: Came, folder: string, bytes: Uint8Array): Result<void, Failure> {
  if (folder === "chain") {
    const frames = readFrames(bytes, limits.chainEntriesPerCase);
    if (!frames.ok) return frames;
    came.chain = frames.value;
  } else if (folder === "consents") {
    const openings = Openings.safeParse(parsed(bytes));
    if (!openings.success) return err({ type: "EntryRefused", why: "form" });
    came.openings = openings.data;
  } else if (folder === "extracts") {
    const frames = readFrames(bytes, 1);
    if (!frames.ok) return frames;
    came.extract = frames.value[0];
  } else if (folder === "parts") {
    const frames = readFrames(bytes, limits.partsPerSection);
    if (!frames.ok) return frames;
    came.parts.push(...frames.value.map((frame) => ({ id: sha256(frame.signed) as PartId, ...frame })));
  }
  return ok(undefined);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}

type CaseTaken = { readonly shown: NonNullable<Taken["cases"]>[number]; readonly without: readonly PartId[] };

/** Sealing and trial happen before the queue; the commit starts over where the chain moved meanwhile. */
async function takeCase(
  session: Session,
  sender: ContactRow,
  manifest: Manifest,
  came: Came,
): Promise<Result<CaseTaken, Failure>> {
  const { vault, sections } = session;
  for (;;) {
    const before = loadChain(vault.read, came.case)?.head;
    const judged = await judgeChain(session, vault.read, sender, came);
    if (!judged.ok) return judged;
    const { state, fresh } = judged.value;
    const certificates = await certificatesOf(state, session.ports.clock.now());
    const parts = came.parts.filter((part) => !calledBack(vault.read, came.case, part));
    const examination = await sections.examine({
      case: came.case,
      parts,
      certificateOf: (author) => certificates.get(author),
    });
    const extract = await goodExtract(came, state, certificates, session);
    const taken = await vault.write(async (read) => {
      if (loadChain(read, came.case)?.head !== before) return err({ type: "Moved" as const });
      return ok((db: WriteDb) =>
        commitCase(session, db, { sender, manifest, came, state, fresh, examination, extract }),
      );
    });
    if (taken.ok) {
      const again = taken.value.again ? await examineAgain(session, came.case) : ok(undefined);
      return again.ok ? ok(taken.value) : again;
    }
    if (taken.error.type !== "Moved") return err(taken.error);
  }
}

/** Whether a part belongs to a section that the steward called back before this bundle came. */
function calledBack(read: ReadDb, of: CaseId, part: PartRecord): boolean {
  const text = readPartText(part.signed);
  return text.ok && calledBackHere(read, of).has(text.value.section);
}

/** What waited in the vault may have become whole by what came. */
async function examineAgain(session: Session, of: CaseId): Promise<Result<void, Failure>> {
  const { vault, sections } = session;
  const state = loadChain(vault.read, of);
  if (state === undefined) return ok(undefined);
  const certificates = await certificatesOf(state, session.ports.clock.now());
  const examination = await sections.examine({
    case: of,
    parts: [],
    certificateOf: (author) => certificates.get(author),
  });
  const taken = await vault.write(async () =>
    ok((db: WriteDb) => {
      const now = loadChain(db, of);
      if (now === undefined) return false;
      const { again } = sections.take(db, examination, now);
      settleRow(session, db, now);
      return again;
    }),
  );
  if (!taken.ok) return taken;
  return taken.value ? examineAgain(session, of) : ok(undefined);
}

/**
 * A case is taken only from an office that has or had a part in it, and only where this office has one. What a removed office
 * sends may have been written before it knew: the chain holds it until it is accepted.
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
  if (ourRole(session, state) === "none") return err({ type: "WeHaveNoPart" });
  return ok({ state, fresh: checked.value.good });
}

async function certificatesOf(
  state: ChainState,
  at: Milliseconds,
): Promise<ReadonlyMap<Fingerprint, Certificate>> {
  const found = new Map<Fingerprint, Certificate>();
  for (const [fingerprint, { armored }] of state.certificates) {
    const certificate = await readCertificate(armored, { at, past: true });
    if (certificate.ok) found.set(fingerprint, certificate.value);
  }
  return found;
}

/** An extract counts when the steward signed it for a member of this office and for this case. */
async function goodExtract(
  came: Came,
  state: ChainState,
  certificates: ReadonlyMap<Fingerprint, Certificate>,
  session: Session,
): Promise<{ readonly body: string; readonly recipient: Fingerprint } | undefined> {
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

function commitCase(
  session: Session,
  db: WriteDb,
  from: {
    readonly sender: ContactRow;
    readonly manifest: Manifest;
    readonly came: Came;
    readonly state: ChainState;
    readonly fresh: readonly SignedEntry[];
    readonly examination: Examination;
    readonly extract: { readonly body: string; readonly recipient: Fingerprint } | undefined;
  },
): CaseTaken & { readonly again: boolean } {
  const { came, manifest, sender, examination, extract } = from;
  const { sections } = session;
  appendEntries(db, from.fresh);
  const state = loadChain(db, came.case);
  if (state === undefined) throw new Error("a chain that was stored cannot be read");
  const code = admitCase(session, db, state);
  for (const opening of came.openings) {
    const standing = state.consents.get(opening.consent);
    if (standing !== undefined && standing.commitment === commitmentOf(opening.salt, opening.body))
      keepOpening(db, came.case, opening);
  }
  if (extract !== undefined && came.extract !== undefined) {
    keepExtract(db, {
      id: sha256(came.extract.signed),
      case: came.case,
      recipient: extract.recipient,
      body: extract.body,
      signed: came.extract.signed,
      signature: came.extract.signature,
    });
  }
  const names = new Map(
    sections.list(came.case, db).map((head) => [head.id, nameOf(head.kind, head.person)]),
  );
  const taken = sections.take(db, examination, state, { bundle: manifest.id, sender: sender.fingerprint });
  sections.reconsider(db, state);
  for (const head of sections.list(came.case, db)) names.set(head.id, nameOf(head.kind, head.person));
  eraseAsSaid(session, db, state);
  const held = taken.outcomes
    .filter((one) => one.outcome !== "quarantined" && one.outcome !== "dropped-erased")
    .map((one) => one.part);
  knowParts(db, sender.id, held);
  settleRow(session, db, state);
  note(db, {
    at: session.ports.clock.now(),
    action: "share-taken",
    case: came.case,
    detail: {
      bundle: manifest.id,
      parts: came.parts.length,
      stored: taken.outcomes.filter((one) => one.outcome === "stored").length,
    },
  });
  return {
    again: taken.again,
    without: taken.outcomes.filter((one) => one.outcome === "quarantined").map((one) => one.part),
    shown: { case: came.case, code, sections: figures(session, db, names, taken.outcomes) },
  };
}

function figures(
  session: Session,
  db: ReadDb,
  names: ReadonlyMap<SectionId, ReturnType<typeof nameOf>>,
  outcomes: readonly PartOutcome[],
): SectionOutcome[] {
  return [...Map.groupBy(outcomes, (one) => one.section)].flatMap(([section, all]) => {
    const name = section === undefined ? undefined : names.get(section);
    if (section === undefined || name === undefined) return [];
    const count = (test: (one: PartOutcome) => boolean) => all.filter(test).length;
    return [
      {
        section: name,
        stored: count((one) => one.outcome === "stored"),
        known: count((one) => one.outcome === "known"),
        held: count((one) => one.outcome === "held" && one.why !== "closed"),
        late: count((one) => one.outcome === "held" && one.why === "closed"),
        dropped: count((one) => one.outcome === "dropped-erased"),
        quarantined: count((one) => one.outcome === "quarantined"),
        conflicts: session.sections.head(section, db)?.conflicts ?? 0,
      },
    ];
  });
}
