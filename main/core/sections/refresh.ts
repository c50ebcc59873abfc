// Brings a section to what its parts and the chain say: which parts are in effect, the document they make, what is held and why.
import type { ChangeHash, PartId, SectionId } from "../../../shared/vocabulary/ids.ts";
import type { ChainState } from "../chain/index.ts";
import { standing } from "../chain/index.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import { unframe } from "./chunk.ts";
import { applyTo, changeCount, emptyDocument, missingFrom, opsOf } from "./document.ts";
import type { Value } from "./leaves.rules.ts";
import type { Live, LiveSections } from "./live.ts";
import { advanced, reread } from "./live.ts";
import type { PartFacts } from "./part.rules.ts";
import { storedFacts } from "./part.ts";
import type { ChangeRow } from "./sections.store.ts";
import { changeRows, markSection, partRow, partTexts, putSection } from "./sections.store.ts";
import type { Candidate, Effect, GraphPart } from "./standing.rules.ts";
import { ancestry, effectOf } from "./standing.rules.ts";

/** Why a part is not in effect: the chain's reasons, those of `effectOf`, or that it was not tried yet. */
export type HeldPart = { readonly part: PartId; readonly why: string };

/** Derived tables of a subject, written in the same commit. `after` is `undefined` when the section is erased. */
export type Projector = (
  db: WriteDb,
  facts: {
    readonly case: PartFacts["case"];
    readonly section: SectionId;
    readonly kind: string;
    readonly person?: PartFacts["person"] & string;
    readonly before: Value | undefined;
    readonly after: Value | undefined;
  },
) => void;

export type Projectors = Readonly<Record<string, Projector>>;

/** What the parts of a section come to under this chain; nothing is changed. */
export function effectIn(
  db: ReadDb,
  section: SectionId,
  chain: ChainState,
): Effect & { changes: ChangeRow[] } {
  const changes = changeRows(db, section);
  const byPart = new Map(graphParts(changes).map((part) => [part.id, part.changes]));
  const parents = new Map<ChangeHash, readonly ChangeHash[]>();
  for (const { hash, dependencies } of changes) parents.set(hash, listOf(dependencies));
  const ancestors = new Map<string, ReadonlySet<ChangeHash>>();
  const ancestorsOf = (heads: readonly ChangeHash[]) => {
    const name = heads.join();
    const known = ancestors.get(name) ?? ancestry(parents, heads);
    ancestors.set(name, known);
    return known;
  };
  const precedes = (part: PartId, heads: readonly ChangeHash[]) =>
    heads.length > 0 &&
    (byPart.get(part) ?? []).every(({ hash }) => ancestorsOf(heads).has(hash)) &&
    byPart.has(part);

  const untried = new Map<PartId, string>();
  const candidates: Candidate[] = [];
  for (const { id, signed } of partTexts(db, section)) {
    const own = byPart.get(id);
    if (own === undefined) {
      untried.set(id, "not-tried");
      continue;
    }
    const facts = storedFacts(signed);
    const says = standing(chain, claimOf(id, facts), precedes);
    candidates.push({
      id,
      barred: says.as === "allowed" ? undefined : says.why,
      accepted: chain.accepted.has(id),
      about: `${facts.kind} ${facts.person ?? "-"}`,
      changes: own,
    });
  }
  const effect = effectOf(candidates);
  return { applied: effect.applied, held: new Map([...effect.held, ...untried]), changes };
}

/** The rows of a section's graph by part. */
export const graphParts = (changes: readonly ChangeRow[]): GraphPart[] =>
  [...Map.groupBy(changes, ({ part }) => part)].map(([id, rows]) => ({
    id,
    changes: rows.map(({ hash, actor, seq, dependencies }) => ({
      hash,
      actor,
      seq,
      dependencies: listOf(dependencies),
    })),
  }));

/**
 * Makes the section's document, cache and derived tables what `effectIn` says. Where parts only joined, their changes are
 * merged in; where one has left, or `fromTheGround`, the document is made anew from the parts.
 */
export function refresh(
  db: WriteDb,
  sections: LiveSections,
  projectors: Projectors,
  live: Live,
  chain: ChainState,
  fromTheGround = false,
): ReadonlyMap<PartId, string> {
  const { applied, held, changes } = effectIn(db, live.row.id, chain);
  const inEffect = new Set(applied);
  const wanted = new Set(changes.filter(({ part }) => inEffect.has(part)).map(({ hash }) => hash));
  const missing = missingFrom(live.document, [...wanted]);
  const surplus = changeCount(live.document) > wanted.size - missing.size;
  const fresh = surplus || fromTheGround ? wanted : missing;
  const bytes = bytesOf(db, applied, changes, fresh);
  const first = applied[0] === undefined ? undefined : partRow(db, applied[0]);
  const about = first && storedFacts(first.signed);
  const row = {
    ...live.row,
    ...(about === undefined ? {} : { kind: about.kind, member: about.person ?? null }),
    state: chain.closed.has(live.row.id) ? ("closed" as const) : ("live" as const),
    held: held.size,
  };

  if (fresh.size === 0 && !surplus && !fromTheGround) {
    if (row.held !== live.row.held || row.state !== live.row.state) markSection(db, row);
    return held;
  }
  const before = live.row.heads === "" ? undefined : live.value;
  // From here the copy in memory is changed in place: where anything fails, it must be read again.
  sections.forget(row.id);
  let next: Live;
  if (surplus || fromTheGround) {
    const document = emptyDocument();
    applyTo(document, bytes);
    next = reread({ ...live, row }, document);
  } else {
    applyTo(live.document, bytes);
    const keys = new Set(bytes.flatMap((change) => (opsOf(change) ?? []).map(({ key }) => key)));
    next = advanced({ ...live, row }, live.document, bytes, keys);
  }
  store(db, sections, projectors, next, before);
  return held;
}

/** Writes a section's cache and derived tables and keeps it in memory. */
export function store(
  db: WriteDb,
  sections: LiveSections,
  projectors: Projectors,
  live: Live,
  before: Value | undefined,
): void {
  const { row } = live;
  putSection(db, row, live.bytes);
  sections.put(live);
  project(db, projectors, row, before, row.heads === "" ? undefined : live.value);
}

export function project(
  db: WriteDb,
  projectors: Projectors,
  row: Live["row"],
  before: Value | undefined,
  after: Value | undefined,
): void {
  if (before === undefined && after === undefined) return;
  projectors[row.kind]?.(db, {
    case: row.case_id,
    section: row.id,
    kind: row.kind,
    ...(row.member === null ? {} : { person: row.member }),
    before,
    after,
  });
}

/** Chunks of the wanted changes, in the order of the parts in effect; a change that two parts sign comes once. */
function bytesOf(
  db: ReadDb,
  applied: readonly PartId[],
  changes: readonly ChangeRow[],
  wanted: ReadonlySet<ChangeHash>,
): Uint8Array[] {
  const byPart = Map.groupBy(
    changes.filter(({ hash }) => wanted.has(hash)),
    ({ part }) => part,
  );
  const given = new Set<ChangeHash>();
  return applied.flatMap((id) => {
    if (!byPart.has(id)) return [];
    const row = partRow(db, id);
    if (row === undefined) throw new Error("a part of the graph is not stored");
    const chunks = unframe(row.changes) ?? [];
    return storedFacts(row.signed).changes.flatMap((hash, index) => {
      const chunk = chunks[index];
      if (chunk === undefined || given.has(hash) || !wanted.has(hash)) return [];
      given.add(hash);
      return [chunk];
    });
  });
}

export const listOf = (hashes: string): ChangeHash[] =>
  hashes === "" ? [] : (hashes.split(",") as ChangeHash[]);

export const claimOf = (id: PartId, { section, kind, person, author, chain }: PartFacts) => ({
  id,
  section,
  kind,
  ...(person === undefined ? {} : { person }),
  author,
  chain,
});
