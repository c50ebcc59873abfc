// What was sent, and what waits for whom.
import type { Recall } from "../../../shared/bundle/notices.ts";
import type { CaseId, ContactId } from "../../../shared/vocabulary/ids.ts";
import { chainOf, listCases, nameOf } from "../cases/index.ts";
import { roleOf } from "../consent/index.ts";
import { allContacts } from "../contacts/index.ts";
import type { Session } from "../safety/index.ts";
import { bundlesOut, partsKnown, recallsOf, recallsWith, unacknowledged } from "./exchange.store.ts";

export const sentBundles = (session: Session, contact?: ContactId) =>
  bundlesOut(session.vault.read, contact).map((row) => ({
    bundle: row.id,
    contact: row.contact,
    kind: row.kind,
    number: row.for_contact,
    made: row.made,
    state: row.state,
  }));

/** For each contact: recalls and acknowledgements owed, and cases of which she is not known to hold everything she may. */
export function waiting(session: Session) {
  const { read } = session.vault;
  const cases = listCases(session, {}, { limit: 100_000, offset: 0 }).cases.map((row) => row.case);
  return {
    contacts: allContacts(read)
      .map((contact) => ({
        contact: contact.id,
        recalls: recallsWith(read, contact.id, "out", ["due"]).length,
        acknowledgements:
          unacknowledged(read, contact.fingerprint).length +
          recallsWith(read, contact.id, "in", ["due"]).length,
        cases: cases.filter((id) => lacksSomething(session, contact.id, contact.fingerprint, id)),
      }))
      .filter((one) => one.recalls + one.acknowledgements + one.cases.length > 0),
    recalls: recallsOf(read, "out").map((row) => ({
      recall: row.id,
      case: row.case_id,
      contact: row.contact,
      sections: (JSON.parse(row.sections) as Recall["sections"]).map(({ name }) =>
        nameOf(name.kind, name.person),
      ),
      state: row.state,
      made: row.made,
    })),
  };
}

function lacksSomething(
  session: Session,
  contact: ContactId,
  fingerprint: Parameters<typeof roleOf>[1],
  of: CaseId,
): boolean {
  const { read } = session.vault;
  const state = chainOf(read, of);
  if (state === undefined || roleOf(state, fingerprint) === "none") return false;
  return session.sections.list(of).some((head) => {
    const parts = session.sections.exportParts(head.id).map((part) => part.id);
    return partsKnown(read, contact, parts).size < parts.length;
  });
}
