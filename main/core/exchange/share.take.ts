// Takes in a share: chain, consents, extract and parts of each case; small cases a few in one commit, so that a long bundle can be stopped.
import { setImmediate } from "node:timers/promises";
import type { Manifest } from "../../../shared/bundle/manifest.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";
import type { CaseId, ChainHash, RecallId, SectionId } from "../../../shared/vocabulary/ids.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import { note } from "../audit/index.ts";
import {
  admitCase,
  eraseAsSaid,
  knownName,
  lookForRecalls,
  nameOf,
  ourRole,
  settleRow,
} from "../cases/index.ts";
import { appendEntries, loadChain, type ChainState, type SignedEntry } from "../chain/index.ts";
import { commitmentOf, keepExtract, keepOpening } from "../consent/index.ts";
import type { ContactRow } from "../contacts/index.ts";
import { newId, type Session } from "../safety/index.ts";
import { readPartText, type Examination, type PartOutcome, type PartRecord } from "../sections/index.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import { addRecall, knowParts, recallsWith, sectionsBack, type LeftPart } from "./exchange.store.ts";
import { collect, type Came } from "./share.entries.ts";
import type { SectionOutcome, Taken, Taker, Watch } from "./taken.ts";
import {
  certificateReader,
  certificatesOf,
  lookAtAll,
  type CertificateReader,
  type GoodExtract,
  type Looked,
} from "./share.look.ts";
import { sha256, type Job } from "./writing.ts";

/**
 * A case's entries come one after another, its chain first; when the next case begins the one before is taken. A case
 * that this office or the sender has no part in is passed over; where that is every one, the bundle is refused.
 */
export function takeShare(
  session: Session,
  sender: ContactRow,
  manifest: Manifest,
  job: Job | undefined,
  watch: Watch,
): Taker {
  const cases: NonNullable<Taken["cases"]>[number][] = [];
  const passedOver: NonNullable<Taken["passedOver"]>[number][] = [];
  const without: LeftPart[] = [];
  const total = manifest.cases?.length ?? 0;
  const checking = collect(manifest, async () =>
    job?.signal.aborted === true ? err({ type: "Cancelled" }) : ok(undefined),
  );
  const read = certificateReader(session.ports.clock.now());
  let gathered: Came[] = [];
  let ahead: Promise<readonly Looked[]> | undefined;
  const takeSome = async (looked: readonly Looked[]): Promise<Result<void, Failure>> => {
    if (job?.signal.aborted === true) return err({ type: "Cancelled" });
    const stored = await takeTogether(session, sender, manifest, looked, watch);
    if (!stored.ok) return stored;
    for (const { came, first } of looked) {
      const done = stored.value.get(came.case);
      const taken = !first.ok
        ? first
        : done === undefined
          ? await takeCase(session, read, sender, manifest, came, watch)
          : await whole(session, read, came.case, done);
      if (taken.ok) {
        cases.push(taken.value.shown);
        without.push(...taken.value.without);
      } else {
        if (!barring.has(taken.error.type)) return taken;
        passedOver.push({ case: came.case, why: taken.error });
        without.push(...came.parts.map(leftOf));
      }
      job?.progress("take", cases.length, total);
    }
    return ok(undefined);
  };
  const take = async (looked: readonly Looked[]): Promise<Result<void, Failure>> => {
    for (let at = 0; at < looked.length; at += casesACommit) {
      const taken = await takeSome(looked.slice(at, at + casesACommit));
      if (!taken.ok) return taken;
      await setImmediate();
    }
    return ok(undefined);
  };
  /** What is gathered goes to be examined; meanwhile the cases examined before are stored. */
  const advance = async (): Promise<Result<void, Failure>> => {
    const before = ahead;
    ahead = gathered.length === 0 ? undefined : lookAtAll(session, read, sender, gathered, manifest.id);
    ahead?.catch(() => undefined);
    gathered = [];
    return before === undefined ? ok(undefined) : take(await before);
  };
  const taking = collect(manifest, async (came) => {
    if (job?.signal.aborted === true) return err({ type: "Cancelled" });
    const advanced = isEnough([...gathered, came]) ? await advance() : ok(undefined);
    gathered.push(came);
    return advanced;
  });
  return {
    check: checking.entry,
    entry: taking.entry,
    async finish() {
      const last = await taking.end();
      if (!last.ok) return last;
      while (gathered.length > 0 || ahead !== undefined) {
        const advanced = await advance();
        if (!advanced.ok) return advanced;
      }
      const [first] = passedOver;
      if (first !== undefined && cases.length === 0) return err(first.why);
      return ok({
        cases,
        without,
        touched: cases.map((one) => one.case),
        changed: cases.map((one) => one.case),
        ...(first === undefined ? {} : { passedOver }),
      });
    },
  };
}

function leftOf({ id, signed }: PartRecord): LeftPart {
  const text = readPartText(signed);
  return text.ok ? { part: id, section: text.value.section } : { part: id };
}

/** Small cases are examined together, since one decoder process serves so many parts; large ones stand alone. */
const together = { parts: 1_000, bytes: 16 * 1024 * 1024 };
const isEnough = (several: readonly Came[]): boolean =>
  several.reduce((sum, came) => sum + came.parts.length, 0) > together.parts ||
  several.reduce((sum, came) => sum + came.bytes, 0) > together.bytes;

/** A commit keeps every other call waiting: a fifth of a second for so many small cases. */
const casesACommit = 16;

/** Why one case of a bundle is not taken while the others are. */
const barring: ReadonlySet<string> = new Set(["SenderHasNoPart", "WeHaveNoPart", "ChainUnsound"]);

type Stored = {
  /** Something that waited may have become whole by it. */
  readonly again: boolean;
  readonly shown: NonNullable<Taken["cases"]>[number];
  readonly without: readonly LeftPart[];
};

/**
 * Takes cases that were examined together by one commit. A case whose chain moved meanwhile, or that was not examined to
 * its end, is not among what is given.
 */
async function takeTogether(
  session: Session,
  sender: ContactRow,
  manifest: Manifest,
  looked: readonly Looked[],
  watch: Watch,
): Promise<Result<ReadonlyMap<CaseId, Stored>, Failure>> {
  const ready: { readonly before: ChainHash | undefined; readonly from: Ready }[] = [];
  for (const { came, first } of looked) {
    if (!first.ok) continue;
    const { look, examination } = first.value;
    const { before, state, fresh, extract } = look;
    ready.push({ before, from: { sender, manifest, came, state, fresh, examination, extract, watch } });
  }
  if (ready.length === 0) return ok(new Map());
  return session.vault.write(async (read) => {
    const still = ready.filter(({ before, from }) => loadChain(read, from.came.case)?.head === before);
    for (const { from } of still) watch.before?.(from.came.case);
    return ok(
      (db: WriteDb) => new Map(still.map(({ from }) => [from.came.case, commitCase(session, db, from)])),
    );
  });
}

/** Opening and trial happen before the queue; where the chain moves meanwhile, all starts over. */
async function takeCase(
  session: Session,
  certificate: CertificateReader,
  sender: ContactRow,
  manifest: Manifest,
  came: Came,
  watch: Watch,
): Promise<Result<Stored, Failure>> {
  for (;;) {
    const looked = await lookAtAll(session, certificate, sender, [came], manifest.id);
    const refused = looked.find(({ first }) => !first.ok)?.first;
    if (refused?.ok === false) return refused;
    const stored = await takeTogether(session, sender, manifest, looked, watch);
    if (!stored.ok) return stored;
    const done = stored.value.get(came.case);
    if (done !== undefined) return whole(session, certificate, came.case, done);
  }
}

/** What was stored, after what it made whole was tried too. */
async function whole(
  session: Session,
  certificate: CertificateReader,
  of: CaseId,
  stored: Stored,
): Promise<Result<Stored, Failure>> {
  const again = stored.again ? await examineAgain(session, certificate, of) : ok(undefined);
  return again.ok ? ok(stored) : again;
}

/** What waited in the vault may have become whole by what came. */
async function examineAgain(
  session: Session,
  certificate: CertificateReader,
  of: CaseId,
): Promise<Result<void, Failure>> {
  const { vault, sections } = session;
  const state = loadChain(vault.read, of);
  if (state === undefined) return ok(undefined);
  const certificates = await certificatesOf(state, certificate);
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
  return taken.value ? examineAgain(session, certificate, of) : ok(undefined);
}

/** All that a commit needs of one case. */
type Ready = {
  readonly sender: ContactRow;
  readonly manifest: Manifest;
  readonly came: Came;
  readonly state: ChainState;
  readonly fresh: readonly SignedEntry[];
  readonly examination: Examination;
  readonly extract: GoodExtract | undefined;
  readonly watch: Watch;
};

function commitCase(session: Session, db: WriteDb, from: Ready): Stored {
  const { came, manifest, sender, examination, extract } = from;
  const { sections } = session;
  appendEntries(db, from.fresh);
  const state = loadChain(db, came.case);
  if (state === undefined) throw new Error("a chain that was stored cannot be read");
  const code = admitCase(session, db, state);
  for (const opening of came.openings) {
    const standing = state.consents.get(opening.consent);
    if (standing === undefined || standing.commitment !== commitmentOf(opening.salt, opening.body)) continue;
    // A yes that was taken back before it could be read here may have let something go.
    if (keepOpening(db, came.case, opening) && standing.withdrawn !== undefined)
      lookForRecalls(db, came.case);
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
    sections.list(came.case, db).map((head) => [head.id, knownName(head.kind, head.person)]),
  );
  const taken = sections.take(db, examination, state, { bundle: manifest.id, sender: sender.fingerprint });
  // What came stands as this chain says already; the other sections change only where the chain did.
  if (from.fresh.length > 0) {
    sections.reconsider(db, state);
    lookForRecalls(db, came.case);
  }
  for (const head of sections.list(came.case, db)) names.set(head.id, knownName(head.kind, head.person));
  eraseAsSaid(session, db, state);
  if (ourRole(session, state) === "steward")
    answerWithRecall(session, db, sender, came, state, taken.outcomes);
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
  from.watch.after?.(db, state, taken.outcomes);
  return {
    again: taken.again,
    without: taken.outcomes
      .filter((one) => one.outcome === "quarantined")
      .map(({ part, section }) => (section === undefined ? { part } : { part, section })),
    shown: { case: came.case, code, sections: figures(session, db, names, taken.outcomes) },
  };
}

/** Who sends something of a section that was erased here still holds it: she is due the recall, where none is open. */
function answerWithRecall(
  session: Session,
  db: WriteDb,
  sender: ContactRow,
  came: Came,
  state: ChainState,
  outcomes: readonly PartOutcome[],
): void {
  const dropped = new Set(
    outcomes.filter(({ outcome }) => outcome === "dropped-erased").map(({ part }) => part),
  );
  const open = new Set(
    recallsWith(db, sender.id, "out", ["due", "sent"]).flatMap((row) =>
      sectionsBack(row).map(({ section }) => section),
    ),
  );
  const names = new Map<SectionId, SectionName>();
  for (const { signed } of came.parts.filter(({ id }) => dropped.has(id))) {
    const text = readPartText(signed);
    if (text.ok) names.set(text.value.section, nameOf(text.value.kind, text.value.person));
  }
  for (const [section, name] of names) {
    const why = state.erased.get(section)?.why;
    if (why === undefined || open.has(section)) continue;
    addRecall(db, {
      id: newId<RecallId>(session.ports),
      case_id: came.case,
      contact: sender.id,
      sections: JSON.stringify([{ section, name }]),
      bundles: "[]",
      direction: "out",
      state: "due",
      made: session.ports.clock.now(),
      note: why,
    });
  }
}

function figures(
  session: Session,
  db: ReadDb,
  names: ReadonlyMap<SectionId, SectionName | undefined>,
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
