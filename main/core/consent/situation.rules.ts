// What a decision about leaving rests on: who asks, what was recorded, who may hear; and why something may not go.
import type { Milliseconds } from "../../../shared/brand.ts";
import type { ConsentBody, SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, ChainHash, ConsentId, Fingerprint, PersonId } from "../../../shared/vocabulary/ids.ts";
import type { Role } from "../../../shared/vocabulary/roles.ts";
import type { Trust } from "../../../shared/vocabulary/trust.ts";

/** A consent as the vault holds it. `withdrawn` comes from the chain, never from the body. */
export type HeldConsent = { readonly body: ConsentBody; readonly withdrawn: boolean };

/** What the steward signed for this office: a section it may send back, under which consent, until it must check again. */
export type HeldExtract = {
  readonly section: SectionName;
  readonly consent: ConsentId;
  readonly withdrawn: boolean;
  readonly checkAgainBy: Milliseconds;
};

export type Recipient = {
  readonly fingerprint: Fingerprint;
  readonly trust: Trust;
  readonly role: Role | "none";
};

/** Whether a person of the family is grown, as far as the birth date known says. */
export type Grown = "adult" | "child" | "unknown";

/** Facts every decision needs. */
export type Situation = {
  readonly now: Milliseconds;
  readonly case: CaseId;
  readonly chainHead: ChainHash;
  readonly chainStopped: boolean;
  readonly ourRole: Role | "none";
  /** Whether the chain names the certificate of whoever would sign: a share signed by another would be refused there. */
  readonly named: boolean;
  readonly recipient: Recipient;
  readonly consents: readonly HeldConsent[];
  readonly extracts: readonly HeldExtract[];
  readonly grown: (person: PersonId) => Grown;
  /** Whether this person was asked alone, or said yes or no, as far as any value that stands says. */
  readonly asked: (person: PersonId) => boolean;
};

/** Why a section may not go, most telling first. */
export const refusalReasons = [
  "no-consent",
  "withdrawn",
  "ended",
  "not-begun",
  "adult-decides",
  "authority-decides",
  "one-authority",
  "office-notes",
  "other-recipient",
  "other-purpose",
  "check-again",
  "only-the-answering-office",
] as const;
export type RefusalReason = (typeof refusalReasons)[number];
export type RefusedSection = { readonly section: SectionName; readonly why: RefusalReason };

/** The day in UTC of a stated time, as consent ends are written. */
export const dayOf = (at: Milliseconds): string => new Date(at).toISOString().slice(0, 10);

export const sameSection = (a: SectionName, b: SectionName): boolean =>
  a.kind === b.kind && a.person === b.person;

/** One name for a section of a case, for maps and sets. */
export const sectionKey = (name: { readonly kind: string; readonly person?: PersonId }): string =>
  name.person === undefined ? name.kind : `${name.kind}.${name.person}`;
