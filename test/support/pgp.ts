// Members with keys, and messages of any shape sealed to them, for tests of the OpenPGP layer.
import { randomBytes } from "node:crypto";
import type { Milliseconds } from "../../shared/brand.ts";
import { framed, inParts, tags } from "../../main/core/pgp/framing.ts";
import { keyOf } from "../../main/core/pgp/certificate.ts";
import { makeMemberKeys, openToStaging, readCertificate, seal, signer } from "../../main/core/pgp/index.ts";
import type {
  Certificate,
  Opened,
  OpenLimits,
  OpenProblem,
  Signer,
  StoredSecret,
} from "../../main/core/pgp/index.ts";
import { openpgp } from "../../main/core/pgp/openpgp.ts";
import { encrypted } from "../../main/core/pgp/protected.ts";
import type { Result } from "../../shared/result.ts";

export const at = Date.UTC(2026, 2, 1) as Milliseconds;
export const clock = { now: () => at };
export const random = { bytes: (count: number): Uint8Array => randomBytes(count) };

export type TestMember = {
  readonly certificate: Certificate;
  readonly signer: Signer;
  readonly decryption: readonly StoredSecret[];
  /** The library's signing key, for messages the product would never make. */
  readonly key: openpgp.PrivateKey;
};

export async function member(
  profile: "compatible" | "modern" = "compatible",
  name = "Erika",
): Promise<TestMember> {
  const made = await makeMemberKeys({ name, office: "Utopia", at, profile });
  const key = await openpgp.readPrivateKey({ binaryKey: Uint8Array.from(made.signing.secret) });
  const certificate = value(await readCertificate(made.certificate, { at }));
  return {
    certificate,
    signer: await signer(made.signing.secret, certificate, clock),
    decryption: made.decryption,
    key,
  };
}

export function value<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export async function* pieces(bytes: Uint8Array, size = 50_000): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

export async function collected(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of source) all.push(piece);
  return Buffer.concat(all);
}

export async function sealed(
  from: TestMember,
  to: Certificate,
  content: Uint8Array,
  hideRecipient = true,
): Promise<Buffer> {
  const all: Uint8Array[] = [];
  const write = async (piece: Uint8Array) => void all.push(piece);
  value(await seal({ to, hideRecipient, signer: from.signer, random, content: pieces(content), write }));
  return Buffer.concat(all);
}

/** Seals packets that need not be a proper message; `slots` goes before the encrypted data instead of one slot. */
export async function sealedRaw(
  to: Certificate,
  packets: Uint8Array | AsyncIterable<Uint8Array>,
  options: { readonly aead?: boolean; readonly before?: Uint8Array } = {},
): Promise<Buffer> {
  const session = { algorithm: "aes256" as const, data: randomBytes(32) };
  const aeadAlgorithm = options.aead === true ? { aeadAlgorithm: "gcm" as const } : {};
  const slot = (await openpgp.encryptSessionKey({
    ...session,
    ...aeadAlgorithm,
    encryptionKeys: keyOf(to),
    format: "binary",
    date: new Date(at),
  })) as unknown as Uint8Array;
  const clear = packets instanceof Uint8Array ? pieces(packets) : packets;
  const body = encrypted(clear, { ...session, aead: options.aead === true ? "gcm" : undefined }, random);
  return Buffer.concat([
    options.before ?? new Uint8Array(0),
    slot,
    await collected(inParts(tags.encrypted, body)),
  ]);
}

/** The packets of a signed message, as the library makes them, by any number of signers. */
export async function signedPackets(
  content: Uint8Array,
  keys: openpgp.PrivateKey[],
  date = new Date(at),
): Promise<Uint8Array> {
  const message = await openpgp.createMessage({ binary: content, filename: "", date: new Date(0) });
  return (await openpgp.sign({
    message,
    signingKeys: keys,
    format: "binary",
    date,
  })) as unknown as Uint8Array;
}

export const literalPacket = (content: Uint8Array): Uint8Array =>
  framed(tags.literal, Buffer.concat([Uint8Array.of(0x62, 0, 0, 0, 0, 0), content]));

export async function opened(
  message: Uint8Array | AsyncIterable<Uint8Array>,
  to: TestMember,
  from: readonly Certificate[],
  limits?: OpenLimits,
): Promise<{ readonly result: Result<Opened, OpenProblem>; readonly staged: Buffer }> {
  const staged: Uint8Array[] = [];
  const result = await openToStaging({
    content: message instanceof Uint8Array ? pieces(message) : message,
    decryption: to.decryption,
    certificateOf: (signedBy) => from.find((certificate) => certificate.keyFingerprints.includes(signedBy)),
    sink: async (piece) => void staged.push(Buffer.from(piece)),
    ...(limits === undefined ? {} : { limits }),
  });
  return { result, staged: Buffer.concat(staged) };
}
