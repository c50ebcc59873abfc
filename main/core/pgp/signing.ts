// Signs and verifies detached signatures over texts that name their own kind, and judges any one signature.
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { Fingerprint } from "../../../shared/vocabulary/ids.ts";
import type { SignedKind } from "../../../shared/vocabulary/signed.ts";
import type { Clock } from "../ports.ts";
import { fingerprintOf, keyOf } from "./certificate.ts";
import type { Certificate } from "./certificate.ts";
import { goodEdwards, isEdwards } from "./edwards.ts";
import type { KeyPacket } from "./edwards.ts";
import { byteReader, packetHeader, smallBody, tags } from "./framing.ts";
import { forget, secretKey } from "./keys.ts";
import { openpgp } from "./openpgp.ts";
import { finished, messageHash, signaturePacket } from "./signature.ts";
import type { SignaturePacket } from "./signature.ts";

/** Signs as one member while the vault is open. Disposing zeroes the secret the library holds. */
export type Signer = Disposable & {
  readonly fingerprint: Fingerprint;
  /** A detached binary signature (type 0x00). `bytes` must begin with `firstLine` and LF; anything else is a bug. */
  sign(firstLine: SignedKind, bytes: Uint8Array): Promise<Uint8Array>;
};

export type VerifyProblem =
  | { readonly type: "WrongKindOfSigned" }
  | { readonly type: "SignatureCount" }
  | { readonly type: "SignatureBad" }
  | { readonly type: "SignerUnknown" }
  | { readonly type: "SignerNotValid" };

/**
 * A signer from the stored signing secret. Plain bytes are consumed: zeroed before this returns. A `Secret` of the vault
 * is only read and stays its owner's.
 */
export async function signer(
  secret: Uint8Array | { reveal(): Uint8Array },
  certificate: Certificate,
  clock: Clock,
): Promise<Signer> {
  const bytes = secret instanceof Uint8Array ? secret : secret.reveal();
  const key = await secretKey(bytes);
  if (secret instanceof Uint8Array) secret.fill(0);
  if (fingerprintOf(key) !== certificate.fingerprint) throw new Error("the secret is not this certificate's");
  // A clock set back behind the key's making would give signatures that nobody accepts.
  const date = () => new Date(Math.max(clock.now(), key.getCreationTime().getTime()));
  const made: Signer = {
    fingerprint: certificate.fingerprint,
    async sign(firstLine, content) {
      if (!beginsWith(content, firstLine)) throw new Error(`what is signed does not begin with ${firstLine}`);
      const message = await openpgp.createMessage({ binary: content });
      const options = { message, signingKeys: key, detached: true, format: "binary", date: date() } as const;
      return (await openpgp.sign(options)) as unknown as Uint8Array;
    },
    [Symbol.dispose]() {
      forget(key);
      signingKeys.delete(made);
    },
  };
  signingKeys.set(made, { key, date });
  return made;
}

/** The key behind a signer, for sealing. A signer that was disposed or not made here is a bug. */
export function signingKeyOf(from: Signer): SigningKey {
  const held = signingKeys.get(from);
  if (held === undefined) throw new Error("this signer was disposed or not made by signer()");
  return held;
}

/**
 * Checks that `signed` is of the asked kind and that `signature` is exactly one good binary signature by one of the
 * certificates, made while its key was in force by its own clock. Anything beside that one signature refuses all.
 * Gives the primary fingerprint of who signed.
 */
export async function verify(request: {
  readonly kind: SignedKind;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly certificates: readonly Certificate[];
}): Promise<Result<Fingerprint, VerifyProblem>> {
  if (!beginsWith(request.signed, request.kind)) return err({ type: "WrongKindOfSigned" });
  const body = await onlySignature(request.signature);
  if (!body.ok) return body;
  const packet = signaturePacket(body.value);
  if (packet === undefined) return err({ type: "SignatureBad" });
  const hash = messageHash(packet.hashAlgorithm, packet.salt);
  if (hash === undefined) return err({ type: "SignatureBad" });
  const digest = finished(hash.update(request.signed), packet);
  const candidates = request.certificates.filter(
    (certificate) => keyOf(certificate).getKeys(packet.issuerKeyID).length > 0,
  );
  let result: Result<Fingerprint, VerifyProblem> = err({ type: "SignerUnknown" });
  for (const certificate of candidates) {
    result = await judged(packet, digest, certificate);
    if (result.ok) return result;
  }
  return result;
}

/**
 * Judges one parsed signature over `digest` against one certificate: the mathematics first, then whether that key could
 * sign and was in force when the signature says it was made.
 */
export async function judged(
  packet: SignaturePacket,
  digest: Uint8Array,
  certificate: Certificate,
): Promise<Result<Fingerprint, VerifyProblem>> {
  const key = keyOf(certificate);
  const [part] = key.getKeys(packet.issuerKeyID);
  const made = packet.created;
  if (part === undefined || made === null) return err({ type: "SignerUnknown" });
  try {
    if (!isEdwards(part.keyPacket)) await judgedByLibrary(packet, digest, part.keyPacket, made);
    else if (!goodEdwards(packet, digest, part.keyPacket, made)) return err({ type: "SignatureBad" });
  } catch {
    return err({ type: "SignatureBad" });
  }
  try {
    if (part.getCreationTime() > made) return err({ type: "SignerNotValid" });
    await key.getSigningKey(part.getKeyID(), made);
  } catch {
    return err({ type: "SignerNotValid" });
  }
  return ok(certificate.fingerprint);
}

/** Throws where the signature is not good. */
export async function judgedByLibrary(
  packet: SignaturePacket,
  digest: Uint8Array,
  key: KeyPacket,
  made: Date,
): Promise<void> {
  // The library hashes what it is given unless `hashed` is there (its own way for streamed messages).
  // If it ever stopped honouring that, it would hash nothing and refuse everything.
  Object.assign(packet, { hashed: digest });
  await packet.verify(key, openpgp.enums.signature.binary, {}, made, true);
}

/** `date` is what a signature made now says. */
type SigningKey = { readonly key: openpgp.PrivateKey; readonly date: () => Date };

const signingKeys = new WeakMap<Signer, SigningKey>();

const mostSignatureBytes = 64 * 1024;

function beginsWith(content: Uint8Array, firstLine: string): boolean {
  const line = Buffer.from(`${firstLine}\n`, "utf8");
  return line.equals(content.subarray(0, line.length));
}

/** The body of the one signature packet that `bytes` must be, with nothing before or after it. */
async function onlySignature(bytes: Uint8Array): Promise<Result<Uint8Array, VerifyProblem>> {
  async function* once() {
    yield bytes;
  }
  try {
    const reader = byteReader(once());
    const header = await packetHeader(reader);
    if (header?.tag !== tags.signature) return err({ type: "SignatureBad" });
    const body = await smallBody(reader, header, mostSignatureBytes);
    if ((await reader.peek(1)).length > 0) return err({ type: "SignatureCount" });
    return ok(body);
  } catch {
    return err({ type: "SignatureBad" });
  }
}
