// What waits for whom, for Today: quick at any number of cases, because of each case it is remembered who lacks something.
import { setImmediate } from "node:timers/promises";
import type { CaseId, ContactId } from "../../../shared/vocabulary/ids.ts";
import { dayAt } from "../cases/index.ts";
import { allContacts, type ContactRow } from "../contacts/index.ts";
import type { Session } from "../safety/index.ts";
import {
  holdingsMoved,
  recallsWith,
  sharedCases,
  unacknowledged,
  type SharedCase,
} from "./exchange.store.ts";
import { lacksSomething } from "./views.ts";

/** Who lacks something of a case, as it was when the case stood so. */
type Seen = { readonly stood: string; readonly lacking: ReadonlySet<ContactId> };
type Memory = { readonly cases: Map<CaseId, Seen>; running: boolean };
const memories = new WeakMap<Session, Memory>();

/** Looked at before the answer; where more cases moved, the others follow in the background, and `told` is called. */
const atOnce = 20;

/** For each contact how much is owed: recalls and acknowledgements to send, cases of which she may have more than she has. */
export function owed(session: Session, told: () => void) {
  const { read } = session.vault;
  const memory = memories.get(session) ?? { cases: new Map<CaseId, Seen>(), running: false };
  memories.set(session, memory);
  const contacts = allContacts(read);
  const moved = movedSince(session, memory, contacts);
  for (const one of moved.slice(0, atOnce)) look(session, memory, contacts, one);
  if (moved.length > atOnce && !memory.running) void lookAtRest(session, memory).then(told, () => undefined);
  const lacking = new Map<ContactId, number>();
  for (const seen of memory.cases.values())
    for (const id of seen.lacking) lacking.set(id, (lacking.get(id) ?? 0) + 1);
  return contacts
    .map((contact) => ({
      contact: contact.id,
      name: contact.name,
      office: contact.office_name,
      recalls: recallsWith(read, contact.id, "out", ["due"]).length,
      acknowledgements:
        unacknowledged(read, contact.fingerprint).length +
        recallsWith(read, contact.id, "in", ["due"]).length,
      cases: lacking.get(contact.id) ?? 0,
    }))
    .filter((one) => one.recalls + one.acknowledgements + one.cases > 0);
}

/** Ends by itself where the vault is locked meanwhile: nothing can be read any more. */
async function lookAtRest(session: Session, memory: Memory): Promise<void> {
  memory.running = true;
  try {
    for (;;) {
      await setImmediate();
      const contacts = allContacts(session.vault.read);
      const moved = movedSince(session, memory, contacts);
      if (moved.length === 0) return;
      for (const one of moved) {
        await setImmediate();
        look(session, memory, contacts, one);
      }
    }
  } finally {
    memory.running = false;
  }
}

/** Cases shared with others that stand otherwise than they were seen; those no longer shared are forgotten. */
function movedSince(
  session: Session,
  memory: Memory,
  contacts: readonly ContactRow[],
): readonly (SharedCase & { stood: string })[] {
  const shared = sharedCases(session.vault.read);
  const ids = new Set(shared.map((one) => one.id));
  for (const id of memory.cases.keys()) if (!ids.has(id)) memory.cases.delete(id);
  const people = contacts.map(({ id, trust }) => `${id}${trust}`).join();
  const day = dayAt(session.ports.clock.now());
  return shared.flatMap((one) => {
    // Consents end with the day; what a contact holds moves without the case itself.
    const stood = [one.changed, one.chain_head, day, holdingsMoved(one.id), people].join();
    return memory.cases.get(one.id)?.stood === stood ? [] : [{ ...one, stood }];
  });
}

function look(
  session: Session,
  memory: Memory,
  contacts: readonly ContactRow[],
  { id, stood }: { readonly id: CaseId; readonly stood: string },
): void {
  const lacking = contacts.filter((contact) => lacksSomething(session, contact, id)).map((one) => one.id);
  memory.cases.set(id, { stood, lacking: new Set(lacking) });
}
