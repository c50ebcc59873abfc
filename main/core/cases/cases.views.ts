// What screens and command line read of cases: lists, one case, one section, its history, what was not taken.
import { err, ok } from "../../../shared/result.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, Fingerprint, OfficeId, SectionId } from "../../../shared/vocabulary/ids.ts";
import { carefulOf, fieldAt } from "../../../shared/vocabulary/sections/index.ts";
import { exportEntries, type ChainState } from "../chain/index.ts";
import { contactsOfOffice, whoIs } from "../contacts/index.ts";
import type { Session } from "../safety/index.ts";
import { knownName, sectionsNamed, type Meant } from "./cases.rules.ts";
import {
  caseRow,
  caseRows,
  find,
  findCodes,
  type CaseFilter,
  type CaseRow,
  type Found,
} from "./cases.store.ts";
import { codeBegin, queryOf } from "./search.rules.ts";
import { chainOf, sectionsElsewhere, sectionsOf } from "./standing.ts";

const asRow = (row: CaseRow) => ({
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
});

/** The caseload by codes, the last changed first. */
export function listCases(
  session: Session,
  filter: CaseFilter,
  page: { readonly limit: number; readonly offset: number },
) {
  const { total, rows } = caseRows(session.vault.read, filter, page);
  return { total, cases: rows.map(asRow) };
}

/** One case: its row, sections, offices and chain. */
export function caseOverview(session: Session, of: CaseId) {
  const { read } = session.vault;
  const row = caseRow(read, of);
  const state = chainOf(read, of);
  if (row === undefined || state === undefined) return err({ type: "UnknownCase" as const });
  const living = sectionsOf(session, of);
  const isTwin = (section: SectionId, name: SectionName): boolean => {
    const all = sectionsNamed(living, name);
    return all.length > 1 && all.some((one) => one.section === section);
  };
  return ok({
    row: asRow(row),
    sections: session.sections.list(of).flatMap((head) => {
      const name = knownName(head.kind, head.person);
      if (name === undefined) return [];
      return [
        {
          section: head.id,
          name,
          state: head.state,
          held: head.held,
          conflicts: head.conflicts,
          ...(isTwin(head.id, name) ? { twin: true as const } : {}),
        },
      ];
    }),
    elsewhere: sectionsElsewhere(session, state).map(({ section, name }) => ({ section, name })),
    offices: [...state.offices]
      .filter(([, standing]) => standing.removed === undefined)
      .map(([office, standing]) => ({
        office,
        ...nameOfOffice(session, office),
        role: standing.role,
        certificates: certificatesOf(state, office),
      })),
    chain: {
      head: state.head,
      entries: exportEntries(read, of).length,
      ...(state.stopped === undefined
        ? {}
        : { stopped: { parent: state.stopped.parent, children: [...state.stopped.children] } }),
      waiting: state.waiting.length,
    },
  });
}

/**
 * One section with its conflicts; of a field that knows a careful value, the one in force until somebody settles it. Where
 * several have the name, the others are told beside the one shown.
 */
export function sectionView(session: Session, of: CaseId, meant: Meant) {
  const { read } = session.vault;
  const { section: name } = meant;
  if (caseRow(read, of) === undefined) return err({ type: "UnknownCase" as const });
  const [there, ...twins] = looked(session, of, meant);
  const view = there && session.sections.view(there);
  if (view === undefined) return err({ type: "UnknownSection" as const });
  return ok({
    section: view.id,
    twins,
    name,
    value: view.value as JsonValue,
    held: view.held,
    conflicts: view.conflicts.map(({ path, values }) => {
      const meta = fieldAt(name.kind, path)?.meta;
      const careful =
        meta === undefined
          ? undefined
          : carefulOf(
              meta,
              values.map((one) => one.value),
            );
      return {
        path: [...path],
        values: values.map((one) => ({
          value: one.value ?? null,
          author: whoIs(session, read, one.author),
          at: one.at,
          part: one.part,
        })),
        ...(careful === undefined ? {} : { inForce: careful }),
      };
    }),
  });
}

/** The section to look at, the one asked for or the first of its name, and after it the others of that name. */
function looked(session: Session, of: CaseId, { section: name, which }: Meant): SectionId[] {
  const all = sectionsNamed(sectionsOf(session, of), name).map(({ section }) => section);
  if (which === undefined) return all;
  return all.includes(which) ? [which, ...all.filter((one) => one !== which)] : [];
}

/** Who changed what in a section, a save each, oldest first. */
export function historyOf(session: Session, of: CaseId, meant: Meant, path: readonly string[] = []) {
  const { read } = session.vault;
  if (caseRow(read, of) === undefined) return err({ type: "UnknownCase" as const });
  const [there] = looked(session, of, meant);
  if (there === undefined) return err({ type: "UnknownSection" as const });
  const parts = Map.groupBy(session.sections.history(there, path), (entry) => entry.part);
  return ok(
    [...parts].flatMap(([part, entries]) => {
      const [first] = entries;
      if (first === undefined) return [];
      return [
        {
          part,
          author: whoIs(session, read, first.author),
          at: first.at,
          reason: first.reason,
          fields: entries.map((entry) => ({
            path: [...entry.path],
            ...(entry.before[0] === undefined ? {} : { before: entry.before[0] }),
            ...(entry.after === undefined ? {} : { after: entry.after }),
          })),
        },
      ];
    }),
  );
}

/** What arrived and was refused, of one case or of all. */
export function quarantineOf(session: Session, of?: CaseId) {
  const { read } = session.vault;
  const cases =
    of === undefined ? caseRows(read, {}, { limit: 100_000, offset: 0 }).rows.map((row) => row.id) : [of];
  return cases.flatMap((id) =>
    session.sections.quarantined(id).map((item) => ({
      id: item.id,
      at: item.at,
      case: id,
      ...(item.section === undefined ? {} : { section: item.section }),
      ...(item.sender === undefined ? {} : { sender: whoIs(session, read, item.sender as Fingerprint) }),
      reason: item.why,
    })),
  );
}

export function findWords(session: Session, text: string, limit: number): readonly Found[] {
  const { read } = session.vault;
  const begin = codeBegin(text);
  const codes = begin === undefined ? [] : findCodes(read, begin, limit);
  if (codes.length > 0) return codes;
  const query = queryOf(text);
  return query === undefined ? [] : find(read, query, limit);
}

/** Every value that stands for a field of a section: more than one where two offices differ, `undefined` where none is set. */
export function standingAt(
  session: Session,
  section: SectionId,
  path: readonly string[],
): readonly unknown[] {
  const view = session.sections.view(section);
  const conflict = view?.conflicts.find((one) => one.path.join(".") === path.join("."));
  if (conflict !== undefined) return conflict.values.map(({ value }) => value);
  return [
    path.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], view?.value),
  ];
}

function nameOfOffice(session: Session, office: OfficeId): { name?: string } {
  if (office === session.office.id) return { name: session.office.name };
  const name = contactsOfOffice(session.vault.read, office)[0]?.office_name;
  return name === undefined ? {} : { name };
}

const certificatesOf = (state: ChainState, office: OfficeId): Fingerprint[] =>
  [...state.certificates]
    .filter(([, standing]) => standing.office === office && standing.removed === undefined)
    .map(([fingerprint]) => fingerprint);
