// Who may write which entry of the steward chain, and who may write which section of the case.
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { exhaustive } from "../../../shared/exhaustive.ts";
import { isSideType } from "../../../shared/vocabulary/chain.ts";
import type { ChainBody, ChainEntry, ChainEntryType } from "../../../shared/vocabulary/chain.ts";
import type { ChainHash, Fingerprint, OfficeId, SectionId } from "../../../shared/vocabulary/ids.ts";
import type { ChainState, IgnoredWhy, OfficeStanding, Ruling } from "./state.rules.ts";

export type EntryRefused = {
  readonly type: "EntryRefused";
  readonly why: IgnoredWhy | "stopped" | "too-large" | "body-unsound";
};

export type WriteRefused = {
  readonly type: "WriteRefused";
  readonly why: "author-unknown" | "author-removed" | "viewer" | "not-founded";
};

/** An entry as far as its rights are concerned; a draft of one has no hash. */
export type Claim = ChainEntry extends infer E ? (E extends ChainEntry ? Omit<E, "hash"> : never) : never;

/** Kinds that exist once a person and may begin with anyone's first part; the others once a case, by the steward's entry. */
export const oncePerPerson = (kind: string): boolean => kind === "family";

/** The office that an author speaks for now, and its part in the case. */
export function officeOf(
  state: Pick<Ruling, "certificates" | "offices">,
  author: Fingerprint,
): Result<{ readonly id: OfficeId; readonly standing: OfficeStanding }, "author-unknown" | "author-removed"> {
  const certificate = state.certificates.get(author);
  const standing = certificate && state.offices.get(certificate.office);
  if (certificate === undefined || standing === undefined) return err("author-unknown");
  if (certificate.removed !== undefined || standing.removed !== undefined) return err("author-removed");
  return ok({ id: certificate.office, standing });
}

/** Certificates with which an office may sign now. */
export function activeCertificates(
  state: Pick<Ruling, "certificates" | "offices">,
  office: OfficeId,
): Fingerprint[] {
  return [...state.certificates.keys()].filter((fingerprint) => {
    const speaker = officeOf(state, fingerprint);
    return speaker.ok && speaker.value.id === office;
  });
}

/**
 * Whether an author may write a section of this kind now. A kind that exists once a case begins with the steward's
 * entry, so before it only the steward may.
 */
export function mayWrite(
  state: ChainState,
  author: Fingerprint,
  kind: string,
): Result<OfficeId, WriteRefused> {
  const refused = (why: WriteRefused["why"]) => err({ type: "WriteRefused" as const, why });
  const speaker = officeOf(state, author);
  if (!speaker.ok) return refused(speaker.error);
  const { id, standing } = speaker.value;
  if (standing.role === "viewer") return refused("viewer");
  const begun = oncePerPerson(kind) || liveOfKind(state, kind).length > 0;
  return begun || standing.role === "steward" ? ok(id) : refused("not-founded");
}

/** Whether an author may write an entry of this type now, whatever its body. A stopped chain takes only side entries. */
export function mayEnter(
  state: ChainState,
  type: ChainEntryType,
  author: Fingerprint,
): Result<OfficeId, EntryRefused> {
  const why =
    state.stopped !== undefined && !isSideType(type) ? "stopped" : authorRefusal(state, type, author);
  if (why !== undefined) return err({ type: "EntryRefused", why });
  const speaker = officeOf(state, author);
  return speaker.ok ? ok(speaker.value.id) : err({ type: "EntryRefused", why: speaker.error });
}

/** Why this entry would have no effect after that state, or `undefined`. Votes that are not held yet are the caller's to look for. */
export function entryRefusal(state: Ruling, entry: Claim): IgnoredWhy | undefined {
  if (entry.case !== state.case) return "other-case";
  if (entry.type === "open") return "second-open";
  if (entry.number !== (isSideType(entry.type) ? state.number : state.number + 1)) return "wrong-number";
  return authorRefusal(state, entry.type, entry.author) ?? bodyRefusal(state, entry);
}

function authorRefusal(state: Ruling, type: ChainEntryType, author: Fingerprint): IgnoredWhy | undefined {
  const speaker = officeOf(state, author);
  if (!speaker.ok) return speaker.error;
  const { id, standing } = speaker.value;
  switch (type) {
    case "withdrawal":
      return undefined;
    case "yes":
      return standing.role === "steward" || standing.mayRecordYes ? undefined : "no-right";
    case "vote":
      return standing.role === "co-manager" && state.successor?.coManagers?.includes(id)
        ? undefined
        : "no-right";
    case "open":
      return "second-open";
    case "handover-accepted":
      return state.handover?.to === id ? undefined : "no-offer";
    case "succession":
      return id === state.steward ? "not-successor" : undefined;
    case "handover-withdrawn":
      if (standing.role !== "steward") return "not-steward";
      return state.handover === undefined ? "no-offer" : undefined;
    case "role":
    case "certificate":
    case "remove":
    case "accept":
    case "consent":
    case "found":
    case "erase":
    case "successor":
    case "handover-offered":
      if (standing.role !== "steward") return "not-steward";
      // An offer keeps the main line free for the acceptance, so that honest laptops never write two children of one parent.
      return state.handover === undefined ? undefined : "handover-standing";
    default:
      return exhaustive(type);
  }
}

function bodyRefusal(state: Ruling, entry: Claim): IgnoredWhy | undefined {
  switch (entry.type) {
    case "open":
    case "accept":
    case "erase":
    case "successor":
    case "withdrawal":
    case "yes":
    case "vote":
      return undefined;
    case "role":
      return roleRefusal(state, entry.body);
    case "certificate": {
      const { office, add } = entry.body;
      if (state.offices.get(office) === undefined || state.offices.get(office)?.removed)
        return "office-unknown";
      return takenByOther(state, office, [add]) ? "certificate-taken" : undefined;
    }
    case "remove":
      return removeRefusal(state, entry.body);
    case "consent":
      return state.consents.has(entry.body.consent) ? "consent-known" : undefined;
    case "found":
      return foundRefusal(state, entry.body);
    case "handover-offered": {
      const { to } = entry.body;
      if (to === state.steward) return "steward-stays";
      return activeCertificates(state, to).length === 0 ? "office-unknown" : undefined;
    }
    case "handover-withdrawn":
    case "handover-accepted":
      return entry.body.offer === state.handover?.offer ? undefined : "no-offer";
    case "succession":
      return successionRefusal(state, entry.author, entry.body);
    default:
      return exhaustive(entry);
  }
}

function roleRefusal(state: Ruling, body: ChainBody<"role">): IgnoredWhy | undefined {
  if (body.office === state.steward) return "steward-stays";
  if (takenByOther(state, body.office, body.certificates)) return "certificate-taken";
  const before = state.offices.get(body.office);
  const lowered = before?.role === "co-manager" && !before.removed && body.role === "viewer";
  return lowered && body.heads === undefined ? "heads-missing" : undefined;
}

function takenByOther(
  state: Ruling,
  office: OfficeId,
  named: readonly { readonly fingerprint: Fingerprint }[],
) {
  return named.some(({ fingerprint }) => (state.certificates.get(fingerprint)?.office ?? office) !== office);
}

function removeRefusal(state: Ruling, body: ChainBody<"remove">): IgnoredWhy | undefined {
  if (body.office !== undefined) {
    if (body.office === state.steward) return "steward-stays";
    const office = state.offices.get(body.office);
    return office === undefined || office.removed ? "office-unknown" : undefined;
  }
  const certificate = body.fingerprint && state.certificates.get(body.fingerprint);
  if (!certificate || certificate.removed) return "certificate-unknown";
  if (certificate.office !== state.steward) return undefined;
  return activeCertificates(state, state.steward).length < 2 ? "last-certificate" : undefined;
}

function foundRefusal(state: Ruling, body: ChainBody<"found">): IgnoredWhy | undefined {
  if (state.founded.has(body.section) || state.erased.has(body.section)) return "section-known";
  if (body.from !== undefined) {
    if (state.closed.has(body.from) || state.erased.get(body.from)?.settled) return "section-gone";
    const from = state.founded.get(body.from);
    if (from !== undefined && (from.kind !== body.kind || from.person !== body.person)) return "section-gone";
  }
  if (oncePerPerson(body.kind)) return body.person === undefined ? "kind-founded" : undefined;
  return liveOfKind(state, body.kind).some((section) => section !== body.from) ? "kind-founded" : undefined;
}

function liveOfKind(state: Pick<Ruling, "founded" | "closed" | "erased">, kind: string): SectionId[] {
  return [...state.founded]
    .filter(([, founding]) => founding.kind === kind)
    .map(([section]) => section)
    .filter((section) => !state.closed.has(section) && !state.erased.get(section)?.settled);
}

function successionRefusal(
  state: Ruling,
  author: Fingerprint,
  body: ChainBody<"succession">,
): IgnoredWhy | undefined {
  const office = state.certificates.get(author)?.office;
  if (body.by === "named") return state.successor?.office === office ? undefined : "not-successor";
  const { k, coManagers } = state.successor ?? {};
  if (k === undefined || coManagers === undefined) return "not-successor";
  const voted = (hash: ChainHash) => {
    const vote = state.votes.get(hash);
    return vote?.successor === office ? vote?.office : undefined;
  };
  const voters = new Set(
    body.votes.map(voted).filter((voter) => voter !== undefined && coManagers.includes(voter)),
  );
  return voters.size >= k ? undefined : "votes-missing";
}
