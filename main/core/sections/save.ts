// One user action becomes one save: edits tried on copies of the documents, judged, signed a part a section, committed together.
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type {
  CaseId,
  ChangeHash,
  Fingerprint,
  OpeningId,
  PartId,
  PersonId,
  SaveId,
  SectionId,
} from "../../../shared/vocabulary/ids.ts";
import type { SignedKind } from "../../../shared/vocabulary/signed.ts";
import type { ChainState } from "../chain/index.ts";
import { standing } from "../chain/index.ts";
import type { Clock, Random } from "../ports.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import { changeLimits, frame, readChangeHead } from "./chunk.ts";
import { fork, headsOf, opsOf, writeLeaves } from "./document.ts";
import type { Edit, Kind, Path, Problem } from "./leaves.rules.ts";
import { judge, leavesOf } from "./leaves.rules.ts";
import type { Live, LiveSections } from "./live.ts";
import { advanced, emptyLive } from "./live.ts";
import type { ReadPart } from "./part.rules.ts";
import { actorOf, outerDependencies, partId, partLimits, partText } from "./part.ts";
import type { Projectors } from "./refresh.ts";
import { claimOf, store } from "./refresh.ts";
import { insertChanges, insertPart, isErased, sectionRow } from "./sections.store.ts";

/** Signs for one member; `pgp`'s signer is one. */
export type Signer = {
  readonly fingerprint: Fingerprint;
  sign(firstLine: SignedKind, bytes: Uint8Array): Promise<Uint8Array>;
};

/** Edits to one section. An id that is not known yet founds the section; `kind` and `person` must be those it has. */
export type SectionEdits = {
  readonly section: SectionId;
  readonly kind: string;
  readonly person?: PersonId;
  readonly edits: readonly Edit[];
  /** Its part carries no reason: what was typed belongs to sections that others may not see. */
  readonly silent?: boolean;
};

/** Who saves, on what she has seen. `chain` holds already the entries that go into the same commit. */
export type Author = {
  readonly signer: Signer;
  readonly opening: OpeningId;
  readonly chain: ChainState;
};

export type SaveRefused =
  | { readonly type: "NothingChanged" }
  | { readonly type: "SectionInvalid"; readonly section: SectionId; readonly problems: readonly Problem[] }
  | { readonly type: "SectionErased"; readonly section: SectionId }
  /** The chain would not let this part be in effect: `why` as it holds parts of others. */
  | { readonly type: "NotAllowed"; readonly section: SectionId; readonly why: string }
  | { readonly type: "ReasonInvalid" }
  | { readonly type: "SaveTooLarge"; readonly section: SectionId; readonly limit: number };

/** A save ready to be committed, once, in the same turn of the vault's queue that prepared it. */
export type PreparedSave = {
  readonly save: SaveId;
  readonly parts: readonly PartId[];
  readonly commit: (db: WriteDb) => void;
};

export type SectionsParts = {
  readonly clock: Clock;
  readonly random: Random;
  readonly kinds: Readonly<Record<string, Kind>>;
  readonly projectors: Projectors;
  readonly live: LiveSections;
};

type Draft = {
  readonly before: Live;
  readonly after: ReturnType<typeof fork>;
  readonly part: Omit<ReadPart, "record"> & { readonly text: Uint8Array; readonly changes: Uint8Array };
  readonly ops: number;
  readonly keys: ReadonlySet<string>;
};

/**
 * Prepares one save over any sections of one case. Nothing is changed until `commit`. Refused where the schema, the chain
 * or a limit says no, with the problems by path, and where nothing would change.
 */
export async function prepareSave(
  parts: SectionsParts,
  db: ReadDb,
  wanted: {
    readonly case: CaseId;
    readonly reason: string;
    readonly edits: readonly SectionEdits[];
  } & Author,
): Promise<Result<PreparedSave, SaveRefused>> {
  if (wanted.reason.length > partLimits.reason || !wanted.reason.isWellFormed())
    return err({ type: "ReasonInvalid" });
  const save = Buffer.from(parts.random.bytes(16)).toString("hex") as SaveId;
  const drafts: Draft[] = [];
  for (const edits of wanted.edits) {
    const draft = draftOf(parts, db, wanted, edits, save);
    if (!draft.ok) return draft;
    if (draft.value !== undefined) drafts.push(draft.value);
  }
  if (drafts.length === 0) return err({ type: "NothingChanged" });

  const signed: { readonly draft: Draft; readonly part: ReadPart }[] = [];
  for (const draft of drafts) {
    const { text, changes, ...rest } = draft.part;
    const signature = await wanted.signer.sign("waypost/part/1", text);
    const record = { id: partId(text), signed: text, signature, changes };
    signed.push({ draft, part: { ...rest, record } });
  }
  return ok({
    save,
    parts: signed.map(({ part }) => part.record.id),
    commit: (tx) => {
      for (const { draft, part } of signed) commitPart(parts, tx, draft, part);
    },
  });
}

function draftOf(
  parts: SectionsParts,
  db: ReadDb,
  wanted: { readonly case: CaseId; readonly reason: string } & Author,
  { section, kind: kindName, person, edits, silent }: SectionEdits,
  save: SaveId,
): Result<Draft | undefined, SaveRefused> {
  const kind = parts.kinds[kindName];
  if (kind === undefined) throw new Error(`there is no section kind ${kindName}`);
  if (isErased(db, section)) return err({ type: "SectionErased", section });
  const before =
    parts.live.get(db, section) ??
    emptyLive({
      id: section,
      case_id: wanted.case,
      kind: kindName,
      member: person ?? null,
      version: kind.version,
    });
  const { row } = before;
  if (
    row.case_id !== wanted.case ||
    (row.heads !== "" && (row.kind !== kindName || row.member !== (person ?? null)))
  )
    throw new Error("a save names a section as another than it is");

  const leaves = leavesOf(kind, edits, before.leaves);
  const problems = leaves.ok ? judge(kind, leaves.value) : leaves.error;
  if (!leaves.ok || problems.length > 0) return err({ type: "SectionInvalid", section, problems });
  const actor = actorOf(wanted.signer.fingerprint, section, wanted.opening);
  const after = fork(before.document, actor);
  const change = writeLeaves(after, leaves.value);
  if (change === undefined) return ok(undefined);
  const changes = frame([change]);
  if (changes.length > changeLimits.bytes)
    return err({ type: "SaveTooLarge", section, limit: changeLimits.bytes });

  const head = readChangeHead(change);
  if (!head.ok) throw new Error(`the engine wrote a change that is refused: ${head.error.why}`);
  const heads = [head.value];
  const facts = {
    case: wanted.case,
    section,
    kind: kindName,
    person,
    schema: kind.version,
    save,
    author: wanted.signer.fingerprint,
    chain: wanted.chain.head,
    opening: wanted.opening,
    changes: [head.value.hash],
    dependencies: outerDependencies(heads),
    at: parts.clock.now(),
    reason: silent === true ? "" : wanted.reason,
  };
  const text = partText(facts);
  const says = standing(wanted.chain, claimOf(partId(text), facts), () => false);
  if (says.as !== "allowed") return err({ type: "NotAllowed", section, why: says.why });
  return ok({
    before,
    after,
    part: { facts, actor, heads, text, changes },
    ops: opsOf(change)?.length ?? 0,
    keys: new Set(leaves.value.keys()),
  });
}

function commitPart(parts: SectionsParts, db: WriteDb, draft: Draft, part: ReadPart): void {
  const { before, after } = draft;
  const { section, schema } = part.facts;
  const now = sectionRow(db, section);
  if ((now?.heads ?? "") !== before.row.heads || isErased(db, section))
    throw new Error("a save was committed over another section than it was prepared on");
  parts.live.forget(section);
  insertPart(db, part);
  insertChanges(db, { id: part.record.id, section }, part.heads, [draft.ops]);
  const row = { ...before.row, held: now?.held ?? 0, version: Math.max(before.row.version, schema) };
  const changes = part.heads.map(({ bytes }) => bytes);
  const next = advanced({ ...before, row }, after, changes, draft.keys);
  store(db, parts.live, parts.projectors, next, before.row.heads === "" ? undefined : before.value);
}

export type FoundAnewRefused =
  | SaveRefused
  | { readonly type: "UnknownSection"; readonly section: SectionId }
  /** Founding anew would silently settle these. */
  | { readonly type: "ConflictsStand"; readonly section: SectionId; readonly paths: readonly Path[] };

/**
 * The first save of a section that goes on from another's present state without the leaves at or below `without`. The
 * caller's `chain` must already found `as` from it. `heads` of the old section are those the state was taken from.
 */
export async function prepareFoundAnew(
  parts: SectionsParts,
  db: ReadDb,
  wanted: {
    readonly section: SectionId;
    readonly as: SectionId;
    readonly without: readonly Path[];
    readonly reason: string;
  } & Author,
): Promise<Result<PreparedSave & { readonly heads: readonly ChangeHash[] }, FoundAnewRefused>> {
  const live = parts.live.get(db, wanted.section);
  if (live === undefined) return err({ type: "UnknownSection", section: wanted.section });
  const left = (key: string) =>
    wanted.without.some((path) => key === path.join(".") || key.startsWith(`${path.join(".")}.`));
  const paths = [...live.conflicts].filter((key) => !left(key)).map((key) => key.split("."));
  if (paths.length > 0) return err({ type: "ConflictsStand", section: wanted.section, paths });
  const { case_id, kind, member } = live.row;
  const edits = [...live.leaves]
    .filter(([key]) => !left(key))
    .map(([key, set]) => ({ path: key.split("."), set }));
  const prepared = await prepareSave(parts, db, {
    case: case_id,
    reason: wanted.reason,
    edits: [{ section: wanted.as, kind, ...(member === null ? {} : { person: member }), edits }],
    signer: wanted.signer,
    opening: wanted.opening,
    chain: wanted.chain,
  });
  return prepared.ok ? ok({ ...prepared.value, heads: headsOf(live.document) }) : prepared;
}
