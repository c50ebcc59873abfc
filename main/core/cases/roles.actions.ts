// Who works on a case and who answers for it: roles, handover, succession, what is accepted of someone removed.
import { err, ok, type Result } from "../../../shared/result.ts";
import type {
  AfterHandover,
  AgreedHow,
  ChainBody,
  RemovalReason,
  SectionHeads,
} from "../../../shared/vocabulary/chain.ts";
import type {
  CaseId,
  ChainHash,
  ContactId,
  Fingerprint,
  OfficeId,
  PartId,
} from "../../../shared/vocabulary/ids.ts";
import type { GivenRole } from "../../../shared/vocabulary/roles.ts";
import type { ChainState } from "../chain/index.ts";
import {
  contactById,
  contactsOfOffice,
  maySendCaseData,
  type ContactRow,
  type UnknownContact,
} from "../contacts/index.ts";
import type { NoSigner, Session } from "../safety/index.ts";
import type { WriteError } from "../vault/index.ts";
import { stewardedCases } from "./cases.store.ts";
import { enter } from "./entering.ts";
import { chainOf, ourRole, type ChainProblem, type UnknownCase } from "./standing.ts";

type Entered<E = never> = Promise<Result<ChainHash, E | UnknownCase | NoSigner | ChainProblem | WriteError>>;
type NotVerified = { readonly type: "ContactNotVerified" };
type UnknownOffice = { readonly type: "UnknownOffice" };

/** Gives a contact's office a role, with the certificates of its verified people. */
export async function giveRole(
  session: Session,
  input: {
    readonly case: CaseId;
    readonly contact: ContactId;
    readonly role: GivenRole;
    readonly mayRecordYes: boolean;
  },
): Entered<UnknownContact | NotVerified> {
  const contact = verifiedContact(session, input.contact);
  if (!contact.ok) return contact;
  const { office } = contact.value;
  const certificates = contactsOfOffice(session.vault.read, office)
    .filter((row) => maySendCaseData(row.trust))
    .map(({ fingerprint, certificate }) => ({ fingerprint, certificate }));
  return enter(session, input.case, (state) => {
    const body: ChainBody<"role"> = { office, role: input.role, certificates };
    if (input.role === "co-manager" && input.mayRecordYes) body.mayRecordYes = true;
    if (input.role === "viewer" && state.offices.get(office)?.role === "co-manager")
      body.heads = headsOf(session, input.case);
    return { type: "role", body };
  });
}

/**
 * Takes an office or one certificate of it off a case. What it wrote so far, as this vault holds it, stays; later work of
 * its hand is held.
 */
export async function takeRole(
  session: Session,
  input: {
    readonly case: CaseId;
    readonly from: { readonly office: OfficeId } | { readonly fingerprint: Fingerprint };
    readonly why: RemovalReason;
  },
): Entered<UnknownOffice> {
  const state = chainOf(session.vault.read, input.case);
  const { from } = input;
  const known =
    "office" in from ? state?.offices.has(from.office) : state?.certificates.has(from.fingerprint);
  if (known === false) return err({ type: "UnknownOffice" });
  return enter(session, input.case, () => ({
    type: "remove",
    body: { ...from, reason: input.why, heads: headsOf(session, input.case) },
  }));
}

/** After a colleague was removed from this vault: her certificate is taken off every case this office answers for. */
export async function removeColleague(
  session: Session,
  fingerprint: Fingerprint,
): Promise<Result<{ readonly cases: number }, NoSigner | WriteError>> {
  let cases = 0;
  for (const of of stewardedCases(session.vault.read)) {
    const standing = chainOf(session.vault.read, of)?.certificates.get(fingerprint);
    if (standing === undefined || standing.removed !== undefined) continue;
    const entered = await enter(session, of, () => ({
      type: "remove",
      body: { fingerprint, reason: "left", heads: headsOf(session, of) },
    }));
    if (entered.ok) cases += 1;
    else if (!stays.has(entered.error.type)) return err(entered.error as NoSigner | WriteError);
  }
  return ok({ cases });
}

/** A case that stands still, or waits for a handover, keeps her certificate until it goes on. */
const stays: ReadonlySet<string> = new Set(["MayNot", "ChainStopped", "NotNamed", "UnknownCase"]);

/** Takes work that was held for its author after all. */
export const acceptHeld = (
  session: Session,
  input: { readonly case: CaseId; readonly parts: readonly PartId[] },
): Entered => enter(session, input.case, () => ({ type: "accept", body: { parts: [...input.parts] } }));

/** Whom she named to follow, should this office be lost: one office, or so many of these co-managers together. */
export async function nameSuccessor(
  session: Session,
  input: {
    readonly case: CaseId;
    readonly successor:
      | { readonly contact: ContactId }
      | { readonly coManagers: readonly OfficeId[]; readonly needed: number };
  },
): Entered<UnknownContact | UnknownOffice> {
  const { successor } = input;
  if ("contact" in successor) {
    const contact = contactById(session.vault.read, successor.contact);
    if (contact === undefined) return err({ type: "UnknownContact" });
    return enter(session, input.case, () => ({ type: "successor", body: { office: contact.office } }));
  }
  const state = chainOf(session.vault.read, input.case);
  if (successor.coManagers.some((office) => state?.offices.get(office)?.role !== "co-manager"))
    return err({ type: "UnknownOffice" });
  return enter(session, input.case, () => ({
    type: "successor",
    body: { k: successor.needed, coManagers: [...successor.coManagers] },
  }));
}

/** She agreed that another office answers for her; it does once it accepts. */
export async function offerHandover(
  session: Session,
  input: {
    readonly case: CaseId;
    readonly contact: ContactId;
    readonly agreed: { readonly how: AgreedHow; readonly at: number };
    readonly then: AfterHandover;
  },
): Entered<UnknownContact | NotVerified> {
  const contact = verifiedContact(session, input.contact);
  if (!contact.ok) return contact;
  return enter(session, input.case, () => ({
    type: "handover-offered",
    body: { to: contact.value.office, agreed: input.agreed, then: input.then },
  }));
}

/** The offer is taken back; this office goes on answering. */
export const withdrawHandover = (session: Session, input: { readonly case: CaseId }): Entered =>
  enter(session, input.case, (state) => ({
    type: "handover-withdrawn",
    body: { offer: state.handover?.offer ?? state.head },
  }));

/** This office answers for the case from now on. */
export async function acceptHandover(
  session: Session,
  input: { readonly case: CaseId },
): Entered<{ readonly type: "NothingOffered" }> {
  const state = chainOf(session.vault.read, input.case);
  const offer = state?.handover;
  if (state !== undefined && offer?.to !== session.office.id) return err({ type: "NothingOffered" });
  return enter(session, input.case, (now) => ({
    type: "handover-accepted",
    body: { offer: now.handover?.offer ?? now.head, heads: headsOf(session, input.case) },
  }));
}

export const voteSuccession = (
  session: Session,
  input: { readonly case: CaseId; readonly successor: OfficeId },
): Entered => enter(session, input.case, () => ({ type: "vote", body: { successor: input.successor } }));

/** Follows a lost office: as the one she named, or with the votes of enough co-managers. */
export async function succeed(
  session: Session,
  input: { readonly case: CaseId },
): Entered<{ readonly type: "NotSuccessor" }> {
  const state = chainOf(session.vault.read, input.case);
  if (state !== undefined && !mayFollow(session, state)) return err({ type: "NotSuccessor" });
  return enter(session, input.case, (now) => ({
    type: "succession",
    body: {
      by: now.successor?.office === session.office.id ? "named" : "co-managers",
      votes: now.successor?.office === session.office.id ? [] : votesForUs(session, now),
      heads: headsOf(session, input.case),
    },
  }));
}

const votesForUs = (session: Session, state: ChainState): ChainHash[] =>
  [...state.votes].filter(([, vote]) => vote.successor === session.office.id).map(([hash]) => hash);

function mayFollow(session: Session, state: ChainState): boolean {
  if (ourRole(session, state) === "none" || state.successor === undefined) return false;
  const { office, k } = state.successor;
  return office === session.office.id || (k !== undefined && votesForUs(session, state).length >= k);
}

/** The heads of every section as this vault holds them: what is accepted of an author whose part ends now. */
export const headsOf = (session: Session, of: CaseId): SectionHeads =>
  Object.fromEntries(session.sections.list(of).map((head) => [head.id, [...head.heads]]));

function verifiedContact(session: Session, id: ContactId): Result<ContactRow, UnknownContact | NotVerified> {
  const contact = contactById(session.vault.read, id);
  if (contact === undefined) return err({ type: "UnknownContact" });
  return maySendCaseData(contact.trust) ? ok(contact) : err({ type: "ContactNotVerified" });
}
