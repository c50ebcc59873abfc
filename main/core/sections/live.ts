// Sections held in memory: loaded when first asked for, the most used kept, and trusted only while their heads are the vault's.
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { SectionId } from "../../../shared/vocabulary/ids.ts";
import type { ReadDb } from "../vault/sql.ts";
import { chunkLength } from "./chunk.ts";
import type { Document } from "./document.ts";
import {
  emptyDocument,
  headsOf,
  inConflict,
  loadDocument,
  readAll,
  saveDocument,
  shown,
  standingAt,
} from "./document.ts";
import type { LeafKey, Value } from "./leaves.rules.ts";
import { nest, pathOf, withLeaf } from "./leaves.rules.ts";
import { forgetSaid } from "./said.ts";
import { sectionDocument, sectionRow } from "./sections.store.ts";
import type { SectionRow } from "./sections.store.ts";

/** A section in memory. `bytes` is what the vault holds of its document, `compact` how much of that is not single changes. */
export type Live = {
  readonly row: SectionRow;
  readonly document: Document;
  readonly leaves: Map<LeafKey, JsonValue>;
  readonly conflicts: Set<LeafKey>;
  readonly value: Value;
  readonly bytes: Uint8Array;
  readonly compact: number;
};

export type LiveSections = ReturnType<typeof liveSections>;

const mostSections = 256;

export function liveSections() {
  const kept = new Map<SectionId, Live>();
  return {
    /** As the handle sees it; what a transaction that failed left in memory is noticed by its heads and read again. */
    get(db: ReadDb, section: SectionId): Live | undefined {
      const row = sectionRow(db, section);
      const known = kept.get(section);
      kept.delete(section);
      if (row === undefined) return undefined;
      const live = known?.row.heads === row.heads ? { ...known, row } : load(db, row);
      kept.set(section, live);
      for (const oldest of kept.keys()) if (kept.size > mostSections) kept.delete(oldest);
      return live;
    },
    put(live: Live): void {
      kept.set(live.row.id, live);
    },
    forget(section: SectionId): void {
      kept.delete(section);
    },
  };
}

/** A section nothing has been written to yet. */
export function emptyLive(row: Pick<SectionRow, "id" | "case_id" | "kind" | "member" | "version">): Live {
  return {
    row: {
      id: row.id,
      case_id: row.case_id,
      kind: row.kind,
      member: row.member,
      version: row.version,
      state: "live",
      heads: "",
      held: 0,
      conflicts: 0,
    },
    document: emptyDocument(),
    leaves: new Map(),
    conflicts: new Set(),
    value: {},
    bytes: new Uint8Array(),
    compact: 0,
  };
}

function load(db: ReadDb, row: SectionRow): Live {
  const bytes = sectionDocument(db, row.id);
  const { document, leaves } = loadDocument(bytes);
  const read = row.conflicts === 0 ? { leaves, conflicts: new Set<LeafKey>() } : readAll(document);
  return { row, document, ...read, value: nest(read.leaves), bytes, compact: chunkLength(bytes) };
}

/** Up to so many leaves the value's tree is changed leaf by leaf; beyond it building it anew is quicker. */
const fewKeys = 16;

/**
 * The section after `changes`, which `document` already holds and which touched `keys`. Reuses the maps of `live`, which must
 * not be used after it.
 */
export function advanced(
  live: Live,
  document: Document,
  changes: readonly Uint8Array[],
  keys: ReadonlySet<LeafKey>,
): Live {
  let value = live.value;
  forgetSaid(live.leaves, keys);
  const few = keys.size <= fewKeys;
  for (const key of keys) {
    const standing = standingAt(document, key);
    const leaf = shown(standing);
    if (leaf === undefined) live.leaves.delete(key);
    else live.leaves.set(key, leaf);
    if (inConflict(standing)) live.conflicts.add(key);
    else live.conflicts.delete(key);
    if (few) value = withLeaf(value, pathOf(key), leaf);
  }
  if (!few) value = nest(live.leaves);
  const row = { ...live.row, heads: headsOf(document).join(), conflicts: live.conflicts.size };
  return { ...live, ...stored(live, document, changes), row, document, value };
}

/** The section as `document` has it, read from the ground. */
export function reread(live: Live, document: Document): Live {
  const read = readAll(document);
  const heads = headsOf(document);
  const bytes = heads.length === 0 ? new Uint8Array() : saveDocument(document);
  const row = { ...live.row, heads: heads.join(), conflicts: read.conflicts.size };
  return { row, document, ...read, value: nest(read.leaves), bytes, compact: bytes.length };
}

const loose = 32 * 1024;

/** Changes are appended to what is stored; now and then all is written compactly anew. */
function stored(live: Live, document: Document, changes: readonly Uint8Array[]) {
  const bytes = Buffer.concat([live.bytes, ...changes]);
  if (bytes.length - live.compact <= loose + live.compact / 2) return { bytes, compact: live.compact };
  const compacted = saveDocument(document);
  return { bytes: compacted, compact: compacted.length };
}
