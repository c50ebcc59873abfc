// Decides what the chain makes of a part: taken, held until something is known or accepted, late, or dropped.
import type {
  ChainHash,
  ChangeHash,
  Fingerprint,
  PartId,
  PersonId,
  SectionId,
} from "../../../shared/vocabulary/ids.ts";
import { oncePerPerson } from "./rights.rules.ts";
import type { CertificateStanding, ChainState } from "./state.rules.ts";

/** What a part says of itself in its signed text. */
export type PartClaim = {
  readonly id: PartId;
  readonly section: SectionId;
  readonly kind: string;
  readonly person?: PersonId;
  readonly author: Fingerprint;
  /** The head of the chain its author saw. */
  readonly chain: ChainHash;
};

export type HeldWhy =
  | "chain-ahead"
  | "author-unknown"
  | "no-right"
  | "after-removal"
  | "not-founded"
  | "other-kind"
  | "erasure-disputed";

export type Standing =
  | { readonly as: "allowed" }
  | { readonly as: "held"; readonly why: HeldWhy }
  | { readonly as: "late"; readonly why: "closed" }
  | { readonly as: "dropped"; readonly why: "erased" };

/** Whether all changes of the part are among these heads or their ancestors; the section's graph knows. No heads: false. */
export type Precedes = (part: PartId, heads: readonly ChangeHash[]) => boolean;

/**
 * What the chain makes of a part. It depends on the chain and the section's graph alone, never on when the part came.
 * The caller also holds what depends on a held part. A part whose `held` reason is its author's right becomes allowed
 * when the steward accepts it by an entry.
 */
export function standing(state: ChainState, part: PartClaim, precedes: Precedes): Standing {
  const erasure = state.erased.get(part.section);
  if (erasure) return erasure.settled ? { as: "dropped", why: "erased" } : held("erasure-disputed");
  const position = state.positions.get(part.chain);
  if (position === undefined) return held("chain-ahead");
  const certificate = state.certificates.get(part.author);
  if (certificate === undefined) return held("author-unknown");
  const wrong = state.accepted.has(part.id)
    ? undefined
    : authorTrouble(certificate, part, position, precedes);
  if (wrong !== undefined) return held(wrong);
  const founding = state.founded.get(part.section);
  if (founding === undefined && !(oncePerPerson(part.kind) && part.person !== undefined))
    return held("not-founded");
  if (founding && (founding.kind !== part.kind || founding.person !== part.person)) return held("other-kind");
  const closing = state.closed.get(part.section);
  if (closing && !precedes(part.id, closing.heads)) return { as: "late", why: "closed" };
  return { as: "allowed" };
}

const held = (why: HeldWhy): Standing => ({ as: "held", why });

/** The head a part names says only when its author wrote at the earliest: after her writing ended, the accepted heads decide. */
function authorTrouble(
  certificate: CertificateStanding,
  part: PartClaim,
  position: number,
  precedes: Precedes,
): HeldWhy | undefined {
  const span = certificate.spans.findLast(({ from }) => from <= position);
  if (span === undefined) return "no-right";
  if (span.until === undefined) return undefined;
  const accepted = position < span.until && precedes(part.id, span.heads?.[part.section] ?? []);
  return accepted ? undefined : "after-removal";
}
