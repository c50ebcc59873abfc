// Reads OpenPGP certificates and judges them: whole, strong, in force. Only what was judged here becomes a `Certificate`.
import type { Milliseconds } from "../../../shared/brand.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { Fingerprint } from "../../../shared/vocabulary/ids.ts";
import { openpgp } from "./openpgp.ts";

/**
 * A judged certificate. `encryptionKeyIds`: subkeys that may be sealed to, preferred first; `keyFingerprints`: the
 * primary key and every subkey, to find a certificate by the key that signed. `armored` holds no third-party signatures,
 * pictures or user IDs without a valid self-signature.
 */
export type Certificate = {
  readonly fingerprint: Fingerprint;
  readonly profile: "compatible" | "modern";
  readonly userIds: readonly string[];
  readonly armored: string;
  readonly made: Milliseconds;
  readonly expires?: Milliseconds;
  readonly encryptionKeyIds: readonly string[];
  readonly keyFingerprints: readonly Fingerprint[];
};

export type CertificateProblem =
  | {
      readonly type: "CertificateUnreadable";
      readonly why: "too large" | "form" | "secret key" | "several" | "self-signature";
    }
  | { readonly type: "CertificateWeak" }
  | { readonly type: "CertificateExpired"; readonly since: Milliseconds }
  | { readonly type: "CertificateRevoked" }
  | { readonly type: "CertificateIncomplete"; readonly why: "cannot sign" | "cannot be sealed to" };

export const mostCertificateBytes = 256 * 1024;

/**
 * Judges one certificate, binary or armored, at the time `at` by our clock. A certificate from a clock ahead of ours is
 * judged at its own latest signature instead. `past: true` accepts an expired one, to check what it signed before.
 */
export async function readCertificate(
  input: Uint8Array | string,
  options: { readonly at: Milliseconds; readonly past?: boolean },
): Promise<Result<Certificate, CertificateProblem>> {
  if (input.length > mostCertificateBytes) return err({ type: "CertificateUnreadable", why: "too large" });
  const parsed = await parsedOnce(input);
  if (!parsed.ok) return parsed;
  const key = parsed.value;
  const date = judgementDate(key, options.at);

  if (await key.isRevoked(undefined, undefined, date)) return err({ type: "CertificateRevoked" });
  const selfSigned = await holds(() => key.getPrimaryUser(date, undefined, relaxed));
  const userIds = await keepSelfSigned(key, date);
  const expiry = await key.getExpirationTime().catch(() => null);
  if (expiry === null || userIds.length === 0) {
    return err(
      selfSigned ? { type: "CertificateWeak" } : { type: "CertificateUnreadable", why: "self-signature" },
    );
  }
  const expires = typeof expiry === "number" ? undefined : (expiry.getTime() as Milliseconds);
  const expired = expires !== undefined && expires <= date.getTime();
  if (expired && options.past !== true) return err({ type: "CertificateExpired", since: expires });
  const inForce = expired ? new Date(expires - 1000) : date;

  const uses: ["cannot sign" | "cannot be sealed to", (config?: openpgp.Config) => Promise<unknown>][] = [
    ["cannot sign", (config) => key.getSigningKey(undefined, inForce, undefined, config)],
    ["cannot be sealed to", (config) => key.getEncryptionKey(undefined, inForce, undefined, config)],
  ];
  for (const [why, use] of uses) {
    if (await holds(() => use())) continue;
    const weak = await holds(() => use(relaxed));
    return err(weak ? { type: "CertificateWeak" } : { type: "CertificateIncomplete", why });
  }

  const certificate: Certificate = Object.freeze({
    fingerprint: fingerprintOf(key),
    profile: key.keyPacket.version === 6 ? "modern" : "compatible",
    userIds,
    armored: key.armor(),
    made: key.getCreationTime().getTime() as Milliseconds,
    ...(expires === undefined ? {} : { expires }),
    encryptionKeyIds: await encryptionKeyIds(key, inForce),
    keyFingerprints: key.getKeys().map(fingerprintOf),
  });
  keys.set(certificate, key);
  return ok(certificate);
}

/** The library's key behind a judged certificate. A look-alike that `readCertificate` did not make is a bug. */
export function keyOf(certificate: Certificate): openpgp.PublicKey {
  const key = keys.get(certificate);
  if (key === undefined) throw new Error("this certificate was not made by readCertificate");
  return key;
}

/** Our clock, or the latest self-signature's where that is ahead: air-gapped clocks are wrong both ways. */
export function judgementDate(key: openpgp.PublicKey, at: Milliseconds): Date {
  const signatures = [
    ...key.users.flatMap((user) => user.selfCertifications),
    ...key.subkeys.flatMap((subkey) => subkey.bindingSignatures),
  ];
  const times = [...key.getKeys(), ...signatures].map((part) =>
    "created" in part ? (part.created?.getTime() ?? 0) : part.getCreationTime().getTime(),
  );
  return new Date(Math.max(at, ...times));
}

/** Key IDs as they are written everywhere here: 16 upper-case hex digits. */
export const keyIdText = (keyId: openpgp.KeyID): string => keyId.toHex().toUpperCase();

export const fingerprintOf = (key: { getFingerprint(): string }): Fingerprint =>
  key.getFingerprint().toUpperCase() as Fingerprint;

const keys = new WeakMap<Certificate, openpgp.PublicKey>();

/** Settings under which a weak certificate still holds: only to tell "weak" from "broken". */
const relaxed: openpgp.Config = {
  ...openpgp.config,
  minRSABits: 0,
  rejectHashAlgorithms: new Set(),
  rejectPublicKeyAlgorithms: new Set(),
  rejectCurves: new Set(),
};

const mostParts = 64;

/** Certificates parsed lately, by their text. */
const parsedLately = new Map<string, openpgp.PublicKey>();
const mostParsed = 32;

/**
 * A key of one's own to judge, made of packets that were parsed before where the same text came before: a bundle's cases all
 * name the same few. A packet keeps that its mathematics held, and nothing that depends on a date unless something was revoked:
 * such a certificate is parsed each time.
 */
async function parsedOnce(input: Uint8Array | string): ReturnType<typeof parse> {
  if (typeof input !== "string") return parse(input);
  const before = parsedLately.get(input);
  parsedLately.delete(input);
  const parsed = before === undefined ? await parse(input) : ok(before);
  if (!parsed.ok || revocations(parsed.value) > 0) return parsed;
  parsedLately.set(input, parsed.value);
  for (const oldest of parsedLately.keys()) if (parsedLately.size > mostParsed) parsedLately.delete(oldest);
  return ok((parsed.value as unknown as { clone(): openpgp.PublicKey }).clone());
}

const revocations = (key: openpgp.PublicKey): number =>
  [key, ...key.users, ...key.subkeys].flatMap((part) => part.revocationSignatures).length;

async function parse(input: Uint8Array | string): Promise<Result<openpgp.PublicKey, CertificateProblem>> {
  let found: openpgp.Key[];
  try {
    found =
      typeof input === "string"
        ? await openpgp.readKeys({ armoredKeys: input })
        : await openpgp.readKeys({ binaryKeys: Uint8Array.from(input) });
  } catch {
    return err({ type: "CertificateUnreadable", why: "form" });
  }
  const [key, ...others] = found;
  if (key === undefined) return err({ type: "CertificateUnreadable", why: "form" });
  if (others.length > 0) return err({ type: "CertificateUnreadable", why: "several" });
  if (key.isPrivate()) return err({ type: "CertificateUnreadable", why: "secret key" });
  const signatures =
    key.users.flatMap((user) => user.selfCertifications).length + key.revocationSignatures.length;
  const bindings = key.subkeys.flatMap((subkey) => [
    ...subkey.bindingSignatures,
    ...subkey.revocationSignatures,
  ]);
  if (key.users.length > mostParts || signatures > mostParts || bindings.length > mostParts) {
    return err({ type: "CertificateUnreadable", why: "too large" });
  }
  return ok(key as openpgp.PublicKey);
}

/** Drops from `key` all but user IDs that hold by a self-signature; gives their texts. */
async function keepSelfSigned(key: openpgp.PublicKey, date: Date): Promise<string[]> {
  const kept: openpgp.User[] = [];
  for (const user of key.users) {
    user.otherCertifications = [];
    if (user.userID !== null && (await holds(() => user.verify(date)))) kept.push(user);
  }
  key.users = kept;
  return kept.map((user) => user.userID?.userID ?? "");
}

async function encryptionKeyIds(key: openpgp.PublicKey, date: Date): Promise<string[]> {
  const newestFirst = [...key.getKeys()].sort(
    (a, b) => b.getCreationTime().getTime() - a.getCreationTime().getTime(),
  );
  const ids: string[] = [];
  for (const part of newestFirst) {
    const keyId = part.getKeyID();
    if (await holds(() => key.getEncryptionKey(keyId, date))) ids.push(keyIdText(keyId));
  }
  return ids;
}

const holds = (judge: () => Promise<unknown>): Promise<boolean> =>
  judge().then(
    () => true,
    () => false,
  );
