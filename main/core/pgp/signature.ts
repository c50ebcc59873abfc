// One signature packet over a document that only passes by: hashed here piece by piece, signed and parsed by the library.
import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import type { Random } from "../ports.ts";
import { framed, tags, writeBigEndian } from "./framing.ts";
import { openpgp } from "./openpgp.ts";

/** What is used of the library's signature packet; `salt` only in version 6. */
export type SignaturePacket = openpgp.SignaturePacket & { readonly salt?: Uint8Array | null };

/** A binary document signature of version 4 or 6, parsed; `undefined` for anything else. */
export function signaturePacket(body: Uint8Array): SignaturePacket | undefined {
  try {
    const packet = new openpgp.SignaturePacket();
    packet.read(Uint8Array.from(body));
    const usable =
      (packet.version === 4 || packet.version === 6) &&
      packet.signatureType === openpgp.enums.signature.binary;
    return usable ? packet : undefined;
  } catch {
    return undefined;
  }
}

/** A running hash for a message signature, its salt (version 6) taken in; `undefined` for a hash that is refused. */
export function messageHash(algorithm: number | null, salt: Uint8Array | null | undefined): Hash | undefined {
  const name = { 8: "sha256", 9: "sha384", 10: "sha512" }[algorithm ?? 0];
  return name === undefined ? undefined : createHash(name).update(salt ?? new Uint8Array(0));
}

/** The digest that a signature signs: the document, the signature's own hashed part, its trailer (RFC 9580, 5.2.4). */
export function finished(hash: Hash, packet: SignaturePacket): Uint8Array {
  const own = packet.signatureData ?? new Uint8Array(0);
  return hash
    .update(own)
    .update(Uint8Array.of(packet.version, 0xff))
    .update(writeBigEndian(own.length, 4))
    .digest();
}

/** A signature being made. `announcement` goes before the document, what `finish` gives after it; both with headers. */
export type StartedSignature = {
  readonly announcement: Uint8Array;
  update(piece: Uint8Array): void;
  finish(): Promise<Uint8Array>;
};

/** Begins a binary document signature with SHA-512 by `key`, which must be of EdDSA or Ed25519, as all of ours are. */
export function startSignature(
  key: openpgp.PrivateKey,
  date: Date,
  notation: openpgp.RawNotation,
  random: Random,
): StartedSignature {
  const { version, algorithm } = key.keyPacket;
  if (algorithm !== openpgp.enums.publicKey.eddsaLegacy && algorithm !== openpgp.enums.publicKey.ed25519) {
    throw new Error("a member signs with EdDSA or Ed25519 only");
  }
  const hashAlgorithm = openpgp.enums.hash.sha512;
  const salt = version === 6 ? random.bytes(32) : null;
  const hash = createHash("sha512").update(salt ?? new Uint8Array(0));
  const head = [openpgp.enums.signature.binary, hashAlgorithm, algorithm];
  // RFC 9580, section 5.4.
  const announcement =
    salt === null
      ? [Uint8Array.of(3, ...head), Buffer.from(key.getKeyID().toHex(), "hex"), Uint8Array.of(1)]
      : [
          Uint8Array.of(6, ...head, salt.length),
          salt,
          Buffer.from(key.getFingerprint(), "hex"),
          Uint8Array.of(1),
        ];
  return {
    announcement: framed(tags.onePassSignature, Buffer.concat(announcement)),
    update: (piece) => void hash.update(piece),
    async finish() {
      const packet = new openpgp.SignaturePacket() as SignaturePacket;
      const signatureType = openpgp.enums.signature.binary;
      Object.assign(packet, { signatureType, publicKeyAlgorithm: algorithm, hashAlgorithm, salt });
      // The library would hash the document itself; it gets the digest instead. If it ever hashed after all, it would sign
      // nothing, and no receiver would find the signature good.
      Object.assign(packet, { rawNotations: [notation], hash: async () => finished(hash, packet) });
      const nothing = (await openpgp.createMessage({ binary: new Uint8Array(0) })).packets[0];
      const sign = packet.sign.bind(packet) as (...options: unknown[]) => Promise<void>;
      await sign(key.keyPacket, nothing, date, true, openpgp.config);
      return framed(tags.signature, packet.write() as Uint8Array);
    },
  };
}
