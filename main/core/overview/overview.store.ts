// What Today reads: rows that other subjects keep, looked up by day.
import type { BundleKind } from "../../../shared/bundle/manifest.ts";
import type {
  BundleId,
  CaseId,
  Fingerprint,
  OfficeId,
  PersonId,
  SectionId,
} from "../../../shared/vocabulary/ids.ts";
import { sql, type ReadDb, type Row } from "../vault/sql.ts";

type InCase = { readonly case: CaseId; readonly code: string };

export type TaskSeen = Row &
  InCase & {
    readonly role: string;
    readonly task: string;
    readonly what: string;
    readonly due: string | null;
    readonly day: number | null;
    readonly state: string;
    readonly office: OfficeId | null;
    readonly member: Fingerprint | null;
    readonly who: string | null;
  };

/** Tasks due until a day, and those another office is to do, the first due first. */
export const tasksUntil = (db: ReadDb, day: number, ours: OfficeId, limit: number): readonly TaskSeen[] =>
  db.all<TaskSeen>(sql`
    WITH wanted AS MATERIALIZED (
      SELECT section, task, case_id, what, due, day, state, office, member, who
      FROM task_row INDEXED BY task_day WHERE day <= ${day}
      UNION ALL SELECT section, task, case_id, what, due, day, state, office, member, who
      FROM task_row INDEXED BY task_office
      WHERE office IS NOT NULL AND office <> ${ours} AND coalesce(day > ${day}, 1))
    SELECT case_row.id AS "case", case_row.code, case_row.our_role AS role, wanted.task, wanted.what, wanted.due,
      wanted.day, wanted.state, wanted.office, wanted.member, wanted.who
    FROM wanted CROSS JOIN section ON section.id = wanted.section CROSS JOIN case_row ON case_row.id = wanted.case_id
    WHERE section.state = 'live'
    ORDER BY wanted.day IS NULL, wanted.day, case_row.code, wanted.task LIMIT ${limit}`);

/** Tasks overdue on a day, and those due from it until another. */
export const countTasks = (
  db: ReadDb,
  today: number,
  until: number,
): { readonly overdue: number; readonly soon: number } =>
  db.get<{ overdue: number; soon: number }>(sql`
    SELECT count(*) FILTER (WHERE day < ${today}) AS overdue, count(*) FILTER (WHERE day >= ${today}) AS soon
    FROM task_row JOIN section ON section.id = task_row.section WHERE day <= ${until} AND section.state = 'live'`) ?? {
    overdue: 0,
    soon: 0,
  };

export type PaperSeen = Row &
  InCase & {
    readonly paper: string;
    readonly kind: string;
    readonly day: number;
    readonly section_kind: string;
    readonly member: PersonId | null;
  };

/** Papers that end from one day on: those one travels by until `far`, the others until `near`. */
export const papersBetween = (
  db: ReadDb,
  days: { readonly from: number; readonly near: number; readonly far: number },
  limit: number,
): readonly PaperSeen[] =>
  db.all<PaperSeen>(sql`
    SELECT case_row.id AS "case", case_row.code, paper_row.paper, paper_row.kind, paper_row.day,
      section.kind AS section_kind, section.member
    FROM paper_row JOIN section ON section.id = paper_row.section JOIN case_row ON case_row.id = paper_row.case_id
    WHERE paper_row.day >= ${days.from} AND paper_row.day <= ${days.far} AND section.state = 'live'
      AND (paper_row.day <= ${days.near} OR paper_row.kind IN ('passport', 'travel-document'))
    ORDER BY paper_row.day, case_row.code, paper_row.paper LIMIT ${limit}`);

/** Openings of consents whose last day lies between two, as far as this vault can read them. */
export const consentsBetween = (
  db: ReadDb,
  from: string,
  to: string,
): readonly (InCase & { readonly body: string })[] =>
  db.all<Row & InCase & { body: string }>(sql`
    SELECT case_row.id AS "case", case_row.code, consent_opening.body
    FROM consent_opening JOIN case_row ON case_row.id = consent_opening.case_id
    WHERE json_extract(consent_opening.body, '$.until.day') BETWEEN ${from} AND ${to}
    ORDER BY json_extract(consent_opening.body, '$.until.day'), case_row.code`);

/** Living sections in which values stand apart, of the cases changed last first. */
export const conflictSections = (
  db: ReadDb,
  limit: number,
): readonly (InCase & { readonly section: SectionId })[] =>
  db.all<Row & InCase & { section: SectionId }>(sql`
    SELECT case_row.id AS "case", case_row.code, section.id AS section
    FROM section JOIN case_row ON case_row.id = section.case_id
    WHERE section.conflicts > 0 AND section.state = 'live'
    ORDER BY case_row.changed DESC, section.id LIMIT ${limit}`);

export const countConflicts = (db: ReadDb): number =>
  db.get<{ n: number }>(
    sql`SELECT coalesce(sum(conflicts), 0) AS n FROM section WHERE conflicts > 0 AND state = 'live'`,
  )?.n ?? 0;

export type BundleSeen = Row & {
  readonly bundle: BundleId;
  readonly kind: BundleKind;
  readonly fingerprint: Fingerprint;
  readonly at: number;
  readonly case_id: CaseId | null;
};

/** Bundles taken in since a time, the last first. */
export const bundlesSince = (db: ReadDb, since: number, limit: number): readonly BundleSeen[] =>
  db.all<BundleSeen>(sql`
    SELECT id AS bundle, kind, fingerprint, at, case_id FROM bundle_in WHERE at >= ${since} ORDER BY at DESC, id LIMIT ${limit}`);

export const countBundles = (db: ReadDb, since: number): number =>
  db.get<{ n: number }>(sql`SELECT count(*) AS n FROM bundle_in WHERE at >= ${since}`)?.n ?? 0;

/** Which cases each share taken since a time was about. */
export const casesTaken = (
  db: ReadDb,
  since: number,
): readonly { readonly bundle: BundleId; readonly case: CaseId }[] =>
  db.all<Row & { bundle: BundleId; case: CaseId }>(sql`
    SELECT json_extract(detail, '$.bundle') AS bundle, case_id AS "case" FROM audit INDEXED BY audit_at
    WHERE at >= ${since} AND action = 'share-taken' AND case_id IS NOT NULL`);

export const codeOf = (db: ReadDb, of: CaseId): string | undefined =>
  db.get<{ code: string }>(sql`SELECT code FROM case_row WHERE id = ${of}`)?.code;

/** The last part that was stored before a day. */
export const partsBefore = (db: ReadDb, day: number): number =>
  db.get<{ last: number }>(sql`SELECT last FROM part_day WHERE day < ${day} ORDER BY day DESC LIMIT 1`)
    ?.last ?? 0;

export type ChangeSeen = Row & InCase & { readonly author: Fingerprint; readonly at: number };

/** Who changed which case by parts stored after one, the last first. */
export const changesAfter = (db: ReadDb, part: number, limit: number): readonly ChangeSeen[] =>
  db.all<ChangeSeen>(sql`
    WITH fresh AS MATERIALIZED (SELECT case_id, author, at, seq FROM part NOT INDEXED WHERE seq > ${part}),
    changed AS (
      SELECT case_id, author, max(at) AS at, max(seq) AS last FROM fresh
      GROUP BY case_id, author ORDER BY last DESC LIMIT ${limit})
    SELECT case_row.id AS "case", case_row.code, changed.author, changed.at
    FROM changed JOIN case_row ON case_row.id = changed.case_id ORDER BY changed.last DESC`);

/** The sections of a case that an author changed by parts stored after one. */
export const sectionsChanged = (
  db: ReadDb,
  part: number,
  of: CaseId,
  author: Fingerprint,
): readonly { readonly kind: string; readonly member: PersonId | null }[] =>
  db.all<Row & { kind: string; member: PersonId | null }>(sql`
    SELECT DISTINCT section.kind, section.member FROM part JOIN section ON section.id = part.section
    WHERE part.case_id = ${of} AND part.seq > ${part} AND part.author = ${author} ORDER BY section.kind, section.member`);

/** Cases with work that is stored and not in effect. */
export const heldCases = (db: ReadDb, limit: number): readonly (InCase & { readonly count: number })[] =>
  db.all<Row & InCase & { count: number }>(
    sql`SELECT id AS "case", code, held AS count FROM case_row WHERE held > 0 ORDER BY held DESC, code LIMIT ${limit}`,
  );

export const countQuarantine = (db: ReadDb): number =>
  db.get<{ n: number }>(sql`SELECT count(*) AS n FROM quarantine`)?.n ?? 0;

/** When this vault was copied last, as its log says. */
export const lastBackup = (db: ReadDb): number | undefined =>
  db.get<{ at: number | null }>(sql`SELECT max(at) AS at FROM audit WHERE action = 'backup-made'`)?.at ??
  undefined;
