// Opens one sealed message in bounded memory: what is inside goes to a staging sink before it is proven, and the result
// says afterwards whether it is whole and who signed it. Nothing may read the staging before this has said yes.
import type { Milliseconds } from "../../../shared/brand.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { Fingerprint } from "../../../shared/vocabulary/ids.ts";
import { withoutArmor } from "./armor.ts";
import type { Certificate } from "./certificate.ts";
import { body, byteReader, framed, oneBehind, packetHeader, Refusal, smallBody, tags } from "./framing.ts";
import type { ByteReader, OpenProblem, PacketHeader } from "./framing.ts";
import { inflated } from "./inflate.ts";
import { forget, secretKey } from "./keys.ts";
import type { StoredSecret } from "./keys.ts";
import { openpgp } from "./openpgp.ts";
import { decrypted } from "./protected.ts";
import type { Protection, SessionKey } from "./protected.ts";
import { readSigned } from "./signed.ts";
import type { Unjudged } from "./signed.ts";
import { judged } from "./signing.ts";
import { mostSlotBytes, signedWithSlots } from "./slots.ts";

/** `bytes`: the document inside, after inflating; `recipients`: slots a message may have. */
export type OpenLimits = { readonly bytes: number; readonly recipients: number };

/** 4 GiB; 16 slots, four times what Waypost makes. */
export const defaultOpenLimits: OpenLimits = { bytes: 4 * 1024 ** 3, recipients: 16 };

export type Opened = {
  /** Primary fingerprint of the one who signed. */
  readonly signer: Fingerprint;
  /** When the signer's laptop says it signed. */
  readonly signedAt: Milliseconds;
  readonly protection: Protection;
  readonly compressed: boolean;
  /** Octets given to the sink. */
  readonly bytes: number;
};

/**
 * Opens `content` (binary or armored). The sink is awaited for every piece, so a slow one slows the reading; an error it
 * or the content throws comes through. The secrets are tried on every slot and stay the caller's. `certificateOf` is asked
 * with the fingerprint of the key that signed, which may be a signing subkey: look it up in `keyFingerprints`.
 * `ok` only after the integrity check has passed and exactly one signature, good, by that certificate, covers all.
 */
export async function openToStaging(request: {
  readonly content: AsyncIterable<Uint8Array>;
  readonly decryption: readonly StoredSecret[];
  certificateOf(signedBy: Fingerprint): Certificate | undefined;
  readonly sink: (piece: Uint8Array) => Promise<void>;
  readonly limits?: OpenLimits;
  readonly signal?: AbortSignal;
}): Promise<Result<Opened, OpenProblem>> {
  const limits = request.limits ?? defaultOpenLimits;
  const content = bounded(request.content, limits, request.signal);
  const staged = oneBehind(request.sink);
  try {
    const reader = byteReader(withoutArmor(content));
    const { slots, data } = await envelope(reader, limits);
    const session = await sessionKey(slots, request.decryption);
    const { protection, clear } = await decrypted(body(reader, data), session);
    let bytes = 0;
    const sink = async (piece: Uint8Array) => {
      bytes += piece.length;
      await staged.put(piece);
    };
    const { unjudged, compressed } = await damageFirst(clear, protection, () =>
      document(clear, sink, limits),
    );
    await staged.finish();
    if ((await reader.peek(1)).length > 0) throw new Refusal({ type: "NotOpenPgp", why: "packet order" });
    const signer = await signerOf(unjudged, (fingerprint) => request.certificateOf(fingerprint));
    if (!signedWithSlots(unjudged.packet, slots)) throw new Refusal({ type: "SealedAnew" });
    const signedAt = (unjudged.packet.created?.getTime() ?? 0) as Milliseconds;
    return ok({ signer, signedAt, protection, compressed, bytes });
  } catch (error) {
    if (error instanceof Refusal) return err(error.problem);
    throw error;
  } finally {
    await content.return();
    await staged.settled();
  }
}

const mostIgnoredPackets = 4;
const mostIgnoredBytes = 64 * 1024;

/** The message may be larger than the document by its framing and tags: an eighth and 1 MiB, then it is refused. */
async function* bounded(
  content: AsyncIterable<Uint8Array>,
  limits: OpenLimits,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  let left = limits.bytes + limits.bytes / 8 + 1024 * 1024;
  for await (const piece of content) {
    if (signal?.aborted === true) throw new Refusal({ type: "Cancelled" });
    left -= piece.length;
    // Armor adds a third; it is held to the same bound, which is generous enough for what people mail.
    if (left < 0) throw new Refusal({ type: "TooLarge", limit: limits.bytes });
    yield piece;
  }
}

/** The packets before the encrypted data: recipients' slots, and little else. */
async function envelope(
  reader: ByteReader,
  limits: OpenLimits,
): Promise<{ readonly slots: readonly Uint8Array[]; readonly data: PacketHeader }> {
  const slots: Uint8Array[] = [];
  let ignored = 0;
  while (true) {
    const header = await packetHeader(reader);
    if (header === undefined) throw new Refusal({ type: "Truncated" });
    switch (header.tag) {
      case tags.publicKeySession:
        if (slots.length === limits.recipients) {
          throw new Refusal({ type: "TooManyRecipients", limit: limits.recipients });
        }
        slots.push(await smallBody(reader, header, mostSlotBytes));
        break;
      case tags.encrypted:
        if (slots.length === 0) throw new Refusal({ type: "NotForUs" });
        return { slots, data: header };
      case tags.marker:
      case tags.padding:
        ignored += 1;
        if (ignored > mostIgnoredPackets) throw new Refusal({ type: "NotOpenPgp", why: "packet order" });
        await smallBody(reader, header, mostIgnoredBytes);
        break;
      case tags.passphraseSession:
        throw new Refusal({ type: "PassphraseEncrypted" });
      case tags.encryptedWithoutIntegrity:
      case tags.encryptedOldAead:
        throw new Refusal({ type: "AlgorithmRefused", what: "integrity" });
      case tags.onePassSignature:
      case tags.signature:
      case tags.literal:
      case tags.compressed:
        throw new Refusal({ type: "NotEncrypted" });
      default:
        throw new Refusal({ type: "NotOpenPgp", why: "packet order" });
    }
  }
}

/** Every slot against every secret that could be meant. Two different session keys in one message are refused. */
async function sessionKey(
  slots: readonly Uint8Array[],
  secrets: readonly StoredSecret[],
): Promise<SessionKey> {
  const keys = await Promise.all(secrets.map(async ({ secret }) => secretKey(secret)));
  try {
    const message = await openpgp.readMessage({
      binaryMessage: Buffer.concat(slots.map((slot) => framed(tags.publicKeySession, slot))),
    });
    const found = await openpgp.decryptSessionKeys({ message, decryptionKeys: keys });
    const [only, ...others] = found;
    if (only === undefined || others.length > 0) throw new Refusal({ type: "NotForUs" });
    return only;
  } catch {
    throw new Refusal({ type: "NotForUs" });
  } finally {
    for (const key of keys) forget(key);
  }
}

/** The one signed document, compressed or not. */
async function document(
  clear: AsyncIterable<Uint8Array>,
  sink: (piece: Uint8Array) => Promise<void>,
  limits: OpenLimits,
): Promise<{ readonly unjudged: Unjudged; readonly compressed: boolean }> {
  const reader = byteReader(clear);
  const [first = 0] = await reader.peek(1);
  const tag = (first & 0x40) === 0 ? (first >> 2) & 0x0f : first & 0x3f;
  if (tag !== tags.compressed)
    return { unjudged: await readSigned(reader, sink, limits.bytes), compressed: false };
  const header = await packetHeader(reader);
  if (header === undefined) throw new Refusal({ type: "NotOpenPgp", why: "no packets" });
  const inside = body(reader, header);
  const unjudged = await readSigned(byteReader(inflated(inside)), sink, limits.bytes);
  // What a deflated stream leaves over after its end is skipped, to reach the integrity check behind it.
  for await (const piece of inside) void piece;
  if ((await reader.peek(1)).length > 0) throw new Refusal({ type: "NotOpenPgp", why: "packet order" });
  return { unjudged, compressed: true };
}

/**
 * A flipped octet in a version 1 packet shows first as nonsense inside. So before such a complaint is believed the rest
 * is read to its integrity check, whose verdict goes first. Limits and cancelling stop at once.
 */
async function damageFirst<T>(
  clear: AsyncIterable<Uint8Array>,
  protection: Protection,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const atOnce = ["TooLarge", "CompressionBomb", "Cancelled", "Damaged", "Truncated"];
    if (protection === "mdc" && error instanceof Refusal && !atOnce.includes(error.problem.type)) {
      for await (const piece of clear) void piece;
    }
    throw error;
  }
}

async function signerOf(
  { packet, digest }: Unjudged,
  certificateOf: (signedBy: Fingerprint) => Certificate | undefined,
): Promise<Fingerprint> {
  if (packet.issuerFingerprint === null) throw new Refusal({ type: "SenderUnknown" });
  const signedBy = Buffer.from(packet.issuerFingerprint).toString("hex").toUpperCase() as Fingerprint;
  const certificate = certificateOf(signedBy);
  if (certificate === undefined || !certificate.keyFingerprints.includes(signedBy)) {
    throw new Refusal({ type: "SenderUnknown" });
  }
  const result = await judged(packet, digest, certificate);
  if (result.ok) return result.value;
  throw new Refusal({ type: result.error.type === "SignerNotValid" ? "SignerNotValid" : "SignatureBad" });
}
