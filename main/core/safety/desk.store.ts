// The rows of a person's desk. `member` is empty for whoever opened the vault by the recovery words.
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, SlotId } from "../../../shared/vocabulary/ids.ts";
import { sql, type ReadDb, type Row, type WriteDb } from "../vault/sql.ts";

export const settingsOf = (db: ReadDb, member: string): ReadonlyMap<string, string> =>
  new Map(
    db
      .all<{ name: string; value: string }>(sql`SELECT name, value FROM setting WHERE member = ${member}`)
      .map(({ name, value }) => [name, value]),
  );

export const putSetting = (db: WriteDb, member: string, name: string, value: string): void =>
  void db.run(sql`INSERT INTO setting (member, name, value) VALUES (${member}, ${name}, ${value})
                  ON CONFLICT (member, name) DO UPDATE SET value = excluded.value`);

/** Whether the words that open the vault now are those that were asked back. */
export const wordsConfirmed = (db: ReadDb): boolean =>
  db.get(sql`SELECT 1 AS one FROM vault JOIN slot ON slot.id = vault.words_confirmed`) !== undefined;

export const confirmWords = (db: WriteDb, slot: SlotId): void =>
  void db.run(sql`UPDATE vault SET words_confirmed = ${slot}`);

/** Where a draft stands. */
export type DraftPlace = {
  readonly case?: CaseId;
  readonly section?: SectionName;
  readonly place: string;
};

export type DraftRow = Row & {
  readonly case_id: CaseId | "";
  readonly kind: SectionName["kind"] | "";
  readonly person: NonNullable<SectionName["person"]> | "";
  readonly place: string;
  readonly value: string;
  readonly at: number;
};

export const draftRows = (db: ReadDb, member: string, of: CaseId | undefined): readonly DraftRow[] =>
  db.all<DraftRow>(sql`
    SELECT case_id, kind, person, place, value, at FROM draft
    WHERE member = ${member} AND (${of ?? null} IS NULL OR case_id = ${of ?? null})
    ORDER BY at DESC, case_id, kind, person, place`);

export const putDraft = (db: WriteDb, member: string, at: DraftPlace, value: string, when: number): void =>
  void db.run(sql`
    INSERT INTO draft (member, case_id, kind, person, place, value, at)
    VALUES (${member}, ${at.case ?? ""}, ${at.section?.kind ?? ""}, ${at.section?.person ?? ""}, ${at.place}, ${value}, ${when})
    ON CONFLICT (member, case_id, kind, person, place) DO UPDATE SET value = excluded.value, at = excluded.at`);

export const removeDraft = (db: WriteDb, member: string, at: DraftPlace): void =>
  void db.run(sql`
    DELETE FROM draft WHERE member = ${member} AND case_id = ${at.case ?? ""} AND kind = ${at.section?.kind ?? ""}
      AND person = ${at.section?.person ?? ""} AND place = ${at.place}`);

export const viewRows = (db: ReadDb, member: string): readonly { name: string; view: string }[] =>
  db.all<{ name: string; view: string }>(
    sql`SELECT name, view FROM case_view WHERE member = ${member} ORDER BY name`,
  );

export const putView = (db: WriteDb, member: string, name: string, view: string): void =>
  void db.run(sql`INSERT INTO case_view (member, name, view) VALUES (${member}, ${name}, ${view})
                  ON CONFLICT (member, name) DO UPDATE SET view = excluded.view`);

export const removeView = (db: WriteDb, member: string, name: string): void =>
  void db.run(sql`DELETE FROM case_view WHERE member = ${member} AND name = ${name}`);
