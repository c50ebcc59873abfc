// What this vault has of a case now: its chain, its living sections, our role, its rows; and what commits do to bring rows to it.
import type { JsonValue } from "../../../shared/signed-text.ts";
import { caseCode, caseCodeBytes } from "../../../shared/vocabulary/codes.ts";
import type { CaseId, SectionId } from "../../../shared/vocabulary/ids.ts";
import { note } from "../audit/index.ts";
import { loadChain, type ChainState } from "../chain/index.ts";
import type { NoSigner, Session } from "../safety/index.ts";
import type { SaveRefused } from "../sections/index.ts";
import type { WriteError } from "../vault/index.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import { knownName, sectionsNamed, type NamedSection, type TwinsStand } from "./cases.rules.ts";
import {
  addCase,
  caseRow,
  codeTaken,
  indexStale,
  markStale,
  recount,
  rememberHolders,
  setChain,
  type OurRole,
} from "./cases.store.ts";
import { markDay, setNextDay } from "./rows.store.ts";
import { dayAt } from "./tasks.rules.ts";

export type UnknownCase = { readonly type: "UnknownCase" };
export type UnknownSection = { readonly type: "UnknownSection" };
export type MayNot = { readonly type: "MayNot"; readonly why: string };
export type ChainStopped = { readonly type: "ChainStopped" };
/** Whoever has the vault open is not named in this case's chain: nothing she signs would have effect. */
export type NotNamed = { readonly type: "NotNamed" };
export type ChainProblem = MayNot | ChainStopped | NotNamed;
export type Refused =
  | SaveRefused
  | UnknownCase
  | UnknownSection
  | TwinsStand
  | NoSigner
  | ChainProblem
  | WriteError;

/** A case's chain; undefined where this vault does not hold the case. */
export const chainOf = (read: ReadDb, of: CaseId): ChainState | undefined => loadChain(read, of);

/**
 * The living sections of a case that people can name: those its chain founded, and family sections begun by a part in
 * effect. A row that holds nothing but held parts, or is of a kind this program does not know, is none of them.
 */
export function sectionsOf(
  session: Session,
  of: CaseId,
  read: ReadDb = session.vault.read,
): readonly NamedSection[] {
  const founded = chainOf(read, of)?.founded;
  const isFounded = ({ id }: { readonly id: SectionId }) => founded?.get(id)?.settled === true;
  return session.sections
    .list(of, read)
    .filter(
      (head) =>
        head.state === "live" && (isFounded(head) || (head.kind === "family" && head.heads.length > 0)),
    )
    .toSorted((a, b) => Number(isFounded(b)) - Number(isFounded(a)))
    .flatMap((head) => {
      const name = knownName(head.kind, head.person);
      return name === undefined ? [] : [{ section: head.id, name }];
    });
}

/** A living section of that name that the chain founded: nobody has written to it, or it never came here. */
export const foundedAs = (state: ChainState, name: SectionName): SectionId | undefined =>
  sectionsNamed(foundedLiving(state), name)[0]?.section;

/** The sections that the chain founded and that live, with their names. */
function foundedLiving(state: ChainState): readonly NamedSection[] {
  return [...state.founded].flatMap(([section, { kind, person, settled }]) => {
    const lives = settled && !state.closed.has(section) && !state.erased.has(section);
    const name = lives ? knownName(kind, person) : undefined;
    return name === undefined ? [] : [{ section, name }];
  });
}

/** Living sections of a case that its chain founded and of which nothing came here. */
export function sectionsElsewhere(session: Session, state: ChainState): readonly NamedSection[] {
  const here = new Set(session.sections.list(state.case).map(({ id }) => id));
  return foundedLiving(state).filter(({ section }) => !here.has(section));
}

/** The role this office has on a case now. */
export function ourRole(session: Session, state: ChainState): OurRole {
  const standing = state.offices.get(session.office.id);
  return standing === undefined || standing.removed !== undefined ? "none" : standing.role;
}

/** A row of the audit log about a case, by whoever has the vault open; inside a commit. */
export function noteCase(session: Session, db: WriteDb, of: CaseId, action: string, detail: JsonValue): void {
  const { member, ports } = session;
  note(db, {
    at: ports.clock.now(),
    ...(member === undefined ? {} : { member: member.id }),
    action,
    case: of,
    detail,
  });
}

/** Destroys what the chain says is erased, also what never came: it is dropped when it does. Inside a commit. */
export function eraseAsSaid(session: Session, db: WriteDb, state: ChainState): void {
  const gone = new Set(session.sections.erased(state.case, db).map((one) => one.section));
  for (const [section, { settled, by, why }] of state.erased) {
    // A chain speaks for its own case: the identifier of another case's section reaches nothing.
    const other = session.sections.head(section, db)?.case ?? state.case;
    if (!settled || gone.has(section) || other !== state.case) continue;
    rememberHolders(db, section);
    session.sections.erase(db, section, by, why, state.case);
  }
}

/** Brings a case's row and its search row to its chain and its sections; the last thing in a commit that changed them. */
export function settleRow(session: Session, db: WriteDb, state: ChainState): void {
  setChain(db, state.case, {
    steward: state.steward,
    our_role: ourRole(session, state),
    head: state.head,
    stopped: state.stopped !== undefined,
    others: [...state.offices].filter(
      ([office, { removed }]) => office !== session.office.id && removed === undefined,
    ).length,
  });
  const at = session.ports.clock.now();
  recount(db, state.case, at);
  setNextDay(db, state.case);
  markDay(db, dayAt(at));
  indexStale(db, state.case);
}

/** Makes the row of a case that came from another office; inside a commit. The code is this vault's own. */
export function admitCase(session: Session, db: WriteDb, state: ChainState): string {
  const known = caseRow(db, state.case);
  if (known !== undefined) return known.code;
  const at = session.ports.clock.now();
  const code = freshCode(session, db);
  addCase(db, {
    id: state.case,
    code,
    steward: state.steward,
    our_role: ourRole(session, state),
    state: "intake",
    chain_head: state.head,
    made: at,
    changed: at,
  });
  markStale(db, state.case);
  return code;
}

/** So many codes of one digit are drawn before codes of two. */
const shortDraws = 50;

/** A code that no other case of this vault has. */
export function freshCode(session: Session, read: ReadDb): string {
  for (let draws = 0; draws < 1_000; draws++) {
    const code = caseCode(session.ports.random.bytes(caseCodeBytes), draws < shortDraws ? 1 : 2);
    if (!codeTaken(read, code)) return code;
  }
  throw new Error("no case code is free");
}
