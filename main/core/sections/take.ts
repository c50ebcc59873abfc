// The second half of an import, inside a commit: whole sections are taken or put into quarantine, then brought to what the chain says.
import type { PartId, SectionId } from "../../../shared/vocabulary/ids.ts";
import type { ChainState } from "../chain/index.ts";
import type { Clock } from "../ports.ts";
import type { WriteDb } from "../vault/sql.ts";
import type { Examination, Examined } from "./examine.ts";
import { quarantined, recordName } from "./examine.ts";
import type { LiveSections } from "./live.ts";
import { emptyLive } from "./live.ts";
import type { PartRecord, ReadPart } from "./part.rules.ts";
import type { Projectors } from "./refresh.ts";
import { refresh } from "./refresh.ts";
import {
  changeRows,
  dropQuarantine,
  insertChanges,
  insertPart,
  isErased,
  isKnownPart,
  putQuarantine,
  putSection,
} from "./sections.store.ts";

/** What became of one part. `held`: stored and not in effect, for that reason. */
export type PartOutcome = {
  readonly part: PartId;
  readonly section?: SectionId;
} & (
  | { readonly outcome: "stored" | "known" | "dropped-erased" }
  | { readonly outcome: "held" | "quarantined"; readonly why: string }
);

export type Taken = {
  readonly outcomes: readonly PartOutcome[];
  /** Something arrived meanwhile that waiting parts build on: examine the case once more. */
  readonly again: boolean;
};

export type TakeParts = {
  readonly clock: Clock;
  readonly projectors: Projectors;
  readonly live: LiveSections;
};

/**
 * Takes what was examined. All or nothing for each section: where one part is refused, the new ones beside it go into
 * quarantine too, to be tried again without it at the next import. A part whose author is not known yet is set aside and
 * refuses nobody else. Parts whose section was erased since are dropped.
 */
export function take(
  parts: TakeParts,
  db: WriteDb,
  examination: Examination,
  chain: ChainState,
  came: { readonly bundle?: string; readonly sender?: string } = {},
): Taken {
  const outcomes: PartOutcome[] = [];
  let again = false;
  for (const [section, all] of Map.groupBy(examination.parts, sectionOf)) {
    if (section !== undefined && gone(db, chain, section)) {
      outcomes.push(...all.map((one) => ({ part: idOf(one), section, outcome: "dropped-erased" as const })));
      continue;
    }
    const refused = all.some((one) => one.as === "bad" && one.why !== "author-unknown");
    const stored: PartId[] = [];
    for (const one of all) {
      if (one.as === "known") outcomes.push({ part: one.id, section: one.section, outcome: "known" });
      else if (one.as === "refused-before")
        outcomes.push({ part: one.id, ...inSection(section), outcome: "quarantined", why: one.why });
      else if (one.as === "bad" || (refused && "part" in one && !one.stored)) {
        const why = one.as === "bad" ? one.why : "beside-refused";
        const record = one.as === "bad" ? one.record : (one as { part: ReadPart }).part.record;
        intoQuarantine(parts.clock, db, examination, section, record, why, came);
        outcomes.push({ part: record.id, ...inSection(section), outcome: "quarantined", why });
      } else if (one.as === "good" || (one.as === "waiting" && !one.stored)) {
        if (takeOne(db, one)) stored.push(one.part.record.id);
        else outcomes.push({ part: one.part.record.id, ...inSection(section), outcome: "known" });
      }
    }
    if (section === undefined || stored.length === 0) continue;
    const held = bring(parts, db, section, all, chain);
    for (const id of stored) {
      const why = held.get(id);
      outcomes.push({
        part: id,
        section,
        ...(why === undefined ? { outcome: "stored" } : { outcome: "held", why }),
      });
    }
    again ||= all.some(
      (one) => one.as === "waiting" && one.why === "missing-dependency" && arrived(db, one.part),
    );
  }
  return { outcomes, again };
}

/** Stores one part, or enters a stored one into the graph; `false` where another import was faster. */
function takeOne(db: WriteDb, one: Extract<Examined, { as: "good" | "waiting" }>): boolean {
  const { part, stored } = one;
  if (!stored) {
    if (isKnownPart(db, part.record.id)) return false;
    insertPart(db, part);
    dropQuarantine(db, recordName(part.record));
  }
  if (one.as === "good")
    insertChanges(db, { id: part.record.id, section: part.facts.section }, part.heads, one.ops);
  return true;
}

function bring(
  parts: TakeParts,
  db: WriteDb,
  section: SectionId,
  all: readonly Examined[],
  chain: ChainState,
): ReadonlyMap<PartId, string> {
  const live = parts.live.get(db, section);
  if (live !== undefined) return refresh(db, parts.live, parts.projectors, live, chain);
  const first = all.find((one) => one.as === "good" || one.as === "waiting")?.part.facts;
  if (first === undefined) throw new Error("a section was brought without a part");
  const fresh = emptyLive({
    id: section,
    case_id: first.case,
    kind: first.kind,
    member: first.person ?? null,
    version: first.schema,
  });
  putSection(db, fresh.row, fresh.bytes);
  return refresh(db, parts.live, parts.projectors, fresh, chain);
}

function intoQuarantine(
  clock: Clock,
  db: WriteDb,
  examination: Examination,
  section: SectionId | undefined,
  record: PartRecord,
  reason: string,
  came: { readonly bundle?: string; readonly sender?: string },
): void {
  putQuarantine(db, {
    id: recordName(record),
    at: clock.now(),
    bundle: came.bundle ?? null,
    sender: came.sender ?? null,
    case_id: examination.case,
    section: section ?? null,
    reason,
    content: quarantined(record),
  });
}

const gone = (db: WriteDb, chain: ChainState, section: SectionId) =>
  isErased(db, section) || chain.erased.get(section)?.settled === true;

/** Has what a waiting part builds on come since it was examined? */
const arrived = (db: WriteDb, { facts }: ReadPart): boolean => {
  const known = new Set(changeRows(db, facts.section).map(({ hash }) => hash));
  return facts.dependencies.every((hash) => known.has(hash));
};

const sectionOf = (one: Examined): SectionId | undefined =>
  "part" in one ? one.part.facts.section : one.section;
const idOf = (one: Examined): PartId =>
  "part" in one ? one.part.record.id : "record" in one ? one.record.id : one.id;
const inSection = (section: SectionId | undefined) => (section === undefined ? {} : { section });
