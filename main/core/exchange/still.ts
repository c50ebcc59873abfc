// Looks again, in the commit, whether what was locked may still go.
import { err, ok, type Result } from "../../../shared/result.ts";
import { chainOf } from "../cases/index.ts";
import type { Cleared } from "../consent/index.ts";
import { contactById, maySendCaseData, type ContactRow, type UnknownContact } from "../contacts/index.ts";
import type { ReadDb } from "../vault/sql.ts";
import type { BundleContent } from "./exchange.store.ts";

/** The consents behind a bundle moved while it was being locked: nothing was written. */
export type NoLongerCleared = { readonly type: "NotCleared"; readonly refused: readonly [] };

type Going = {
  readonly contact: ContactRow;
  readonly cleared: readonly Cleared[];
  readonly content: BundleContent;
};
type NotWanted = NoLongerCleared | UnknownContact | { readonly type: "ContactNotVerified" };

/** Before it is written: nothing the clearance rests on may have moved. */
export function stillCleared(read: ReadDb, out: Going): Result<void, NotWanted> {
  const moved = out.cleared.some(({ facts }) => chainOf(read, facts.case)?.head !== facts.chainHead);
  return moved ? err({ type: "NotCleared", refused: [] }) : stillWanted(read, out);
}

/** Once it is written: she has not said no, nothing in it was erased, and the contact is still the one who was verified. */
export function stillWanted(read: ReadDb, out: Going): Result<void, NotWanted> {
  const contact = contactById(read, out.contact.id);
  if (contact === undefined) return err({ type: "UnknownContact" });
  if (!maySendCaseData(contact.trust)) return err({ type: "ContactNotVerified" });
  for (const { facts } of out.cleared) {
    const state = chainOf(read, facts.case);
    const withdrawn = facts.consents.some((consent) => state?.consents.get(consent)?.withdrawn !== undefined);
    const carried = out.content.cases.find((one) => one.case === facts.case)?.sections ?? [];
    const erased = carried.some(({ section }) => state?.erased.has(section) === true);
    if (state === undefined || withdrawn || erased) return err({ type: "NotCleared", refused: [] });
  }
  return ok(undefined);
}
