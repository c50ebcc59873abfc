// The packets inside a sealed message, for whoever holds a secret it was sealed to: signature and all, ready to be sealed again.
import { byteReader, body, packetHeader, tags } from "../../main/core/pgp/framing.ts";
import { openpgp } from "../../main/core/pgp/openpgp.ts";
import { decrypted } from "../../main/core/pgp/protected.ts";
import { collected, pieces } from "./pgp.ts";

export async function clearPackets(message: Uint8Array, secrets: readonly Uint8Array[]): Promise<Buffer> {
  const decryptionKeys = await Promise.all(
    secrets.map(async (secret) => openpgp.readPrivateKey({ binaryKey: Uint8Array.from(secret) })),
  );
  const [session] = await openpgp.decryptSessionKeys({
    message: await openpgp.readMessage({ binaryMessage: Uint8Array.from(message) }),
    decryptionKeys,
  });
  if (session === undefined) throw new Error("no session key");
  const reader = byteReader(pieces(message));
  for (let header = await packetHeader(reader); header !== undefined; header = await packetHeader(reader)) {
    const packet = body(reader, header);
    if (header.tag === tags.encrypted) return collected((await decrypted(packet, session)).clear);
    await collected(packet);
  }
  throw new Error("no encrypted data");
}
