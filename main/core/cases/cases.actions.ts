// Taking in a case, saving, undoing and settling.
import { err, ok, type Result } from "../../../shared/result.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { CaseCode } from "../../../shared/vocabulary/codes.ts";
import type { CaseId, PartId, SaveId } from "../../../shared/vocabulary/ids.ts";
import { workingKinds } from "../../../shared/vocabulary/sections/index.ts";
import {
  appendEntries,
  loadChainWith,
  prepareEntry,
  prepareFirst,
  type ChainState,
  type SignedEntry,
} from "../chain/index.ts";
import { newId, type NoSigner, type Session } from "../safety/index.ts";
import type { Author, Edit, SectionEdits as EngineEdits, UndoRefused } from "../sections/index.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import { sectionMeant, sectionsNamed, type Meant, type NamedSection } from "./cases.rules.ts";
import { addCase, codeTaken } from "./cases.store.ts";
import { isNamed, namingColleagues, ourCertificates } from "./colleagues.ts";
import { author, refusedEntry } from "./entering.ts";
import {
  chainOf,
  foundedAs,
  freshCode,
  noteCase,
  sectionsOf,
  settleRow,
  type Refused,
  type UnknownCase,
} from "./standing.ts";

/** Edits to one section as a person means them: by its name within the case. */
export type NamedEdits = Meant & { readonly edits: readonly Edit[] };
export type Saved = { readonly save: SaveId; readonly sections: readonly NamedSection[] };

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
  input: Meant & {
    readonly case: CaseId;
    readonly path: readonly string[];
    readonly settle: { readonly keep: PartId } | { readonly set: JsonValue };
    readonly reason: string;
  },
): Promise<Result<Saved, Refused | NoConflict>> {
  const there = sectionMeant(sectionsOf(session, input.case), input);
  if (!there.ok) return there;
  if (there.value === undefined) return err({ type: "UnknownSection" });
  const { section } = there.value;
  const conflict = session.sections
    .view(section)
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
    edits: [{ section: input.section, which: section, edits: [edit] }],
  });
}

function authorOf(session: Session, read: ReadDb, caseId: CaseId): Result<Author, UnknownCase | NoSigner> {
  if (session.signer === undefined) return err({ type: "NoSigner" });
  const chain = chainOf(read, caseId);
  return chain === undefined
    ? err({ type: "UnknownCase" })
    : ok(author(session, session.signer, chain, read));
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
  // A reason speaks of all that a save changed, and each section may go to someone else: over several sections it stays with
  // the office's own notes, where the save touches them, and goes with none otherwise.
  const ofSeveral =
    new Set(input.edits.map(({ section }) => `${section.kind} ${section.person ?? ""}`)).size > 1;
  const named: NamedSection[] = [];
  const edits: EngineEdits[] = [];
  for (const { section: name, which, edits: wanted } of input.edits) {
    const known = sectionMeant(there, { section: name, which });
    if (!known.ok) return known;
    const [begun] = sectionsNamed(named, name);
    let section = (known.value ?? begun)?.section ?? foundedAs(state, name);
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
      silent: ofSeveral && !workingKinds.has(name.kind),
    });
  }
  const prepared = await sections.prepareSave(
    { case: input.case, reason: input.reason, edits, ...author(session, signer, state, read) },
    read,
  );
  if (!prepared.ok) return prepared;
  return ok({ save: prepared.value.save, sections: named, entries, state, commit: prepared.value.commit });
}
