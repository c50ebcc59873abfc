// Rows of bundles that left and came, of what contacts are known to hold, of extracts and recalls.
import type { BundleKind, BundleNumber } from "../../../shared/bundle/manifest.ts";
import type { Recall } from "../../../shared/bundle/notices.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type {
  BundleId,
  CaseId,
  ConsentId,
  ContactId,
  Fingerprint,
  OpeningId,
  PartId,
  PersonId,
  RecallId,
  SectionId,
} from "../../../shared/vocabulary/ids.ts";
import { sql, type ReadDb, type Sql, type WriteDb } from "../vault/sql.ts";

export type BundleState = "locked" | "written" | "acknowledged" | "destroyed";

/** What a bundle holds, as `bundle_out.content` keeps it. */
export type BundleContent = {
  readonly cases: readonly {
    readonly case: CaseId;
    /** What a release showed, and the consents it went out under: once they are withdrawn it is called back. */
    readonly released?: {
      readonly sections: readonly SectionName[];
      readonly consents: readonly ConsentId[];
    };
    /** Parts lie with their section: what is erased takes their hashes along. */
    readonly sections: readonly {
      readonly section: SectionId;
      readonly name: SectionName;
      readonly parts: readonly PartId[];
    }[];
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

/** All bundles to a contact that left or may have. */
export const bundlesTo = (
  db: ReadDb,
  contact: ContactId,
): readonly { readonly id: BundleId; readonly made: number; readonly cases: BundleContent["cases"] }[] =>
  db
    .all<{ id: BundleId; made: number; content: string }>(
      sql`SELECT id, made, content FROM bundle_out WHERE contact = ${contact} AND state IN ('written', 'acknowledged')`,
    )
    .map(({ content, ...row }) => ({ ...row, cases: (JSON.parse(content) as BundleContent).cases }));

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

/** A part that was not taken, and of which section it is, where that could be read. */
export type LeftPart = { readonly part: PartId; readonly section?: SectionId };

/** What taking in a bundle came to, as `bundle_in.outcome` keeps it. */
export type Outcome = {
  readonly without: readonly LeftPart[];
  /** The certificate of this office it was for: a sender counts for each of them. */
  readonly to: Fingerprint;
  readonly voided: readonly number[];
};

/** Numbers for one certificate of this office, up to the highest seen, that never came from this sender. */
export function missingNumbers(db: ReadDb, fingerprint: Fingerprint, to: Fingerprint): readonly number[] {
  const seen = new Set(
    db
      .all<{ n: number }>(sql`
        WITH came AS MATERIALIZED (
          SELECT for_contact, outcome FROM bundle_in
          WHERE fingerprint = ${fingerprint} AND json_extract(outcome, '$.to') = ${to})
        SELECT for_contact AS n FROM came
        UNION SELECT void.value AS n FROM came, json_each(came.outcome, '$.voided') AS void`)
      .map((row) => row.n),
  );
  const highest = [...seen].reduce((most, n) => Math.max(most, n), 0);
  const missing: number[] = [];
  for (let n = 1; n < highest && missing.length < 1_000; n++) if (!seen.has(n)) missing.push(n);
  return missing;
}

/**
 * Notes openings of a sender's vault; true where two began at the same parent: a copy is in use. The openings of a vault
 * are those of all its members, so a colleague's counts.
 */
export function seeOpenings(db: WriteDb, fingerprint: Fingerprint, number: BundleNumber): boolean {
  const openings = [...(number.openings ?? []), { opening: number.opening, parent: number.parent }];
  for (const { opening, parent } of openings)
    db.run(
      sql`INSERT INTO opening_seen (nonce, fingerprint, parent) VALUES (${opening}, ${fingerprint}, ${parent}) ON CONFLICT DO NOTHING`,
    );
  return openings.some(({ parent }) => {
    if (parent === null) return false;
    const siblings = db.get<{ n: number }>(sql`
      SELECT count(DISTINCT nonce) AS n FROM opening_seen
      WHERE parent = ${parent} AND fingerprint IN (${officeOf(fingerprint)})`);
    return (siblings?.n ?? 0) > 1;
  });
}

/**
 * Whether another bundle came from the same vault with this number for the same certificate, or with this number of its
 * opening: a copy of it is in use.
 */
export const numberTaken = (
  db: ReadDb,
  fingerprint: Fingerprint,
  to: Fingerprint,
  { id, number }: { readonly id: BundleId; readonly number: BundleNumber },
): boolean =>
  db.get(sql`
    SELECT 1 AS one FROM bundle_in
    WHERE id <> ${id}
      AND (for_contact = ${number.forRecipient} AND json_extract(outcome, '$.to') = ${to}
        OR opening = ${number.opening} AND number = ${number.number})
      AND fingerprint IN (${officeOf(fingerprint)}) LIMIT 1`) !== undefined;

const officeOf = (fingerprint: Fingerprint): Sql => sql`
  SELECT colleague.fingerprint FROM contact JOIN contact AS colleague ON colleague.office = contact.office
  WHERE contact.fingerprint = ${fingerprint}`;

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

/** Whether a section has a part that a contact is not known to hold. */
export const lacksParts = (db: ReadDb, contact: ContactId, section: SectionId): boolean =>
  db.get(sql`
    SELECT 1 AS one FROM part WHERE section = ${section}
      AND NOT EXISTS (SELECT 1 FROM known_part WHERE contact = ${contact} AND part = part.id) LIMIT 1`) !==
  undefined;

export function knowParts(db: WriteDb, contact: ContactId, parts: readonly PartId[]): void {
  for (let at = 0; at < parts.length; at += 500) {
    const some = JSON.stringify(parts.slice(at, at + 500));
    db.run(sql`
      INSERT INTO known_part (contact, part) SELECT ${contact}, value FROM json_each(${some}) WHERE true ON CONFLICT DO NOTHING`);
  }
}

export type SharedCase = { readonly id: CaseId; readonly changed: number; readonly chain_head: string };

/** Cases on which another office works too, or may. */
export const sharedCases = (db: ReadDb): readonly SharedCase[] =>
  db.all<SharedCase>(
    sql`SELECT id, changed, chain_head FROM case_row WHERE others IS NULL OR others > 0 ORDER BY changed DESC, id`,
  );

/** How often what contacts hold of a case moved without the case itself: by acknowledgements and confirmed recalls. */
const moves = new Map<CaseId, number>();
export const holdingsMoved = (of: CaseId): number => moves.get(of) ?? 0;
export const moveHoldings = (db: WriteDb, of: CaseId): void =>
  db.afterCommit(() => void moves.set(of, holdingsMoved(of) + 1));

export type RecallRow = {
  readonly id: RecallId;
  readonly case_id: CaseId;
  readonly contact: ContactId;
  readonly sections: string;
  readonly bundles: string;
  readonly direction: "out" | "in";
  readonly state: "due" | "sent" | "confirmed" | "impossible";
  readonly made: number;
  readonly note: string;
};

const recallColumns = sql`id, case_id, contact, sections, bundles, direction, state, made, note`;

/** A recall that came again is owed its confirmation again: the one that was sent may be lost. */
export function addRecall(db: WriteDb, row: RecallRow): void {
  db.run(sql`
    INSERT INTO recall (id, case_id, contact, sections, bundles, direction, state, made, note)
    VALUES (${row.id}, ${row.case_id}, ${row.contact}, ${row.sections}, ${row.bundles}, ${row.direction}, ${row.state}, ${row.made}, ${row.note})
    ON CONFLICT (id) DO UPDATE SET state = 'due' WHERE direction = 'in' AND contact = excluded.contact`);
}

/** Releases that a recall calls back, with what each showed. */
export type ReleaseBack = { readonly bundle: BundleId; readonly sections: readonly SectionName[] };
type SectionBack = Recall["sections"][number];

export const sectionsBack = ({ sections }: RecallRow): readonly SectionBack[] =>
  JSON.parse(sections) as readonly SectionBack[];
export const bundlesBack = ({ bundles }: RecallRow): readonly ReleaseBack[] =>
  JSON.parse(bundles) as readonly ReleaseBack[];

/** Everything a contact was ever asked to erase. */
export const askedBack = (db: ReadDb, contact: ContactId): readonly RecallRow[] =>
  recallsWith(db, contact, "out", ["due", "sent", "confirmed", "impossible"]);

/** Whether this office was asked to erase a release, held then or not. */
export const releaseCalledBack = (db: ReadDb, contact: ContactId, bundle: BundleId): boolean =>
  db.get(sql`
    SELECT 1 AS one FROM recall, json_each(recall.bundles) AS back
    WHERE recall.direction = 'in' AND recall.contact = ${contact}
      AND json_extract(back.value, '$.bundle') = ${bundle} LIMIT 1`) !== undefined;

/** Sections of a case that its steward called back from this office, held then or not. */
export const calledBackHere = (db: ReadDb, of: CaseId): ReadonlySet<SectionId> =>
  new Set(
    db
      .all<{ sections: string }>(sql`SELECT sections FROM recall WHERE case_id = ${of} AND direction = 'in'`)
      .flatMap((row) => (JSON.parse(row.sections) as SectionBack[]).map((one) => one.section)),
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

/** Cases that something may have to be called back from. */
export const casesToLookAt = (db: ReadDb): readonly CaseId[] =>
  db
    .all<{ case_id: CaseId }>(sql`SELECT DISTINCT case_id FROM call_back ORDER BY case_id`)
    .map((row) => row.case_id);

export const lookedAt = (db: WriteDb, of: CaseId): void =>
  void db.run(sql`DELETE FROM call_back WHERE case_id = ${of}`);

type HeldSection = { readonly section: SectionId; readonly kind: string; readonly member: PersonId | null };

/** Sections of a case that a contact is known to hold, or was when they were erased here, sent to her or hers from the first. */
export const sectionsHeldBy = (db: ReadDb, contact: ContactId, of: CaseId): readonly HeldSection[] =>
  db.all<HeldSection>(sql`
    SELECT section, kind, member FROM call_back WHERE case_id = ${of} AND contact = ${contact}
    UNION SELECT section.id AS section, section.kind, section.member FROM section
    WHERE section.case_id = ${of} AND EXISTS (
      SELECT 1 FROM part JOIN known_part ON known_part.part = part.id
      WHERE part.section = section.id AND known_part.contact = ${contact})`);

/** Sections of a case that were erased here since it was last looked at, whoever held them. */
export const justErased = (db: ReadDb, of: CaseId): readonly HeldSection[] =>
  db.all<HeldSection>(
    sql`SELECT section, kind, member FROM call_back WHERE case_id = ${of} AND contact = '' AND section <> ''`,
  );

/** The hashes of parts of erased sections go from what was noted of bundles. */
export function dropParts(db: WriteDb, of: CaseId, gone: ReadonlySet<SectionId>): void {
  const some = sql.list([...gone]);
  const sent = db.all<{ id: BundleId; content: string }>(sql`
    SELECT DISTINCT bundle_out.id, bundle_out.content FROM bundle_out, json_tree(bundle_out.content, '$.cases') AS node
    WHERE node.key = 'section' AND node.atom IN ${some}`);
  for (const { id, content } of sent) {
    const before = JSON.parse(content) as BundleContent;
    const cases = before.cases.map((item) => ({
      ...item,
      sections: item.sections.map((one) =>
        item.case === of && gone.has(one.section) ? { ...one, parts: [] } : one,
      ),
    }));
    db.run(sql`UPDATE bundle_out SET content = ${JSON.stringify({ ...before, cases })} WHERE id = ${id}`);
  }
  const came = db.all<{ id: BundleId; outcome: string }>(sql`
    SELECT DISTINCT bundle_in.id, bundle_in.outcome FROM bundle_in, json_each(bundle_in.outcome, '$.without') AS item
    WHERE json_extract(item.value, '$.section') IN ${some}`);
  for (const { id, outcome } of came) {
    const before = JSON.parse(outcome) as Outcome;
    const without = before.without.filter(({ section }) => section === undefined || !gone.has(section));
    db.run(sql`UPDATE bundle_in SET outcome = ${JSON.stringify({ ...before, without })} WHERE id = ${id}`);
  }
}

/**
 * Openings since the last bundle to a contact, the present one among them, at most 200 of the latest. Before the first
 * bundle: all.
 */
export const openingsSince = (db: ReadDb, contact: ContactId): NonNullable<BundleNumber["openings"]> =>
  db
    .all<{ opening: OpeningId; parent: OpeningId | null }>(sql`
      SELECT nonce AS opening, parent FROM opening
      WHERE seq > coalesce((
        SELECT opening.seq FROM bundle_out JOIN opening ON opening.nonce = bundle_out.opening
        WHERE bundle_out.contact = ${contact} AND bundle_out.state IN ('written', 'acknowledged')
        ORDER BY bundle_out.for_contact DESC LIMIT 1), 0)
      ORDER BY seq DESC LIMIT 200`)
    .toReversed();

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

export const eraseDossier = (db: WriteDb, bundle: BundleId): void =>
  void db.run(sql`DELETE FROM dossier_in WHERE bundle = ${bundle}`);

export const dossierOf = (db: ReadDb, bundle: BundleId): string | undefined =>
  db.get<{ html: string }>(sql`SELECT html FROM dossier_in WHERE bundle = ${bundle}`)?.html;

/** Every dossier that lies here, the latest first, with the certificate it came from. */
export const dossiersIn = (
  db: ReadDb,
): readonly {
  readonly bundle: BundleId;
  readonly fingerprint: Fingerprint;
  readonly number: number;
  readonly at: number;
}[] =>
  db.all(sql`
    SELECT bundle_in.id AS bundle, fingerprint, for_contact AS number, at FROM dossier_in
    JOIN bundle_in ON bundle_in.id = dossier_in.bundle ORDER BY at DESC, bundle_in.id`);

/** What a notice would come to, read before and inside a rehearsal: bundles acknowledged, dossiers held, sections buried. */
export const standOf = (
  db: ReadDb,
): { readonly acknowledged: number; readonly dossiers: number; readonly graves: number } =>
  db.get<{ acknowledged: number; dossiers: number; graves: number }>(sql`
    SELECT (SELECT count(*) FROM bundle_out WHERE state = 'acknowledged') AS acknowledged,
      (SELECT count(*) FROM dossier_in) AS dossiers, (SELECT coalesce(max(rowid), 0) FROM tombstone) AS graves`) ?? {
    acknowledged: 0,
    dossiers: 0,
    graves: 0,
  };

/** Sections buried after others. */
export const gravesAfter = (
  db: ReadDb,
  grave: number,
): readonly { readonly section: SectionId; readonly case: CaseId }[] =>
  db.all<{ section: SectionId; case: CaseId }>(
    sql`SELECT section, case_id AS "case" FROM tombstone WHERE rowid > ${grave} ORDER BY rowid`,
  );
