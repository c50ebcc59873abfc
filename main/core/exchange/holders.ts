// Who may hold what of a case: by what was sent from here, and by the yeses that an office which answered before acted on.
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, ContactId, Fingerprint, SectionId } from "../../../shared/vocabulary/ids.ts";
import { nameOf, ourRole } from "../cases/index.ts";
import type { ChainState } from "../chain/index.ts";
import { consentsOf, sameSection, type HeldConsent } from "../consent/index.ts";
import { contactByFingerprint } from "../contacts/index.ts";
import { membersOf, type Session } from "../safety/index.ts";
import type { ReadDb } from "../vault/sql.ts";
import { bundlesTo, justErased, sectionsHeldBy } from "./exchange.store.ts";

type Holding = ReadonlyMap<SectionId, SectionName>;

/** Sections of a case that a contact was sent from here, or began herself. */
export function sectionsWith(read: ReadDb, contact: ContactId, of: CaseId): Holding {
  const sent = bundlesTo(read, contact)
    .flatMap(({ cases }) => cases.filter((item) => item.case === of))
    .flatMap(({ sections }) => sections.map(({ section, name }) => [section, name] as const));
  const held = sectionsHeldBy(read, contact, of).map(
    ({ section, kind, member }) => [section, nameOf(kind, member ?? undefined)] as const,
  );
  return new Map([...held, ...sent]);
}

/**
 * What an office that answered before may have sent under a yes of that time: its ledger did not come along, the yeses
 * did. Who was never sent it confirms that nothing of it is left.
 */
export function sentBefore(session: Session, read: ReadDb, state: ChainState, to: Fingerprint): Holding {
  const since = state.answering.at(-1)?.since ?? 0;
  if (since === 0 || !state.certificates.has(to)) return new Map();
  const names = yesesOfBefore(read, state, since)
    .filter(({ body }) => isFor(body, [to]))
    .flatMap(({ body }) => body.sections);
  if (names.length === 0) return new Map();
  const isFounded = (section: SectionId) => state.founded.has(section);
  const there = [
    ...[...state.founded]
      .filter(([, { number }]) => number < since)
      .map(([id, { kind, person }]) => [id, nameOf(kind, person)] as const),
    ...session.sections
      .list(state.case, read)
      .filter(({ id }) => !isFounded(id))
      .map(({ id, kind, person }) => [id, nameOf(kind, person)] as const),
    ...justErased(read, state.case)
      .filter(({ section }) => !isFounded(section))
      .map(({ section, kind, member }) => [section, nameOf(kind, member ?? undefined)] as const),
  ];
  return new Map(there.filter(([, name]) => names.some((one) => sameSection(one, name))));
}

/** Certificates of the chain that may hold what is called back, and whose people this office has not met. */
export function unmetHolders(
  session: Session,
  read: ReadDb,
  state: ChainState,
): readonly { readonly fingerprint: Fingerprint; readonly sections: readonly SectionName[] }[] {
  if (ourRole(session, state) !== "steward" || state.answering.length < 2) return [];
  const ours = new Set(membersOf(read).map((member) => member.fingerprint));
  const consents = consentsOf(read, state);
  return [...state.certificates.keys()].flatMap((fingerprint) => {
    if (ours.has(fingerprint) || contactByFingerprint(read, fingerprint) !== undefined) return [];
    const sections = [...sentBefore(session, read, state, fingerprint)].flatMap(([section, name]) => {
      const { ended, stands } = herWord(consents, [fingerprint], name);
      return state.erased.has(section) || (ended && !stands) ? [name] : [];
    });
    return sections.length === 0 ? [] : [{ fingerprint, sections }];
  });
}

/** Whether she took back a yes to share this with any of these, and whether another stands. */
export function herWord(
  consents: readonly HeldConsent[],
  to: readonly Fingerprint[],
  name: SectionName,
): { readonly ended: boolean; readonly stands: boolean } {
  const about = consents.filter(
    ({ body }) => isFor(body, to) && body.sections.some((one) => sameSection(one, name)),
  );
  return {
    ended: about.some(({ withdrawn }) => withdrawn),
    stands: about.some(({ withdrawn }) => !withdrawn),
  };
}

const isFor = ({ act, recipient }: HeldConsent["body"], to: readonly Fingerprint[]): boolean =>
  act === "share" && recipient.kind === "contact" && to.includes(recipient.fingerprint);

/** Yeses that were recorded while another office answered; those entered beside the main line count as such. */
const yesesOfBefore = (read: ReadDb, state: ChainState, since: number): readonly HeldConsent[] =>
  consentsOf(read, state).filter(({ body }) => {
    const entry = state.consents.get(body.id)?.entry;
    return entry !== undefined && (state.positions.get(entry) ?? 0) < since;
  });
