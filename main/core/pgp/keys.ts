// Makes a member's OpenPGP keys and parts the secrets: one that signs, and one for each subkey that opens.
import type { Milliseconds } from "../../../shared/brand.ts";
import type { Fingerprint } from "../../../shared/vocabulary/ids.ts";
import { fingerprintOf, keyIdText } from "./certificate.ts";
import { openpgp } from "./openpgp.ts";

/** A secret as the vault stores it: an unprotected OpenPGP secret key block; the vault's own encryption protects it. */
export type StoredSecret = { readonly keyId: string; readonly secret: Uint8Array };

export type NewMemberKeys = {
  readonly fingerprint: Fingerprint;
  /** Armored; to be given to others. */
  readonly certificate: string;
  /** The primary key alone: signs and certifies, opens nothing. */
  readonly signing: StoredSecret;
  /** The current and the next encryption subkey; in each block the primary secret is absent (gnu-dummy). */
  readonly decryption: readonly StoredSecret[];
};

/**
 * New keys. Compatible: version 4, EdDSA-legacy and two Curve25519-legacy subkeys, which GnuPG 2.2 uses. Modern: version
 * 6 (RFC 9580), Ed25519 and two X25519 subkeys, AEAD. The user ID is "name (office)", cut to what an ID may hold.
 */
export async function makeMemberKeys(request: {
  readonly name: string;
  readonly office: string;
  readonly at: Milliseconds;
  readonly profile: "compatible" | "modern";
}): Promise<NewMemberKeys> {
  const { privateKey } = await openpgp.generateKey({
    ...keyOptions[request.profile],
    userIDs: [{ name: userIdText(request.name), comment: userIdText(request.office) }],
    date: new Date(request.at),
    format: "object",
  });
  const whole = privateKey.write();
  const decryption: StoredSecret[] = [];
  for (const keyId of privateKey.subkeys.map((each) => each.getKeyID())) {
    const part = await openpgp.readPrivateKey({ binaryKey: Uint8Array.from(whole) });
    part.subkeys = part.subkeys.filter((each) => each.getKeyID().equals(keyId));
    (part.keyPacket as openpgp.SecretKeyPacket).makeDummy();
    decryption.push({ keyId: keyIdText(keyId), secret: part.write() });
    forget(part);
  }
  const certificate = privateKey.toPublic().armor();
  privateKey.subkeys = [];
  const signing = { keyId: keyIdText(privateKey.getKeyID()), secret: privateKey.write() };
  whole.fill(0);
  forget(privateKey);
  return { fingerprint: fingerprintOf(privateKey), certificate, signing, decryption };
}

/**
 * Reads a stored secret. It works on a copy, so that the caller may zero its own; `forget` zeroes the copy.
 * What the library copied into numbers or handed to the platform's key store stays until the process ends.
 */
export async function secretKey(secret: Uint8Array): Promise<openpgp.PrivateKey> {
  return openpgp.readPrivateKey({ binaryKey: Uint8Array.from(secret) });
}

/** Zeroes the secret numbers the library holds for this key; the key can do nothing afterwards. */
export function forget(key: openpgp.PrivateKey): void {
  for (const { keyPacket } of key.getKeys()) {
    const { privateParams } = keyPacket as openpgp.SecretKeyPacket;
    for (const value of Object.values(privateParams ?? {}) as unknown[]) {
      if (value instanceof Uint8Array) value.fill(0);
    }
  }
}

/** A key like those of the profile but belonging to nobody: see `seal`. Never stored. */
export async function strangerKey(profile: "compatible" | "modern", date: Date): Promise<openpgp.PublicKey> {
  const { privateKey, publicKey } = await openpgp.generateKey({
    ...keyOptions[profile],
    userIDs: [{ name: "-" }],
    date,
    format: "object",
  });
  forget(privateKey);
  return publicKey;
}

const subkey = { type: "ecc", curve: "curve25519Legacy" } as const;

const keyOptions = {
  compatible: {
    type: "ecc" as const,
    curve: "ed25519Legacy" as const,
    subkeys: [subkey, subkey],
    config: { v6Keys: false, aeadProtect: false },
  },
  modern: {
    type: "curve25519" as const,
    subkeys: [{ type: "curve25519" as const }, { type: "curve25519" as const }],
    config: { v6Keys: true, aeadProtect: true },
  },
};

/** One line without the marks that structure a user ID, at most 200 characters. */
const userIdText = (text: string): string =>
  Array.from(
    text
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>()]+/gu, " ")
      .trim(),
  )
    .slice(0, 200)
    .join("");
