// Tells a contact who works on a case: roles, votes, her yeses and noes as the chain has them, and nothing of what the case holds.
import { writeFrames } from "../../../shared/bundle/frames.ts";
import { canonicalJson } from "../../../shared/signed-text.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { isSideType } from "../../../shared/vocabulary/chain.ts";
import type { CaseId, ContactId } from "../../../shared/vocabulary/ids.ts";
import { chainOf, ourRole, type UnknownCase } from "../cases/index.ts";
import { exportEntries, readEntry, type ChainState, type StoredEntry } from "../chain/index.ts";
import { openingsOf, roleOf } from "../consent/index.ts";
import { contactById, type ContactRow, type UnknownContact } from "../contacts/index.ts";
import type { Session } from "../safety/index.ts";
import type { ArchiveEntry } from "./archive.ts";
import { readmeOf } from "./readme.ts";
import { writeBundle, type WriteProblem, type Written } from "./writing.ts";

type NoPart = { readonly type: "NoRole" } | { readonly type: "NotNamed" };

/**
 * The chains of these cases for one contact whose office has a part in each. It needs no consent, since nothing of a case
 * leaves: what an office may not be sent any more, it must still be told. A stopped chain is told too, so that all see it.
 * An office that handed over and left is told as far as that, and not who works on the case since. To the office that
 * answers every yes is opened that this one can read: who holds what is its business.
 */
export async function tell(
  session: Session,
  input: { readonly contact: ContactId; readonly cases: readonly CaseId[]; readonly folder: string },
): Promise<Result<Written, WriteProblem | UnknownContact | UnknownCase | NoPart>> {
  const { vault } = session;
  const contact = contactById(vault.read, input.contact);
  if (contact === undefined) return err({ type: "UnknownContact" });
  const cases = [...new Set(input.cases)];
  const entries: ArchiveEntry[] = [];
  for (const of of cases) {
    const told = entriesOf(session, contact, of);
    if (!told.ok) return told;
    entries.push(...told.value);
  }
  return writeBundle(session, {
    contact,
    kind: "share",
    entries: [readmeOf(session, "share", contact, entries), ...entries],
    content: {
      cases: cases.map((of) => ({ case: of, sections: [] })),
      recalls: [],
      acknowledges: [],
    },
    folder: input.folder,
    cleared: [],
    disclosures: [],
  });
}

function entriesOf(
  session: Session,
  contact: ContactRow,
  of: CaseId,
): Result<readonly ArchiveEntry[], UnknownCase | NoPart> {
  const { read } = session.vault;
  const state = chainOf(read, of);
  if (state === undefined) return err({ type: "UnknownCase" });
  const theirs = roleOf(state, contact.fingerprint);
  const entries = exportEntries(read, of).filter(concerning(state, contact, theirs === "none"));
  const answered = state.answering.some(({ office }) => office === session.office.id);
  // An office that handed over and left still hands the yeses it acted on to the one that answers now.
  const speaks = ourRole(session, state) !== "none" || (theirs === "steward" && answered);
  if (entries.length === 0 || !speaks) return err({ type: "NoRole" });
  if (session.member === undefined || !state.certificates.has(session.member.fingerprint))
    return err({ type: "NotNamed" });
  const openings = theirs === "steward" ? openingsOf(read, of) : [];
  return ok([
    {
      name: `chain/${of}.chain`,
      content: writeFrames(
        entries.map(({ signed, signature }) => ({ signed, signature, changes: new Uint8Array() })),
      ),
    },
    ...(openings.length === 0
      ? []
      : [
          {
            name: `consents/${of}.json`,
            content: Buffer.from(canonicalJson(openings.map((one) => ({ ...one })))),
          },
        ]),
  ]);
}

/** All entries for an office with a role; for one that left, those up to the entry with which it did; for others none. */
function concerning(
  state: ChainState,
  contact: ContactRow,
  hasLeft: boolean,
): (entry: StoredEntry) => boolean {
  if (!hasLeft) return () => true;
  const office = state.certificates.get(contact.fingerprint)?.office;
  const removed = office === undefined ? undefined : state.offices.get(office)?.removed;
  if (removed === undefined || (removed.reason !== "left" && removed.reason !== "succeeded"))
    return () => false;
  return ({ signed, hash }) => {
    const entry = readEntry(Buffer.from(signed).toString("utf8"), hash);
    if (!entry.ok) throw new Error("a stored chain entry cannot be read");
    const { number, type } = entry.value;
    return isSideType(type) ? number < removed.number : number <= removed.number;
  };
}
