// What taking a share would change in a case: section by section and field by field, seen before its commit and inside it.
import type { Failure } from "../../../shared/result.ts";
import { canonicalJson, type JsonValue } from "../../../shared/signed-text.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, SectionId } from "../../../shared/vocabulary/ids.ts";
import { caseRow, knownName } from "../cases/index.ts";
import type { ChainState } from "../chain/index.ts";
import type { Session } from "../safety/index.ts";
import type { PartOutcome } from "../sections/index.ts";
import type { ReadDb } from "../vault/sql.ts";
import type { Watch } from "./taken.ts";

type Change = {
  readonly path: string[];
  readonly before?: JsonValue;
  readonly after?: JsonValue;
};

export type CaseLooked = {
  readonly case: CaseId;
  readonly code?: string;
  readonly fresh: boolean;
  readonly sections: readonly {
    readonly section: SectionName;
    readonly changes: readonly Change[];
    readonly more: number;
    readonly conflicts: readonly string[][];
    readonly known: number;
    readonly held: number;
    readonly heldWhy?: string;
    readonly refused: readonly string[];
  }[];
  readonly why?: Failure;
};

/** How many characters of changes an answer may still show. */
export type Room = { left: number };

type Stand = {
  readonly name: SectionName | undefined;
  readonly leaves: ReadonlyMap<string, JsonValue>;
  readonly conflicts: ReadonlySet<string>;
};

const nothing: Stand = { name: undefined, leaves: new Map(), conflicts: new Set() };
const mostChanges = 200;

/** Watches a share being rehearsed. */
export function caseWatch(
  session: Session,
  room: Room,
): { readonly watch: Pick<Watch, "before" | "after">; readonly looked: () => readonly CaseLooked[] } {
  const stood = new Map<CaseId, ReadonlyMap<SectionId, Stand>>();
  const looked = new Map<CaseId, CaseLooked>();
  return {
    looked: () => [...looked.values()],
    watch: {
      before: (of) => void stood.set(of, standsOf(session, of, session.vault.read)),
      after: (db, state, outcomes) => {
        const before = stood.get(state.case) ?? new Map<SectionId, Stand>();
        stood.delete(state.case);
        looked.set(state.case, caseLooked(session, db, state, before, outcomes, room));
      },
    },
  };
}

/** Every section of a case as it stands for a handle. */
function standsOf(session: Session, of: CaseId, db: ReadDb): ReadonlyMap<SectionId, Stand> {
  return new Map(
    session.sections.list(of, db).map((head) => [
      head.id,
      {
        name: knownName(head.kind, head.person),
        leaves: session.sections.leaves(head.id, db),
        conflicts: new Set(
          head.conflicts === 0
            ? []
            : session.sections.view(head.id, db)?.conflicts.map(({ path }) => path.join(".")),
        ),
      },
    ]),
  );
}

function caseLooked(
  session: Session,
  db: ReadDb,
  state: ChainState,
  before: ReadonlyMap<SectionId, Stand>,
  outcomes: readonly PartOutcome[],
  room: Room,
): CaseLooked {
  const after = standsOf(session, state.case, db);
  const byPart = Map.groupBy(outcomes, (one) => one.section);
  const ids = new Set([...after.keys(), ...before.keys(), ...[...byPart.keys()].flatMap((id) => id ?? [])]);
  const known = before.size > 0 || session.sections.erased(state.case, db).length > 0;
  const code = caseRow(db, state.case)?.code;
  return {
    case: state.case,
    ...(known && code !== undefined ? { code } : {}),
    fresh: !known,
    sections: [...ids].flatMap((id) => {
      const was = before.get(id) ?? nothing;
      const now = after.get(id) ?? nothing;
      const name = now.name ?? was.name ?? foundedName(state, id);
      const came = byPart.get(id) ?? [];
      const changes = changesOf(was, now);
      if (name === undefined || (came.length === 0 && changes.length === 0)) return [];
      const shown = shownOf(changes, room);
      const held = came.filter((one) => one.outcome === "held");
      return [
        {
          section: name,
          changes: shown,
          more: changes.length - shown.length,
          conflicts: [...now.conflicts].filter((key) => !was.conflicts.has(key)).map((key) => key.split(".")),
          known: came.filter((one) => one.outcome === "known").length,
          held: held.length,
          ...(held[0]?.outcome === "held" ? { heldWhy: held[0].why } : {}),
          refused: [...new Set(came.flatMap(refusal))],
        },
      ];
    }),
  };
}

/** Why a part would not be kept; of an erased section none is, and its sender is asked to erase it. */
function refusal(one: PartOutcome): readonly string[] {
  if (one.outcome === "dropped-erased") return ["erased"];
  return one.outcome === "quarantined" ? [one.why] : [];
}

/** The name of a section that is not here: its chain founded it. */
function foundedName(state: ChainState, id: SectionId): SectionName | undefined {
  const founded = state.founded.get(id);
  return founded === undefined ? undefined : knownName(founded.kind, founded.person);
}

function changesOf(was: Stand, now: Stand): readonly Change[] {
  const keys = new Set([...now.leaves.keys(), ...was.leaves.keys()]);
  return [...keys].flatMap((key) => {
    const before = was.leaves.get(key);
    const after = now.leaves.get(key);
    if (before === after) return [];
    if (before !== undefined && after !== undefined && canonicalJson(before) === canonicalJson(after))
      return [];
    return [
      {
        path: key.split("."),
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      },
    ];
  });
}

function shownOf(changes: readonly Change[], room: Room): readonly Change[] {
  const shown: Change[] = [];
  for (const change of changes.slice(0, mostChanges)) {
    room.left -= JSON.stringify(change).length;
    if (room.left < 0) break;
    shown.push(change);
  }
  return shown;
}
