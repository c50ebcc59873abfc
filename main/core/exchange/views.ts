// What was sent, and what waits for whom.
import { setImmediate } from "node:timers/promises";
import type { CaseId, ContactId } from "../../../shared/vocabulary/ids.ts";
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import { caseIds, chainOf, nameOf, sectionsOf } from "../cases/index.ts";
import { roleOf, shareChoices, situationOf } from "../consent/index.ts";
import { allContacts, contactByFingerprint, type ContactRow } from "../contacts/index.ts";
import type { Session } from "../safety/index.ts";
import { workOffCallBacks } from "./call-back.actions.ts";
import {
  bundlesBack,
  bundlesOut,
  casesToLookAt,
  bundlesTo,
  dossiersIn,
  lacksParts,
  recallsOf,
  recallsWith,
  sectionsBack,
  unacknowledged,
} from "./exchange.store.ts";
import { unmetHolders } from "./holders.ts";

export const sentBundles = (session: Session, contact?: ContactId) =>
  bundlesOut(session.vault.read, contact).map((row) => ({
    bundle: row.id,
    contact: row.contact,
    kind: row.kind,
    number: row.for_contact,
    made: row.made,
    // What an earlier opening was still locking when it ended never left.
    state: row.state === "locked" && row.opening !== session.vault.info.opening ? "destroyed" : row.state,
  }));

/** Dossiers that came to this office, each with who it is from where she is still a contact. */
export const dossiersHere = (session: Session) => {
  const { read } = session.vault;
  return dossiersIn(read).map(({ fingerprint, ...one }) => {
    const from = contactByFingerprint(read, fingerprint);
    return from === undefined
      ? one
      : { ...one, from: { contact: from.id, name: from.name, office: from.office_name } };
  });
};

/** Whom something was sent: how many bundles left for each, and about how many cases. */
export const sentTo = (session: Session) =>
  allContacts(session.vault.read).flatMap(({ id, name, office_name: office }) => {
    const bundles = bundlesTo(session.vault.read, id);
    const cases = new Set(bundles.flatMap((bundle) => bundle.cases.map((one) => one.case)));
    return bundles.length === 0 ? [] : [{ name, office, bundles: bundles.length, cases: cases.size }];
  });

/** Looked at before other work gets its turn. */
const casesAtOnce = 20;

/**
 * For each contact: recalls and acknowledgements owed, and cases of which she is not known to hold everything she may. What a
 * crash kept from being called back is called back first; where the vault cannot be written, it stays noted.
 */
export async function waiting(session: Session) {
  await workOffCallBacks(session);
  const { read } = session.vault;
  const contacts = allContacts(read).map((contact) => ({ contact, cases: [] as CaseId[] }));
  for (const [index, of] of caseIds(read).entries()) {
    if (index % casesAtOnce === casesAtOnce - 1) await setImmediate();
    for (const { contact, cases } of contacts) if (lacksSomething(session, contact, of)) cases.push(of);
  }
  return {
    contacts: contacts
      .map(({ contact, cases }) => ({
        contact: contact.id,
        recalls: recallsWith(read, contact.id, "out", ["due"]).length,
        acknowledgements:
          unacknowledged(read, contact.fingerprint).length +
          recallsWith(read, contact.id, "in", ["due"]).length,
        cases,
      }))
      .filter((one) => one.recalls + one.acknowledgements + one.cases.length > 0),
    recalls: recallsOf(read, "out").map((row) => ({
      recall: row.id,
      case: row.case_id,
      contact: row.contact,
      sections: [
        ...sectionsBack(row).map(({ name }) => nameOf(name.kind, name.person)),
        ...bundlesBack(row).flatMap((release) => release.sections),
      ],
      state: row.state,
      made: row.made,
    })),
    unmet: casesToLookAt(read).flatMap((of) => {
      const state = chainOf(read, of);
      if (state === undefined) return [];
      return unmetHolders(session, read, state).map((holder) => ({ case: of, ...holder }));
    }),
  };
}

/** Whether she is not known to hold something that may go to her now, for any purpose she consented to. */
export function lacksSomething(session: Session, contact: ContactRow, of: CaseId): boolean {
  const { read } = session.vault;
  const state = chainOf(read, of);
  if (state === undefined || roleOf(state, contact.fingerprint) === "none") return false;
  const lacking = sectionsOf(session, of).filter(({ section }) => lacksParts(read, contact.id, section));
  if (lacking.length === 0) return false;
  const situation = situationOf(session, read, state, contact);
  const asked = new Set(situation.consents.map(({ body }) => body.purpose));
  // Where another office answers for the case, its extracts decide, whatever the purpose.
  const purposes: readonly Purpose[] = situation.ourRole === "steward" ? [...asked] : ["joint-protection"];
  const names = lacking.map(({ name }) => name);
  return purposes.some((purpose) =>
    shareChoices(situation, names, purpose).some((choice) => choice.refused === undefined),
  );
}
