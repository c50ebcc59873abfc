// Encrypts and decrypts the integrity-protected data of a message as a stream (RFC 9580, section 5.13), holding one chunk.
// The library decrypts only with its own parser behind it, which lets a stranger fill the memory with small packets; here
// the clear packets come out as octets and are judged one by one. What comes out is not yet proven whole: the stream
// ends without an error only after the last integrity check.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  getCiphers,
  hkdfSync,
  timingSafeEqual,
} from "node:crypto";
import type { Random } from "../ports.ts";
import { byteReader, Refusal, stretches, writeBigEndian } from "./framing.ts";
import type { ByteReader } from "./framing.ts";

/** A message's key as the recipient's packet gave it; version 2 packets name the cipher themselves. */
export type SessionKey = { readonly algorithm: string | null; readonly data: Uint8Array };

/** Which form of protection a message had: version 1 (SHA-1 at the end) or version 2 (a tag for each chunk). */
export type Protection = "mdc" | "aead";

/** The clear octets of an encrypted packet's body. Refuses other ciphers than AES, and EAX. */
export async function decrypted(
  packet: AsyncIterable<Uint8Array>,
  key: SessionKey,
): Promise<{ readonly protection: Protection; readonly clear: AsyncGenerator<Uint8Array, void, undefined> }> {
  const reader = byteReader(packet);
  const version = (await reader.take(1))[0];
  if (version === 1) return { protection: "mdc", clear: decryptedVersion1(reader, key) };
  if (version === 2) return { protection: "aead", clear: decryptedVersion2(reader, key) };
  throw new Refusal({ type: "AlgorithmRefused", what: "integrity" });
}

/** How to seal, as the recipient's certificate prefers it; without `aead`, version 1. */
export type SealKey = {
  readonly algorithm: string;
  readonly aead: string | undefined;
  readonly data: Uint8Array;
};

/** The body of an encrypted packet over `clear`. AES only; of the chunked modes GCM and OCB. */
export function encrypted(
  clear: AsyncIterable<Uint8Array>,
  key: SealKey,
  random: Random,
): AsyncGenerator<Uint8Array, void, undefined> {
  return key.aead === undefined
    ? encryptedVersion1(clear, key, random)
    : encryptedVersion2(clear, key, random);
}

/** The size of an AES key in bits; another cipher, or a key of another length, is refused. */
function bitsOf(key: { readonly algorithm: string | null; readonly data: Uint8Array }): 128 | 192 | 256 {
  const cipher = ciphers.find(({ name }) => name === key.algorithm);
  if (cipher === undefined || key.data.length * 8 !== cipher.bits) {
    throw new Refusal({ type: "AlgorithmRefused", what: "cipher" });
  }
  return cipher.bits;
}

const block = 16;
/** Header (0xD3 0x14) and SHA-1 of the modification detection code packet. */
const mdcHeader = Uint8Array.of(0xd3, 0x14);
const mdcSize = 22;

async function* encryptedVersion1(
  clear: AsyncIterable<Uint8Array>,
  key: SealKey,
  random: Random,
): AsyncGenerator<Uint8Array, void, undefined> {
  const cipher = createCipheriv(`aes-${bitsOf(key)}-cfb`, key.data, Buffer.alloc(block));
  const sha1 = createHash("sha1");
  const start = random.bytes(block);
  const prefix = Buffer.concat([start, start.subarray(-2)]);
  sha1.update(prefix);
  yield Uint8Array.of(1);
  yield cipher.update(prefix);
  for await (const piece of clear) {
    sha1.update(piece);
    yield cipher.update(piece);
  }
  yield cipher.update(Buffer.concat([mdcHeader, sha1.update(mdcHeader).digest()]));
}

async function* decryptedVersion1(
  reader: ByteReader,
  key: SessionKey,
): AsyncGenerator<Uint8Array, void, undefined> {
  const cipher = createDecipheriv(`aes-${bitsOf(key)}-cfb`, key.data, Buffer.alloc(block));
  const sha1 = createHash("sha1");
  let prefixLeft = block + 2;
  let tail: Uint8Array = Buffer.alloc(0);
  for (let piece = await reader.some(stepSize); piece !== undefined; piece = await reader.some(stepSize)) {
    const clear = cipher.update(piece);
    // The last 22 octets of all are the check: so many are always held back.
    const pair = clear.length < mdcSize ? [Buffer.concat([tail, clear])] : [tail, clear];
    const last = pair.at(-1) ?? clear;
    tail = last.subarray(Math.max(0, last.length - mdcSize));
    for (const ready of [...pair.slice(0, -1), last.subarray(0, last.length - tail.length)]) {
      sha1.update(ready);
      const skipped = Math.min(prefixLeft, ready.length);
      prefixLeft -= skipped;
      if (skipped < ready.length) yield ready.subarray(skipped);
    }
  }
  if (prefixLeft > 0 || tail.length < mdcSize) throw new Refusal({ type: "Truncated" });
  const expected = Buffer.concat([mdcHeader, sha1.update(mdcHeader).digest()]);
  if (!timingSafeEqual(expected, tail)) throw new Refusal({ type: "Damaged" });
}

const tagSize = 16;

async function* encryptedVersion2(
  clear: AsyncIterable<Uint8Array>,
  key: SealKey,
  random: Random,
): AsyncGenerator<Uint8Array, void, undefined> {
  const salt = random.bytes(32);
  const cipherId = ciphers.find(({ name }) => name === key.algorithm)?.id ?? 0;
  const modeId = modes.find(({ name }) => name === key.aead)?.id ?? 0;
  const header = Uint8Array.of(2, cipherId, modeId, sealChunkByte);
  const suite = cipherSuite(header, key.data, salt);
  const chunk = function* (slices: readonly Uint8Array[], length: number, index: number, ad: Uint8Array) {
    const cipher = createCipheriv(suite.name, suite.key, suite.nonce(index), { authTagLength: tagSize });
    cipher.setAAD(ad, { plaintextLength: length });
    for (const slice of slices) yield cipher.update(slice);
    yield Buffer.concat([cipher.final(), cipher.getAuthTag()]);
  };
  yield Buffer.concat([header, salt]);
  let index = 0;
  let total = 0;
  for await (const { slices, length } of stretches(clear, 2 ** (sealChunkByte + 6))) {
    if (length === 0) break;
    yield* chunk(slices, length, index, suite.info);
    index += 1;
    total += length;
  }
  yield* chunk([], 0, index, Buffer.concat([suite.info, writeBigEndian(total, 8)]));
}

/** What a version 2 packet's first four octets say, with the keys derived (RFC 9580, section 5.13.2). */
function cipherSuite(header: Uint8Array, sessionKey: Uint8Array, salt: Uint8Array) {
  const [, cipherId = 0, modeId = 0, chunkByte = 0] = header;
  const cipher = ciphers.find(({ id }) => id === cipherId);
  if (cipher === undefined || sessionKey.length * 8 !== cipher.bits) {
    throw new Refusal({ type: "AlgorithmRefused", what: "cipher" });
  }
  const mode = modes.find(({ id }) => id === modeId);
  const name = `aes-${cipher.bits}-${mode?.name}`;
  // Chunks up to 4 MiB must be readable, larger ones may be refused. Not every build of Node has OCB.
  if (mode === undefined || chunkByte > 16 || !available.has(name)) {
    throw new Refusal({ type: "AlgorithmRefused", what: "aead" });
  }
  const info = Buffer.concat([Uint8Array.of(0xd2), header]);
  const size = cipher.bits / 8;
  const derived = Buffer.from(hkdfSync("sha256", sessionKey, salt, info, size + mode.nonce - 8));
  return {
    name: name as "aes-256-gcm",
    info,
    key: derived.subarray(0, size),
    nonce: (index: number) => Buffer.concat([derived.subarray(size), writeBigEndian(index, 8)]),
    sealedChunk: 2 ** (chunkByte + 6) + tagSize,
  };
}

async function* decryptedVersion2(
  reader: ByteReader,
  key: SessionKey,
): AsyncGenerator<Uint8Array, void, undefined> {
  const header = Buffer.concat([Uint8Array.of(2), await reader.take(3)]);
  const suite = cipherSuite(header, key.data, await reader.take(32));
  const open = (sealed: Uint8Array, index: number, ad: Uint8Array): Uint8Array => {
    const cipher = createDecipheriv(suite.name, suite.key, suite.nonce(index), { authTagLength: tagSize });
    const text = sealed.subarray(0, sealed.length - tagSize);
    cipher.setAAD(ad, { plaintextLength: text.length });
    cipher.setAuthTag(sealed.subarray(sealed.length - tagSize));
    try {
      const clear = cipher.update(text);
      cipher.final();
      return clear;
    } catch {
      throw new Refusal({ type: "Damaged" });
    }
  };
  let index = 0;
  let total = 0;
  while (true) {
    const ahead = await reader.peek(suite.sealedChunk + tagSize);
    if (ahead.length < tagSize) throw new Refusal({ type: "Truncated" });
    const size = Math.min(suite.sealedChunk, ahead.length - tagSize);
    if (size === 0) break;
    if (size < tagSize) throw new Refusal({ type: "Truncated" });
    const clear = open(await reader.take(size), index, suite.info);
    index += 1;
    total += clear.length;
    yield clear;
  }
  open(await reader.take(tagSize), index, Buffer.concat([suite.info, writeBigEndian(total, 8)]));
}

const stepSize = 64 * 1024;
/** Chunks of 2^(10 + 6) octets, 64 KiB. */
const sealChunkByte = 10;

const ciphers = [
  { id: 7, name: "aes128", bits: 128 },
  { id: 8, name: "aes192", bits: 192 },
  { id: 9, name: "aes256", bits: 256 },
] as const;

const available = new Set(getCiphers());

/** EAX, the third, is not in Node. */
const modes = [
  { id: 2, name: "ocb", nonce: 15 },
  { id: 3, name: "gcm", nonce: 12 },
] as const;
