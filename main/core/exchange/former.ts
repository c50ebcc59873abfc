// What an office that answered for a case before may still call back from this one.
import type { Recall } from "../../../shared/bundle/notices.ts";
import type { PersonId } from "../../../shared/vocabulary/ids.ts";
import { nameOf, ourRole } from "../cases/index.ts";
import type { ChainState } from "../chain/index.ts";
import { consentsOf, roleOf } from "../consent/index.ts";
import { allContacts, type ContactRow } from "../contacts/index.ts";
import { membersOf, type Session } from "../safety/index.ts";
import type { ReadDb } from "../vault/sql.ts";
import { sectionsHeldBy } from "./exchange.store.ts";
import { herWord } from "./holders.ts";

/**
 * What of its recall an office may call back that answered before and still works on the case: what the chain says is
 * erased, is erased here already, or it sent us itself under a yes that she took back, where no other stands. So it can
 * erase nothing that she did not end; the office that answers now is asked by nobody. `undefined` where nothing is left.
 */
export function calledBackByFormer(
  session: Session,
  read: ReadDb,
  state: ChainState,
  sender: ContactRow,
  { sections }: Recall,
): Recall["sections"] | undefined {
  const office = state.certificates.get(sender.fingerprint)?.office;
  const answered = state.answering.some((one) => one.office === office);
  if (!answered || roleOf(state, sender.fingerprint) === "none") return undefined;
  if (ourRole(session, state) === "steward") return undefined;
  const erased = new Set(session.sections.erased(state.case, read).map((one) => one.section));
  const theirs = allContacts(read).filter(
    ({ fingerprint }) => state.certificates.get(fingerprint)?.office === office,
  );
  const sent = new Set(
    theirs.flatMap(({ id }) => sectionsHeldBy(read, id, state.case).map(({ section }) => section)),
  );
  const consents = consentsOf(read, state);
  const ours = membersOf(read).map((member) => member.fingerprint);
  const ended = ({ kind, person }: { readonly kind: string; readonly person?: PersonId }): boolean => {
    const { ended: over, stands } = herWord(consents, ours, nameOf(kind, person));
    return over && !stands;
  };
  const named = sections.filter(({ section }) => {
    if (erased.has(section) || state.erased.get(section)?.settled === true) return true;
    const head = session.sections.head(section, read);
    if (head?.case === state.case) return sent.has(section) && ended(head);
    const founding = head === undefined ? state.founded.get(section) : undefined;
    return founding !== undefined && ended(founding);
  });
  return named.length === 0 ? undefined : named;
}
