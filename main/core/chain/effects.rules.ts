// What each entry of the main line changes; whether it was allowed has been decided before.
import { exhaustive } from "../../../shared/exhaustive.ts";
import type { ChainEntry, NamedCertificate, SectionHeads } from "../../../shared/vocabulary/chain.ts";
import type { Fingerprint, OfficeId } from "../../../shared/vocabulary/ids.ts";
import { activeCertificates } from "./rights.rules.ts";
import type { CertificateStanding, Draft, Founding, OfficeStanding } from "./state.rules.ts";

/** The state after the first entry. */
export function opened(entry: ChainEntry<"open">): Draft {
  const draft: Draft = {
    case: entry.case,
    root: entry.hash,
    head: entry.hash,
    number: entry.number,
    steward: entry.body.office,
    answering: [{ office: entry.body.office, since: entry.number }],
    offices: new Map([[entry.body.office, { role: "steward", since: 0, mayRecordYes: true }]]),
    certificates: new Map(),
    consents: new Map(),
    founded: new Map(),
    closed: new Map(),
    erased: new Map(),
    accepted: new Set(),
    votes: new Map(),
  };
  for (const named of entry.body.certificates) addCertificate(draft, entry.body.office, named, 0);
  return draft;
}

/** A copy that can go another way. */
export function copyOf(draft: Draft): Draft {
  return {
    ...draft,
    offices: new Map(draft.offices),
    certificates: new Map(draft.certificates),
    consents: new Map(draft.consents),
    founded: new Map(draft.founded),
    closed: new Map(draft.closed),
    erased: new Map(draft.erased),
    accepted: new Set(draft.accepted),
    votes: new Map(draft.votes),
  };
}

/** Moves the draft on by one main entry. */
export function apply(draft: Draft, entry: ChainEntry): void {
  const { number } = entry;
  draft.head = entry.hash;
  draft.number = number;
  draft.votes.clear();
  switch (entry.type) {
    case "role":
      giveRole(draft, entry);
      return;
    case "certificate":
      addCertificate(draft, entry.body.office, entry.body.add, number);
      return;
    case "remove": {
      const { office, fingerprint, heads, reason } = entry.body;
      if (office !== undefined) removeOffice(draft, office, reason, heads);
      if (fingerprint !== undefined) removeCertificate(draft, fingerprint, number, heads);
      return;
    }
    case "accept":
      for (const part of entry.body.parts) draft.accepted.add(part);
      return;
    case "consent":
      draft.consents.set(entry.body.consent, consentOf(entry));
      return;
    case "found":
      draft.founded.set(entry.body.section, foundingOf(entry, true));
      if (entry.body.from === undefined) return;
      if (entry.body.past === "closed")
        draft.closed.set(entry.body.from, { number, heads: entry.body.heads ?? [] });
      if (entry.body.past === "erased") draft.erased.set(entry.body.from, erasureOf(entry, true));
      return;
    case "erase":
      if (!draft.erased.has(entry.body.section)) draft.erased.set(entry.body.section, erasureOf(entry, true));
      return;
    case "successor":
      draft.successor = entry.body;
      return;
    case "handover-offered":
      draft.handover = { offer: entry.hash, to: entry.body.to, then: entry.body.then };
      return;
    case "handover-withdrawn":
      delete draft.handover;
      return;
    case "handover-accepted":
      takeOver(draft, entry, draft.handover?.then === "leave" ? "left" : undefined);
      return;
    case "succession":
      takeOver(draft, entry, "succeeded");
      return;
    case "open":
    case "withdrawal":
    case "yes":
    case "vote":
      throw new Error(`${entry.type} does not stand on the main line after another entry`);
    default:
      exhaustive(entry);
  }
}

export const consentOf = ({ hash, author, at, body }: ChainEntry<"consent" | "yes">) => ({
  commitment: body.commitment,
  entry: hash,
  by: author,
  at,
});

export function foundingOf({ body, number }: ChainEntry<"found">, settled: boolean): Founding {
  const { kind, past, person, from } = body;
  return {
    kind,
    past,
    number,
    settled,
    ...(person === undefined ? {} : { person }),
    ...(from === undefined ? {} : { from }),
  };
}

export const erasureOf = (entry: ChainEntry<"erase" | "found">, settled: boolean) => ({
  by: entry.author,
  at: entry.at,
  why: entry.type === "erase" ? entry.body.why : ("struck" as const),
  entry: entry.hash,
  settled,
});

/** Ends a certificate's writing before entry `number`: of what it wrote, only what precedes `heads` stays accepted. */
export function endSpan(draft: Draft, fingerprint: Fingerprint, number: number, heads: SectionHeads): void {
  const held = draft.certificates.get(fingerprint);
  if (held === undefined) return;
  const spans = held.spans.map((span) =>
    span.until === undefined ? { ...span, until: number, heads } : span,
  );
  draft.certificates.set(fingerprint, { ...held, spans });
}

/** Takes one certificate off the case from entry `number` on. */
export function removeCertificate(
  draft: Draft,
  fingerprint: Fingerprint,
  number: number,
  heads: SectionHeads,
): void {
  endSpan(draft, fingerprint, number, heads);
  const held = draft.certificates.get(fingerprint);
  if (held === undefined || held.removed) return;
  draft.certificates.set(fingerprint, { ...held, removed: { number, heads } });
}

/** Takes an office and all its certificates off the case. */
export function removeOffice(
  draft: Draft,
  office: OfficeId,
  reason: NonNullable<OfficeStanding["removed"]>["reason"],
  heads: SectionHeads,
  number = draft.number,
): void {
  for (const fingerprint of activeCertificates(draft, office))
    removeCertificate(draft, fingerprint, number, heads);
  const standing = draft.offices.get(office);
  if (standing) draft.offices.set(office, { ...standing, removed: { number, reason } });
}

function giveRole(draft: Draft, { body, number }: ChainEntry<"role">): void {
  const before = draft.offices.get(body.office);
  const since = before && !before.removed ? before.since : number;
  const mayRecordYes = body.role === "co-manager" && body.mayRecordYes === true;
  if (body.role === "viewer") {
    for (const fingerprint of activeCertificates(draft, body.office)) {
      endSpan(draft, fingerprint, number, body.heads ?? {});
    }
  }
  draft.offices.set(body.office, { role: body.role, since, mayRecordYes });
  for (const named of body.certificates) addCertificate(draft, body.office, named, number);
  beginSpans(draft, body.office);
}

function addCertificate(draft: Draft, office: OfficeId, named: NamedCertificate, number: number): void {
  const held = draft.certificates.get(named.fingerprint);
  const standing: CertificateStanding =
    held === undefined || held.removed
      ? { office, armored: named.certificate, added: number, spans: held?.spans ?? [] }
      : { ...held, armored: named.certificate };
  draft.certificates.set(named.fingerprint, standing);
  beginSpans(draft, office);
}

/** An office that writes writes with all its certificates. */
function beginSpans(draft: Draft, office: OfficeId): void {
  const role = draft.offices.get(office)?.role;
  if (role === undefined || role === "viewer") return;
  for (const fingerprint of activeCertificates(draft, office)) {
    const held = draft.certificates.get(fingerprint);
    if (held === undefined || held.spans.some((span) => span.until === undefined)) continue;
    draft.certificates.set(fingerprint, { ...held, spans: [...held.spans, { from: draft.number }] });
  }
}

/** Another office becomes the steward; the one before leaves (`because`) or stays as a co-manager. */
function takeOver(
  draft: Draft,
  entry: ChainEntry<"handover-accepted" | "succession">,
  because: "left" | "succeeded" | undefined,
): void {
  const before = draft.steward;
  const office = draft.certificates.get(entry.author)?.office;
  const standing = office && draft.offices.get(office);
  if (office === undefined || !standing) throw new Error("the new steward has no part in the case");
  const old = draft.offices.get(before);
  if (because !== undefined) removeOffice(draft, before, because, entry.body.heads);
  else if (old) draft.offices.set(before, { ...old, role: "co-manager", mayRecordYes: false });
  draft.steward = office;
  draft.answering = [...draft.answering, { office, since: entry.number }];
  draft.offices.set(office, { ...standing, role: "steward", mayRecordYes: true });
  delete draft.handover;
  if (draft.successor?.office === office) delete draft.successor;
  beginSpans(draft, office);
}
