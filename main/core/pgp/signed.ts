// Reads what is inside a message: one signature announced, one document, that one signature; nothing else.
import type { Hash } from "node:crypto";
import { body, byteReader, joined, packetHeader, Refusal, smallBody, tags } from "./framing.ts";
import type { ByteReader } from "./framing.ts";
import { finished, messageHash, signaturePacket } from "./signature.ts";
import type { SignaturePacket } from "./signature.ts";

/** A document's signature, parsed and not yet judged, with the digest it must be over. */
export type Unjudged = { readonly packet: SignaturePacket; readonly digest: Uint8Array };

/**
 * Reads to the end of `reader`, giving the document to `sink` piece by piece. Throws a `Refusal` for every other order
 * of packets, for text signatures, and as soon as the document is longer than `limit`.
 */
export async function readSigned(
  reader: ByteReader,
  sink: (piece: Uint8Array) => Promise<void>,
  limit: number,
): Promise<Unjudged> {
  const announced = await onePassSignature(reader);
  await literal(reader, announced.hash, sink, limit);
  const packet = await trailingSignature(reader);
  const agrees =
    packet.hashAlgorithm === announced.algorithm &&
    Buffer.from(packet.salt ?? []).equals(announced.salt) &&
    (packet.version === 6) === (announced.version === 6);
  if (!agrees) throw new Refusal({ type: "SignatureBad" });
  const digest = finished(announced.hash, packet);
  await nothingButPadding(reader);
  return { packet, digest };
}

const mostSignatureBytes = 64 * 1024;
const stepSize = 64 * 1024;

type Announced = {
  readonly version: number;
  readonly algorithm: number;
  readonly salt: Uint8Array;
  readonly hash: Hash;
};

async function onePassSignature(reader: ByteReader): Promise<Announced> {
  const header = await packetHeader(reader);
  if (header === undefined) throw new Refusal({ type: "NotOpenPgp", why: "no packets" });
  if (header.tag === tags.literal) throw new Refusal({ type: "NotSigned" });
  if (header.tag !== tags.onePassSignature) throw new Refusal({ type: "NotOpenPgp", why: "packet order" });
  const octets = await smallBody(reader, header, 1024);
  const [version = 0, type, algorithm = 0, , saltLength = 0] = octets;
  const salt = version === 6 ? octets.subarray(5, 5 + saltLength) : new Uint8Array(0);
  if ((version !== 3 && version !== 6) || type !== 0)
    throw new Refusal({ type: "NotOpenPgp", why: "packet form" });
  const hash = messageHash(algorithm, salt);
  if (hash === undefined) throw new Refusal({ type: "AlgorithmRefused", what: "hash" });
  return { version, algorithm, salt, hash };
}

/** RFC 9580, section 5.9: format, name and time are not signed and are not looked at. */
async function literal(
  reader: ByteReader,
  hash: Hash,
  sink: (piece: Uint8Array) => Promise<void>,
  limit: number,
): Promise<void> {
  const header = await packetHeader(reader);
  if (header?.tag === tags.onePassSignature) throw new Refusal({ type: "SignatureCount" });
  if (header?.tag !== tags.literal) throw new Refusal({ type: "NotOpenPgp", why: "packet order" });
  const inside = byteReader(body(reader, header));
  const [, nameLength = 0] = await inside.take(2);
  await inside.take(nameLength + 4);
  let total = 0;
  for await (const piece of joined(pieces(inside), stepSize)) {
    total += piece.length;
    if (total > limit) throw new Refusal({ type: "TooLarge", limit });
    hash.update(piece);
    await sink(piece);
  }
}

async function* pieces(reader: ByteReader): AsyncGenerator<Uint8Array, void, undefined> {
  for (
    let piece = await reader.some(stepSize * 4);
    piece !== undefined;
    piece = await reader.some(stepSize * 4)
  ) {
    yield piece;
  }
}

async function trailingSignature(reader: ByteReader): Promise<SignaturePacket> {
  const header = await packetHeader(reader);
  if (header?.tag !== tags.signature) throw new Refusal({ type: "SignatureCount" });
  const packet = signaturePacket(await smallBody(reader, header, mostSignatureBytes));
  if (packet === undefined) throw new Refusal({ type: "SignatureBad" });
  return packet;
}

/** One padding packet may follow (RFC 9580, section 5.14); reading to the end makes the integrity check happen. */
async function nothingButPadding(reader: ByteReader): Promise<void> {
  const header = await packetHeader(reader);
  if (header === undefined) return;
  if (header.tag === tags.signature) throw new Refusal({ type: "SignatureCount" });
  if (header.tag !== tags.padding) throw new Refusal({ type: "NotOpenPgp", why: "packet order" });
  for await (const piece of body(reader, header)) void piece;
  if ((await reader.peek(1)).length > 0) throw new Refusal({ type: "NotOpenPgp", why: "packet order" });
}
