// Taking in a case, saving, undoing, settling, striking and erasing; and the one way an entry gets into its chain.
import { err, ok, type Result } from "../../../shared/result.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { ErasureReason } from "../../../shared/vocabulary/chain.ts";
import { caseCode, caseCodeBytes, type CaseCode } from "../../../shared/vocabulary/codes.ts";
import type {
  CaseId,
  ChainHash,
  OpeningId,
  PartId,
  SaveId,
  SectionId,
} from "../../../shared/vocabulary/ids.ts";
import { workingKinds } from "../../../shared/vocabulary/sections/index.ts";
import { note } from "../audit/index.ts";
import {
  appendEntries,
  loadChain,
  loadChainWith,
  prepareEntry,
  prepareFirst,
  stateAfter,
  type ChainState,
  type SignedEntry,
  type Wanted,
} from "../chain/index.ts";
import { newId, type NoSigner, type Session } from "../safety/index.ts";
import type {
  Author,
  Edit,
  FoundAnewRefused,
  SaveRefused,
  SectionEdits as EngineEdits,
  UndoRefused,
} from "../sections/index.ts";
import type { WriteError } from "../vault/index.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import { isNamed, namingColleagues, ourCertificates } from "./colleagues.ts";
import { knownName, sectionNamed, type NamedSection } from "./cases.rules.ts";
import {
  addCase,
  caseRow,
  codeTaken,
  indexStale,
  markStale,
  recount,
  rememberHolders,
  lookForRecalls,
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
export type Refused = SaveRefused | UnknownCase | UnknownSection | NoSigner | ChainProblem | WriteError;

/** Edits to one section as a person means them: by its name within the case. */
export type NamedEdits = { readonly section: SectionName; readonly edits: readonly Edit[] };
export type Saved = { readonly save: SaveId; readonly sections: readonly NamedSection[] };

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

/** The role this office has on a case now. */
export function ourRole(session: Session, state: ChainState): OurRole {
  const standing = state.offices.get(session.office.id);
  return standing === undefined || standing.removed !== undefined ? "none" : standing.role;
}

/** A new case, answered for by this office, with its first save. */
export async function createCase(
  session: Session,
  input: { readonly reason: string; readonly edits: readonly NamedEdits[]; readonly code?: CaseCode },
): Promise<Result<Saved & { readonly case: CaseId; readonly code: string }, Refused>> {
  const { ports, signer, member, office } = session;
  if (signer === undefined || member === undefined) return err({ type: "NoSigner" });
  const id = newId<CaseId>(ports);
  return session.vault.write(async (read) => {
    const at = ports.clock.now();
    const first = await prepareFirst({
      case: id,
      body: {
        office: office.id,
        certificates: ourCertificates(read, session),
      },
      signer,
      at,
    });
    if (!first.ok) return err({ type: "MayNot", why: first.error.why });
    const saved = await prepareNamed(session, read, { case: id, ...input }, [first.value]);
    if (!saved.ok) return saved;
    const code =
      input.code !== undefined && !codeTaken(read, input.code) ? input.code : freshCode(session, read);
    return ok((db: WriteDb) => {
      appendEntries(db, saved.value.entries);
      addCase(db, {
        id,
        code,
        steward: office.id,
        our_role: "steward",
        state: "intake",
        chain_head: saved.value.state.head,
        made: at,
        changed: at,
      });
      saved.value.commit(db);
      settleRow(session, db, saved.value.state);
      noteCase(session, db, id, "case-created", { save: saved.value.save });
      return { case: id, code, save: saved.value.save, sections: saved.value.sections };
    });
  });
}

/** One action of a person on any sections of one case: one save. A section that is not there yet begins with it. */
export async function saveCase(
  session: Session,
  input: { readonly case: CaseId; readonly reason: string; readonly edits: readonly NamedEdits[] },
): Promise<Result<Saved, Refused>> {
  if (session.signer === undefined) return err({ type: "NoSigner" });
  return session.vault.write(async (read) => {
    const saved = await prepareNamed(session, read, input, []);
    if (!saved.ok) return saved;
    return ok((db: WriteDb) => {
      appendEntries(db, saved.value.entries);
      saved.value.commit(db);
      settleRow(session, db, saved.value.state);
      noteCase(session, db, input.case, "saved", { save: saved.value.save });
      return { save: saved.value.save, sections: saved.value.sections };
    });
  });
}

/** Sets back what this person's last save of the case changed. */
export async function undoSave(
  session: Session,
  input: { readonly case: CaseId; readonly save: SaveId },
): Promise<Result<Saved, Refused | UndoRefused>> {
  return session.vault.write(async (read) => {
    const author = authorOf(session, read, input.case);
    if (!author.ok) return author;
    const undone = await session.sections.prepareUndo(
      { save: input.save, reason: "undo", ...author.value },
      read,
    );
    if (!undone.ok) return undone;
    return ok((db: WriteDb) => {
      undone.value.commit(db);
      settleRow(session, db, author.value.chain);
      noteCase(session, db, input.case, "undone", { save: input.save });
      return { save: undone.value.save, sections: sectionsOf(session, input.case, db) };
    });
  });
}

export type NoConflict = { readonly type: "NoConflict" };

/** Ends a conflict by a new save: the value a part wrote stays, or another is set. */
export async function settleConflict(
  session: Session,
  input: {
    readonly case: CaseId;
    readonly section: SectionName;
    readonly path: readonly string[];
    readonly settle: { readonly keep: PartId } | { readonly set: JsonValue };
    readonly reason: string;
  },
): Promise<Result<Saved, Refused | NoConflict>> {
  const there = sectionNamed(sectionsOf(session, input.case), input.section);
  if (there === undefined) return err({ type: "UnknownSection" });
  const conflict = session.sections
    .view(there.section)
    ?.conflicts.find((one) => one.path.join(".") === input.path.join("."));
  if (conflict === undefined) return err({ type: "NoConflict" });
  const { settle } = input;
  const kept = "keep" in settle ? conflict.values.find((value) => value.part === settle.keep) : settle;
  if (kept === undefined) return err({ type: "NoConflict" });
  const value = "set" in kept ? kept.set : kept.value;
  const edit: Edit =
    value === undefined ? { path: input.path, remove: true } : { path: input.path, set: value };
  return saveCase(session, {
    case: input.case,
    reason: input.reason,
    edits: [{ section: input.section, edits: [edit] }],
  });
}

/** There is no such fact, or it is all that the section holds: then the section itself is erased. */
export type NothingToStrike = { readonly type: "NothingToStrike" } | { readonly type: "NothingLeft" };

export type Founded = { readonly section: SectionId; readonly from: SectionId };

/**
 * Founds a section anew from its present state without some facts. `closed`: the old one stays readable where it is held.
 * `erased`: it is destroyed here, and what arrives for it is dropped; its holders are recalled by `exchange`.
 */
export async function foundAnew(
  session: Session,
  input: {
    readonly case: CaseId;
    readonly section: SectionName;
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
    const old = sectionNamed(sectionsOf(session, input.case, read), input.section);
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

/** Erases a whole section: the chain says so to every holder, and here it is destroyed at once. */
export async function eraseSection(
  session: Session,
  input: { readonly case: CaseId; readonly section: SectionName; readonly why: ErasureReason },
): Promise<
  Result<{ readonly section: SectionId }, UnknownCase | UnknownSection | NoSigner | ChainProblem | WriteError>
> {
  const old = sectionNamed(sectionsOf(session, input.case), input.section);
  if (old === undefined)
    return err({
      type: chainOf(session.vault.read, input.case) === undefined ? "UnknownCase" : "UnknownSection",
    });
  const entered = await enter(
    session,
    input.case,
    () => ({ type: "erase", body: { section: old.section, why: input.why } }),
    (db, state) => eraseAsSaid(session, db, state),
  );
  return entered.ok ? ok({ section: old.section }) : entered;
}

/**
 * Signs and appends entries to a case's chain, one after another in one commit; brings sections and row to what the chain
 * says then, and runs `also`. The hash is that of the last entry: the new head when it stands on the main line.
 */
export async function enter(
  session: Session,
  caseId: CaseId,
  want: (state: ChainState) => Wanted | readonly Wanted[],
  also: (db: WriteDb, state: ChainState) => void = () => undefined,
): Promise<Result<ChainHash, UnknownCase | NoSigner | ChainProblem | WriteError>> {
  const { signer, ports } = session;
  if (signer === undefined) return err({ type: "NoSigner" });
  return session.vault.write(async (read) => {
    let state = chainOf(read, caseId);
    if (state === undefined) return err({ type: "UnknownCase" });
    if (!isNamed(session, state)) return err({ type: "NotNamed" });
    const entries: SignedEntry[] = [];
    for (const wanted of [want(state)].flat()) {
      const entry = await prepareEntry({ state, wanted, signer, at: ports.clock.now() });
      if (!entry.ok) return refusedEntry(state, entry.error.why);
      entries.push(entry.value);
      state = loadChainWith(read, caseId, entries) ?? state;
    }
    const last = entries.at(-1);
    if (last === undefined) throw new Error("nothing to enter");
    const naming = await namingColleagues(session, read, state, entries);
    return ok((db: WriteDb) => {
      appendEntries(db, [...entries, ...naming]);
      const after = chainOf(db, caseId);
      if (after === undefined) throw new Error("a chain vanished");
      session.sections.reconsider(db, after);
      also(db, after);
      lookForRecalls(db, caseId);
      settleRow(session, db, after);
      noteCase(session, db, caseId, "chain-entered", {
        types: entries.map(({ entry }) => entry.type),
        head: after.head,
      });
      return last.hash;
    });
  });
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

/** Whether something stands at or below a path. */
function standsIn(value: unknown, path: readonly string[]): boolean {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return false;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  return at !== undefined;
}

function refusedEntry(state: ChainState, why: string) {
  return state.stopped !== undefined
    ? err({ type: "ChainStopped" as const })
    : err({ type: "MayNot" as const, why });
}

/**
 * Who saves. Where work of this case is held, what she wrote in this opening may be among it, and her next save would begin
 * at the same place of her sequence and be its rival: she goes on under a name of its own.
 */
function author(
  session: Session,
  signer: NonNullable<Session["signer"]>,
  chain: ChainState,
  read: ReadDb,
): Author {
  const held = session.sections.list(chain.case, read).some((head) => head.held > 0);
  return { signer, chain, opening: held ? newId<OpeningId>(session.ports) : session.vault.info.opening };
}

function authorOf(session: Session, read: ReadDb, caseId: CaseId): Result<Author, UnknownCase | NoSigner> {
  if (session.signer === undefined) return err({ type: "NoSigner" });
  const chain = chainOf(read, caseId);
  return chain === undefined
    ? err({ type: "UnknownCase" })
    : ok(author(session, session.signer, chain, read));
}

/** A section that the chain founded and nobody has written to yet. */
function foundedEmpty(state: ChainState, name: SectionName): SectionId | undefined {
  for (const [id, { kind, person, settled }] of state.founded) {
    const lives = settled && !state.closed.has(id) && !state.erased.has(id);
    if (lives && kind === name.kind && person === name.person) return id;
  }
  return undefined;
}

type Prepared = Saved & {
  readonly entries: readonly SignedEntry[];
  readonly state: ChainState;
  readonly commit: (db: WriteDb) => void;
};

/** Finds or begins each named section, signing the chain entries that beginnings need, and prepares one save over all. */
async function prepareNamed(
  session: Session,
  read: ReadDb,
  input: { readonly case: CaseId; readonly reason: string; readonly edits: readonly NamedEdits[] },
  before: readonly SignedEntry[],
): Promise<Result<Prepared, Refused>> {
  const { signer, ports, sections } = session;
  if (signer === undefined) return err({ type: "NoSigner" });
  const there = sectionsOf(session, input.case, read);
  const entries = [...before];
  let state = loadChainWith(read, input.case, entries);
  if (state === undefined) return err({ type: "UnknownCase" });
  if (!isNamed(session, state)) return err({ type: "NotNamed" });
  const naming = await namingColleagues(session, read, state, entries);
  if (naming.length > 0) {
    entries.push(...naming);
    state = loadChainWith(read, input.case, entries) ?? state;
  }
  // The reason of a save that touches the office's own notes stays with them: the other sections may go to others.
  const ofOurNotes = input.edits.some(({ section }) => workingKinds.has(section.kind));
  const named: NamedSection[] = [];
  const edits: EngineEdits[] = [];
  for (const { section: name, edits: wanted } of input.edits) {
    let section =
      (sectionNamed(there, name) ?? sectionNamed(named, name))?.section ?? foundedEmpty(state, name);
    if (section === undefined) {
      section = sections.newId();
      if (name.kind !== "family") {
        const entry = await prepareEntry({
          state,
          wanted: { type: "found", body: { section, kind: name.kind, past: "none" } },
          signer,
          at: ports.clock.now(),
        });
        if (!entry.ok) return refusedEntry(state, entry.error.why);
        entries.push(entry.value);
        state = loadChainWith(read, input.case, entries) ?? state;
      }
    }
    named.push({ section, name });
    edits.push({
      section,
      kind: name.kind,
      ...(name.person === undefined ? {} : { person: name.person }),
      edits: wanted,
      silent: ofOurNotes && !workingKinds.has(name.kind),
    });
  }
  const prepared = await sections.prepareSave(
    { case: input.case, reason: input.reason, edits, ...author(session, signer, state, read) },
    read,
  );
  if (!prepared.ok) return prepared;
  return ok({ save: prepared.value.save, sections: named, entries, state, commit: prepared.value.commit });
}

/** So many codes of one digit are drawn before codes of two. */
const shortDraws = 50;

function freshCode(session: Session, read: ReadDb): string {
  for (let draws = 0; draws < 1_000; draws++) {
    const code = caseCode(session.ports.random.bytes(caseCodeBytes), draws < shortDraws ? 1 : 2);
    if (!codeTaken(read, code)) return code;
  }
  throw new Error("no case code is free");
}
