// A part: what one save did to one section, signed. Its text, its identity, the actor it must write as, and the checks before any engine.
import { createHash } from "node:crypto";
import type { Milliseconds } from "../../../shared/brand.ts";
import { object, z } from "../../../shared/schema.ts";
import {
  canonicalJson,
  parseCanonicalJson,
  parseSignedText,
  signedText,
} from "../../../shared/signed-text.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import {
  CaseId,
  ChainHash,
  ChangeHash,
  Fingerprint,
  OpeningId,
  PersonId,
  SaveId,
  SectionId,
} from "../../../shared/vocabulary/ids.ts";
import type { PartId } from "../../../shared/vocabulary/ids.ts";
import { changeLimits, readChangeHead, unframe } from "./chunk.ts";
import type { ChangeHead, PartFacts, PartRecord, ReadPart } from "./part.rules.ts";

/** A part that is not what it says; `why` names the rule. */
export type PartRefused = { readonly type: "PartRefused"; readonly why: string };

const kind = "waypost/part/1";
const keys = [
  "case",
  "section",
  "kind",
  "person",
  "schema",
  "save",
  "author",
  "chain",
  "opening",
  "changes",
  "dependencies",
  "at",
  "reason",
] as const;

const none = "-";
/** Most bytes of a part's text and of its signature, most characters of a reason. */
export const partLimits = { text: 128 * 1024, signature: 4 * 1024, reason: 1_000 } as const;

const whole = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,15})$/)
  .transform(Number);
const hashes = z.string().transform((list) => list.split(","));
const Lines = object({
  case: CaseId,
  section: SectionId,
  kind: z.string().regex(/^[a-z][a-z-]{0,31}$/),
  person: z.union([z.literal(none).transform(() => undefined), PersonId]),
  schema: whole.pipe(z.int().min(1)),
  save: SaveId,
  author: Fingerprint,
  chain: ChainHash,
  opening: OpeningId,
  changes: hashes.pipe(z.array(ChangeHash).min(1).max(changeLimits.changes)),
  dependencies: z.union([
    z.literal(none).transform((): ChangeHash[] => []),
    hashes.pipe(z.array(ChangeHash).max(changeLimits.dependencies)),
  ]),
  at: whole,
  reason: z.string(),
});

/** The bytes an author signs; an auditor reads them with gpg. */
export function partText(facts: PartFacts): Uint8Array {
  return Buffer.from(
    signedText(kind, [
      ["case", facts.case],
      ["section", facts.section],
      ["kind", facts.kind],
      ["person", facts.person ?? none],
      ["schema", String(facts.schema)],
      ["save", facts.save],
      ["author", facts.author],
      ["chain", facts.chain],
      ["opening", facts.opening],
      ["changes", facts.changes.join(",")],
      ["dependencies", facts.dependencies.length === 0 ? none : facts.dependencies.join(",")],
      ["at", String(facts.at)],
      ["reason", canonicalJson(facts.reason)],
    ]),
  );
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads the text of a part, which must be exactly as `partText` writes it. */
export function readPartText(signed: Uint8Array): Result<PartFacts, PartRefused> {
  if (signed.length > partLimits.text) return refused("text-too-long");
  let text: string;
  try {
    text = strict.decode(signed);
  } catch {
    return refused("text-not-utf8");
  }
  const lines = parseSignedText(kind, keys, text);
  if (!lines.ok) return refused("text-malformed");
  const read = Lines.safeParse(lines.value);
  if (!read.success) return refused(`text-${String(read.error.issues[0]?.path[0] ?? "malformed")}`);
  const reason = parseCanonicalJson(read.data.reason);
  if (!reason.ok || typeof reason.value !== "string" || reason.value.length > partLimits.reason)
    return refused("text-reason");
  return ok({ ...read.data, at: read.data.at as Milliseconds, reason: reason.value });
}

/**
 * The facts of a part that the vault holds. Its text was read by `readPartText` before it was stored, and a changed row is found
 * by the Merkle head: its lines are taken as they stand, which costs a fifth. Throws where they are not a part's at all.
 */
export function storedFacts(signed: Uint8Array): PartFacts {
  const lines = parseSignedText(kind, keys, strict.decode(signed));
  if (!lines.ok) throw new Error("a stored part cannot be read");
  const { person, schema, changes, dependencies, at, reason, ...same } = lines.value;
  return {
    ...same,
    person: person === none ? undefined : person,
    schema: Number(schema),
    changes: changes.split(","),
    dependencies: dependencies === none ? [] : dependencies.split(","),
    at: Number(at),
    reason: JSON.parse(reason) as string,
  } as unknown as PartFacts;
}

export const partId = (signed: Uint8Array): PartId =>
  createHash("sha256").update(signed).digest("hex") as PartId;

/** The actor a change must carry: unlinkable between sections and openings, and anyone can check whose it is. */
export function actorOf(author: Fingerprint, section: SectionId, opening: OpeningId): string {
  const text = `waypost/actor/1\nauthor ${author}\nsection ${section}\nopening ${opening}\n`;
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/**
 * Reads a stranger's part and checks all that needs neither engine nor key: identity, text, case, limits, plain change
 * chunks only, the hashes and dependencies that were signed for, and the actor recomputed from author, section and opening.
 * `read`: the record's text, where it was read already.
 */
export function readPart(
  record: PartRecord,
  expected: CaseId,
  read = readPartText(record.signed),
): Result<ReadPart, PartRefused> {
  if (record.signature.length > partLimits.signature) return refused("signature-too-long");
  if (record.changes.length > changeLimits.bytes) return refused("changes-too-large");
  if (!read.ok) return read;
  const facts = read.value;
  if (partId(record.signed) !== record.id) return refused("other-id");
  if (facts.case !== expected) return refused("other-case");

  const chunks = unframe(record.changes);
  if (chunks === undefined || chunks.length !== facts.changes.length) return refused("changes-malformed");
  const actor = actorOf(facts.author, facts.section, facts.opening);
  const heads: ChangeHead[] = [];
  for (const [index, chunk] of chunks.entries()) {
    const head = readChangeHead(chunk);
    if (!head.ok) return refused(head.error.why);
    if (head.value.hash !== facts.changes[index]) return refused("change-not-signed-for");
    if (head.value.actor !== actor) return refused("other-actor");
    heads.push(head.value);
  }
  if (new Set(facts.changes).size !== facts.changes.length) return refused("change-twice");
  if (outerDependencies(heads).join() !== facts.dependencies.join()) return refused("other-dependencies");
  return ok({ record, facts, actor, heads });
}

/** What changes build on beyond themselves, sorted. */
export function outerDependencies(heads: readonly ChangeHead[]): ChangeHash[] {
  const own = new Set(heads.map(({ hash }) => hash));
  return [...new Set(heads.flatMap(({ dependencies }) => dependencies))]
    .filter((hash) => !own.has(hash))
    .toSorted();
}

const refused = (why: string) => err({ type: "PartRefused" as const, why });
