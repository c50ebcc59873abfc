// The first half of an import, before the vault's queue: text, limits, signature, and the trial in the decoder. Nothing is written.
import { createHash } from "node:crypto";
import type { Result } from "../../../shared/result.ts";
import { err, ok } from "../../../shared/result.ts";
import type { CaseId, Fingerprint, PartId, SectionId } from "../../../shared/vocabulary/ids.ts";
import type { Certificate } from "../pgp/index.ts";
import { verify } from "../pgp/index.ts";
import type { Decoder } from "../ports.ts";
import type { ReadDb } from "../vault/sql.ts";
import { frame, unframe } from "./chunk.ts";
import type { Kind } from "./leaves.rules.ts";
import type { LiveSections } from "./live.ts";
import type { PartRecord, ReadPart } from "./part.rules.ts";
import { readPart, readPartText } from "./part.ts";
import {
  isErased,
  isKnownPart,
  quarantineRow,
  quarantineRows,
  recordOf,
  untriedParts,
} from "./sections.store.ts";
import type { Open, Tried } from "./trials.ts";
import { judged, trialOf } from "./trials.ts";

/** What is known of one part before it is taken. */
export type Examined =
  /** Passed the trial; `ops` of each of its changes. */
  | {
      readonly as: "good";
      readonly part: ReadPart;
      readonly ops: readonly number[];
      readonly stored: boolean;
    }
  /** In order as far as can be seen; waits for what it builds on, or for a newer program. */
  | { readonly as: "waiting"; readonly part: ReadPart; readonly why: string; readonly stored: boolean }
  | { readonly as: "bad"; readonly record: PartRecord; readonly section?: SectionId; readonly why: string }
  /** Was refused before, in these very bytes. */
  | { readonly as: "refused-before"; readonly id: PartId; readonly section?: SectionId; readonly why: string }
  | { readonly as: "known" | "erased"; readonly id: PartId; readonly section: SectionId };

export type Examination = { readonly case: CaseId; readonly parts: readonly Examined[] };

/** Reasons that another certificate, another chain or the rest of a bundle may lift. */
const lifted = new Set(["author-unknown", "beside-refused", "builds-on-refused"]);
/** Reasons that a quicker hour of this laptop may lift: tried again only when nothing else came. */
const liftedAlone = new Set(["decoder-time", "decoder-memory", "decoder-crash"]);

/** The name of a part's very bytes: a relay that spoils a part must not spoil the name of the true one. */
export const recordName = ({ signed, signature, changes }: PartRecord): string =>
  createHash("sha256")
    .update(frame([signed, signature, changes]))
    .digest("hex");

export const quarantined = ({ id, signed, signature, changes }: PartRecord): Uint8Array =>
  frame([Buffer.from(id), signed, signature, changes]);

/** The record of a quarantined part; `undefined` where the row is something else. */
export function fromQuarantine(content: Uint8Array): PartRecord | undefined {
  const [id, signed, signature, changes] = unframe(content) ?? [];
  if (id === undefined || signed === undefined || signature === undefined || changes === undefined)
    return undefined;
  return { id: Buffer.from(id).toString() as PartId, signed, signature, changes };
}

export type ExamineParts = {
  readonly kinds: Readonly<Record<string, Kind>>;
  readonly live: LiveSections;
  readonly decoder: Pick<Decoder, "trial">;
};

export type CameForCase = {
  readonly case: CaseId;
  readonly parts: readonly PartRecord[];
  readonly certificateOf: (author: Fingerprint) => Certificate | undefined;
};

/**
 * Examines parts that came for some cases, and with them those that were waiting or may now be right. Any order, any number
 * of times. `certificateOf` gives the certificates that case's chain names. One decoder serves many cases;
 * `series` names the bundle that all of them came in.
 */
export async function examine(
  { kinds, live, decoder }: ExamineParts,
  db: ReadDb,
  wanted: readonly CameForCase[],
  series?: string,
): Promise<Examination[]> {
  const looked = [];
  for (const one of wanted) {
    const { settled, open } = await lookAll(db, one);
    const bySection = Map.groupBy(open, ({ part }) => part.facts.section);
    const trials = [...bySection].map(([section, parts]) => trialOf(db, live, kinds, section, parts));
    looked.push({ case: one.case, settled, trials });
  }
  const verdicts = await judged(
    decoder,
    looked.flatMap(({ trials }) => trials),
    series,
  );
  return looked.map(({ case: of, settled, trials }) => {
    const tried = trials.flatMap(({ request, ready, waiting }) => [
      ...waiting.map((one): Examined => ({ as: "waiting", ...one })),
      ...ready.map((one) => after(one, verdicts.get(request.section)?.get(one.part.record.id))),
    ]);
    return { case: of, parts: [...settled, ...tried].map((one) => refusedAgain(db, one)) };
  });
}

/** Everything that is to be looked at of one case: what came, what may be lifted, what waits. */
async function lookAll(db: ReadDb, wanted: CameForCase) {
  const retried = (why: string) => lifted.has(why) || (wanted.parts.length === 0 && liftedAlone.has(why));
  const before = quarantineRows(db, wanted.case)
    .filter(({ reason }) => retried(reason))
    .flatMap(({ content }) => fromQuarantine(content) ?? []);
  const came = new Map([...wanted.parts, ...before].map((record) => [recordName(record), record]));
  const settled: Examined[] = [];
  const open: Open[] = [];
  const seen = new Set<PartId>();
  for (const [name, record] of came) {
    const first = await look(db, wanted, retried, name, record);
    if (!first.ok) settled.push(first.error);
    else if (seen.has(record.id))
      settled.push({ as: "known", id: record.id, section: first.value.facts.section });
    else open.push({ part: first.value, stored: false });
    if (first.ok) seen.add(record.id);
  }
  for (const row of untriedParts(db, wanted.case)) {
    const record = recordOf(row);
    const read = readPart(record, wanted.case);
    if (!read.ok) throw new Error("a stored part cannot be read");
    const refused = quarantineRow(db, recordName(record))?.reason;
    if ((refused === undefined || retried(refused)) && !seen.has(row.id))
      open.push({ part: read.value, stored: true });
  }
  return { settled, open };
}

/** A part that fails as it failed before does not refuse the new ones beside it once more. */
function refusedAgain(db: ReadDb, one: Examined): Examined {
  if (one.as !== "bad" || quarantineRow(db, recordName(one.record))?.reason !== one.why) return one;
  const { record, why, section } = one;
  return { as: "refused-before", id: record.id, why, ...(section === undefined ? {} : { section }) };
}

/** The checks without an engine; what comes for an erased section is not looked at beyond its section's name. */
async function look(
  db: ReadDb,
  wanted: CameForCase,
  retried: (why: string) => boolean,
  name: string,
  record: PartRecord,
): Promise<Result<ReadPart, Examined>> {
  const text = readPartText(record.signed);
  if (!text.ok) return err({ as: "bad", record, why: text.error.why });
  const { section, author } = text.value;
  if (isErased(db, section)) return err({ as: "erased", id: record.id, section });
  const refused = quarantineRow(db, name)?.reason;
  if (refused !== undefined && !retried(refused))
    return err({ as: "refused-before", id: record.id, section, why: refused });
  const read = readPart(record, wanted.case, text);
  if (!read.ok) return err({ as: "bad", record, section, why: read.error.why });
  if (isKnownPart(db, record.id)) return err({ as: "known", id: record.id, section });
  const certificate = wanted.certificateOf(author);
  if (certificate === undefined) return err({ as: "bad", record, section, why: "author-unknown" });
  const { signed, signature } = record;
  const verified = await verify({ kind: "waypost/part/1", signed, signature, certificates: [certificate] });
  if (!verified.ok) return err({ as: "bad", record, section, why: verified.error.type });
  if (verified.value !== author) return err({ as: "bad", record, section, why: "other-author" });
  return ok(read.value);
}

const after = ({ part, stored }: Open, verdict: Tried | undefined): Examined => {
  if (verdict === undefined)
    return stored
      ? { as: "waiting", part, stored, why: "beside-refused" }
      : { as: "bad", record: part.record, section: part.facts.section, why: "beside-refused" };
  if ("ops" in verdict) return { as: "good", part, stored, ops: verdict.ops };
  return { as: "bad", record: part.record, section: part.facts.section, why: verdict.refused };
};
