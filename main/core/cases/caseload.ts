// The caseload: what needs us first, by codes, with the task of each case that is due first.
import type { PartialDate } from "../../../shared/vocabulary/dates.ts";
import type { CaseId } from "../../../shared/vocabulary/ids.ts";
import type { Session } from "../safety/index.ts";
import type { ReadDb } from "../vault/sql.ts";
import {
  caseRows,
  find,
  findCodes,
  groupCounts,
  soonDays,
  stageCounts,
  type Attention,
  type CaseFilter,
  type CaseRow,
  type Found,
} from "./cases.store.ts";
import { nextTask } from "./rows.store.ts";
import { codeBegin, queryOf } from "./search.rules.ts";
import { dayAt } from "./tasks.rules.ts";

type Wanted = Omit<CaseFilter, "among"> & { readonly text?: string };
type Page = { readonly limit: number; readonly offset: number };

/** With words: the cases that hold them, best first. Without: what needs us first, then by stage, each group with its count. */
export function listCases(session: Session, { text, ...filter }: Wanted, page: Page) {
  const { read } = session.vault;
  const today = dayAt(session.ports.clock.now());
  const { total, rows } =
    text === undefined
      ? caseRows(read, filter, today, page)
      : found(read, filter, today, page, casesWith(session, text));
  return {
    total,
    cases: rows.map((row) => asRow(read, row, today)),
    stages: stageCounts(read),
    groups: text === undefined ? groupCounts(read, filter, today).map((group) => ({ ...group })) : [],
  };
}

/** Matches beyond these are not looked at: by then a person types another letter. */
const mostFound = 2_000;

const casesWith = (session: Session, text: string): readonly CaseId[] => [
  ...new Set(findWords(session, text, mostFound).map((one) => one.case)),
];

function found(read: ReadDb, filter: CaseFilter, today: number, page: Page, best: readonly CaseId[]) {
  const { rows } = caseRows(read, { ...filter, among: best }, today, { limit: mostFound, offset: 0 });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ranked = best.flatMap((id) => byId.get(id) ?? []);
  return { total: ranked.length, rows: ranked.slice(page.offset, page.offset + page.limit) };
}

/** A case as lists show it. */
export function asRow(read: ReadDb, row: CaseRow, today: number) {
  const next = nextTask(read, row.id);
  const attention = attentionOf(row, today);
  return {
    case: row.id,
    code: row.code,
    state: row.state,
    role: row.our_role,
    steward: row.steward,
    conflicts: row.conflicts,
    held: row.held,
    stopped: row.chain_stopped === 1,
    made: row.made,
    changed: row.changed,
    ...(next === undefined ? {} : { next: nextSeen(next, today) }),
    ...(attention === undefined ? {} : { attention }),
  };
}

const nextSeen = (
  next: { readonly what: string; readonly due: PartialDate | undefined; readonly day: number | undefined },
  today: number,
) => ({
  what: next.what,
  ...(next.due === undefined ? {} : { due: next.due }),
  ...(next.day === undefined ? {} : { days: next.day - today }),
});

function attentionOf(row: CaseRow, today: number): Attention | undefined {
  if (row.next_day !== null && row.next_day < today) return "overdue";
  if (row.next_day !== null && row.next_day <= today + soonDays) return "soon";
  if (row.conflicts > 0) return "conflict";
  if (row.held > 0) return "held";
  return row.chain_stopped === 1 ? "stopped" : undefined;
}

/** Cases and journal entries with these words; a code's beginning is looked up as one. */
export function findWords(session: Session, text: string, limit: number): readonly Found[] {
  const { read } = session.vault;
  const begin = codeBegin(text);
  const codes = begin === undefined ? [] : findCodes(read, begin, limit);
  if (codes.length > 0) return codes;
  const query = queryOf(text);
  return query === undefined ? [] : find(read, query, limit);
}
