// Puts together what the decoder is to try of each section, and runs it in as few processes as the time limit allows.
import type { Result } from "../../../shared/result.ts";
import { err, ok } from "../../../shared/result.ts";
import type { PartId, SectionId } from "../../../shared/vocabulary/ids.ts";
import type { Decoder } from "../ports.ts";
import type { ReadDb } from "../vault/sql.ts";
import { unframe } from "./chunk.ts";
import { missingFrom } from "./document.ts";
import type { Kind } from "./leaves.rules.ts";
import type { LiveSections } from "./live.ts";
import type { ReadPart } from "./part.rules.ts";
import { graphParts } from "./refresh.ts";
import { changeRows, partRow } from "./sections.store.ts";
import type { GraphPart } from "./standing.rules.ts";
import { inOrder } from "./standing.rules.ts";
import type { TrialRequest, TrialVerdict } from "./trial.ts";
import { decodeVerdict, encodeRequest } from "./trial.ts";

/** A part in order as far as its text goes. `stored`: it is in the vault already and was waiting. */
export type Open = { readonly part: ReadPart; readonly stored: boolean };

/** `whole`: two changes claim one place of an actor's sequence, so the section cannot be tried in pieces. */
export type Trial = {
  readonly request: TrialRequest["sections"][number];
  readonly whole: boolean;
  /** Tried by the request, each after what it builds on. */
  readonly ready: readonly Open[];
  readonly waiting: readonly (Open & { readonly why: "newer-version" | "missing-dependency" })[];
};

export type Tried = TrialVerdict["sections"][number]["parts"][number];

/** What of a section can be tried now, over the parts that passed before but are not in effect. */
export function trialOf(
  db: ReadDb,
  live: LiveSections,
  kinds: Readonly<Record<string, Kind>>,
  section: SectionId,
  parts: readonly Open[],
): Trial {
  const known = graphParts(changeRows(db, section));
  const newer = ({ part: { facts } }: Open) => facts.schema > (kinds[facts.kind]?.version ?? 0);
  const able = new Map(parts.filter((one) => !newer(one)).map((one) => [one.part.record.id, one]));
  const graph = [...known, ...[...able].map(([id, { part }]): GraphPart => ({ id, changes: part.heads }))];
  const order = inOrder(graph);
  const ready = order.flatMap((id) => able.get(id) ?? []);
  const there = live.get(db, section);
  const hashes = known.flatMap(({ changes }) => changes.map(({ hash }) => hash));
  const missing = there === undefined ? new Set(hashes) : missingFrom(there.document, hashes);
  const inEffect = new Set(
    known.filter(({ changes }) => !changes.some(({ hash }) => missing.has(hash))).map(({ id }) => id),
  );
  const outside = ready.length === 0 ? [] : order.filter((id) => !able.has(id) && !inEffect.has(id));
  const encoded = (id: PartId, kind: string, changes: Uint8Array) => ({
    id,
    kind,
    changes: (unframe(changes) ?? []).map((chunk) => Buffer.from(chunk).toString("base64")),
  });
  const isReady = new Set(ready);
  return {
    request: {
      section,
      base: Buffer.from(there?.bytes ?? []).toString("base64"),
      parts: [
        ...outside
          .flatMap((id) => partRow(db, id) ?? [])
          .map(({ id, kind, changes }) => encoded(id, kind, changes)),
        ...ready.map(({ part }) => encoded(part.record.id, part.facts.kind, part.record.changes)),
      ],
    },
    whole: hasRivals(graph),
    ready,
    waiting: parts
      .filter((one) => !isReady.has(one))
      .map((one) => ({ ...one, why: newer(one) ? "newer-version" : "missing-dependency" })),
  };
}

function hasRivals(graph: readonly GraphPart[]): boolean {
  const hashes = new Set<string>();
  const places = new Set<string>();
  for (const { changes } of graph)
    for (const { hash, actor, seq } of changes) {
      hashes.add(hash);
      places.add(`${actor} ${seq}`);
    }
  return places.size < hashes.size;
}

/** By section and part; a part about which nothing is said stood beside one that ended the decoder. */
type Verdicts = Map<SectionId, Map<PartId, Tried>>;
type Sections = TrialRequest["sections"];
type Ask = (request: Uint8Array) => ReturnType<Decoder["trial"]>;

const partsPerRun = 400;

/**
 * Runs the trials in requests of at most `partsPerRun` parts, so that one hour-long history does not meet the time limit.
 * Later pieces of a section are tried over what passed of the earlier ones.
 */
export async function judged(
  decoder: Pick<Decoder, "trial">,
  trials: readonly Trial[],
  series?: string,
): Promise<Verdicts> {
  const ask: Ask = (request) => decoder.trial(request, series);
  const verdicts: Verdicts = new Map();
  for (const { request } of trials) verdicts.set(request.section, new Map());
  let rest = trials.flatMap(({ request, whole }) =>
    request.parts.length > 0 ? [{ ...request, whole }] : [],
  );
  while (rest.length > 0) {
    const run: Sections = [];
    const next: typeof rest = [];
    let room = partsPerRun;
    for (const { whole, ...one } of rest) {
      const count = whole ? one.parts.length : Math.min(room, one.parts.length);
      if (count === 0 || (whole && room < partsPerRun && count > room)) {
        next.push({ ...one, whole });
        continue;
      }
      run.push({ ...one, parts: one.parts.slice(0, count) });
      room = Math.max(0, room - count);
      if (count < one.parts.length) next.push({ ...one, parts: one.parts.slice(count), whole });
    }
    const failed = await judgedTogether(ask, run, verdicts);
    rest = next.filter(({ section }) => !failed.has(section)).map((one) => over(one, run, verdicts));
  }
  return verdicts;
}

/** What remains of a section, over what has passed of it. */
function over<T extends Sections[number]>(one: T, run: Sections, verdicts: Verdicts): T {
  const tried = verdicts.get(one.section);
  const passed = run
    .filter(({ section }) => section === one.section)
    .flatMap(({ parts }) => parts.filter(({ id }) => "ops" in (tried?.get(id) ?? {})))
    .flatMap(({ changes }) => changes.map((change) => Buffer.from(change, "base64")));
  if (passed.length === 0) return one;
  return { ...one, base: Buffer.concat([Buffer.from(one.base, "base64"), ...passed]).toString("base64") };
}

/** One request for all; where it fails, one for each section; where that fails, the part that does it is looked for. */
async function judgedTogether(ask: Ask, sections: Sections, verdicts: Verdicts): Promise<Set<SectionId>> {
  const failed = new Set<SectionId>();
  const enter = (section: SectionId, tried: ReadonlyMap<PartId, Tried>) => {
    for (const [id, one] of tried) verdicts.get(section)?.set(id, one);
  };
  const all = await run(ask, sections);
  if (all.ok) for (const [section, tried] of all.value) enter(section, tried);
  else
    for (const one of sections) {
      const alone = sections.length > 1 ? await run(ask, [one]) : all;
      if (alone.ok) enter(one.section, alone.value.get(one.section) ?? new Map());
      else {
        failed.add(one.section);
        enter(one.section, await culprit(ask, one, alone.error));
      }
    }
  return failed;
}

/** The shortest run of parts that ends the decoder: its last part is refused, nothing is said of the others. */
async function culprit(ask: Ask, one: Sections[number], why: string): Promise<Map<PartId, Tried>> {
  let good = 0;
  let bad = one.parts.length;
  let refused = why;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    const result = await run(ask, [{ ...one, parts: one.parts.slice(0, middle) }]);
    if (result.ok) good = middle;
    else {
      bad = middle;
      refused = result.error;
    }
  }
  const id = one.parts[bad - 1]?.id;
  return new Map(id === undefined ? [] : [[id, { id, refused: `decoder-${refused}` }]]);
}

async function run(ask: Ask, sections: Sections): Promise<Result<Verdicts, string>> {
  const answer = await ask(encodeRequest({ sections }));
  if (!answer.ok) return err(answer.error.why);
  const verdict = decodeVerdict(answer.value);
  if (verdict === undefined) return err("crash");
  return ok(
    new Map(
      verdict.sections.map(({ section, parts }) => [section, new Map(parts.map((one) => [one.id, one]))]),
    ),
  );
}
