// Acknowledging what came, and sending or closing the recalls that are due.
import { writeFrames } from "../../../shared/bundle/frames.ts";
import { acknowledgements, recalls } from "../../../shared/bundle/notices.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { CaseId, ContactId, OfficeId, RecallId } from "../../../shared/vocabulary/ids.ts";
import type { ErasureReason } from "../../../shared/vocabulary/chain.ts";
import { note } from "../audit/index.ts";
import { caseIds, caseRow, chainOf } from "../cases/index.ts";
import { contactById, type UnknownContact } from "../contacts/index.ts";
import { membersOf, type Session } from "../safety/index.ts";
import type { WriteError } from "../vault/index.ts";
import type { WriteDb } from "../vault/sql.ts";
import type { ArchiveEntry } from "./archive.ts";
import { workOffCallBacks } from "./call-back.actions.ts";
import {
  bundlesBack,
  markAcknowledged,
  recallById,
  recallsWith,
  sectionsBack,
  settleRecall,
  unacknowledged,
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
        without: (JSON.parse(outcome) as Outcome).without.map(({ part }) => part),
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
  const looked = await workOffCallBacks(session);
  if (!looked.ok) return looked;
  const due = recallsWith(vault.read, contact.id, "out", ["due", "sent"]);
  const told = herNoFor(session, contact.office);
  if (due.length === 0 && told.length === 0) return err({ type: "NothingToRecall" });
  const frames = [];
  for (const row of due) {
    const releases = bundlesBack(row).map((one) => one.bundle);
    const head = chainOf(vault.read, row.case_id)?.head;
    if (head === undefined) throw new Error("a recall for a case that is not held");
    const signed = Buffer.from(
      recalls.write({
        recall: row.id,
        ...(releases.length > 0 ? { bundles: releases } : { case: row.case_id, head }),
        author: signer.fingerprint,
        recipient: contact.fingerprint,
        sections: [...sectionsBack(row)],
        why: row.note as ErasureReason,
        at: ports.clock.now(),
      }),
    );
    frames.push({ signed, signature: await signer.sign("waypost/recall/1", signed), changes: empty });
  }
  const ofSections = due.filter((row) => bundlesBack(row).length === 0);
  const cases = [...new Set([...ofSections.map((row) => row.case_id), ...told])];
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

/** Cases this office answers for no longer or never did, with a withdrawal recorded here that the steward has not folded in. */
function herNoFor(session: Session, steward: OfficeId): CaseId[] {
  const { read } = session.vault;
  const own = new Set(membersOf(read).map((member) => member.fingerprint));
  return caseIds(read).flatMap((of) => {
    const row = caseRow(read, of);
    if (row?.steward !== steward || row.our_role === "steward" || row.our_role === "none") return [];
    const state = chainOf(read, of);
    const pending = new Set(state?.pendingSides);
    const ours = [...(state?.consents.values() ?? [])].some(
      ({ withdrawn }) => withdrawn !== undefined && pending.has(withdrawn.entry) && own.has(withdrawn.by),
    );
    return ours ? [of] : [];
  });
}
