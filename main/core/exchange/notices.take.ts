// Takes in a release to be read, an acknowledgement of what we sent, and a recall that erases what we hold.
import { readFrames, type Frame } from "../../../shared/bundle/frames.ts";
import { limits } from "../../../shared/bundle/limits.ts";
import type { Manifest } from "../../../shared/bundle/manifest.ts";
import {
  acknowledgements,
  consentExtracts,
  recalls,
  type Acknowledgement,
  type Recall,
} from "../../../shared/bundle/notices.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";
import type { BundleId, CaseId, ConsentId, ContactId, RecallId } from "../../../shared/vocabulary/ids.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import { eraseDisclosures, disclose, note } from "../audit/index.ts";
import { chainOf, eraseAsSaid, lookForRecalls, nameOf, settleRow } from "../cases/index.ts";
import { appendEntries, loadChainWith, verifyEntries, type ChainState } from "../chain/index.ts";
import { dropExtracts, dropOpenings, roleOf, sectionKey } from "../consent/index.ts";
import { certificateOf, contactById, type ContactRow } from "../contacts/index.ts";
import { verify } from "../pgp/index.ts";
import { membersOf, type Session } from "../safety/index.ts";
import type { WriteDb } from "../vault/sql.ts";
import {
  addRecall,
  bundleIn,
  bundleOut,
  contentOf,
  dropParts,
  eraseDossier,
  keepDossier,
  knowParts,
  moveHoldings,
  recallById,
  releaseCalledBack,
  setBundleState,
  settleRecall,
} from "./exchange.store.ts";
import { calledBackByFormer } from "./former.ts";
import type { Taken, Taker } from "./taken.ts";

const nothing = ok(undefined);

/** Keeps the dossier so that it can be read here; it is no case of ours. One that was called back before it came is not kept. */
export function takeRelease(session: Session, sender: ContactRow, manifest: Manifest): Taker {
  let html: string | undefined;
  return {
    check: async () => nothing,
    async entry(name, bytes) {
      if (name === "dossier.html") html = Buffer.from(bytes).toString("utf8");
      return nothing;
    },
    async finish() {
      if (html === undefined) return err({ type: "EntryRefused", why: "unlisted" });
      const dossier = html;
      const kept = await session.vault.write(async () =>
        ok((db: WriteDb) => {
          if (!releaseCalledBack(db, sender.id, manifest.id)) keepDossier(db, manifest.id, dossier);
        }),
      );
      return kept.ok ? ok({}) : kept;
    },
  };
}

/** Bundles a contact has, what of them she did not take, and recalls she carried out. */
export function takeAcknowledgement(session: Session, sender: ContactRow): Taker {
  let said: Acknowledgement | undefined;
  return {
    check: async () => nothing,
    async entry(name, bytes) {
      if (name !== "acknowledgement.signed") return nothing;
      const frames = readFrames(bytes, 1);
      if (!frames.ok) return frames;
      const good = await signedBy(session, sender, "waypost/acknowledgement/1", frames.value);
      if (!good.ok) return good;
      const read = acknowledgements.read(good.value[0] ?? "");
      if (!read.ok) return read;
      if (!isForUs(session, read.value.recipient) || read.value.author !== sender.fingerprint)
        return err({ type: "NotForUs" });
      said = read.value;
      return nothing;
    },
    async finish() {
      if (said === undefined) return err({ type: "EntryRefused", why: "unlisted" });
      const { bundles, recalls: carried } = said;
      return session.vault.write(async () =>
        ok((db: WriteDb): Taken => ({ confirmed: settle(session, db, sender, bundles, carried) })),
      );
    },
  };
}

/** Told by whoever of the office took it in: a deputy opens what came for a colleague. */
function settle(
  session: Session,
  db: WriteDb,
  sender: ContactRow,
  bundles: Acknowledgement["bundles"],
  carried: readonly RecallId[],
): RecallId[] {
  const at = session.ports.clock.now();
  const speaksFor = (contact: ContactId): boolean => contactById(db, contact)?.office === sender.office;
  for (const { bundle, without } of bundles) {
    const row = bundleOut(db, bundle);
    if (row === undefined || !speaksFor(row.contact)) continue;
    const left = new Set(without);
    setBundleState(db, bundle, "acknowledged");
    for (const { case: of, sections } of contentOf(db, bundle)?.cases ?? []) {
      moveHoldings(db, of);
      knowParts(
        db,
        row.contact,
        sections.flatMap(({ parts }) => parts.filter((part) => !left.has(part))),
      );
    }
  }
  return carried.filter((id) => {
    const row = recallById(db, id);
    if (row === undefined || row.direction !== "out" || !speaksFor(row.contact)) return false;
    if (row.state === "confirmed") return false;
    settleRecall(db, id, "confirmed", at, row.note);
    disclose(db, session.ports.random, {
      case: row.case_id,
      at,
      entry: { way: "erased-by-recipient", by: sender.fingerprint, recall: id },
    });
    note(db, { at, action: "recall-confirmed", case: row.case_id, detail: { recall: id } });
    return true;
  });
}

/** A recall by an office that may call back erases at once what it names, and a confirmation is owed. */
export function takeRecall(session: Session, sender: ContactRow): Taker {
  const said: Recall[] = [];
  const chains = new Map<string, readonly Frame[]>();
  return {
    check: async () => nothing,
    async entry(name, bytes) {
      const [, of] = /^chain\/([0-9a-f]{32})\.chain$/.exec(name) ?? [];
      if (of !== undefined) {
        const frames = readFrames(bytes, limits.chainEntriesPerCase);
        if (!frames.ok) return frames;
        chains.set(of, frames.value);
      }
      if (name !== "recalls.signed") return nothing;
      const frames = readFrames(bytes, 10_000);
      if (!frames.ok) return frames;
      const good = await signedBy(session, sender, "waypost/recall/1", frames.value);
      if (!good.ok) return good;
      for (const text of good.value) {
        const read = recalls.read(text);
        if (!read.ok) return read;
        if (!isForUs(session, read.value.recipient) || read.value.author !== sender.fingerprint)
          return err({ type: "NotForUs" });
        said.push(read.value);
      }
      return nothing;
    },
    async finish() {
      const erased: SectionName[] = [];
      const refused: Failure[] = [];
      const changed: CaseId[] = [];
      for (const recall of said) {
        const { case: of } = recall;
        const done =
          of === undefined
            ? await eraseReleases(session, sender, recall)
            : await carryOut(session, sender, { ...recall, case: of }, chains.get(of) ?? []);
        if (done.ok) {
          erased.push(...done.value);
          if (of !== undefined) changed.push(of);
        } else if (barring.has(done.error.type)) refused.push(done.error);
        else return done;
      }
      const told = [...chains.keys()].filter((of) => !said.some((recall) => recall.case === of));
      const touched: CaseId[] = [];
      for (const of of told as CaseId[]) {
        const done = await takeChain(session, sender, of, chains.get(of) ?? []);
        if (done.ok) touched.push(of);
        else if (barring.has(done.error.type)) refused.push(done.error);
        else return done;
      }
      const [first] = refused;
      const all = said.length + told.length;
      return first !== undefined && refused.length === all
        ? err(first)
        : ok({ erased, touched, changed: [...changed, ...touched] });
    },
  };
}

/** Why one recall of a bundle is not carried out while the others are. It is not confirmed, so its sender sees it. */
const barring: ReadonlySet<string> = new Set(["UnknownCase", "RecallNotAllowed", "SenderHasNoPart"]);

/** Her no, recorded by an office that works on the case: its chain alone, without a recall. */
async function takeChain(
  session: Session,
  sender: ContactRow,
  of: CaseId,
  chain: readonly Frame[],
): Promise<Result<void, Failure>> {
  const { vault } = session;
  const checked = await verifyEntries({ read: vault.read, case: of, entries: chain });
  if (!checked.ok) return checked;
  return vault.write(async (read) => {
    const state = chainOf(read, of) && loadChainWith(read, of, checked.value.good);
    if (state === undefined) return err({ type: "UnknownCase" });
    if (roleOf(state, sender.fingerprint) === "none") return err({ type: "SenderHasNoPart" });
    return ok((db: WriteDb) => {
      if (appendEntries(db, checked.value.good) > 0) lookForRecalls(db, of);
      session.sections.reconsider(db, state);
      eraseAsSaid(session, db, state);
      settleRow(session, db, state);
    });
  });
}

/**
 * Erases what is held of the named sections. Where the recall comes before the share it calls back, there is nothing to
 * erase: it is kept all the same, so that what comes later is dropped, and confirmed.
 */
async function carryOut(
  session: Session,
  sender: ContactRow,
  recall: Recall & { readonly case: CaseId },
  chain: readonly Frame[],
): Promise<Result<SectionName[], Failure>> {
  const { vault, sections, ports } = session;
  const checked = await verifyEntries({ read: vault.read, case: recall.case, entries: chain });
  if (!checked.ok) return checked;
  return vault.write(async (read) => {
    const holds = chainOf(read, recall.case) !== undefined;
    const state = loadChainWith(read, recall.case, checked.value.good);
    if (state === undefined) return err({ type: "UnknownCase" });
    const named =
      roleOf(state, sender.fingerprint) === "steward"
        ? recall.sections
        : calledBackByFormer(session, read, state, sender, recall);
    if (named === undefined) return err({ type: "RecallNotAllowed" });
    return ok((db: WriteDb) => {
      const at = ports.clock.now();
      if (holds) {
        if (appendEntries(db, checked.value.good) > 0) lookForRecalls(db, recall.case);
        sections.reconsider(db, state);
      }
      // Only sections of the case that the sender answers for: the identifier of another case's reaches nothing.
      const held = new Set(sections.list(recall.case, db).map((head) => head.id));
      const gone = named.filter(({ section }) => held.has(section));
      for (const { section } of gone) sections.erase(db, section, sender.fingerprint, recall.why);
      forgetConsents(db, state);
      if (named.length > 0) dropParts(db, recall.case, new Set(named.map(({ section }) => section)));
      const names = new Set(gone.map(({ name }) => sectionKey(name)));
      vault.erase(db, () =>
        eraseDisclosures(
          db,
          recall.case,
          (entry) =>
            typeof entry === "object" &&
            entry !== null &&
            "sections" in entry &&
            mentions(entry["sections"], names),
        ),
      );
      addRecall(db, {
        id: recall.recall,
        case_id: recall.case,
        contact: sender.id,
        sections: JSON.stringify(named.map(({ section }) => ({ section }))),
        bundles: "[]",
        direction: "in",
        state: "due",
        made: at,
        note: recall.why,
      });
      if (holds) settleRow(session, db, state);
      note(db, {
        at,
        action: "recall-carried-out",
        case: recall.case,
        detail: { recall: recall.recall, sections: gone.length },
      });
      return gone.map(({ name }) => nameOf(name.kind, name.person));
    });
  });
}

/** What she took back is not kept where it was called back: neither what opened her yes nor what was signed of it. */
function forgetConsents(db: WriteDb, state: ChainState): void {
  const isWithdrawn = (consent: ConsentId) => state.consents.get(consent)?.withdrawn !== undefined;
  dropOpenings(db, state.case, [...state.consents.keys()].filter(isWithdrawn));
  dropExtracts(db, state.case, (signed) => {
    const extract = consentExtracts.read(Buffer.from(signed).toString("utf8"));
    return extract.ok && extract.value.covers.every(({ consent }) => isWithdrawn(consent));
  });
}

/** Erases dossiers that the office which released them calls back; what has not come yet is not kept when it does. */
function eraseReleases(
  session: Session,
  sender: ContactRow,
  recall: Recall,
): Promise<Result<SectionName[], Failure>> {
  const { vault, ports } = session;
  return vault.write(async (read) => {
    const named: readonly BundleId[] = recall.bundles ?? [];
    const theirs = named.every((bundle) => {
      const from = bundleIn(read, bundle)?.contact ?? sender.id;
      return contactById(read, from)?.office === sender.office;
    });
    if (!theirs || recall.sections.length > 0) return err({ type: "RecallNotAllowed" });
    return ok((db: WriteDb) => {
      const at = ports.clock.now();
      vault.erase(db, () => named.forEach((bundle) => eraseDossier(db, bundle)));
      addRecall(db, {
        id: recall.recall,
        case_id: noCase,
        contact: sender.id,
        sections: "[]",
        bundles: JSON.stringify(named.map((bundle) => ({ bundle, sections: [] }))),
        direction: "in",
        state: "due",
        made: at,
        note: recall.why,
      });
      note(db, {
        at,
        action: "recall-carried-out",
        detail: { recall: recall.recall, releases: named.length },
      });
      return [];
    });
  });
}

/** In the row of a recall of releases: who got them was never told the case. */
const noCase = "" as CaseId;

const mentions = (sections: unknown, names: ReadonlySet<string>): boolean =>
  Array.isArray(sections) && sections.some((one) => typeof one === "string" && names.has(one));

const isForUs = (session: Session, recipient: string): boolean =>
  membersOf(session.vault.read).some((member) => member.fingerprint === recipient);

async function signedBy(
  session: Session,
  sender: ContactRow,
  kind: "waypost/acknowledgement/1" | "waypost/recall/1",
  frames: readonly Frame[],
): Promise<Result<string[], Failure>> {
  const certificate = await certificateOf(session, sender.certificate);
  const texts: string[] = [];
  for (const { signed, signature } of frames) {
    const good = await verify({ kind, signed, signature, certificates: [certificate] });
    if (!good.ok) return good;
    texts.push(Buffer.from(signed).toString("utf8"));
  }
  return ok(texts);
}
