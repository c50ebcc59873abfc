// Reads and writes OpenPGP packets as streams: headers, lengths and bodies, with at most one small buffer in memory.
// Nothing a stranger sends is buffered whole before its kind and its length were judged.

/** What can be wrong with the outer form of a message; turned into a `Result` by `openToStaging`. */
export class Refusal extends Error {
  readonly problem: OpenProblem;
  constructor(problem: OpenProblem) {
    super(problem.type);
    this.problem = problem;
  }
}

export type OpenProblem =
  | {
      readonly type: "NotOpenPgp";
      readonly why: "no packets" | "armor" | "cleartext signature" | "packet order" | "packet form";
    }
  | { readonly type: "NotEncrypted" }
  | { readonly type: "PassphraseEncrypted" }
  | { readonly type: "NotForUs" }
  | {
      readonly type: "AlgorithmRefused";
      readonly what: "integrity" | "cipher" | "aead" | "hash" | "compression";
    }
  | { readonly type: "CompressionBomb" }
  | { readonly type: "Truncated" }
  | { readonly type: "Damaged" }
  | { readonly type: "NotSigned" }
  | { readonly type: "SignatureCount" }
  | { readonly type: "SenderUnknown" }
  | { readonly type: "SignerNotValid" }
  | { readonly type: "SignatureBad" }
  /** Slots were changed, or somebody who opened it sealed it again for others. */
  | { readonly type: "SealedAnew" }
  | { readonly type: "TooLarge"; readonly limit: number }
  | { readonly type: "TooManyRecipients"; readonly limit: number }
  | { readonly type: "Cancelled" };

/** Octets to be read in order; holds what the source gave last and no more. */
export type ByteReader = {
  /** Up to `count` octets without taking them; fewer only at the end. For small counts. */
  peek(count: number): Promise<Uint8Array>;
  /** Exactly `count` octets; a source that ends before is `Truncated`. For small counts. */
  take(count: number): Promise<Uint8Array>;
  /** What is at hand, at most `limit` octets; `undefined` at the end. */
  some(limit: number): Promise<Uint8Array | undefined>;
};

export function byteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = source[Symbol.asyncIterator]();
  let buffer: Uint8Array = new Uint8Array(0);
  let ended = false;
  const more = async (count: number) => {
    const pieces = [buffer];
    let length = buffer.length;
    while (length < count && !ended) {
      const next = await iterator.next();
      if (next.done === true) {
        ended = true;
      } else {
        pieces.push(next.value);
        length += next.value.length;
      }
    }
    const [, only] = pieces;
    buffer =
      buffer.length === 0 && pieces.length === 2 && only !== undefined ? only : Buffer.concat(pieces, length);
  };
  const peek = async (count: number) => {
    if (buffer.length < count && !ended) await more(count);
    return buffer.subarray(0, count);
  };
  return {
    peek,
    async take(count) {
      const taken = await peek(count);
      if (taken.length < count) throw new Refusal({ type: "Truncated" });
      buffer = buffer.subarray(count);
      return taken;
    },
    async some(limit) {
      if (buffer.length === 0 && !ended) await more(1);
      if (buffer.length === 0) return undefined;
      const taken = buffer.subarray(0, limit);
      buffer = buffer.subarray(taken.length);
      return taken;
    },
  };
}

export const tags = {
  publicKeySession: 1,
  signature: 2,
  passphraseSession: 3,
  onePassSignature: 4,
  secretKey: 5,
  publicKey: 6,
  secretSubkey: 7,
  compressed: 8,
  encryptedWithoutIntegrity: 9,
  marker: 10,
  literal: 11,
  trust: 12,
  encrypted: 18,
  encryptedOldAead: 20,
  padding: 21,
} as const;

/** A packet's header: `length` is known, comes in parts ("partial"), or is all that is left ("rest"). */
export type PacketHeader = {
  readonly tag: number;
  readonly length: number | "rest" | { readonly partial: number };
};

/** The next packet's header; `undefined` at the end of the source. RFC 9580, section 4.2. */
export async function packetHeader(reader: ByteReader): Promise<PacketHeader | undefined> {
  if ((await reader.peek(1)).length === 0) return undefined;
  const first = octet(await reader.take(1));
  if ((first & 0x80) === 0) throw new Refusal({ type: "NotOpenPgp", why: "packet form" });
  if ((first & 0x40) !== 0) return { tag: first & 0x3f, length: await newLength(reader) };
  const lengthOfLength = first & 0x03;
  const tag = (first >> 2) & 0x0f;
  if (lengthOfLength === 3) return { tag, length: "rest" };
  return { tag, length: bigEndian(await reader.take(1 << lengthOfLength)) };
}

/** A packet's body, whole. Refused before it is read when it is longer than `limit` or comes in parts. */
export async function smallBody(
  reader: ByteReader,
  header: PacketHeader,
  limit: number,
): Promise<Uint8Array> {
  if (typeof header.length !== "number" || header.length > limit) {
    throw new Refusal({ type: "NotOpenPgp", why: "packet form" });
  }
  return Uint8Array.from(await reader.take(header.length));
}

/** A packet's body in pieces as they come. Ends exactly where the body ends, or throws `Truncated`. */
export async function* body(
  reader: ByteReader,
  header: PacketHeader,
): AsyncGenerator<Uint8Array, void, undefined> {
  let { length } = header;
  if (length === "rest") {
    for (
      let piece = await reader.some(pieceSize);
      piece !== undefined;
      piece = await reader.some(pieceSize)
    ) {
      yield piece;
    }
    return;
  }
  while (true) {
    let left = typeof length === "number" ? length : length.partial;
    while (left > 0) {
      const piece = await reader.some(Math.min(left, pieceSize));
      if (piece === undefined) throw new Refusal({ type: "Truncated" });
      left -= piece.length;
      yield piece;
    }
    if (typeof length === "number") return;
    length = await newLength(reader);
  }
}

/** Pieces joined to at least `size` octets each (the last may be shorter): fewer, larger steps for what follows. */
export async function* joined(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let held: Uint8Array[] = [];
  let count = 0;
  for await (const piece of source) {
    held.push(piece);
    count += piece.length;
    if (count < size) continue;
    yield held.length === 1 ? piece : Buffer.concat(held, count);
    held = [];
    count = 0;
  }
  if (count > 0) yield Buffer.concat(held, count);
}

/** Consecutive stretches of `size` octets, each as slices that are not copied; the last, and only it, is shorter. */
export async function* stretches(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly slices: readonly Uint8Array[]; readonly length: number }, void, undefined> {
  const reader = byteReader(source);
  while (true) {
    const slices: Uint8Array[] = [];
    let left = size;
    while (left > 0) {
      const slice = await reader.some(left);
      if (slice === undefined) break;
      slices.push(slice);
      left -= slice.length;
    }
    yield { slices, length: size - left };
    if (left > 0) return;
  }
}

/** A packet whose length is not known beforehand, in parts of 64 KiB (RFC 9580, section 4.2.1.4). */
export async function* inParts(
  tag: number,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield Uint8Array.of(0xc0 | tag);
  for await (const { slices, length } of stretches(source, 2 ** partExponent)) {
    const last = length < 2 ** partExponent;
    yield last
      ? Buffer.concat([Uint8Array.of(0xff), writeBigEndian(length, 4)])
      : Uint8Array.of(0xe0 | partExponent);
    yield* slices;
  }
}

/** The same pieces through a generator, whose `return` closes the source: a reader that stops early must call it. */
export async function* closable(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* source;
}

/**
 * Lets one `write` run while the next piece is being made; the one after waits for it. `finish` waits for the last.
 * So a slow receiver still slows the sender, and its failure comes out of the next call.
 */
export function oneBehind(write: (piece: Uint8Array) => Promise<void>) {
  let running: Promise<void> = Promise.resolve();
  return {
    async put(piece: Uint8Array): Promise<void> {
      await running;
      running = write(piece);
      // Awaited by the next call; until then its failure must not end the process.
      running.catch(() => undefined);
    },
    finish: async (): Promise<void> => running,
    /** Waits until nothing is running, whether it went well or not: before the receiver is thrown away. */
    settled: async (): Promise<void> => running.catch(() => undefined),
  };
}

/** A packet with a header of its own, for the library to parse. */
export const framed = (tag: number, packet: Uint8Array): Uint8Array =>
  Buffer.concat([Uint8Array.of(0xc0 | tag, 0xff), writeBigEndian(packet.length, 4), packet]);

export const bigEndian = (octets: Uint8Array): number => octets.reduce((sum, value) => sum * 256 + value, 0);

export function writeBigEndian(value: number, count: number): Uint8Array {
  const octets = Buffer.alloc(count);
  octets.writeUIntBE(value, Math.max(0, count - 6), Math.min(count, 6));
  return octets;
}

const partExponent = 16;
const pieceSize = 1024 * 1024;

const octet = (octets: Uint8Array): number => octets[0] ?? 0;

async function newLength(reader: ByteReader): Promise<number | { readonly partial: number }> {
  const first = octet(await reader.take(1));
  if (first < 192) return first;
  if (first < 224) return ((first - 192) << 8) + octet(await reader.take(1)) + 192;
  if (first === 255) return bigEndian(await reader.take(4));
  return { partial: 2 ** (first & 0x1f) };
}
