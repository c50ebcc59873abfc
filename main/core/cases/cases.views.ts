// What screens and command line read of cases: lists, one case, one section, its history, what was not taken.
import { err, ok } from "../../../shared/result.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, Fingerprint, OfficeId, SectionId } from "../../../shared/vocabulary/ids.ts";
import { carefulOf, fieldAt } from "../../../shared/vocabulary/sections/index.ts";
import { exportEntries, type ChainState } from "../chain/index.ts";
import { contactsOfOffice, whoIs } from "../contacts/index.ts";
import type { Session } from "../safety/index.ts";
import { asRow } from "./caseload.ts";
import { knownName, sectionsNamed, type Meant, type NamedSection } from "./cases.rules.ts";
import { caseIds, caseRow } from "./cases.store.ts";
import { chainOf, sectionsElsewhere, sectionsOf } from "./standing.ts";
import { dayAt } from "./tasks.rules.ts";

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
    row: asRow(read, row, dayAt(session.ports.clock.now())),
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
 * One section with its conflicts and who said what stands in it. Where several have the name, the others are told beside
 * the one shown.
 */
export function sectionView(session: Session, of: CaseId, meant: Meant) {
  const { read } = session.vault;
  const { section: name } = meant;
  if (caseRow(read, of) === undefined) return err({ type: "UnknownCase" as const });
  const [there, ...twins] = looked(session, of, meant);
  const view = there && viewOf(session, { section: there, name }, authors(session), twins);
  return view === undefined ? err({ type: "UnknownSection" as const }) : ok(view);
}

/** All sections of a case as `sectionView` gives each. */
export function caseFile(session: Session, of: CaseId) {
  if (caseRow(session.vault.read, of) === undefined) return err({ type: "UnknownCase" as const });
  const who = authors(session);
  const living = sectionsOf(session, of);
  return ok({
    sections: living.flatMap((there) => {
      const twins = sectionsNamed(living, there.name).flatMap(({ section }) =>
        section === there.section ? [] : [section],
      );
      return viewOf(session, there, who, twins) ?? [];
    }),
  });
}

type Authors = (fingerprint: Fingerprint) => ReturnType<typeof whoIs>;

/** Each author is looked up once. */
function authors(session: Session): Authors {
  const known = new Map<Fingerprint, ReturnType<typeof whoIs>>();
  return (fingerprint) => {
    const who = known.get(fingerprint) ?? whoIs(session, session.vault.read, fingerprint);
    known.set(fingerprint, who);
    return who;
  };
}

/** Of a field that knows a careful value, `inForce` is the one that rules until somebody settles it. */
function viewOf(
  session: Session,
  { section, name }: NamedSection,
  who: Authors,
  twins: readonly SectionId[],
) {
  const view = session.sections.view(section);
  if (view === undefined) return undefined;
  return {
    section: view.id,
    twins: [...twins],
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
          author: who(one.author),
          at: one.at,
          part: one.part,
        })),
        ...(careful === undefined ? {} : { inForce: careful }),
      };
    }),
    said: session.sections.said(section).map(({ path, author, at }) => ({
      path: [...path],
      author: who(author),
      at,
    })),
  };
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
  const cases = of === undefined ? caseIds(read) : [of];
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
