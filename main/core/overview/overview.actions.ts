// Today: what is due, what waits, what changed and what is about to end, over every case of this vault.
import type { SectionName, ConsentBody, ConsentRecipient } from "../../../shared/vocabulary/consent.ts";
import type { PartialDate } from "../../../shared/vocabulary/dates.ts";
import type { BundleId, CaseId, Fingerprint } from "../../../shared/vocabulary/ids.ts";
import { chainOf, dayAt, knownName, soonDays } from "../cases/index.ts";
import { whoIs } from "../contacts/index.ts";
import { owed } from "../exchange/index.ts";
import { membersOf, type Session } from "../safety/index.ts";
import { turnOf } from "./overview.rules.ts";
import {
  bundlesSince,
  casesTaken,
  changesAfter,
  codeOf,
  conflictSections,
  consentsBetween,
  countBundles,
  countConflicts,
  countQuarantine,
  countTasks,
  heldCases,
  lastBackup,
  papersBetween,
  partsBefore,
  sectionsChanged,
  tasksUntil,
} from "./overview.store.ts";

const msPerDay = 86_400_000;
/** What ended in the last week is still told: nobody may have been here. */
const endedDays = 7;
const consentDays = 7;
/** Many states let nobody in whose passport ends within half a year. */
const passportDays = 183;
const paperDays = 30;
const receivedDays = 7;

/** Each list holds at most `limit`; the counts are of all. `told` is called where who lacks what is known better later. */
export function today(session: Session, limit: number, told: () => void) {
  const { read } = session.vault;
  const now = session.ports.clock.now();
  const day = dayAt(now);
  const since = now - receivedDays * msPerDay;
  const who = authors(session);
  const backup = lastBackup(read);
  return {
    tasks: tasks(session, day, limit),
    conflicts: conflicts(session, limit),
    received: received(session, since, limit, who),
    ending: [...endingConsents(session, day, who), ...endingPapers(session, day, limit)]
      .toSorted((a, b) => a.days - b.days)
      .slice(0, limit),
    changed: changed(session, day, limit, who),
    waiting: owed(session, told),
    held: heldCases(read, limit).map((row) => ({ ...row })),
    quarantine: countQuarantine(read),
    counts: {
      ...countTasks(read, day, day + soonDays),
      conflicts: countConflicts(read),
      received: countBundles(read, since),
    },
    backup: backup === undefined ? {} : { at: backup, days: day - dayAt(backup) },
  };
}

type Authors = (fingerprint: Fingerprint) => ReturnType<typeof whoIs>;

function authors(session: Session): Authors {
  const known = new Map<Fingerprint, ReturnType<typeof whoIs>>();
  return (fingerprint) => {
    const who = known.get(fingerprint) ?? whoIs(session, session.vault.read, fingerprint);
    known.set(fingerprint, who);
    return who;
  };
}

const ourCertificates = (session: Session): ReadonlySet<Fingerprint> =>
  new Set(membersOf(session.vault.read).map((member) => member.fingerprint));

function tasks(session: Session, day: number, limit: number) {
  const { vault, office } = session;
  const ours = { office: office.id, certificates: ourCertificates(session) };
  return tasksUntil(vault.read, day + soonDays, office.id, limit).map((row) => ({
    case: row.case,
    code: row.code,
    task: row.task,
    what: row.what,
    ...(row.due === null ? {} : { due: JSON.parse(row.due) as PartialDate }),
    ...(row.day === null ? {} : { days: row.day - day }),
    state: row.state,
    ...(row.who === null ? {} : { who: row.who }),
    turn: turnOf(row, ours),
  }));
}

function conflicts(session: Session, limit: number) {
  const { vault, sections } = session;
  return conflictSections(vault.read, limit)
    .flatMap(({ case: of, code, section }) => {
      const view = sections.view(section);
      const name = view === undefined ? undefined : knownName(view.kind, view.person);
      if (view === undefined || name === undefined) return [];
      return view.conflicts.map(({ path, values }) => ({
        case: of,
        code,
        section: name,
        path: [...path],
        at: Math.max(...values.map(({ at }) => at)),
      }));
    })
    .slice(0, limit);
}

function received(session: Session, since: number, limit: number, who: Authors) {
  const { read } = session.vault;
  const bundles = bundlesSince(read, since, limit);
  const ofShares = Map.groupBy(bundles.length === 0 ? [] : casesTaken(read, since), (row) => row.bundle);
  const casesOf = (bundle: BundleId, only: CaseId | null): readonly CaseId[] =>
    only === null ? [...new Set(ofShares.get(bundle)?.map((row) => row.case))] : [only];
  return bundles.map(({ bundle, kind, fingerprint, at, case_id }) => ({
    bundle,
    kind,
    from: who(fingerprint),
    at,
    cases: casesOf(bundle, case_id)
      .slice(0, limit)
      .flatMap((of) => {
        const code = codeOf(read, of);
        return code === undefined ? [] : [{ case: of, code }];
      }),
  }));
}

function endingConsents(session: Session, day: number, who: Authors) {
  const { read } = session.vault;
  const dayText = (number: number) => new Date(number * msPerDay).toISOString().slice(0, 10);
  const rows = consentsBetween(read, dayText(day - endedDays), dayText(day + consentDays));
  return rows.flatMap(({ case: of, code, body }) => {
    const consent = JSON.parse(body) as ConsentBody;
    const { day: on } = consent.until;
    const standing = chainOf(read, of)?.consents.get(consent.id);
    if (on === undefined || standing === undefined || standing.withdrawn !== undefined) return [];
    return [
      {
        case: of,
        code,
        what: "consent" as const,
        consent: consent.id,
        with: toWhom(consent.recipient, who),
        on,
        days: dayAt(Date.parse(on)) - day,
      },
    ];
  });
}

function toWhom(
  recipient: ConsentRecipient,
  who: Authors,
): { fingerprint: string; name?: string; office?: string } {
  switch (recipient.kind) {
    case "contact":
      return who(recipient.fingerprint);
    case "outsider":
      return { fingerprint: "", name: recipient.name, office: recipient.office };
    case "herself":
      return { fingerprint: "" };
  }
}

function endingPapers(session: Session, day: number, limit: number) {
  const days = { from: day - endedDays, near: day + paperDays, far: day + passportDays };
  return papersBetween(session.vault.read, days, limit).flatMap((row) => {
    const section = knownName(row.section_kind, row.member ?? undefined);
    if (section === undefined) return [];
    return [
      {
        case: row.case,
        code: row.code,
        what: "paper" as const,
        section,
        paper: row.paper,
        kind: row.kind,
        on: new Date(row.day * msPerDay).toISOString().slice(0, 10),
        days: row.day - day,
      },
    ];
  });
}

/** What was stored here yesterday and today, whoever wrote it and whenever. */
function changed(session: Session, day: number, limit: number, who: Authors) {
  const { read } = session.vault;
  const before = partsBefore(read, day - 1);
  const ours = ourCertificates(session);
  return changesAfter(read, before, limit).map(({ case: of, code, author, at }) => ({
    case: of,
    code,
    at,
    author: who(author),
    sections: sectionsChanged(read, before, of, author).flatMap(({ kind, member }): SectionName[] => {
      const name = knownName(kind, member ?? undefined);
      return name === undefined ? [] : [name];
    }),
    ours: ours.has(author),
  }));
}
