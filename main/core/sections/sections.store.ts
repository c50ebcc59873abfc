// The SQL of parts, their graph, the section cache, tombstones and quarantine.
import type {
  CaseId,
  ChangeHash,
  Fingerprint,
  PartId,
  PersonId,
  SaveId,
  SectionId,
} from "../../../shared/vocabulary/ids.ts";
import type { ReadDb, Row, WriteDb } from "../vault/sql.ts";
import { sql } from "../vault/sql.ts";
import type { ChangeHead, PartRecord, ReadPart } from "./part.rules.ts";

/** The section cache without its document. `heads`: change hashes, comma-separated. */
export type SectionRow = Row & {
  readonly id: SectionId;
  readonly case_id: CaseId;
  readonly kind: string;
  readonly member: PersonId | null;
  readonly state: "live" | "closed";
  readonly version: number;
  readonly heads: string;
  readonly held: number;
  readonly conflicts: number;
};

export type PartRow = Row & {
  readonly seq: number;
  readonly id: PartId;
  readonly save: SaveId;
  readonly section: SectionId;
  readonly kind: string;
  readonly author: Fingerprint;
  readonly at: number;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly changes: Uint8Array;
};

export type ChangeRow = Row & {
  readonly hash: ChangeHash;
  readonly part: PartId;
  readonly actor: string;
  readonly seq: number;
  readonly dependencies: string;
};

export type QuarantineRow = Row & {
  readonly id: string;
  readonly at: number;
  readonly bundle: string | null;
  readonly sender: string | null;
  readonly case_id: CaseId | null;
  readonly section: SectionId | null;
  readonly reason: string;
  readonly content: Uint8Array;
};

const head = sql`id, case_id, kind, member, state, version, heads, held, conflicts`;
const part = sql`seq, id, save, section, kind, author, at, signed, signature, changes`;

export const sectionRow = (db: ReadDb, section: SectionId) =>
  db.get<SectionRow>(sql`SELECT ${head} FROM section WHERE id = ${section}`);

export const sectionRows = (db: ReadDb, of: CaseId) =>
  db.all<SectionRow>(sql`SELECT ${head} FROM section WHERE case_id = ${of} ORDER BY kind, id`);

export const sectionDocument = (db: ReadDb, section: SectionId): Uint8Array =>
  db.get<{ doc: Uint8Array }>(sql`SELECT doc FROM section WHERE id = ${section}`)?.doc ?? new Uint8Array();

export function putSection(db: WriteDb, row: SectionRow, doc: Uint8Array): void {
  db.run(sql`
    INSERT INTO section (id, case_id, kind, member, state, version, doc, heads, held, conflicts)
    VALUES (${row.id}, ${row.case_id}, ${row.kind}, ${row.member}, ${row.state}, ${row.version}, ${doc}, ${row.heads},
      ${row.held}, ${row.conflicts})
    ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, member = excluded.member, state = excluded.state,
      version = excluded.version, doc = excluded.doc, heads = excluded.heads, held = excluded.held,
      conflicts = excluded.conflicts`);
}

/** Where only what the chain says of it changed. */
export function markSection(db: WriteDb, row: SectionRow): void {
  db.run(sql`UPDATE section SET state = ${row.state}, held = ${row.held} WHERE id = ${row.id}`);
}

export function insertPart(db: WriteDb, { record, facts, actor }: ReadPart): void {
  db.run(sql`
    INSERT INTO part (id, save, case_id, section, kind, author, actor, at, signed, signature, changes)
    VALUES (${record.id}, ${facts.save}, ${facts.case}, ${facts.section}, ${facts.kind}, ${facts.author}, ${actor},
      ${facts.at}, ${record.signed}, ${record.signature}, ${record.changes})`);
}

/** Enters a part that passed its trial into the graph; `ops`: operations of each of its changes. */
export function insertChanges(
  db: WriteDb,
  of: { readonly id: PartId; readonly section: SectionId },
  heads: readonly ChangeHead[],
  ops: readonly number[],
): void {
  for (const [index, { hash, actor, seq, startOp, dependencies }] of heads.entries())
    db.run(sql`
      INSERT INTO change (hash, part, section, actor, seq, start_op, ops, dependencies)
      VALUES (${hash}, ${of.id}, ${of.section}, ${actor}, ${seq}, ${startOp}, ${ops[index] ?? 0}, ${dependencies.join()})`);
}

export const partRows = (db: ReadDb, section: SectionId) =>
  db.all<PartRow>(sql`SELECT ${part} FROM part WHERE section = ${section} ORDER BY seq`);

export const partRow = (db: ReadDb, id: PartId) =>
  db.get<PartRow>(sql`SELECT ${part} FROM part WHERE id = ${id}`);

export const partsOfSave = (db: ReadDb, save: SaveId) =>
  db.all<PartRow>(sql`SELECT ${part} FROM part WHERE save = ${save} ORDER BY seq`);

/** The texts of a section's parts: what the chain has to judge, without their changes. */
export const partTexts = (db: ReadDb, section: SectionId) =>
  db.all<Row & { id: PartId; signed: Uint8Array }>(
    sql`SELECT id, signed FROM part WHERE section = ${section}`,
  );

export const lastSaveOf = (db: ReadDb, of: CaseId, author: Fingerprint): SaveId | undefined =>
  db.get<{ save: SaveId }>(
    sql`SELECT save FROM part WHERE case_id = ${of} AND author = ${author} ORDER BY seq DESC LIMIT 1`,
  )?.save;

export const isKnownPart = (db: ReadDb, id: PartId): boolean =>
  db.get(sql`SELECT 1 AS one FROM part WHERE id = ${id}`) !== undefined;

/** Parts of a case that have not been tried: something they build on is missing, or they are of a newer version. */
export const untriedParts = (db: ReadDb, of: CaseId) =>
  db.all<PartRow>(sql`
    SELECT ${part} FROM part
    WHERE section IN (SELECT id FROM section WHERE case_id = ${of} AND held > 0)
      AND NOT EXISTS (SELECT 1 FROM change WHERE change.part = part.id)
    ORDER BY seq`);

export const changeRows = (db: ReadDb, section: SectionId) =>
  db.all<ChangeRow>(sql`SELECT hash, part, actor, seq, dependencies FROM change WHERE section = ${section}`);

/** The part whose change holds one operation, `<number>@<actor>`. */
export function partOfOp(db: ReadDb, section: SectionId, op: string): PartRow | undefined {
  const [number = "", actor = ""] = op.split("@");
  const row = db.get<{ part: PartId }>(sql`
    SELECT part FROM change
    WHERE section = ${section} AND actor = ${actor} AND start_op <= ${Number(number)} AND start_op + ops > ${Number(number)}
    ORDER BY part LIMIT 1`);
  return row && partRow(db, row.part);
}

/** Which operations each part wrote, of every actor in the order of her operations. */
export const opRanges = (db: ReadDb, section: SectionId) =>
  db.all<Row & { actor: string; start_op: number; part: PartId }>(
    sql`SELECT actor, start_op, part FROM change WHERE section = ${section} ORDER BY actor, start_op, part DESC`,
  );

/** Who wrote each part of a section, and when by her laptop. */
export const authorsOf = (db: ReadDb, section: SectionId) =>
  db.all<Row & { id: PartId; author: Fingerprint; at: number }>(
    sql`SELECT id, author, at FROM part WHERE section = ${section}`,
  );

export const isErased = (db: ReadDb, section: SectionId): boolean =>
  db.get(sql`SELECT 1 AS one FROM tombstone WHERE section = ${section}`) !== undefined;

export type Tombstone = Row & {
  readonly section: SectionId;
  readonly case_id: CaseId;
  readonly by_whom: string;
  readonly at: number;
  readonly why: string;
};

export const tombstones = (db: ReadDb, of: CaseId) =>
  db.all<Tombstone>(
    sql`SELECT section, case_id, by_whom, at, why FROM tombstone WHERE case_id = ${of} ORDER BY section`,
  );

/** Takes away everything of a section but its name, who erased it, when and why. Only inside `Vault.erase`. */
export function eraseRows(db: WriteDb, grave: Tombstone): void {
  const { section } = grave;
  db.run(sql`DELETE FROM known_part WHERE part IN (SELECT id FROM part WHERE section = ${section})`);
  db.run(sql`DELETE FROM change WHERE section = ${section}`);
  db.run(sql`DELETE FROM part WHERE section = ${section}`);
  db.run(sql`DELETE FROM section WHERE id = ${section}`);
  db.run(sql`DELETE FROM quarantine WHERE section = ${section}`);
  db.run(sql`DELETE FROM search WHERE rowid IN (SELECT seq FROM search_row WHERE section = ${section})`);
  db.run(sql`DELETE FROM search_row WHERE section = ${section}`);
  db.run(sql`
    INSERT INTO tombstone (section, case_id, by_whom, at, why)
    VALUES (${section}, ${grave.case_id}, ${grave.by_whom}, ${grave.at}, ${grave.why})
    ON CONFLICT (section) DO NOTHING`);
}

export const quarantineRows = (db: ReadDb, of: CaseId) =>
  db.all<QuarantineRow>(sql`
    SELECT id, at, bundle, sender, case_id, section, reason, content FROM quarantine WHERE case_id = ${of} ORDER BY at, id`);

export const quarantineRow = (db: ReadDb, id: string) =>
  db.get<QuarantineRow>(
    sql`SELECT id, at, bundle, sender, case_id, section, reason, content FROM quarantine WHERE id = ${id}`,
  );

export function putQuarantine(db: WriteDb, row: QuarantineRow): void {
  db.run(sql`
    INSERT INTO quarantine (id, at, bundle, sender, case_id, section, reason, content)
    VALUES (${row.id}, ${row.at}, ${row.bundle}, ${row.sender}, ${row.case_id}, ${row.section}, ${row.reason}, ${row.content})
    ON CONFLICT (id) DO UPDATE SET reason = excluded.reason`);
}

export const dropQuarantine = (db: WriteDb, id: string): boolean =>
  db.run(sql`DELETE FROM quarantine WHERE id = ${id}`).changes > 0;

export const recordOf = ({ id, signed, signature, changes }: PartRow): PartRecord => ({
  id,
  signed,
  signature,
  changes,
});
