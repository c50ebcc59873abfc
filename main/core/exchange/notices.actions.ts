// Acknowledging what came, calling back what may no longer be held, and what a withdrawal does to bundles that are out.
import { writeFrames } from "../../../shared/bundle/frames.ts";
import { acknowledgements, recalls, type Recall } from "../../../shared/bundle/notices.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type {
  BundleId,
  CaseId,
  ContactId,
  OfficeId,
  RecallId,
  SectionId,
} from "../../../shared/vocabulary/ids.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { ErasureReason } from "../../../shared/vocabulary/chain.ts";
import { note } from "../audit/index.ts";
import { chainOf, listCases, nameOf, ourRole } from "../cases/index.ts";
import { consentsOf, decideShare, sameSection, situationOf } from "../consent/index.ts";
import { allContacts, contactById, type UnknownContact } from "../contacts/index.ts";
import { membersOf, newId, onDrive, type Session } from "../safety/index.ts";
import type { WriteError } from "../vault/index.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import type { ArchiveEntry } from "./archive.ts";
import {
  addRecall,
  contentsTo,
  forgetPart,
  markAcknowledged,
  recallById,
  recallsWith,
  setBundleState,
  settleRecall,
  unacknowledged,
  written,
  type Outcome,
} from "./exchange.store.ts";
import { readmeOf } from "./readme.ts";
import { chainFrames } from "./share.actions.ts";
import { writeBundle, type WriteProblem, type Written } from "./writing.ts";

const empty = new Uint8Array();
/** Bundles and recalls one acknowledgement speaks of; the next speaks of the next. */
const mostAtOnce = 1_000;

/** Tells a contact which of her bundles arrived, what of them was not taken, and which recalls were carried out. */
export async function acknowledge(
  session: Session,
  input: { readonly contact: ContactId; readonly folder: string },
): Promise<
  Result<
    Written & { bundles: number; recalls: number },
    WriteProblem | UnknownContact | { readonly type: "NothingToAcknowledge" }
  >
> {
  const { signer, vault, ports } = session;
  if (signer === undefined) return err({ type: "NoSigner" });
  const contact = contactById(vault.read, input.contact);
  if (contact === undefined) return err({ type: "UnknownContact" });
  const bundles = unacknowledged(vault.read, contact.fingerprint).slice(0, mostAtOnce);
  const done = recallsWith(vault.read, contact.id, "in", ["due"]).slice(0, mostAtOnce);
  if (bundles.length === 0 && done.length === 0) return err({ type: "NothingToAcknowledge" });
  const signed = Buffer.from(
    acknowledgements.write({
      author: signer.fingerprint,
      recipient: contact.fingerprint,
      bundles: bundles.map(({ id, outcome }) => ({
        bundle: id,
        without: [...(JSON.parse(outcome) as Outcome).without],
      })),
      recalls: done.map((row) => row.id),
      at: ports.clock.now(),
    }),
  );
  const signature = await signer.sign("waypost/acknowledgement/1", signed);
  const entries: ArchiveEntry[] = [
    { name: "acknowledgement.signed", content: writeFrames([{ signed, signature, changes: empty }]) },
  ];
  const sent = await writeBundle(session, {
    contact,
    kind: "acknowledgement",
    entries: [readmeOf(session, "acknowledgement", contact, entries), ...entries],
    content: { cases: [], recalls: done.map((row) => row.id), acknowledges: bundles.map((row) => row.id) },
    folder: input.folder,
    cleared: [],
    disclosures: [],
    afterwards: (db) => {
      markAcknowledged(
        db,
        bundles.map((row) => row.id),
      );
      for (const row of done) settleRecall(db, row.id, "sent", ports.clock.now());
    },
  });
  return sent.ok ? ok({ ...sent.value, bundles: bundles.length, recalls: done.length }) : sent;
}

/**
 * Sends every recall this contact is due; they stay open until she confirms. To the office that answers for a case it
 * also brings her no that was recorded here, so that the recalls it causes begin there.
 */
export async function sendRecalls(
  session: Session,
  input: { readonly contact: ContactId; readonly folder: string },
): Promise<
  Result<
    Written & { recalls: RecallId[] },
    WriteProblem | UnknownContact | { readonly type: "NothingToRecall" }
  >
> {
  const { signer, vault, ports } = session;
  if (signer === undefined) return err({ type: "NoSigner" });
  const contact = contactById(vault.read, input.contact);
  if (contact === undefined) return err({ type: "UnknownContact" });
  const due = recallsWith(vault.read, contact.id, "out", ["due", "sent"]);
  const told = herNoFor(session, contact.office);
  if (due.length === 0 && told.length === 0) return err({ type: "NothingToRecall" });
  const frames = [];
  for (const row of due) {
    const state = chainOf(vault.read, row.case_id);
    if (state === undefined) throw new Error("a recall for a case that is not held");
    const signed = Buffer.from(
      recalls.write({
        recall: row.id,
        case: row.case_id,
        author: signer.fingerprint,
        recipient: contact.fingerprint,
        head: state.head,
        sections: JSON.parse(row.sections) as Recall["sections"],
        why: row.note as ErasureReason,
        at: ports.clock.now(),
      }),
    );
    frames.push({ signed, signature: await signer.sign("waypost/recall/1", signed), changes: empty });
  }
  const cases = [...new Set([...due.map((row) => row.case_id), ...told])];
  const entries: ArchiveEntry[] = [
    ...cases.map((id) => ({ name: `chain/${id}.chain`, content: chainFrames(session, id) })),
    { name: "recalls.signed", content: writeFrames(frames) },
  ];
  const sent = await writeBundle(session, {
    contact,
    kind: "recall",
    entries: [readmeOf(session, "recall", contact, entries), ...entries],
    content: { cases: [], recalls: due.map((row) => row.id), acknowledges: [] },
    folder: input.folder,
    cleared: [],
    disclosures: due.map((row) => ({
      case: row.case_id,
      entry: { way: "recall", to: contact.fingerprint, recall: row.id },
    })),
    afterwards: (db) => {
      for (const row of due) settleRecall(db, row.id, "sent", ports.clock.now(), row.note);
    },
  });
  return sent.ok ? ok({ ...sent.value, recalls: due.map((row) => row.id) }) : sent;
}

/** The office records that a recall cannot be had, and that she was told. */
export function recallImpossible(
  session: Session,
  input: { readonly recall: RecallId; readonly note: string },
): Promise<Result<void, { readonly type: "UnknownRecall" } | WriteError>> {
  return session.vault.write(async (read) => {
    const row = recallById(read, input.recall);
    if (row === undefined || row.direction !== "out" || row.state === "confirmed")
      return err({ type: "UnknownRecall" });
    return ok((db: WriteDb) => {
      const at = session.ports.clock.now();
      settleRecall(db, row.id, "impossible", at, input.note);
      note(db, { at, action: "recall-impossible", case: row.case_id, detail: { recall: row.id } });
    });
  });
}

/**
 * After her no, an erasure or a struck fact: bundles still lying where they were written are destroyed, and everyone who
 * was sent a section that may no longer be held is due a recall. Does nothing twice.
 */
export async function callBack(
  session: Session,
  of: CaseId,
): Promise<Result<{ recalls: number; destroyed: number }, WriteError>> {
  const { vault, ports } = session;
  const state = chainOf(vault.read, of);
  if (state === undefined || ourRole(session, state) !== "steward") return ok({ recalls: 0, destroyed: 0 });
  const due = allContacts(vault.read).flatMap((contact) => {
    const sent = sentSections(vault.read, contact.id, of);
    if (sent.size === 0) return [];
    const asked = new Set(
      recallsWith(vault.read, contact.id, "out", ["due", "sent", "confirmed", "impossible"]).flatMap((row) =>
        (JSON.parse(row.sections) as Recall["sections"]).map((one) => one.section),
      ),
    );
    const situation = situationOf(session, vault.read, state, contact);
    const withdrawn = consentsOf(vault.read, state).filter(
      ({ body, withdrawn: gone }) =>
        gone && body.recipient.kind === "contact" && body.recipient.fingerprint === contact.fingerprint,
    );
    const mayStay = (name: SectionName): boolean =>
      consentsOf(vault.read, state).some(
        ({ body }) => decideShare(situation, { sections: [name], purpose: body.purpose }).ok,
      );
    const back = [...sent].flatMap(
      ([section, name]): { section: SectionId; name: SectionName; why: ErasureReason }[] => {
        if (asked.has(section)) return [];
        const erased = state.erased.get(section);
        if (erased !== undefined) return [{ section, name, why: erased.why }];
        const ended = withdrawn.some(({ body }) => body.sections.some((one) => sameSection(one, name)));
        return ended && !mayStay(name) ? [{ section, name, why: "withdrawn" }] : [];
      },
    );
    return back.length === 0 ? [] : [{ contact: contact.id, back }];
  });
  const backOf = new Map(due.map(({ contact, back }) => [contact, new Set(back.map((one) => one.section))]));
  const lying = written(vault.read, of).filter(
    ({ contact, content }) =>
      content.sections.some((one) => backOf.get(contact)?.has(one.section)) ||
      content.released?.some((consent) => state.consents.get(consent)?.withdrawn !== undefined),
  );
  const destroyed: BundleId[] = [];
  for (const { id, place } of lying) {
    const removed = await onDrive(async () => {
      if (place === "" || (await ports.files.entry(place)) === undefined)
        return err({ type: "FileMissing" as const });
      await ports.files.remove(place);
      return ok(undefined);
    });
    if (removed.ok) destroyed.push(id);
  }
  if (due.length === 0 && destroyed.length === 0) return ok({ recalls: 0, destroyed: 0 });
  return vault.write(async () =>
    ok((db: WriteDb) => {
      const at = ports.clock.now();
      let count = 0;
      for (const { contact, back } of due) {
        for (const [why, group] of Map.groupBy(back, (one) => one.why)) {
          addRecall(db, {
            id: newId<RecallId>(ports),
            case_id: of,
            contact,
            sections: JSON.stringify(group.map(({ section, name }) => ({ section, name }))),
            direction: "out",
            state: "due",
            made: at,
            note: why,
          });
          count += 1;
        }
        for (const { section } of back) forgetPart(db, contact, section);
      }
      for (const id of destroyed) setBundleState(db, id, "destroyed");
      if (count + destroyed.length > 0)
        note(db, {
          at,
          action: "recalls-due",
          case: of,
          detail: { recalls: count, destroyed: destroyed.length },
        });
      return { recalls: count, destroyed: destroyed.length };
    }),
  );
}

/** Cases this office answers for no longer or never did, with a withdrawal recorded here that the steward has not folded in. */
function herNoFor(session: Session, steward: OfficeId): CaseId[] {
  const { read } = session.vault;
  const own = new Set(membersOf(read).map((member) => member.fingerprint));
  return listCases(session, {}, { limit: 100_000, offset: 0 }).cases.flatMap((row) => {
    if (row.steward !== steward || row.role === "steward" || row.role === "none") return [];
    const state = chainOf(read, row.case);
    const pending = new Set(state?.pendingSides);
    const ours = [...(state?.consents.values() ?? [])].some(
      ({ withdrawn }) => withdrawn !== undefined && pending.has(withdrawn.entry) && own.has(withdrawn.by),
    );
    return ours ? [row.case] : [];
  });
}

function sentSections(read: ReadDb, contact: ContactId, of: CaseId): ReadonlyMap<SectionId, SectionName> {
  const sent = new Map<SectionId, SectionName>();
  for (const { cases } of contentsTo(read, contact)) {
    for (const item of cases)
      if (item.case === of)
        for (const one of item.sections) sent.set(one.section, nameOf(one.name.kind, one.name.person));
  }
  return sent;
}
