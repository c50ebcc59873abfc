// Parts as an attacker with a member's key writes them: any change, signed for as if it were honest.
import { createHash } from "node:crypto";
import * as Automerge from "@automerge/automerge";
import type { ChangeHash, SaveId } from "../../shared/vocabulary/ids.ts";
import type { PartFacts, PartRecord, Taken } from "../../main/core/sections/index.ts";
import { readPartText } from "../../main/core/sections/index.ts";
import { frame } from "../../main/core/sections/chunk.ts";
import { actorOf, partId, partText } from "../../main/core/sections/part.ts";
import type { Desk, TestCase } from "./sections.ts";
import { sectionOf } from "./sections.ts";
import { randomHex } from "./vault.ts";

/** One operation as the engine's encoder takes it: a leaf of the root set to a string, replacing these operations. */
export type RawOp = { readonly key: string; readonly value: string; readonly pred?: readonly string[] };

/** A change with any sequence, first operation, dependencies and replaced operations. */
export function rawChange(change: {
  readonly actor: string;
  readonly seq?: number;
  readonly startOp?: number;
  readonly deps?: readonly string[];
  readonly ops: readonly RawOp[];
}): Uint8Array {
  return Automerge.encodeChange({
    actor: change.actor,
    author: null,
    seq: change.seq ?? 1,
    startOp: change.startOp ?? 1,
    deps: [...(change.deps ?? [])],
    time: 0,
    message: null,
    ops: change.ops.map(({ key, value, pred }) => ({
      action: "set",
      obj: "_root",
      key,
      value,
      pred: [...(pred ?? [])],
    })),
  });
}

/** What an honest author's actor would be in a section of the case. */
export const actorIn = (on: TestCase, by: Desk, kind = "identity", opening = by.opening): string =>
  actorOf(by.signer.fingerprint, sectionOf(on.section, kind), opening);

/** A part over any chunks, truly signed by `by`; `more` says what its text lies about. */
export async function signedPart(
  on: TestCase,
  by: Desk,
  chunks: readonly Uint8Array[],
  more: Partial<PartFacts> = {},
): Promise<PartRecord> {
  const hashes = chunks.map(hashOf);
  const signed = partText({
    case: on.id,
    section: sectionOf(on.section, "identity"),
    kind: "identity",
    person: undefined,
    schema: 1,
    save: randomHex(by.home.ports.random, 16) as SaveId,
    author: by.signer.fingerprint,
    chain: on.state(by).head,
    opening: by.opening,
    changes: hashes,
    dependencies: [],
    at: by.home.ports.clock.now(),
    reason: "hostile",
    ...more,
  });
  return {
    id: partId(signed),
    signed,
    signature: await by.signer.sign("waypost/part/1", signed),
    changes: frame(chunks),
  };
}

/** The hash of a chunk, whatever it holds: SHA-256 over its type, length and content. */
export const hashOf = (chunk: Uint8Array): ChangeHash =>
  createHash("sha256").update(chunk.subarray(8)).digest("hex") as ChangeHash;

/** Why the one part that was refused was refused; `undefined` where none was. */
export const refusedWhy = ({ outcomes }: Taken): string | undefined =>
  outcomes.flatMap((one) => (one.outcome === "quarantined" ? [one.why] : []))[0];

export const factsOf = (part: PartRecord): PartFacts => {
  const read = readPartText(part.signed);
  if (!read.ok) throw new Error(read.error.why);
  return read.value;
};

/** A chunk with its length and checksum made right. */
export function chunk(type: number, body: Uint8Array): Uint8Array {
  const rest = Buffer.concat([Uint8Array.of(type), uleb(body.length), body]);
  const sum = createHash("sha256").update(rest).digest().subarray(0, 4);
  return Buffer.concat([Uint8Array.of(0x85, 0x6f, 0x4a, 0x83), sum, rest]);
}

export function uleb(value: number): Uint8Array {
  const bytes = [];
  let left = value;
  do {
    bytes.push((left % 128) + (left >= 128 ? 128 : 0));
    left = Math.floor(left / 128);
  } while (left > 0);
  return Uint8Array.from(bytes);
}
