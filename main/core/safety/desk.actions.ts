// What a person has on her desk: how she wants it, what she began to type, which lists she comes back to.
import { err, ok, type Result } from "../../../shared/result.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { Settings } from "../../../shared/ipc/contract/desk.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId } from "../../../shared/vocabulary/ids.ts";
import type { WriteError } from "../vault/index.ts";
import type { WriteDb } from "../vault/sql.ts";
import {
  confirmWords,
  draftRows,
  putDraft,
  putSetting,
  putView,
  removeDraft,
  removeView,
  settingsOf,
  viewRows,
  wordsConfirmed,
  type DraftPlace,
} from "./desk.store.ts";
import type { Session } from "./session.ts";

/** UTF-16 units of a draft's JSON: several of the longest texts that a section takes. */
const mostDraft = 256 * 1024;

const ownerOf = ({ member }: Session): string => member?.id ?? "";

type Set = Omit<Settings, "wordsConfirmed">;
const begun: Set = { theme: "system", lockAfter: 3, paper: "a4" };

/** As she set them; each of the others as it is at the beginning. */
export function settings(session: Session): Settings {
  const { read } = session.vault;
  const held = settingsOf(read, ownerOf(session));
  const of = <K extends keyof Set>(name: K): Set[K] => {
    const value = held.get(name);
    return value === undefined ? begun[name] : (JSON.parse(value) as Set[K]);
  };
  return {
    theme: of("theme"),
    lockAfter: of("lockAfter"),
    paper: of("paper"),
    wordsConfirmed: wordsConfirmed(read),
  };
}

/** `wordsConfirmed` says that the words which open the vault now were asked back; words made later are not. */
export async function set(
  session: Session,
  { wordsConfirmed: confirmed, ...wanted }: { readonly [K in keyof Settings]?: Settings[K] },
): Promise<Result<Settings, WriteError>> {
  const recovery = session.vault.slots().find(({ kind }) => kind === "recovery");
  const written = await session.vault.write(async () =>
    ok((db: WriteDb) => {
      for (const [name, value] of Object.entries(wanted))
        putSetting(db, ownerOf(session), name, JSON.stringify(value));
      if (confirmed === true && recovery !== undefined) confirmWords(db, recovery.id);
    }),
  );
  return written.ok ? ok(settings(session)) : written;
}

export type Draft = DraftPlace & { readonly value: JsonValue; readonly at: number };

/** Her own drafts, of one case or all, the last kept first. */
export const drafts = (session: Session, of?: CaseId): readonly Draft[] =>
  draftRows(session.vault.read, ownerOf(session), of).map((row) => ({
    ...(row.case_id === "" ? {} : { case: row.case_id }),
    ...(row.kind === "" ? {} : { section: sectionOf(row.kind, row.person) }),
    place: row.place,
    value: JSON.parse(row.value) as JsonValue,
    at: row.at,
  }));

const sectionOf = (kind: SectionName["kind"], person: SectionName["person"] | ""): SectionName =>
  person === "" || person === undefined ? { kind } : { kind, person };

/** The same place again replaces what was kept there. */
export async function keepDraft(
  session: Session,
  { value, ...at }: DraftPlace & { readonly value: JsonValue },
): Promise<Result<void, WriteError | { readonly type: "DraftTooLarge" }>> {
  const text = JSON.stringify(value);
  if (text.length > mostDraft) return err({ type: "DraftTooLarge" });
  return session.vault.write(async () =>
    ok((db: WriteDb) => putDraft(db, ownerOf(session), at, text, session.ports.clock.now())),
  );
}

export const dropDraft = (session: Session, at: DraftPlace): Promise<Result<void, WriteError>> =>
  session.vault.write(async () => ok((db: WriteDb) => removeDraft(db, ownerOf(session), at)));

/** Saved views of the caseload, by name. */
export const views = <V>(session: Session): readonly { readonly name: string; readonly view: V }[] =>
  viewRows(session.vault.read, ownerOf(session)).map(({ name, view }) => ({
    name,
    view: JSON.parse(view) as V,
  }));

export const keepView = (
  session: Session,
  { name, view }: { readonly name: string; readonly view: object },
): Promise<Result<void, WriteError>> =>
  session.vault.write(async () =>
    ok((db: WriteDb) => putView(db, ownerOf(session), name, JSON.stringify(view))),
  );

export const dropView = (session: Session, name: string): Promise<Result<void, WriteError>> =>
  session.vault.write(async () => ok((db: WriteDb) => removeView(db, ownerOf(session), name)));
