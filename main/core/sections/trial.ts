// The trial of foreign changes, run in a disposable process: bytes in, verdict out, nothing else touched.
// A change passes only if this program, given the same leaves on the same ancestors, writes the very same bytes: sequence, first
// operation, what it replaced, and anything a stranger could hide in it are then as they must be.
import type { Result } from "../../../shared/result.ts";
import { err, ok } from "../../../shared/result.ts";
import { object, z } from "../../../shared/schema.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import { PartId, SectionId } from "../../../shared/vocabulary/ids.ts";
import type { ChangeHash } from "../../../shared/vocabulary/ids.ts";
import type { ChangeHead } from "./part.rules.ts";
import { readChangeHead } from "./chunk.ts";
import type { Document } from "./document.ts";
import {
  applyTo,
  emptyDocument,
  fork,
  headsOf,
  holds,
  leavesIn,
  loadDocument,
  opsOf,
  sameLeaves,
  saveDocument,
  standingAt,
  writeLeaves,
} from "./document.ts";
import type { Kind, LeafKey } from "./leaves.rules.ts";
import { judge } from "./leaves.rules.ts";

const base64 = z.string();

/** Parts of one section, each after those it builds on; `base` is the document they are added to. */
const TrialSection = object({
  section: SectionId,
  base: base64,
  parts: z.array(object({ id: PartId, kind: z.string(), changes: z.array(base64) })),
});
const TrialRequest = object({ sections: z.array(TrialSection) });
export type TrialRequest = z.infer<typeof TrialRequest>;

/** Of each part how many operations each of its changes has, or why it is refused. */
const TrialVerdict = object({
  sections: z.array(
    object({
      section: SectionId,
      parts: z.array(
        z.union([object({ id: PartId, ops: z.array(z.int()) }), object({ id: PartId, refused: z.string() })]),
      ),
    }),
  ),
});
export type TrialVerdict = z.infer<typeof TrialVerdict>;

/** Most leaves one change may set. */
const mostOps = 20_000;

export const encodeRequest = (request: TrialRequest): Uint8Array => Buffer.from(JSON.stringify(request));

/** What came back from the decoder, checked again: the process that wrote it had read a stranger's bytes. */
export function decodeVerdict(bytes: Uint8Array): TrialVerdict | undefined {
  try {
    const read = TrialVerdict.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** Runs the trial over an encoded request and returns the encoded verdict. Throws only where the request is not ours. */
export function trial(request: Uint8Array, kinds: Readonly<Record<string, Kind>>): Uint8Array {
  const { sections } = TrialRequest.parse(JSON.parse(Buffer.from(request).toString("utf8")));
  const verdict: TrialVerdict = {
    sections: sections.map((one) => ({ section: one.section, parts: tryParts(one, kinds) })),
  };
  return Buffer.from(JSON.stringify(verdict));
}

const rounds = 16;
const changesARound = 25;

/**
 * What a process that waits for a request does meanwhile, a step at a time: trials of changes it writes itself. The first
 * hundreds cost four times as much as those after them, because none of the code has run yet.
 */
export function* rehearsal(
  kinds: Readonly<Record<string, Kind>>,
  kind: string,
  leavesOf: (change: number) => ReadonlyMap<LeafKey, JsonValue>,
): Generator<void> {
  const section = "0".repeat(32) as SectionId;
  let document = emptyDocument();
  for (let round = 0; round < rounds; round++) {
    const base = Buffer.from(saveDocument(document)).toString("base64");
    document = fork(document, round.toString(16).padStart(32, "0"));
    const parts = Array.from({ length: changesARound }, (_, index) => {
      const number = round * changesARound + index;
      const change = writeLeaves(document, leavesOf(number)) ?? new Uint8Array();
      const id = number.toString(16).padStart(64, "0") as PartId;
      return { id, kind, changes: [Buffer.from(change).toString("base64")] };
    });
    trial(encodeRequest({ sections: [{ section, base, parts }] }), kinds);
    yield;
  }
}

type Tried = TrialVerdict["sections"][number]["parts"][number];

function tryParts(wanted: z.infer<typeof TrialSection>, kinds: Readonly<Record<string, Kind>>): Tried[] {
  const { document: base } = loadDocument(Buffer.from(wanted.base, "base64"));
  const past = history(base);
  const tried: Tried[] = [];
  const touched = new Set<string>();
  for (const { id, kind: name, changes } of wanted.parts) {
    const kind = kinds[name];
    const ops: number[] = [];
    let refused = kind === undefined ? "unknown-kind" : undefined;
    for (const change of changes) {
      if (refused !== undefined || kind === undefined) break;
      const result = tryChange(Buffer.from(change, "base64"), kind, past);
      if (result.ok) {
        ops.push(result.value.size);
        for (const key of result.value.keys) touched.add(key);
      } else refused = result.error;
    }
    tried.push(refused === undefined ? { id, ops } : { id, refused });
  }
  const passed = tried.flatMap((one) => ("ops" in one ? [one.id] : []));
  if (survivesSaving(base, past.fresh(), touched)) return tried;
  const lost = new Set(passed);
  return tried.map((one) => (lost.has(one.id) ? { id: one.id, refused: "save-differs" } : one));
}

function tryChange(
  bytes: Uint8Array,
  kind: Kind,
  past: History,
): Result<{ size: number; keys: readonly string[] }, string> {
  const head = readChangeHead(bytes);
  if (!head.ok) return err(head.error.why);
  if (past.has(head.value.hash)) return ok({ size: opsOf(bytes)?.length ?? 0, keys: [] });
  const ops = opsOf(bytes);
  if (ops === undefined || ops.length === 0) return err("not-leaves");
  if (ops.length > mostOps) return err("too-many-operations");
  const leaves = new Map(ops.map(({ key, value }) => [key, value]));
  const problem = judge(kind, leaves)[0];
  if (problem !== undefined) return err(`schema:${problem.why}`);

  const ancestors = past.take(head.value.dependencies, head.value.actor);
  if (ancestors === undefined) return err("builds-on-refused");
  const rewritten = writeLeaves(ancestors, leaves);
  if (rewritten === undefined || Buffer.compare(rewritten, bytes) !== 0) return err("not-as-written");
  past.add(head.value, ancestors);
  return ok({ size: ops.length, keys: [...leaves.keys()] });
}

type History = ReturnType<typeof history>;

/** The document at any point of the section's graph, without ever merging what has not passed. */
function history(base: Document) {
  const fresh = new Map<ChangeHash, ChangeHead>();
  /** Documents just written, by their single head, and who wrote: the next change mostly goes on from one. */
  const tips = new Map<ChangeHash, { readonly actor: string; readonly document: Document }>();
  const baseHeads = headsOf(base).join();

  const before = (dependencies: readonly ChangeHash[]) => {
    const inBase = new Set<ChangeHash>();
    const above = new Set<ChangeHash>();
    const next = [...dependencies];
    for (let hash = next.pop(); hash !== undefined; hash = next.pop()) {
      const change = fresh.get(hash);
      if (change === undefined && !holds(base, hash)) return undefined;
      if (change === undefined) inBase.add(hash);
      else if (!above.has(hash)) {
        above.add(hash);
        next.push(...change.dependencies);
      }
    }
    return {
      inBase: [...inBase].toSorted(),
      above: [...fresh.values()].filter(({ hash }) => above.has(hash)),
    };
  };

  return {
    has: (hash: ChangeHash) => fresh.has(hash) || holds(base, hash),
    fresh: () => [...fresh.values()],
    add(change: ChangeHead, after: Document) {
      fresh.set(change.hash, change);
      tips.set(change.hash, { actor: change.actor, document: after });
      for (const oldest of tips.keys()) if (tips.size > 8) tips.delete(oldest);
    },
    /** The document as `actor` saw it, to be written to; `undefined` where something it builds on has not passed. */
    take(dependencies: readonly ChangeHash[], actor: string): Document | undefined {
      const [only, ...others] = dependencies;
      const tip = only === undefined || others.length > 0 ? undefined : tips.get(only);
      if (only !== undefined && tip?.actor === actor) {
        tips.delete(only);
        return tip.document;
      }
      if (tip !== undefined) return fork(tip.document, actor);
      const seen = before(dependencies);
      if (seen === undefined) return undefined;
      if (seen.inBase.length === 0 && seen.above.length === 0) return fork(emptyDocument(), actor);
      const start =
        seen.inBase.length === 0
          ? fork(emptyDocument(), actor)
          : fork(base, actor, seen.inBase.join() === baseHeads ? undefined : seen.inBase);
      applyTo(
        start,
        seen.above.map(({ bytes }) => bytes),
      );
      return start;
    },
  };
}

/** Is the merged document the same after saving and loading? (One such fault was reported of the engine.) */
function survivesSaving(base: Document, fresh: readonly ChangeHead[], touched: ReadonlySet<string>): boolean {
  const merged = mergedOf(base, fresh);
  const { document: loaded, leaves } = loadDocument(saveDocument(merged));
  if (headsOf(loaded).join() !== headsOf(merged).join()) return false;
  if (!sameLeaves(leaves, leavesIn(merged))) return false;
  return [...touched].every(
    (key) => JSON.stringify(standingAt(loaded, key)) === JSON.stringify(standingAt(merged, key)),
  );
}

/** All of it merged; of two changes in one place of an actor's sequence only one, and nothing that builds on the other. */
function mergedOf(base: Document, fresh: readonly ChangeHead[]): Document {
  const merged = fork(base, "00".repeat(16));
  const places = new Set(fresh.map(({ actor, seq }) => `${actor} ${seq}`));
  if (places.size === fresh.length) {
    try {
      applyTo(
        merged,
        fresh.map(({ bytes }) => bytes),
      );
      return merged;
    } catch {
      return oneByOne(fork(base, "00".repeat(16)), fresh);
    }
  }
  return oneByOne(merged, fresh);
}

function oneByOne(merged: Document, fresh: readonly ChangeHead[]): Document {
  const left = new Set<ChangeHash>();
  for (const { hash, dependencies, bytes } of fresh) {
    try {
      if (dependencies.some((needed) => left.has(needed))) left.add(hash);
      else applyTo(merged, [bytes]);
    } catch {
      left.add(hash);
    }
  }
  return merged;
}
