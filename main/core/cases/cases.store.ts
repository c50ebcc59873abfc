// Rows of cases and of search: what lists, filters and look-ups read.
import type { CaseId, ChainHash, OfficeId, SectionId } from "../../../shared/vocabulary/ids.ts";
import type { Role } from "../../../shared/vocabulary/roles.ts";
import type { caseStages } from "../../../shared/vocabulary/sections/plan.ts";
import { sql, type ReadDb, type Sql, type WriteDb } from "../vault/sql.ts";
import type { Words } from "./search.rules.ts";

export type OurRole = Role | "none";

export type CaseRow = {
  readonly id: CaseId;
  readonly code: string;
  readonly steward: OfficeId;
  readonly our_role: OurRole;
  readonly state: string;
  readonly chain_head: ChainHash;
  readonly chain_stopped: number;
  readonly conflicts: number;
  readonly held: number;
  readonly made: number;
  readonly changed: number;
  /** The day of the open task due first, in days since 1970. */
  readonly next_day: number | null;
};

const columns = sql`id, code, steward, our_role, state, chain_head, chain_stopped, conflicts, held, made, changed, next_day`;

export const caseRow = (db: ReadDb, id: CaseId): CaseRow | undefined =>
  db.get<CaseRow>(sql`SELECT ${columns} FROM case_row WHERE id = ${id}`);

export type Attention = "overdue" | "soon" | "conflict" | "held" | "stopped";
export type CaseFilter = {
  readonly state?: string;
  readonly role?: OurRole;
  readonly attention?: Attention;
  /** Only these. */
  readonly among?: readonly CaseId[];
};

/** A task is due soon from so many days before. */
export const soonDays = 7;

const needs = (today: number): Readonly<Record<Attention, Sql>> => ({
  overdue: sql`coalesce(next_day < ${today}, 0)`,
  soon: sql`coalesce(next_day >= ${today} AND next_day <= ${today + soonDays}, 0)`,
  conflict: sql`conflicts > 0`,
  held: sql`held > 0`,
  stopped: sql`chain_stopped = 1`,
});

function where(filter: CaseFilter, today: number): Sql {
  const { state, role, attention, among } = filter;
  const wanted: Sql[] = [];
  if (state !== undefined) wanted.push(sql`state = ${state}`);
  if (role !== undefined) wanted.push(sql`our_role = ${role}`);
  if (attention !== undefined) wanted.push(needs(today)[attention]);
  if (among !== undefined) wanted.push(sql`id IN (SELECT value FROM json_each(${JSON.stringify(among)}))`);
  return wanted.length === 0 ? sql`true` : sql.join(wanted, sql` AND `);
}

/** The stages as people go through a caseload: whoever is lost, then from taking in to what follows. */
const stageOrder = [
  "contact-lost",
  "intake",
  "assessment",
  "planning",
  "active",
  "relocated",
  "follow-up",
  "return-review",
  "on-hold",
] as const satisfies readonly (typeof caseStages)[number][];
const stageRank = sql`CASE state ${sql.join(
  stageOrder.map((stage, at) => sql`WHEN ${stage} THEN ${at}`),
  sql` `,
)} ELSE ${stageOrder.length} END`;

/** What needs us first, then by stage, in each the last changed. `today` is in days since 1970. */
export function caseRows(
  db: ReadDb,
  filter: CaseFilter,
  today: number,
  page: { readonly limit: number; readonly offset: number },
): { readonly total: number; readonly rows: readonly CaseRow[] } {
  const wanted = where(filter, today);
  const { overdue, soon, conflict, held, stopped } = needs(today);
  const total = db.get<{ n: number }>(sql`SELECT count(*) AS n FROM case_row WHERE ${wanted}`)?.n ?? 0;
  const rows = db.all<CaseRow>(sql`
    SELECT ${columns} FROM case_row WHERE ${wanted}
    ORDER BY CASE WHEN ${overdue} THEN 0 WHEN ${soon} THEN 1 WHEN ${conflict} THEN 2
      WHEN ${held} OR ${stopped} THEN 3 ELSE 4 + ${stageRank} END, changed DESC, id LIMIT ${page.limit} OFFSET ${page.offset}`);
  return { total, rows };
}

/** How many rows `caseRows` has of each group, in its order: `now` needs us, the others by stage. */
export function groupCounts(
  db: ReadDb,
  filter: CaseFilter,
  today: number,
): readonly { readonly group: string; readonly count: number }[] {
  const now = sql.join(Object.values(needs(today)), sql` OR `);
  return db.all(sql`
    SELECT CASE WHEN ${now} THEN 'now' ELSE state END AS "group", count(*) AS count FROM case_row
    WHERE ${where(filter, today)} GROUP BY 1 ORDER BY "group" <> 'now', ${stageRank}`);
}

/** Every case of this vault. */
export const caseIds = (db: ReadDb): readonly CaseId[] =>
  db.all<{ id: CaseId }>(sql`SELECT id FROM case_row ORDER BY id`).map(({ id }) => id);

/** How many cases stand at each stage. */
export const stageCounts = (db: ReadDb): Readonly<Record<string, number>> =>
  Object.fromEntries(
    db
      .all<{ state: string; n: number }>(sql`SELECT state, count(*) AS n FROM case_row GROUP BY state`)
      .map(({ state, n }) => [state, n]),
  );

export const codeTaken = (db: ReadDb, code: string): boolean =>
  db.get(sql`SELECT 1 AS one FROM case_row WHERE code = ${code}`) !== undefined;

export function addCase(
  db: WriteDb,
  row: Omit<CaseRow, "conflicts" | "held" | "chain_stopped" | "next_day">,
): void {
  db.run(sql`
    INSERT INTO case_row (id, code, steward, our_role, state, chain_head, made, changed)
    VALUES (${row.id}, ${row.code}, ${row.steward}, ${row.our_role}, ${row.state}, ${row.chain_head}, ${row.made}, ${row.changed})`);
}

export function setChain(
  db: WriteDb,
  id: CaseId,
  chain: {
    readonly steward: OfficeId;
    readonly our_role: OurRole;
    readonly head: ChainHash;
    readonly stopped: boolean;
    /** Other offices that have a role. */
    readonly others: number;
  },
): void {
  db.run(sql`
    UPDATE case_row SET steward = ${chain.steward}, our_role = ${chain.our_role}, chain_head = ${chain.head},
      chain_stopped = ${chain.stopped ? 1 : 0}, others = ${chain.others} WHERE id = ${id}`);
}

/** The head of a chain that grew by entries which change nothing else of the row. */
export const setHead = (db: WriteDb, id: CaseId, head: ChainHash): void =>
  void db.run(sql`UPDATE case_row SET chain_head = ${head} WHERE id = ${id}`);

/** Every case this office answers for. */
export const stewardedCases = (db: ReadDb): readonly CaseId[] =>
  db
    .all<{ id: CaseId }>(sql`SELECT id FROM case_row WHERE our_role = 'steward' ORDER BY id`)
    .map(({ id }) => id);

/** Whether another plan of the case lives, beside this one. */
export const otherPlan = (db: ReadDb, id: CaseId, section: SectionId): boolean =>
  db.get(
    sql`SELECT 1 AS one FROM section WHERE case_id = ${id} AND kind = 'plan' AND state = 'live' AND id <> ${section} AND heads <> ''`,
  ) !== undefined;

/** Leaves word for `exchange`, in the same commit: something of this case may have to be called back. */
export const lookForRecalls = (db: WriteDb, id: CaseId): void =>
  void db.run(sql`INSERT INTO call_back (case_id) VALUES (${id}) ON CONFLICT DO NOTHING`);

/**
 * Remembers what a section was that is erased in the same commit, and whom to ask for it: afterwards nothing here says who
 * held it. The row without a contact is for those whom an office that answered before may have sent it.
 */
export const rememberHolders = (db: WriteDb, section: SectionId): void =>
  void db.run(sql`
    INSERT INTO call_back (case_id, section, contact, kind, member)
    SELECT case_id, id, '', kind, member FROM section WHERE id = ${section}
    UNION SELECT section.case_id, section.id, known_part.contact, section.kind, section.member
    FROM section JOIN part ON part.section = section.id JOIN known_part ON known_part.part = part.id
    WHERE section.id = ${section} ON CONFLICT DO NOTHING`);

export const setStage = (db: WriteDb, id: CaseId, stage: string): void =>
  void db.run(sql`UPDATE case_row SET state = ${stage} WHERE id = ${id}`);

/** Counts of the case's sections and the time of its last change. */
export function recount(db: WriteDb, id: CaseId, changed: number): void {
  db.run(sql`
    UPDATE case_row SET changed = ${changed},
      conflicts = (SELECT coalesce(sum(conflicts), 0) FROM section WHERE case_id = ${id} AND state = 'live'),
      held = (SELECT coalesce(sum(held), 0) FROM section WHERE case_id = ${id})
    WHERE id = ${id}`);
}

/** Cases whose words changed in a transaction and whose search row is still as it was. */
const stale = new WeakMap<WriteDb, Set<CaseId>>();

/** The case's search row is made anew by `indexStale`, once in a commit that touches several sections. */
export function markStale(db: WriteDb, caseId: CaseId): void {
  const known = stale.get(db);
  const cases = known ?? new Set<CaseId>();
  cases.add(caseId);
  stale.set(db, cases);
}

export function indexStale(db: WriteDb, caseId: CaseId): void {
  if (stale.get(db)?.delete(caseId) === true) indexCase(db, caseId);
}

/** The words of one section. The same words again change nothing. */
export function setWords(db: WriteDb, caseId: CaseId, section: SectionId, words: Words | undefined): void {
  const before = db.get<Words>(sql`SELECT names, body FROM search_text WHERE section = ${section}`);
  if (before?.names === words?.names && before?.body === words?.body) return;
  markStale(db, caseId);
  if (words === undefined) db.run(sql`DELETE FROM search_text WHERE section = ${section}`);
  else
    db.run(sql`
      INSERT INTO search_text (section, case_id, names, body) VALUES (${section}, ${caseId}, ${words.names}, ${words.body})
      ON CONFLICT (section) DO UPDATE SET names = excluded.names, body = excluded.body`);
}

/** Makes a case's search row from its code and the words of its sections. */
function indexCase(db: WriteDb, caseId: CaseId): void {
  const texts = db.all<{ names: string; body: string }>(
    sql`SELECT names, body FROM search_text WHERE case_id = ${caseId} ORDER BY section`,
  );
  const code = caseRow(db, caseId)?.code ?? "";
  setSearchRow(db, caseId, "", "", {
    code,
    names: texts.map((text) => text.names).join("\n"),
    body: texts.map((text) => text.body).join("\n"),
  });
}

/** Words of one journal entry. */
export const setEntryWords = (
  db: WriteDb,
  caseId: CaseId,
  section: SectionId,
  entry: string,
  body: string,
): void => setSearchRow(db, caseId, section, entry, { code: "", names: "", body });

export function removeEntryWords(db: WriteDb, caseId: CaseId, section: SectionId, entry: string): void {
  const row = db.get<{ seq: number }>(
    sql`SELECT seq FROM search_row WHERE case_id = ${caseId} AND section = ${section} AND entry = ${entry}`,
  );
  if (row === undefined) return;
  db.run(sql`DELETE FROM search WHERE rowid = ${row.seq}`);
  db.run(sql`DELETE FROM search_row WHERE seq = ${row.seq}`);
}

function setSearchRow(
  db: WriteDb,
  caseId: CaseId,
  section: SectionId | "",
  entry: string,
  words: { readonly code: string; readonly names: string; readonly body: string },
): void {
  const known = db.get<{ seq: number }>(
    sql`SELECT seq FROM search_row WHERE case_id = ${caseId} AND section = ${section} AND entry = ${entry}`,
  );
  if (known === undefined) {
    const { lastId } = db.run(
      sql`INSERT INTO search_row (case_id, section, entry) VALUES (${caseId}, ${section}, ${entry})`,
    );
    db.run(
      sql`INSERT INTO search (rowid, code, names, body) VALUES (${lastId}, ${words.code}, ${words.names}, ${words.body})`,
    );
  } else {
    db.run(
      sql`UPDATE search SET code = ${words.code}, names = ${words.names}, body = ${words.body} WHERE rowid = ${known.seq}`,
    );
  }
}

export type Found = { readonly case: CaseId; readonly code: string; readonly entry: string };

/** Codes that begin so, in their order: what a person types of a code needs no index of words. */
export const findCodes = (db: ReadDb, begin: string, limit: number): readonly Found[] =>
  db.all<Found>(sql`
    SELECT id AS "case", code, '' AS entry FROM case_row
    WHERE code >= ${begin} AND code < ${`${begin}~`} ORDER BY code LIMIT ${limit}`);

/** More matches than these are not weighed one by one: that would take longer than a person waits for a word. */
const mostRanked = 2_000;

/**
 * Best first: codes and names weigh more than text. Where a word is so common that no weighing helps, those with it in code
 * or name come first, then the newest.
 */
export function find(db: ReadDb, query: string, limit: number): readonly Found[] {
  const best = (words: string): readonly number[] =>
    isCommon(db, words) ? newest(db, words, limit) : ranked(db, words, limit);
  const rows = isCommon(db, query)
    ? [...best(`{code names} : (${query})`), ...newest(db, query, limit)]
    : ranked(db, query, limit);
  return [...new Set(rows)].slice(0, limit).flatMap((seq) => foundAt(db, seq) ?? []);
}

const isCommon = (db: ReadDb, query: string): boolean =>
  (db.get<{ n: number }>(sql`
    SELECT count(*) AS n FROM (SELECT 1 FROM search WHERE search MATCH ${query} LIMIT ${mostRanked + 1})`)
    ?.n ?? 0) > mostRanked;

const ranked = (db: ReadDb, query: string, limit: number): number[] =>
  rowsOf(
    db,
    sql`SELECT rowid AS seq FROM search WHERE search MATCH ${query} ORDER BY bm25(search, 10.0, 8.0, 1.0), rowid LIMIT ${limit}`,
  );

const newest = (db: ReadDb, query: string, limit: number): number[] =>
  rowsOf(
    db,
    sql`SELECT rowid AS seq FROM search WHERE search MATCH ${query} ORDER BY rowid DESC LIMIT ${limit}`,
  );

const rowsOf = (db: ReadDb, query: Sql): number[] => db.all<{ seq: number }>(query).map(({ seq }) => seq);

const foundAt = (db: ReadDb, seq: number): Found | undefined =>
  db.get<Found>(sql`
    SELECT search_row.case_id AS "case", case_row.code AS code, search_row.entry AS entry
    FROM search_row JOIN case_row ON case_row.id = search_row.case_id WHERE search_row.seq = ${seq}`);
