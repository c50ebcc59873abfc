// Derived rows of tasks and papers, and which of them were made by the projectors of this program.
import type { PartialDate } from "../../../shared/vocabulary/dates.ts";
import type { CaseId, SectionId } from "../../../shared/vocabulary/ids.ts";
import { sql, type ReadDb, type Row, type WriteDb } from "../vault/sql.ts";
import type { EndingPaper } from "./papers.rules.ts";
import type { OpenTask } from "./tasks.rules.ts";

type TaskRow = Row & {
  readonly task: string;
  readonly what: string;
  readonly due: string | null;
  readonly day: number | null;
  readonly state: string;
  readonly office: string | null;
  readonly member: string | null;
  readonly who: string | null;
};

const asTaskRow = (one: OpenTask): TaskRow => ({
  task: one.task,
  what: one.what,
  due: one.due === undefined ? null : JSON.stringify(one.due),
  day: one.day ?? null,
  state: one.state,
  office: one.office ?? null,
  member: one.member ?? null,
  who: one.who ?? null,
});

const same = (a: Row, b: Row) => Object.keys(a).every((key) => a[key] === b[key]);

/** The open tasks of one plan. Only what differs is written. */
export function setTasks(db: WriteDb, caseId: CaseId, section: SectionId, tasks: readonly OpenTask[]): void {
  const wanted = new Map(tasks.map((one) => [one.task, asTaskRow(one)]));
  const there = db.all<TaskRow>(
    sql`SELECT task, what, due, day, state, office, member, who FROM task_row WHERE section = ${section}`,
  );
  for (const row of there) {
    const now = wanted.get(row.task);
    if (now !== undefined && same(row, now)) wanted.delete(row.task);
    else db.run(sql`DELETE FROM task_row WHERE section = ${section} AND task = ${row.task}`);
  }
  for (const row of wanted.values())
    db.run(sql`
      INSERT INTO task_row (section, task, case_id, what, due, day, state, office, member, who)
      VALUES (${section}, ${row.task}, ${caseId}, ${row.what}, ${row.due}, ${row.day}, ${row.state}, ${row.office},
        ${row.member}, ${row.who})`);
}

/** The papers of one person that end. Only what differs is written. */
export function setPapers(
  db: WriteDb,
  caseId: CaseId,
  section: SectionId,
  papers: readonly EndingPaper[],
): void {
  const wanted = new Map(papers.map((one) => [one.paper, one]));
  const there = db.all<EndingPaper>(sql`SELECT paper, kind, day FROM paper_row WHERE section = ${section}`);
  for (const row of there) {
    const now = wanted.get(row.paper);
    if (now !== undefined && same(row, now)) wanted.delete(row.paper);
    else db.run(sql`DELETE FROM paper_row WHERE section = ${section} AND paper = ${row.paper}`);
  }
  for (const { paper, kind, day } of wanted.values())
    db.run(sql`
      INSERT INTO paper_row (section, paper, case_id, kind, day) VALUES (${section}, ${paper}, ${caseId}, ${kind}, ${day})`);
}

/** Brings a case's first due day to its rows; after its sections and their states are written. */
export const setNextDay = (db: WriteDb, id: CaseId): void =>
  void db.run(sql`
    UPDATE case_row SET next_day = (
      SELECT min(task_row.day) FROM task_row JOIN section ON section.id = task_row.section
      WHERE task_row.case_id = ${id} AND section.state = 'live') WHERE id = ${id}`);

/** The last part of a day, so that what is stored later can be told from it. Days long past are not kept. */
export function markDay(db: WriteDb, day: number): void {
  db.run(sql`
    INSERT INTO part_day (day, last) SELECT ${day}, coalesce(max(seq), 0) FROM part WHERE true
    ON CONFLICT (day) DO UPDATE SET last = excluded.last`);
  db.run(sql`DELETE FROM part_day WHERE day > 0 AND day < ${day - daysKept}`);
}
const daysKept = 40;

export type NextTask = {
  readonly what: string;
  readonly due: PartialDate | undefined;
  readonly day: number | undefined;
};

/** The open task that is due first, or any where none has a day. */
export function nextTask(db: ReadDb, id: CaseId): NextTask | undefined {
  const row = db.get<{ what: string; due: string | null; day: number | null }>(sql`
    SELECT task_row.what, task_row.due, task_row.day FROM task_row JOIN section ON section.id = task_row.section
    WHERE task_row.case_id = ${id} AND section.state = 'live'
    ORDER BY task_row.day IS NULL, task_row.day, task_row.task LIMIT 1`);
  return (
    row && {
      what: row.what,
      due: row.due === null ? undefined : (JSON.parse(row.due) as PartialDate),
      day: row.day ?? undefined,
    }
  );
}

/** Kinds of sections whose rows were made by older projectors, or never. */
export function kindsBehind(db: ReadDb, versions: Readonly<Record<string, number>>): readonly string[] {
  const made = new Map(
    db
      .all<{ kind: string; version: number }>(sql`SELECT kind, version FROM projection`)
      .map(({ kind, version }) => [kind, version]),
  );
  return Object.entries(versions)
    .filter(([kind, version]) => (made.get(kind) ?? 0) < version)
    .map(([kind]) => kind);
}

export const noteProjected = (db: WriteDb, kind: string, version: number): void =>
  void db.run(sql`
    INSERT INTO projection (kind, version) VALUES (${kind}, ${version})
    ON CONFLICT (kind) DO UPDATE SET version = excluded.version`);

/** The next sections of some kinds after one, in the order of their ids. */
export const sectionsOfKinds = (
  db: ReadDb,
  kinds: readonly string[],
  after: string,
  limit: number,
): readonly { readonly id: SectionId; readonly case_id: CaseId }[] =>
  db.all(sql`
    SELECT id, case_id FROM section WHERE id > ${after} AND kind IN ${sql.list(kinds)} ORDER BY id LIMIT ${limit}`);
