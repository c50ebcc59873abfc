// Calling back what may no longer be held, and what a withdrawal does to bundles that are out.
import { err, ok, type Result } from "../../../shared/result.ts";
import type { ErasureReason } from "../../../shared/vocabulary/chain.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { BundleId, CaseId, ContactId, RecallId, SectionId } from "../../../shared/vocabulary/ids.ts";
import { note } from "../audit/index.ts";
import { chainOf, ourRole } from "../cases/index.ts";
import type { ChainState } from "../chain/index.ts";
import { decideShare, roleOf, situationOf, type HeldConsent } from "../consent/index.ts";
import { allContacts, type ContactRow } from "../contacts/index.ts";
import { newId, onDrive, type Session } from "../safety/index.ts";
import type { WriteError } from "../vault/index.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import {
  addRecall,
  askedBack,
  bundlesBack,
  bundlesTo,
  casesToLookAt,
  dropParts,
  forgetPart,
  moveHoldings,
  lookedAt,
  sectionsBack,
  setBundleState,
  written,
  type ReleaseBack,
} from "./exchange.store.ts";
import { herWord, sectionsWith, sentBefore, unmetHolders } from "./holders.ts";

type SectionDue = { readonly section: SectionId; readonly name: SectionName; readonly why: ErasureReason };
/** What one contact is to erase. */
type Due = {
  readonly contact: ContactId;
  readonly back: readonly SectionDue[];
  readonly releases: readonly ReleaseBack[];
};

/**
 * After her no, an erasure or a struck fact: bundles still lying where they were written are destroyed, and everyone who
 * holds a section or a release that may no longer be held is due a recall. Does nothing twice.
 */
export function callBack(
  session: Session,
  of: CaseId,
): Promise<Result<{ recalls: number; destroyed: number }, WriteError>> {
  return session.vault.write(async (read) => {
    const state = chainOf(read, of);
    const due = state === undefined ? [] : dueFor(session, read, state);
    const unmet = state === undefined ? [] : unmetHolders(session, read, state);
    const destroyed = await destroyLying(session, read, of, due);
    return ok((db: WriteDb) => {
      const recalls = due.reduce((sum, one) => sum + askBack(session, db, of, one), 0);
      const erased = due.flatMap(({ back }) => back.filter(({ why }) => why !== "withdrawn"));
      if (erased.length > 0) dropParts(db, of, new Set(erased.map(({ section }) => section)));
      for (const id of destroyed) setBundleState(db, id, "destroyed");
      if (recalls + destroyed.length > 0)
        note(db, {
          at: session.ports.clock.now(),
          action: "recalls-due",
          case: of,
          detail: { recalls, destroyed: destroyed.length },
        });
      // Whom this office has not met yet is asked once they have met.
      if (unmet.length === 0) lookedAt(db, of);
      return { recalls, destroyed: destroyed.length };
    });
  });
}

/** Cases looked at in one commit. */
const casesAtOnce = 20;

/** Calls back whatever the chains of the cases say since it was last looked at: also what a crash left undone. */
export async function workOffCallBacks(session: Session): Promise<Result<readonly CaseId[], WriteError>> {
  const { vault } = session;
  const done: CaseId[] = [];
  const cases = casesToLookAt(vault.read);
  for (let at = 0; at < cases.length; at += casesAtOnce) {
    const some = cases.slice(at, at + casesAtOnce);
    const loud = await vault.write(async (read) => {
      const quiet = new Set(some.filter((of) => isQuiet(chainOf(read, of))));
      return ok((db: WriteDb) => {
        for (const of of quiet) lookedAt(db, of);
        return some.filter((of) => !quiet.has(of));
      });
    });
    if (!loud.ok) return loud;
    for (const of of loud.value) {
      const back = await callBack(session, of);
      if (!back.ok) return back;
      done.push(of);
    }
  }
  return ok(done);
}

/** Whether nothing of a case was ever taken back. */
const isQuiet = (state: ChainState | undefined): boolean =>
  state === undefined ||
  (state.erased.size === 0 && [...state.consents.values()].every(({ withdrawn }) => withdrawn === undefined));

function dueFor(session: Session, read: ReadDb, state: ChainState): Due[] {
  if (isQuiet(state) || !callsBack(session, state)) return [];
  return allContacts(read)
    .map((contact) => ({
      contact: contact.id,
      back: sectionsDue(session, read, state, contact),
      releases: releasesDue(read, state, contact),
    }))
    .filter(({ back, releases }) => back.length + releases.length > 0);
}

/** The office that answers calls back; one that answered before and still works on the case, what it sent then. */
const callsBack = (session: Session, state: ChainState): boolean =>
  ourRole(session, state) !== "none" && state.answering.some(({ office }) => office === session.office.id);

function sectionsDue(session: Session, read: ReadDb, state: ChainState, contact: ContactRow): SectionDue[] {
  if (roleOf(state, contact.fingerprint) === "steward") return [];
  const answers = ourRole(session, state) === "steward";
  const held = new Map([
    ...(answers ? sentBefore(session, read, state, contact.fingerprint) : []),
    ...sectionsWith(read, contact.id, state.case),
  ]);
  if (held.size === 0) return [];
  const asked = new Set(
    askedBack(read, contact.id).flatMap((row) => sectionsBack(row).map((one) => one.section)),
  );
  const situation = situationOf(session, read, state, contact);
  const ended = (name: SectionName): boolean => {
    const said = herWord(situation.consents, [contact.fingerprint], name);
    if (!said.ended) return false;
    if (!answers) return !said.stands && readsEveryYes(state, situation.consents);
    return !situation.consents.some(
      ({ body }) => decideShare(situation, { sections: [name], purpose: body.purpose }).ok,
    );
  };
  return [...held].flatMap(([section, name]): SectionDue[] => {
    if (asked.has(section)) return [];
    const erased = state.erased.get(section);
    if (erased !== undefined) return [{ section, name, why: erased.why }];
    return ended(name) ? [{ section, name, why: "withdrawn" }] : [];
  });
}

/**
 * An office that no longer answers may not be able to read a yes recorded since, by which some of it may stay: then it
 * leaves the recall to the office that answers.
 */
const readsEveryYes = (state: ChainState, consents: readonly HeldConsent[]): boolean => {
  const read = new Set(consents.map(({ body }) => body.id));
  return [...state.consents].every(([id, { withdrawn }]) => withdrawn !== undefined || read.has(id));
};

function releasesDue(read: ReadDb, state: ChainState, contact: ContactRow): ReleaseBack[] {
  const asked = new Set(
    askedBack(read, contact.id).flatMap((row) => bundlesBack(row).map((one) => one.bundle)),
  );
  return bundlesTo(read, contact.id).flatMap(({ id, cases }) =>
    cases.flatMap(({ case: of, released }) =>
      of === state.case && released !== undefined && !asked.has(id) && isWithdrawn(state, released)
        ? [{ bundle: id, sections: released.sections }]
        : [],
    ),
  );
}

const isWithdrawn = (state: ChainState, { consents }: { readonly consents: Iterable<string> }): boolean => {
  const gone = new Set<string>(
    [...state.consents].flatMap(([id, { withdrawn }]) => (withdrawn === undefined ? [] : [id])),
  );
  return [...consents].some((consent) => gone.has(consent));
};

/** Takes away files that still lie where they were written; gives those that did. */
async function destroyLying(
  session: Session,
  read: ReadDb,
  of: CaseId,
  due: readonly Due[],
): Promise<readonly BundleId[]> {
  if (due.length === 0) return [];
  const { files } = session.ports;
  const sections = new Map(
    due.map(({ contact, back }) => [contact, new Set(back.map((one) => one.section))]),
  );
  const releases = new Set(due.flatMap((one) => one.releases.map(({ bundle }) => bundle)));
  const destroyed: BundleId[] = [];
  for (const { id, contact, place, content } of written(read, of)) {
    const ended =
      releases.has(id) || content.sections.some((one) => sections.get(contact)?.has(one.section) === true);
    if (!ended) continue;
    const removed = await onDrive(async () => {
      if (place === "" || (await files.entry(place)) === undefined)
        return err({ type: "FileMissing" as const });
      await files.remove(place);
      return ok(undefined);
    });
    if (removed.ok) destroyed.push(id);
  }
  return destroyed;
}

/** A recall for each reason, and one for all releases: who got one is not told of which case it was. */
function askBack(session: Session, db: WriteDb, of: CaseId, { contact, back, releases }: Due): number {
  const ask = (sections: readonly SectionDue[], bundles: readonly ReleaseBack[], why: ErasureReason) =>
    addRecall(db, {
      id: newId<RecallId>(session.ports),
      case_id: of,
      contact,
      sections: JSON.stringify(sections.map(({ section, name }) => ({ section, name }))),
      bundles: JSON.stringify(bundles),
      direction: "out",
      state: "due",
      made: session.ports.clock.now(),
      note: why,
    });
  const reasons = Map.groupBy(back, (one) => one.why);
  for (const [why, group] of reasons) ask(group, [], why);
  for (const { section } of back) forgetPart(db, contact, section);
  moveHoldings(db, of);
  if (releases.length > 0) ask([], releases, "withdrawn");
  return reasons.size + (releases.length > 0 ? 1 : 0);
}
