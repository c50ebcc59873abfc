// From a passphrase or recovery words to a key: Argon2id, within a floor and a ceiling that are checked before deriving.
import sodium from "sodium-native";
import type { Result } from "../../../shared/result.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Clock } from "../ports.ts";
import { Secret } from "./secret.ts";
import type { KdfParameters, NotEnoughMemory, SlotsParameters } from "./types.ts";

const MiB = 1024;
/** Below it a stolen slots file is too cheap to guess at; above it a forged one could stall the laptop. */
const FLOOR = { memoryKiB: 64 * MiB, passes: 3 };
const CEILING = { memoryKiB: 2048 * MiB, passes: 10 };
/** What tuning starts from, and never goes below. */
const DEFAULT = { memoryKiB: 256 * MiB, passes: 3 };
const AIM_MS = 1000;

/** Refuses a cost outside floor and ceiling, wherever it comes from. */
export function checkKdf({ memoryKiB, passes }: KdfParameters): Result<void, SlotsParameters> {
  const within =
    memoryKiB >= FLOOR.memoryKiB &&
    memoryKiB <= CEILING.memoryKiB &&
    passes >= FLOOR.passes &&
    passes <= CEILING.passes;
  return within ? ok(undefined) : err({ type: "SlotsParameters", memoryKiB, passes });
}

/** The cost that takes about a second here: 256 MiB (which old laptops have), with as many passes as fit, 3 to 10. */
export async function tuneKdf(clock: Clock): Promise<Result<KdfParameters, NotEnoughMemory>> {
  const start = clock.now();
  const derived = await deriveKey(
    Buffer.from("how fast is this laptop"),
    new Uint8Array(SALT_BYTES),
    DEFAULT,
  );
  if (!derived.ok) return derived;
  derived.value[Symbol.dispose]();
  const took = Math.max(1, clock.now() - start);
  const passes = Math.round((DEFAULT.passes * AIM_MS) / took);
  return ok({ ...DEFAULT, passes: Math.min(CEILING.passes, Math.max(DEFAULT.passes, passes)) });
}

export const SALT_BYTES = sodium.crypto_pwhash_SALTBYTES;

/** 32 bytes from `secret`. Takes about a second, off the main thread. */
export async function deriveKey(
  secret: Uint8Array,
  salt: Uint8Array,
  { memoryKiB, passes }: KdfParameters,
): Promise<Result<Secret, NotEnoughMemory>> {
  const key = Buffer.allocUnsafeSlow(32);
  const algorithm = sodium.crypto_pwhash_ALG_ARGON2ID13;
  try {
    await sodium.crypto_pwhash_async(key, secret, salt, passes, memoryKiB * 1024, algorithm);
  } catch {
    return err({ type: "NotEnoughMemory", memoryKiB });
  }
  return ok(Secret.from(key));
}

/**
 * A passphrase as it is derived from: where it has letters beyond ASCII, in Unicode's form NFC, so that another keyboard
 * or system writes the same bytes. A passphrase in ASCII never becomes a string here.
 */
export function normalPassphrase(passphrase: Secret): Secret {
  const bytes = passphrase.reveal();
  if (bytes.every((byte) => byte < 0x80)) return passphrase.copy();
  return Secret.fromText(bytes.toString("utf8").normalize("NFC"));
}
