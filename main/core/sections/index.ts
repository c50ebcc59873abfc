// Sections: signed parts over merged documents. All that the rest of the core may use of them.
import { createHash } from "node:crypto";
import type { Milliseconds } from "../../../shared/brand.ts";
import { canonicalJson } from "../../../shared/signed-text.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type {
  CaseId,
  ChangeHash,
  Fingerprint,
  PartId,
  PersonId,
  SectionId,
} from "../../../shared/vocabulary/ids.ts";
import type { ChainState } from "../chain/index.ts";
import type { Clock, Decoder, Random } from "../ports.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import { examine, fromQuarantine } from "./examine.ts";
import type { CameForCase, Examination } from "./examine.ts";
import type { Conflict, HistoryEntry } from "./history.ts";
import { conflictsOf, exported, historyOf, leavesOfPart, prepareUndo } from "./history.ts";
import type { Kind, Path, Value } from "./leaves.rules.ts";
import type { Live } from "./live.ts";
import { liveSections } from "./live.ts";
import type { PartRecord } from "./part.rules.ts";
import type { HeldPart, Projectors } from "./refresh.ts";
import { effectIn, listOf, project, refresh } from "./refresh.ts";
import { saidOf, type Said } from "./said.ts";
import { prepareFoundAnew, prepareSave } from "./save.ts";
import {
  dropQuarantine,
  eraseRows,
  quarantineRows,
  recordOf,
  sectionRow,
  sectionRows,
  tombstones,
} from "./sections.store.ts";
import type { SectionRow } from "./sections.store.ts";
import type { Taken } from "./take.ts";
import { take } from "./take.ts";

export type { CameForCase, Examination } from "./examine.ts";
export type { Conflict, HistoryEntry, UndoRefused, Written } from "./history.ts";
export type { Edit, Kind, Path, Problem, Value } from "./leaves.rules.ts";
export { readPartText } from "./part.ts";
export type { PartFacts, PartRecord } from "./part.rules.ts";
export type { HeldPart, Projector, Projectors } from "./refresh.ts";
export type { Author, FoundAnewRefused, PreparedSave, SaveRefused, SectionEdits, Signer } from "./save.ts";
export type { PartOutcome, Taken } from "./take.ts";

/** A section as lists need it. `held`: parts stored and not in effect. `conflicts`: leaves where several values stand. */
export type SectionHead = {
  readonly id: SectionId;
  readonly case: CaseId;
  readonly kind: string;
  readonly person?: PersonId;
  readonly state: "live" | "closed";
  readonly version: number;
  readonly heads: readonly ChangeHash[];
  readonly held: number;
  readonly conflicts: number;
};

/** A section as people read it. `value` holds of each leaf in conflict the one shown; `conflicts` holds them all. */
export type SectionView = Omit<SectionHead, "conflicts"> & {
  readonly value: Value;
  readonly conflicts: readonly Conflict[];
};

/** Something that came for a case and was refused. `id` names the row. */
export type Quarantined = {
  readonly id: string;
  readonly at: Milliseconds;
  readonly bundle?: string;
  readonly sender?: string;
  readonly section?: SectionId;
  readonly part?: PartId;
  readonly why: string;
};

/** `by`: who asked for it, a fingerprint or `her`. `why`: a word of the chain's reasons, never what it held. */
export type Erased = {
  readonly section: SectionId;
  readonly by: Fingerprint | "her";
  readonly at: Milliseconds;
  readonly why: string;
};

/** What sections need: the open vault, the registry of kinds, and each subject's projector by kind. */
export type SectionsNeed = {
  readonly vault: { readonly read: ReadDb; erase<T>(db: WriteDb, work: () => T): T };
  readonly clock: Clock;
  readonly random: Random;
  readonly decoder: Pick<Decoder, "trial">;
  readonly schemas: Readonly<Record<string, Kind>>;
  readonly projectors: Projectors;
};

export type Sections = ReturnType<typeof openSections>;

/**
 * Sections over an open vault. `db` is the handle to read through: `vault.read`, or inside a commit the commit's own. What
 * begins with `prepare` is called in `vault.write`'s prepare and its `commit` in that commit.
 */
export function openSections({ vault, clock, random, decoder, schemas, projectors }: SectionsNeed) {
  const live = liveSections();
  const forSaves = { clock, random, kinds: schemas, projectors, live };
  const forImports = { clock, projectors, live };

  return {
    /** A fresh id: a section is founded by its first save under one. */
    newId: (): SectionId => Buffer.from(random.bytes(16)).toString("hex") as SectionId,

    /** Sections of a case, erased ones not among them. */
    list: (of: CaseId, db: ReadDb = vault.read): SectionHead[] => sectionRows(db, of).map(headOf),

    view(section: SectionId, db: ReadDb = vault.read): SectionView | undefined {
      const there = live.get(db, section);
      return there && { ...headOf(there.row), value: there.value, conflicts: conflictsOf(db, there) };
    },

    /** Every leaf as shown, by its path joined with dots. */
    leaves: (section: SectionId, db: ReadDb = vault.read): ReadonlyMap<string, JsonValue> =>
      new Map(live.get(db, section)?.leaves),

    /** Who last said what stands in each leaf. */
    said(section: SectionId, db: ReadDb = vault.read): Said[] {
      const there = live.get(db, section);
      return there === undefined ? [] : saidOf(db, there);
    },

    /** `undefined` where the section is unknown or erased. */
    head(section: SectionId, db: ReadDb = vault.read): SectionHead | undefined {
      const row = sectionRow(db, section);
      return row && headOf(row);
    },

    prepareSave: (wanted: Parameters<typeof prepareSave>[2], db: ReadDb = vault.read) =>
      prepareSave(forSaves, db, wanted),
    prepareUndo: (wanted: Parameters<typeof prepareUndo>[2], db: ReadDb = vault.read) =>
      prepareUndo(forSaves, db, wanted),
    prepareFoundAnew: (wanted: Parameters<typeof prepareFoundAnew>[2], db: ReadDb = vault.read) =>
      prepareFoundAnew(forSaves, db, wanted),

    /** All parts of a section but those the receiver is known to have, in an order that suits a bundle. */
    exportParts: (
      section: SectionId,
      except: ReadonlySet<PartId> = new Set(),
      db: ReadDb = vault.read,
    ): PartRecord[] => exported(db, section, except).map(recordOf),

    /** Before the queue. Give no parts to try again what waits or was refused for want of time. */
    async examine(wanted: CameForCase, db: ReadDb = vault.read): Promise<Examination> {
      const [examination] = await examine({ kinds: schemas, live, decoder }, db, [wanted]);
      return examination ?? { case: wanted.case, parts: [] };
    },

    /** The same for many cases of one bundle, `series`, with far fewer decoder processes. */
    examineAll: (
      wanted: readonly CameForCase[],
      series: string,
      db: ReadDb = vault.read,
    ): Promise<Examination[]> => examine({ kinds: schemas, live, decoder }, db, wanted, series),

    /** In the commit, with the chain as it is after the entries of the same commit. */
    take: (
      db: WriteDb,
      examination: Examination,
      chain: ChainState,
      came: { readonly bundle?: string; readonly sender?: string } = {},
    ): Taken => take(forImports, db, examination, chain, came),

    /** After the chain changed: brings every section of the case to what it says now. */
    reconsider(db: WriteDb, chain: ChainState): void {
      for (const { id } of sectionRows(db, chain.case)) refreshOne(db, id, chain, false);
    },

    /** Makes a section anew from its parts, as if it had never been cached. */
    rebuild: (db: WriteDb, section: SectionId, chain: ChainState): void =>
      refreshOne(db, section, chain, true),

    /** Writes a section's derived rows once more, by the projectors of this program. */
    reproject(db: WriteDb, section: SectionId): void {
      const there = live.get(db, section);
      if (there !== undefined && there.row.heads !== "")
        project(db, projectors, there.row, undefined, there.value);
    },

    /** Parts that are stored and not in effect, with what each would change (empty where it was not tried yet). */
    held(section: SectionId, chain: ChainState, db: ReadDb = vault.read) {
      const row = sectionRow(db, section);
      if (row === undefined || row.held === 0) return [];
      return [...effectIn(db, section, chain).held].map(
        ([part, why]): HeldPart & { leaves: ReturnType<typeof leavesOfPart> } => ({
          part,
          why,
          leaves: leavesOfPart(db, part),
        }),
      );
    },

    /** Every change at or below a path, oldest first by the graph. */
    history(section: SectionId, path: Path = [], db: ReadDb = vault.read): HistoryEntry[] {
      const there = live.get(db, section);
      return there === undefined ? [] : historyOf(db, there, path);
    },

    /**
     * Takes away a section whole: parts, graph, cache, search, quarantine, derived rows. Its tombstone stays; for a section
     * that never came `of` names the case, so that it is dropped when it does. Opens `vault.erase` itself.
     */
    erase(db: WriteDb, section: SectionId, by: Erased["by"], why: string, of?: CaseId): void {
      const there = live.get(db, section);
      const caseId = there?.row.case_id ?? of;
      if (caseId === undefined) return;
      live.forget(section);
      vault.erase(db, () => {
        eraseRows(db, { section, case_id: caseId, by_whom: by, at: clock.now(), why });
        if (there === undefined) return;
        project(db, projectors, there.row, there.row.heads === "" ? undefined : there.value, undefined);
      });
    },

    erased: (of: CaseId, db: ReadDb = vault.read): Erased[] =>
      tombstones(db, of).map(({ section, by_whom: by, at, why }) => ({
        section,
        by: by as Erased["by"],
        at: at as Milliseconds,
        why,
      })),

    quarantined: (of: CaseId, db: ReadDb = vault.read): Quarantined[] =>
      quarantineRows(db, of).map(({ id, at, bundle, sender, section, reason, content }) => {
        const part = fromQuarantine(content)?.id;
        return {
          id,
          at: at as Milliseconds,
          ...(bundle === null ? {} : { bundle }),
          ...(sender === null ? {} : { sender }),
          ...(section === null ? {} : { section }),
          ...(part === undefined ? {} : { part }),
          why: reason,
        };
      }),

    /** A person has seen it and lets it go. */
    dismiss: (db: WriteDb, quarantined: string): boolean => dropQuarantine(db, quarantined),

    /** Equal in two vaults exactly where they hold the same sections in the same state, conflicts included. */
    stateHash(of: CaseId, db: ReadDb = vault.read): string {
      const state = sectionRows(db, of).map((row) => stateOf(db, row));
      return createHash("sha256").update(canonicalJson(state)).digest("hex");
    },
  };

  function refreshOne(db: WriteDb, section: SectionId, chain: ChainState, fromTheGround: boolean): void {
    const there = live.get(db, section);
    if (there === undefined) throw new Error("there is no such section");
    refresh(db, live, projectors, there, chain, fromTheGround);
  }

  function stateOf(db: ReadDb, row: SectionRow): JsonValue {
    const there = live.get(db, row.id);
    if (there === undefined) throw new Error("there is no such section");
    return {
      id: row.id,
      kind: row.heads === "" ? null : row.kind,
      person: row.heads === "" ? null : row.member,
      state: row.state,
      heads: row.heads,
      held: row.held,
      value: there.value,
      conflicts: conflictsOf(db, there).map(({ path, values }) => ({
        path,
        values: values.map(({ value, part, author }) => ({ value: value ?? null, part, author })),
      })),
    };
  }
}

const headOf = ({
  id,
  case_id,
  kind,
  member,
  state,
  version,
  heads,
  held,
  conflicts,
}: Live["row"]): SectionHead => ({
  id,
  case: case_id,
  kind,
  ...(member === null ? {} : { person: member }),
  state,
  version,
  heads: listOf(heads),
  held,
  conflicts,
});
