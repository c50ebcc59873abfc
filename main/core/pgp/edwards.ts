// The mathematics of one Ed25519 signature by Node itself: the library's way to the same costs five times as much.
import { createPublicKey, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { openpgp } from "./openpgp.ts";
import { messageHash } from "./signature.ts";
import type { SignaturePacket } from "./signature.ts";

export type KeyPacket = openpgp.Subkey["keyPacket"] | openpgp.PublicKey["keyPacket"];

/** Is the key one whose signatures `goodEdwards` judges? For every other the library does. */
export const isEdwards = (key: KeyPacket): boolean => pointOf(key) !== undefined;

/**
 * Everything the library checks of a message signature over `digest`, in its place: issuer, algorithm, the digest's first
 * octets, the mathematics, its own expiry at `made`, hash, critical parts that are not understood, a revoker's mandate. A field
 * that a later library names otherwise makes it throw, which counts as bad.
 */
export function goodEdwards(
  packet: SignaturePacket,
  digest: Uint8Array,
  key: KeyPacket,
  made: Date,
): boolean {
  const known = publicKey(key);
  const { signedHashValue, hashAlgorithm, created } = packet;
  if (known === undefined || signedHashValue === null || hashAlgorithm === null || created === null)
    return false;
  const { config } = openpgp;
  return (
    packet.issuerKeyID.equals(key.getKeyID()) &&
    packet.publicKeyAlgorithm === key.algorithm &&
    signedHashValue.length === 2 &&
    Buffer.from(signedHashValue).equals(digest.subarray(0, 2)) &&
    messageHash(hashAlgorithm, null) !== undefined &&
    created <= made &&
    made < packet.getExpirationTime() &&
    !config.rejectHashAlgorithms.has(hashAlgorithm) &&
    !config.rejectMessageHashAlgorithms.has(hashAlgorithm) &&
    !packet.unknownSubpackets.some(({ critical }) => critical) &&
    !packet.rawNotations.some(({ name, critical }) => critical && !config.knownNotations.includes(name)) &&
    packet.revocationKeyClass === null &&
    verify(null, digest, known, numbersOf(packet))
  );
}

const half = 32;
/** What stands before a point in the older form of these keys. */
const nativePoint = 0x40;

const publicKeys = new WeakMap<object, KeyObject>();

function publicKey(key: KeyPacket): KeyObject | undefined {
  const before = publicKeys.get(key);
  const point = before === undefined ? pointOf(key) : undefined;
  if (point === undefined) return before;
  const x = Buffer.from(point).toString("base64url");
  const made = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  publicKeys.set(key, made);
  return made;
}

type Numbers = { readonly A?: Uint8Array; readonly Q?: Uint8Array; readonly oid?: { getName(): string } };

function pointOf(key: KeyPacket): Uint8Array | undefined {
  const { ed25519, eddsaLegacy } = openpgp.enums.publicKey;
  const { A, Q, oid } = key.publicParams as Numbers;
  if (key.algorithm === ed25519) return A?.length === half ? A : undefined;
  const older = key.algorithm === eddsaLegacy && oid?.getName() === openpgp.enums.curve.ed25519Legacy;
  return older && Q?.length === half + 1 && Q[0] === nativePoint ? Q.subarray(1) : undefined;
}

/** The two halves as one; the older form writes them as numbers, without the zeros before them. */
function numbersOf(packet: SignaturePacket): Uint8Array {
  const { RS, r, s } = (packet as unknown as { readonly params: Record<string, Uint8Array | undefined> })
    .params;
  if (RS !== undefined) return RS;
  const both = new Uint8Array(2 * half);
  for (const [index, number] of [r, s].entries()) {
    if (number === undefined || number.length > half) throw new Error("a number of a signature is too long");
    both.set(number, (index + 1) * half - number.length);
  }
  return both;
}
