// Rows of bundles that left and came, of what contacts are known to hold, of extracts and recalls.
import type { BundleKind, BundleNumber } from "../../../shared/bundle/manifest.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type {
  BundleId,
  CaseId,
  ConsentId,
  ContactId,
  Fingerprint,
  OpeningId,
  PartId,
  RecallId,
  SectionId,
} from "../../../shared/vocabulary/ids.ts";
import { sql, type ReadDb, type WriteDb } from "../vault/sql.ts";

export type BundleState = "locked" | "written" | "acknowledged" | "destroyed";

/** What a bundle holds, as `bundle_out.content` keeps it. */
export type BundleContent = {
  readonly cases: readonly {
    readonly case: CaseId;
    /** Consents a release went out under: withdrawn, the file is destroyed where it still lies. */
    readonly released?: readonly ConsentId[];
    readonly sections: readonly { readonly section: SectionId; readonly name: SectionName }[];
    readonly parts: readonly PartId[];
  }[];
  readonly recalls: readonly RecallId[];
  readonly acknowledges: readonly BundleId[];
};

export type BundleOut = {
  readonly id: BundleId;
  readonly contact: ContactId;
  readonly kind: BundleKind;
  readonly case_id: CaseId | null;
  readonly opening: string;
  readonly number: number;
  readonly for_contact: number;
  readonly made: number;
  readonly state: BundleState;
};

const out = sql`id, contact, kind, case_id, opening, number, for_contact, made, state`;

export function addBundleOut(db: WriteDb, row: BundleOut, content: BundleContent): void {
  db.run(sql`
    INSERT INTO bundle_out (id, contact, kind, case_id, opening, number, for_contact, made, state, content)
    VALUES (${row.id}, ${row.contact}, ${row.kind}, ${row.case_id}, ${row.opening}, ${row.number}, ${row.for_contact}, ${row.made}, ${row.state}, ${JSON.stringify(content)})`);
}

export const setBundleState = (db: WriteDb, id: BundleId, state: BundleState): void =>
  void db.run(sql`UPDATE bundle_out SET state = ${state} WHERE id = ${id}`);

export const setPlace = (db: WriteDb, id: BundleId, place: string): void =>
  void db.run(sql`UPDATE bundle_out SET place = ${place} WHERE id = ${id}`);

/** The latest numbers for this contact that will never come: their bundles were destroyed before anyone saw them. */
export const destroyedNumbers = (db: ReadDb, contact: ContactId): readonly number[] =>
  db
    .all<{ n: number }>(sql`
      SELECT for_contact AS n FROM bundle_out WHERE contact = ${contact} AND state = 'destroyed' ORDER BY for_contact DESC LIMIT 100`)
    .map((row) => row.n);

export const bundleOut = (db: ReadDb, id: BundleId): BundleOut | undefined =>
  db.get<BundleOut>(sql`SELECT ${out} FROM bundle_out WHERE id = ${id}`);

export const bundlesOut = (db: ReadDb, contact?: ContactId): readonly BundleOut[] =>
  contact === undefined
    ? db.all<BundleOut>(sql`SELECT ${out} FROM bundle_out ORDER BY made, number`)
    : db.all<BundleOut>(sql`SELECT ${out} FROM bundle_out WHERE contact = ${contact} ORDER BY made, number`);

export function contentOf(db: ReadDb, id: BundleId): BundleContent | undefined {
  const row = db.get<{ content: string }>(sql`SELECT content FROM bundle_out WHERE id = ${id}`);
  return row === undefined ? undefined : (JSON.parse(row.content) as BundleContent);
}

/** Contents of all bundles to a contact that left or may have. */
export const contentsTo = (db: ReadDb, contact: ContactId): readonly BundleContent[] =>
  db
    .all<{ content: string }>(
      sql`SELECT content FROM bundle_out WHERE contact = ${contact} AND state IN ('written', 'acknowledged')`,
    )
    .map((row) => JSON.parse(row.content) as BundleContent);

/** What an earlier opening was still sealing when it ended was never shown to anyone: its numbers are void. */
export const voidLocked = (db: WriteDb, opening: OpeningId): void =>
  void db.run(
    sql`UPDATE bundle_out SET state = 'destroyed' WHERE state = 'locked' AND opening <> ${opening}`,
  );

export const nextForContact = (db: ReadDb, contact: ContactId): number =>
  (db.get<{ last: number | null }>(
    sql`SELECT max(for_contact) AS last FROM bundle_out WHERE contact = ${contact}`,
  )?.last ?? 0) + 1;

export type BundleIn = {
  readonly id: BundleId;
  readonly contact: ContactId | null;
  readonly fingerprint: Fingerprint;
  readonly kind: BundleKind;
  readonly outcome: string;
  readonly acknowledged: number;
};

export const bundleIn = (db: ReadDb, id: BundleId): BundleIn | undefined =>
  db.get<BundleIn>(
    sql`SELECT id, contact, fingerprint, kind, outcome, acknowledged FROM bundle_in WHERE id = ${id}`,
  );

export function addBundleIn(
  db: WriteDb,
  row: Omit<BundleIn, "acknowledged"> & {
    readonly case_id: CaseId | null;
    readonly number: BundleNumber;
    readonly at: number;
    readonly owed: boolean;
  },
): void {
  db.run(sql`
    INSERT INTO bundle_in (id, contact, fingerprint, kind, case_id, opening, number, for_contact, at, outcome, acknowledged)
    VALUES (${row.id}, ${row.contact}, ${row.fingerprint}, ${row.kind}, ${row.case_id}, ${row.number.opening}, ${row.number.number},
      ${row.number.forRecipient}, ${row.at}, ${row.outcome}, ${row.owed ? 0 : 1})`);
}

/** Bundles of a contact whose arrival she has not been told of. */
export const unacknowledged = (db: ReadDb, fingerprint: Fingerprint): readonly BundleIn[] =>
  db.all<BundleIn>(sql`
    SELECT id, contact, fingerprint, kind, outcome, acknowledged FROM bundle_in
    WHERE fingerprint = ${fingerprint} AND acknowledged = 0 ORDER BY at, id`);

export const markAcknowledged = (db: WriteDb, ids: readonly BundleId[]): void =>
  void db.run(sql`UPDATE bundle_in SET acknowledged = 1 WHERE id IN ${sql.list(ids)}`);

/** What taking in a bundle came to, as `bundle_in.outcome` keeps it. */
export type Outcome = {
  readonly without: readonly PartId[];
  /** The certificate of this office it was for: a sender counts for each of them. */
  readonly to: Fingerprint;
  readonly voided: readonly number[];
};

/** Numbers for one certificate of this office, up to the highest seen, that never came from this sender. */
export function missingNumbers(db: ReadDb, fingerprint: Fingerprint, to: Fingerprint): readonly number[] {
  const from = sql`bundle_in WHERE fingerprint = ${fingerprint} AND json_extract(outcome, '$.to') = ${to}`;
  const seen = new Set(
    db
      .all<{ n: number }>(sql`
        SELECT for_contact AS n FROM ${from}
        UNION SELECT void.value AS n FROM (SELECT outcome FROM ${from}) AS came, json_each(came.outcome, '$.voided') AS void`)
      .map((row) => row.n),
  );
  const highest = [...seen].reduce((most, n) => Math.max(most, n), 0);
  const missing: number[] = [];
  for (let n = 1; n < highest && missing.length < 1_000; n++) if (!seen.has(n)) missing.push(n);
  return missing;
}

/**
 * Notes an opening of a sender's vault; true where another opening began at the same parent: a copy is in use. The
 * openings of a vault are those of all its members, so a colleague's counts.
 */
export function seeOpening(db: WriteDb, fingerprint: Fingerprint, number: BundleNumber): boolean {
  db.run(
    sql`INSERT INTO opening_seen (nonce, fingerprint, parent) VALUES (${number.opening}, ${fingerprint}, ${number.parent}) ON CONFLICT DO NOTHING`,
  );
  if (number.parent === null) return false;
  const siblings = db.get<{ n: number }>(sql`
    SELECT count(*) AS n FROM opening_seen WHERE parent = ${number.parent} AND fingerprint IN (
      SELECT colleague.fingerprint FROM contact JOIN contact AS colleague ON colleague.office = contact.office
      WHERE contact.fingerprint = ${fingerprint})`);
  return (siblings?.n ?? 0) > 1;
}

export function partsKnown(db: ReadDb, contact: ContactId, parts: readonly PartId[]): ReadonlySet<PartId> {
  const known = new Set<PartId>();
  for (let at = 0; at < parts.length; at += 500) {
    const some = sql.list(parts.slice(at, at + 500));
    for (const row of db.all<{ part: PartId }>(
      sql`SELECT part FROM known_part WHERE contact = ${contact} AND part IN ${some}`,
    ))
      known.add(row.part);
  }
  return known;
}

export function knowParts(db: WriteDb, contact: ContactId, parts: readonly PartId[]): void {
  for (const part of parts)
    db.run(sql`INSERT INTO known_part (contact, part) VALUES (${contact}, ${part}) ON CONFLICT DO NOTHING`);
}

export type RecallRow = {
  readonly id: RecallId;
  readonly case_id: CaseId;
  readonly contact: ContactId;
  readonly sections: string;
  readonly direction: "out" | "in";
  readonly state: "due" | "sent" | "confirmed" | "impossible";
  readonly made: number;
  readonly note: string;
};

const recallColumns = sql`id, case_id, contact, sections, direction, state, made, note`;

/** A recall that came again is owed its confirmation again: the one that was sent may be lost. */
export function addRecall(db: WriteDb, row: RecallRow): void {
  db.run(sql`
    INSERT INTO recall (id, case_id, contact, sections, direction, state, made, note)
    VALUES (${row.id}, ${row.case_id}, ${row.contact}, ${row.sections}, ${row.direction}, ${row.state}, ${row.made}, ${row.note})
    ON CONFLICT (id) DO UPDATE SET state = 'due' WHERE direction = 'in' AND contact = excluded.contact`);
}

/** Sections of a case that its steward called back from this office, held then or not. */
export const calledBackHere = (db: ReadDb, of: CaseId): ReadonlySet<SectionId> =>
  new Set(
    db
      .all<{ sections: string }>(
        sql`SELECT sections FROM recall WHERE case_id = ${of} AND direction = 'in'`,
      )
      .flatMap((row) => (JSON.parse(row.sections) as { section: SectionId }[]).map((one) => one.section)),
  );

export const recallById = (db: ReadDb, id: RecallId): RecallRow | undefined =>
  db.get<RecallRow>(sql`SELECT ${recallColumns} FROM recall WHERE id = ${id}`);

export const recallsOf = (db: ReadDb, direction: "out" | "in"): readonly RecallRow[] =>
  db.all<RecallRow>(
    sql`SELECT ${recallColumns} FROM recall WHERE direction = ${direction} ORDER BY made, id`,
  );

export const recallsWith = (
  db: ReadDb,
  contact: ContactId,
  direction: "out" | "in",
  states: readonly RecallRow["state"][],
): readonly RecallRow[] =>
  db.all<RecallRow>(sql`
    SELECT ${recallColumns} FROM recall
    WHERE contact = ${contact} AND direction = ${direction} AND state IN ${sql.list(states)} ORDER BY made, id`);

export const settleRecall = (
  db: WriteDb,
  id: RecallId,
  state: RecallRow["state"],
  at: number,
  note = "",
): void =>
  void db.run(sql`UPDATE recall SET state = ${state}, settled = ${at}, note = ${note} WHERE id = ${id}`);

/** The opening this one follows; null for a vault's first. */
export const openingParent = (db: ReadDb, opening: OpeningId): OpeningId | null =>
  db.get<{ parent: OpeningId | null }>(sql`SELECT parent FROM opening WHERE nonce = ${opening}`)?.parent ??
  null;

/** Bundles of a case that were written and not acknowledged, with where they were written. */
export const written = (
  db: ReadDb,
  of: CaseId,
): readonly {
  readonly id: BundleId;
  readonly contact: ContactId;
  readonly place: string;
  readonly content: BundleContent["cases"][number];
}[] =>
  db
    .all<{ id: BundleId; contact: ContactId; place: string; content: string }>(
      sql`SELECT id, contact, place, content FROM bundle_out WHERE state = 'written'`,
    )
    .flatMap(({ id, contact, place, content }) => {
      const item = (JSON.parse(content) as BundleContent).cases.find((one) => one.case === of);
      return item === undefined ? [] : [{ id, contact, place, content: item }];
    });

/** A contact is no longer taken to hold any part of a section. */
export const forgetPart = (db: WriteDb, contact: ContactId, section: SectionId): void =>
  void db.run(
    sql`DELETE FROM known_part WHERE contact = ${contact} AND part IN (SELECT id FROM part WHERE section = ${section})`,
  );

/** The dossier of a release that came to this office. */
export const keepDossier = (db: WriteDb, bundle: BundleId, html: string): void =>
  void db.run(sql`INSERT INTO dossier_in (bundle, html) VALUES (${bundle}, ${html}) ON CONFLICT DO NOTHING`);

export const dossierOf = (db: ReadDb, bundle: BundleId): string | undefined =>
  db.get<{ html: string }>(sql`SELECT html FROM dossier_in WHERE bundle = ${bundle}`)?.html;
