// Reads the head of an Automerge change chunk without Automerge: what a stranger's bytes claim is checked before any engine sees them.
import { createHash } from "node:crypto";
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { ChangeHash } from "../../../shared/vocabulary/ids.ts";
import type { ChangeHead } from "./part.rules.ts";

/** `why` names the rule that was broken. */
export type ChunkRefused = { readonly type: "ChunkRefused"; readonly why: string };

/** Most bytes of one part's changes, most changes in it, most dependencies of a change, highest operation number. */
export const changeLimits = {
  bytes: 4 * 1024 * 1024,
  changes: 64,
  dependencies: 1_000,
  op: 2 ** 31,
} as const;

const magic = Buffer.from([0x85, 0x6f, 0x4a, 0x83]);
const plainChange = 1;

/**
 * The head of one plain change chunk (Automerge binary format, chunk type 1): magic, checksum, type, length, then
 * dependencies, actor, sequence, first operation, time, message. Refused: document chunks (0), deflated changes (2, a
 * decompression bomb), bundles, bytes after the chunk, a checksum that does not fit, a time or a message (the signed part
 * carries both, where they can be read).
 */
export function readChangeHead(bytes: Uint8Array): Result<ChangeHead, ChunkRefused> {
  try {
    return ok(head(bytes));
  } catch (cause) {
    if (cause instanceof Refusal) return err({ type: "ChunkRefused", why: cause.message });
    throw cause;
  }
}

class Refusal extends Error {}

function head(bytes: Uint8Array): ChangeHead {
  if (bytes.length < 12 || !magic.equals(bytes.subarray(0, 4))) throw new Refusal("not-a-chunk");
  if (bytes[8] === 0) throw new Refusal("document-chunk");
  if (bytes[8] === 2) throw new Refusal("deflated-change");
  if (bytes[8] !== plainChange) throw new Refusal("unknown-chunk");
  const outer = reader(bytes, 9);
  if (outer.number() !== bytes.length - outer.at()) throw new Refusal("chunk-length");
  const hash = createHash("sha256").update(bytes.subarray(8)).digest();
  if (!hash.subarray(0, 4).equals(bytes.subarray(4, 8))) throw new Refusal("checksum");

  const inner = reader(bytes, outer.at());
  const count = inner.number();
  if (count > changeLimits.dependencies) throw new Refusal("too-many-dependencies");
  const dependencies = Array.from({ length: count }, () => inner.hex(32) as ChangeHash);
  const actor = inner.hex(inner.number());
  const seq = inner.number();
  const startOp = inner.number();
  if (seq < 1 || seq > changeLimits.op) throw new Refusal("sequence-out-of-range");
  if (startOp < 1 || startOp > changeLimits.op) throw new Refusal("start-op-out-of-range");
  if (inner.number() !== 0 || inner.number() !== 0) throw new Refusal("time-or-message");
  return { hash: hash.toString("hex") as ChangeHash, dependencies, actor, seq, startOp, bytes };
}

/** Bytes of the first of our own stored chunks; 0 where there is none. */
export function chunkLength(bytes: Uint8Array): number {
  if (bytes.length === 0) return 0;
  const outer = reader(bytes, 9);
  return outer.number() + outer.at();
}

function reader(bytes: Uint8Array, start: number) {
  let at = start;
  const byte = () => {
    const value = bytes[at];
    if (value === undefined) throw new Refusal("cut-off");
    at += 1;
    return value;
  };
  return {
    at: () => at,
    /** Unsigned LEB128 up to 2^53. */
    number() {
      let value = 0;
      for (let shift = 1; shift < 2 ** 53; shift *= 128) {
        const part = byte();
        value += (part & 0x7f) * shift;
        if (!Number.isSafeInteger(value)) break;
        if (part < 0x80) return value;
      }
      throw new Refusal("number-too-large");
    },
    hex(length: number) {
      if (at + length > bytes.length) throw new Refusal("cut-off");
      at += length;
      return Buffer.from(bytes.subarray(at - length, at)).toString("hex");
    },
  };
}

/** Byte strings one after another, each preceded by its length (u32 big-endian). */
export function frame(items: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    items.flatMap((item) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(item.length);
      return [length, item];
    }),
  );
}

/** The byte strings of `frame`; `undefined` where the lengths do not come out even. */
export function unframe(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const items: Uint8Array[] = [];
  let at = 0;
  while (at < view.length) {
    if (at + 4 > view.length) return undefined;
    const end = at + 4 + view.readUInt32BE(at);
    if (end > view.length) return undefined;
    items.push(view.subarray(at + 4, end));
    at = end;
  }
  return items;
}
