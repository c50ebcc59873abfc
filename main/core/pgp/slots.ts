// Ties a signature to the recipients' slots it was sealed with. OpenPGP does not: whoever opens a message could seal it
// anew for somebody else with the signature still good, and nobody would notice a changed slot that is not her own.
import { createHash } from "node:crypto";
import { byteReader, framed, packetHeader, smallBody, tags } from "./framing.ts";
import type { ByteReader } from "./framing.ts";
import type { SignaturePacket } from "./signature.ts";

/** The notation that carries SHA-256 over the slots, in a signature made while sealing; others pass over it. */
export const slotsNotation = "slots@waypost.invalid";

export const mostSlotBytes = 4096;

/** SHA-256 over the slots' packets, each with a header of five length octets, in the order of the message. */
export function slotsDigest(slots: readonly Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const slot of slots) hash.update(framed(tags.publicKeySession, slot));
  return hash.digest();
}

/** The bodies of a sequence of slot packets as the library writes them. */
export async function slotBodies(packets: Uint8Array): Promise<Uint8Array[]> {
  async function* once() {
    yield packets;
  }
  const reader: ByteReader = byteReader(once());
  const slots: Uint8Array[] = [];
  for (let header = await packetHeader(reader); header !== undefined; header = await packetHeader(reader)) {
    slots.push(await smallBody(reader, header, mostSlotBytes));
  }
  return slots;
}

/** False when the signature says it was sealed with other slots; other software's signatures say nothing. */
export function signedWithSlots(packet: SignaturePacket, slots: readonly Uint8Array[]): boolean {
  const said = packet.rawNotations.filter(({ name }) => name === slotsNotation);
  return said.every(({ value }) => Buffer.from(value).equals(slotsDigest(slots)));
}
