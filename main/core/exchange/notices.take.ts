// Takes in a release to be read, an acknowledgement of what we sent, and a recall that erases what we hold.
import { readFrames, type Frame } from "../../../shared/bundle/frames.ts";
import { limits } from "../../../shared/bundle/limits.ts";
import type { Manifest } from "../../../shared/bundle/manifest.ts";
import {
  acknowledgements,
  recalls,
  type Acknowledgement,
  type Recall,
} from "../../../shared/bundle/notices.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";
import type { CaseId, RecallId } from "../../../shared/vocabulary/ids.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import { eraseDisclosures, disclose, note } from "../audit/index.ts";
import { chainOf, eraseAsSaid, nameOf, settleRow } from "../cases/index.ts";
import { appendEntries, loadChainWith, verifyEntries } from "../chain/index.ts";
import { roleOf } from "../consent/index.ts";
import { certificateOf, type ContactRow } from "../contacts/index.ts";
import { verify } from "../pgp/index.ts";
import { membersOf, type Session } from "../safety/index.ts";
import type { WriteDb } from "../vault/sql.ts";
import {
  addRecall,
  bundleOut,
  contentOf,
  keepDossier,
  knowParts,
  recallById,
  setBundleState,
  settleRecall,
} from "./exchange.store.ts";
import type { Taken, Taker } from "./taken.ts";

const nothing = ok(undefined);

/** Keeps the dossier so that it can be read here; it is no case of ours. */
export function takeRelease(session: Session, manifest: Manifest): Taker {
  let html: string | undefined;
  return {
    async entry(name, bytes) {
      if (name === "dossier.html") html = Buffer.from(bytes).toString("utf8");
      return nothing;
    },
    async finish() {
      if (html === undefined) return err({ type: "EntryRefused", why: "unlisted" });
      const dossier = html;
      const kept = await session.vault.write(async () =>
        ok((db: WriteDb) => keepDossier(db, manifest.id, dossier)),
      );
      return kept.ok ? ok({}) : kept;
    },
  };
}

/** Bundles a contact has, what of them she did not take, and recalls she carried out. */
export function takeAcknowledgement(session: Session, sender: ContactRow): Taker {
  let said: Acknowledgement | undefined;
  return {
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

function settle(
  session: Session,
  db: WriteDb,
  sender: ContactRow,
  bundles: Acknowledgement["bundles"],
  carried: readonly RecallId[],
): RecallId[] {
  const at = session.ports.clock.now();
  for (const { bundle, without } of bundles) {
    const row = bundleOut(db, bundle);
    if (row === undefined || row.contact !== sender.id) continue;
    const left = new Set(without);
    setBundleState(db, bundle, "acknowledged");
    for (const { parts } of contentOf(db, bundle)?.cases ?? [])
      knowParts(
        db,
        sender.id,
        parts.filter((part) => !left.has(part)),
      );
  }
  return carried.filter((id) => {
    const row = recallById(db, id);
    if (row === undefined || row.contact !== sender.id || row.direction !== "out") return false;
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

/** A recall by the office that answers for the case erases at once what it names, and a confirmation is owed. */
export function takeRecall(session: Session, sender: ContactRow): Taker {
  const said: Recall[] = [];
  const chains = new Map<string, readonly Frame[]>();
  return {
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
      for (const recall of said) {
        const done = await carryOut(session, sender, recall, chains.get(recall.case) ?? []);
        if (!done.ok) return done;
        erased.push(...done.value);
      }
      const told = [...chains.keys()].filter((of) => !said.some((recall) => recall.case === of));
      for (const of of told as CaseId[]) {
        const done = await takeChain(session, sender, of, chains.get(of) ?? []);
        if (!done.ok) return done;
      }
      return ok({ erased, touched: told as CaseId[] });
    },
  };
}

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
      appendEntries(db, checked.value.good);
      session.sections.reconsider(db, state);
      eraseAsSaid(session, db, state);
      settleRow(session, db, state);
    });
  });
}

async function carryOut(
  session: Session,
  sender: ContactRow,
  recall: Recall,
  chain: readonly Frame[],
): Promise<Result<SectionName[], Failure>> {
  const { vault, sections, ports } = session;
  const checked = await verifyEntries({ read: vault.read, case: recall.case, entries: chain });
  if (!checked.ok) return checked;
  return vault.write(async (read) => {
    const state = chainOf(read, recall.case) && loadChainWith(read, recall.case, checked.value.good);
    if (state === undefined) return err({ type: "UnknownCase" });
    if (roleOf(state, sender.fingerprint) !== "steward") return err({ type: "RecallNotAllowed" });
    return ok((db: WriteDb) => {
      appendEntries(db, checked.value.good);
      sections.reconsider(db, state);
      const held = new Map(sections.list(recall.case, db).map((head) => [head.id, head]));
      const gone = recall.sections.flatMap(({ section, name }) => {
        const head = held.get(section);
        sections.erase(db, section, sender.fingerprint, recall.why, recall.case);
        return head === undefined ? [] : [nameOf(name.kind, name.person)];
      });
      const names = new Set(gone.map((name) => name.kind));
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
        sections: JSON.stringify(recall.sections.map(({ section }) => ({ section }))),
        direction: "in",
        state: "due",
        made: ports.clock.now(),
        note: recall.why,
      });
      settleRow(session, db, state);
      note(db, {
        at: ports.clock.now(),
        action: "recall-carried-out",
        case: recall.case,
        detail: { recall: recall.recall, sections: gone.length },
      });
      return gone;
    });
  });
}

const mentions = (sections: unknown, names: ReadonlySet<string>): boolean =>
  Array.isArray(sections) &&
  sections.some((one) => typeof one === "string" && names.has(one.split(".")[0] ?? ""));

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
