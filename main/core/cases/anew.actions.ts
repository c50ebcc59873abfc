// Founding a section anew without some facts, and erasing one.
import { err, ok, type Result } from "../../../shared/result.ts";
import type { ErasureReason } from "../../../shared/vocabulary/chain.ts";
import type { CaseId, SectionId } from "../../../shared/vocabulary/ids.ts";
import { appendEntries, prepareEntry, stateAfter } from "../chain/index.ts";
import type { NoSigner, Session } from "../safety/index.ts";
import type { FoundAnewRefused } from "../sections/index.ts";
import type { WriteError } from "../vault/index.ts";
import type { WriteDb } from "../vault/sql.ts";
import { sectionMeant, type Meant, type TwinsStand } from "./cases.rules.ts";
import { lookForRecalls } from "./cases.store.ts";
import { author, enter, refusedEntry } from "./entering.ts";
import {
  chainOf,
  eraseAsSaid,
  foundedAs,
  noteCase,
  sectionsOf,
  settleRow,
  type ChainProblem,
  type Refused,
  type UnknownCase,
  type UnknownSection,
} from "./standing.ts";

/** There is no such fact, or it is all that the section holds: then the section itself is erased. */
export type NothingToStrike = { readonly type: "NothingToStrike" } | { readonly type: "NothingLeft" };

export type Founded = { readonly section: SectionId; readonly from: SectionId };

/**
 * Founds a section anew from its present state without some facts. `closed`: the old one stays readable where it is held.
 * `erased`: it is destroyed here, and what arrives for it is dropped; its holders are recalled by `exchange`.
 */
export async function foundAnew(
  session: Session,
  input: Meant & {
    readonly case: CaseId;
    readonly without: readonly (readonly string[])[];
    readonly past: "closed" | "erased";
    readonly reason: string;
  },
): Promise<Result<Founded, Refused | FoundAnewRefused | NothingToStrike>> {
  const { signer, member, ports } = session;
  if (signer === undefined || member === undefined) return err({ type: "NoSigner" });
  return session.vault.write(async (read) => {
    const state = chainOf(read, input.case);
    if (state === undefined) return err({ type: "UnknownCase" });
    const meant = sectionMeant(sectionsOf(session, input.case, read), input);
    if (!meant.ok) return meant;
    const old = meant.value;
    if (old === undefined) return err({ type: "UnknownSection" });
    const section = session.sections.newId();
    const heads = session.sections.head(old.section, read)?.heads ?? [];
    const entry = await prepareEntry({
      state,
      wanted: {
        type: "found",
        body: {
          section,
          kind: input.section.kind,
          ...(input.section.person === undefined ? {} : { person: input.section.person }),
          from: old.section,
          past: input.past,
          ...(input.past === "closed" ? { heads: [...heads] } : {}),
        },
      },
      signer,
      at: ports.clock.now(),
    });
    if (!entry.ok) return refusedEntry(state, entry.error.why);
    const after = stateAfter(read, [entry.value]);
    const prepared = await session.sections.prepareFoundAnew(
      {
        section: old.section,
        as: section,
        without: input.without,
        reason: input.reason,
        ...author(session, signer, after, read),
      },
      read,
    );
    // A section that holds nothing any more goes on empty: its past stays behind with the old one.
    const empty = !prepared.ok && prepared.error.type === "NothingChanged";
    if (!prepared.ok && !empty) return prepared;
    if (empty && input.past === "erased") return err({ type: "NothingLeft" });
    const value = session.sections.view(old.section, read)?.value;
    if (input.without.some((path) => !standsIn(value, path))) return err({ type: "NothingToStrike" });
    return ok((db: WriteDb) => {
      appendEntries(db, [entry.value]);
      if (prepared.ok) prepared.value.commit(db);
      if (input.past === "erased") eraseAsSaid(session, db, after);
      else session.sections.reconsider(db, after);
      if (input.past === "erased") lookForRecalls(db, input.case);
      settleRow(session, db, after);
      noteCase(session, db, input.case, `section-${input.past}`, { section: old.section });
      return { section, from: old.section };
    });
  });
}

/**
 * Erases a whole section: the chain says so to every holder, and here it is destroyed at once. Also one that was founded and
 * never came here: an office that follows answers for it too.
 */
export async function eraseSection(
  session: Session,
  input: Meant & { readonly case: CaseId; readonly why: ErasureReason },
): Promise<
  Result<
    { readonly section: SectionId },
    UnknownCase | UnknownSection | TwinsStand | NoSigner | ChainProblem | WriteError
  >
> {
  const chain = chainOf(session.vault.read, input.case);
  if (chain === undefined) return err({ type: "UnknownCase" });
  const meant = sectionMeant(sectionsOf(session, input.case), input);
  if (!meant.ok) return meant;
  const section = meant.value?.section ?? foundedAs(chain, input.section);
  if (section === undefined) return err({ type: "UnknownSection" });
  const entered = await enter(
    session,
    input.case,
    () => ({ type: "erase", body: { section, why: input.why } }),
    (db, state) => eraseAsSaid(session, db, state),
  );
  return entered.ok ? ok({ section }) : entered;
}

/** Whether something stands at or below a path. */
function standsIn(value: unknown, path: readonly string[]): boolean {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return false;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  return at !== undefined;
}
