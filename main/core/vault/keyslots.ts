// keyslots.json: who can open the vault. Each slot wraps a key pair under a passphrase or words; the data key is sealed to it.
import { Buffer } from "node:buffer";
import sodium from "sodium-native";
import type { Result } from "../../../shared/result.ts";
import { err, ok } from "../../../shared/result.ts";
import { object, optional, z } from "../../../shared/schema.ts";
import { canonicalJson } from "../../../shared/signed-text.ts";
import type { VaultId } from "../../../shared/vocabulary/ids.ts";
import { MemberId, SlotId, VaultId as VaultIdSchema } from "../../../shared/vocabulary/ids.ts";
import type { Random } from "../ports.ts";
import { SALT_BYTES, checkKdf, deriveKey } from "./kdf.ts";
import { Secret } from "./secret.ts";
import type { KdfParameters, NotEnoughMemory, OpenError } from "./types.ts";

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const DATA_KEY = 32;
/** data key, generation (u32, big-endian), vault id */
const SEALED = DATA_KEY + 4 + 16;
const NONCE = sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
const AEAD_TAG = sodium.crypto_aead_xchacha20poly1305_ietf_ABYTES;

const KeySlot = object({
  id: SlotId,
  kind: z.enum(["member", "recovery"]),
  member: optional(MemberId),
  /** Generation in which this slot was made. */
  since: z.int().min(1),
  kdf: object({
    algorithm: z.literal("argon2id"),
    memoryKiB: z.int(),
    passes: z.int(),
    salt: hex(SALT_BYTES),
  }),
  nonce: hex(NONCE),
  wrapped: hex(sodium.crypto_box_SECRETKEYBYTES + AEAD_TAG),
  sealed: hex(SEALED + sodium.crypto_box_SEALBYTES),
});
export type KeySlot = z.infer<typeof KeySlot>;

const KeySlots = object({
  format: z.literal("waypost/keyslots/1"),
  vault: VaultIdSchema,
  kind: z.enum(["real", "practice"]),
  generation: z.int().min(1),
  /** The first 16 bytes of the database: tells a slots file of another vault before anything is derived. */
  salt: hex(16),
  slots: z.array(KeySlot).min(1).max(1000),
  mac: hex(32),
});
export type KeySlots = z.infer<typeof KeySlots>;
export type KeySlotsBody = Omit<KeySlots, "mac">;

/** The file's slots, or what is wrong with it. A slot of absurd cost refuses the whole file, before anything is derived. */
export function readKeySlots(
  bytes: Uint8Array,
): Result<KeySlots, Extract<OpenError, { type: `Slots${string}` }>> {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return err({ type: "SlotsDamaged" });
  }
  const parsed = KeySlots.safeParse(json);
  if (!parsed.success) return err({ type: "SlotsDamaged" });
  for (const slot of parsed.data.slots) {
    const within = checkKdf(slot.kdf);
    if (!within.ok) return within;
  }
  return ok(parsed.data);
}

/** The bytes of keyslots.json, with its MAC under a key derived from the data key. */
export function finishKeySlots(
  body: KeySlotsBody,
  dataKey: Secret,
): { readonly file: KeySlots; readonly bytes: Uint8Array } {
  const file = { ...body, mac: macOf(body, dataKey) };
  return { file, bytes: Buffer.from(`${canonicalJson(file)}\n`) };
}

/** Whether the file is as someone with the data key wrote it. */
export function macHolds({ mac, ...body }: KeySlots, dataKey: Secret): boolean {
  return sodium.sodium_memcmp(Buffer.from(mac, "hex"), Buffer.from(macOf(body, dataKey), "hex"));
}

/** A slot's key pair. The secret half leaves the slot only unwrapped; the public half lies only inside the vault. */
export type SlotKeys = { readonly publicKey: Uint8Array; readonly secretKey: Secret };

/** A new slot with a fresh key pair, opened by `secret` (passphrase in normal form, or entropy of words). */
export async function makeSlot(
  random: Random,
  of: Pick<KeySlot, "kind" | "member"> & { readonly vault: VaultId; readonly generation: number },
  secret: Secret,
  dataKey: Secret,
  cost: KdfParameters,
): Promise<Result<{ readonly slot: KeySlot } & SlotKeys, NotEnoughMemory>> {
  const salt = random.bytes(SALT_BYTES);
  const key = await deriveKey(secret.reveal(), salt, cost);
  if (!key.ok) return key;
  using wrapping = key.value;
  const publicKey = Buffer.alloc(sodium.crypto_box_PUBLICKEYBYTES);
  const secretBytes = Buffer.allocUnsafeSlow(sodium.crypto_box_SECRETKEYBYTES);
  using seed = Secret.from(random.bytes(32));
  sodium.crypto_box_seed_keypair(publicKey, secretBytes, seed.reveal());
  const secretKey = Secret.from(secretBytes);
  const head = {
    id: SlotId.parse(Buffer.from(random.bytes(16)).toString("hex")),
    kind: of.kind,
    ...(of.member === undefined ? {} : { member: of.member }),
    since: of.generation,
    kdf: { algorithm: "argon2id" as const, ...cost, salt: Buffer.from(salt).toString("hex") },
  };
  const nonce = random.bytes(NONCE);
  const wrapped = Buffer.alloc(secretKey.reveal().length + AEAD_TAG);
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    wrapped,
    secretKey.reveal(),
    additional(of.vault, head),
    null,
    nonce,
    wrapping.reveal(),
  );
  const slot = {
    ...head,
    nonce: Buffer.from(nonce).toString("hex"),
    wrapped: wrapped.toString("hex"),
    sealed: sealDataKey(publicKey, dataKey, of.generation, of.vault),
  };
  return ok({ slot, publicKey, secretKey });
}

/** The slot's secret key, or `undefined` where `secret` does not open it. */
export async function unwrapSlot(
  vault: VaultId,
  slot: KeySlot,
  secret: Secret,
): Promise<Result<Secret | undefined, NotEnoughMemory>> {
  const key = await deriveKey(secret.reveal(), Buffer.from(slot.kdf.salt, "hex"), slot.kdf);
  if (!key.ok) return key;
  using wrapping = key.value;
  const secretKey = Buffer.allocUnsafeSlow(sodium.crypto_box_SECRETKEYBYTES);
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      secretKey,
      null,
      Buffer.from(slot.wrapped, "hex"),
      additional(vault, slot),
      Buffer.from(slot.nonce, "hex"),
      wrapping.reveal(),
    );
  } catch {
    return ok(undefined);
  }
  return ok(Secret.from(secretKey));
}

/** The data key for a slot that is not present: only its public key is needed. */
export function sealDataKey(
  publicKey: Uint8Array,
  dataKey: Secret,
  generation: number,
  vault: VaultId,
): string {
  const message = Buffer.allocUnsafeSlow(SEALED);
  message.set(dataKey.reveal(), 0);
  message.writeUInt32BE(generation, DATA_KEY);
  message.write(vault, DATA_KEY + 4, "hex");
  const sealed = sealTo(publicKey, message);
  sodium.sodium_memzero(message);
  return sealed.toString("hex");
}

/** The data key sealed in a slot, or `undefined` where it is not of this vault and generation. */
export function openDataKey(file: KeySlotsBody, slot: KeySlot, secretKey: Secret): Secret | undefined {
  const message = unsealWith(secretKey, Buffer.from(slot.sealed, "hex"));
  if (message === undefined) return undefined;
  using held = message;
  const bytes = held.reveal();
  const generation = bytes.readUInt32BE(DATA_KEY);
  const vault = bytes.toString("hex", DATA_KEY + 4);
  if (generation !== file.generation || vault !== file.vault) return undefined;
  return Secret.from(Buffer.from(bytes.subarray(0, DATA_KEY)));
}

/** Sealed so that only the holder of the slot's secret key can read it. */
export function sealTo(publicKey: Uint8Array, message: Uint8Array): Buffer {
  const sealed = Buffer.alloc(message.length + sodium.crypto_box_SEALBYTES);
  sodium.crypto_box_seal(sealed, message, publicKey);
  return sealed;
}

/** What was sealed to the slot, or `undefined` where it was not for it. */
export function unsealWith(secretKey: Secret, sealed: Uint8Array): Secret | undefined {
  if (sealed.length < sodium.crypto_box_SEALBYTES) return undefined;
  const publicKey = Buffer.alloc(sodium.crypto_box_PUBLICKEYBYTES);
  sodium.crypto_scalarmult_base(publicKey, secretKey.reveal());
  const message = Buffer.allocUnsafeSlow(sealed.length - sodium.crypto_box_SEALBYTES);
  return sodium.crypto_box_seal_open(message, sealed, publicKey, secretKey.reveal())
    ? Secret.from(message)
    : undefined;
}

/** What a slot's wrapping is bound to: moved to another vault, slot or cost, it opens no more. */
const additional = (
  vault: VaultId,
  { id, kind, member, since, kdf }: Omit<KeySlot, "nonce" | "wrapped" | "sealed">,
) =>
  Buffer.from(
    canonicalJson({
      format: "waypost/keyslots/1",
      vault,
      id,
      kind,
      since,
      kdf,
      ...(member === undefined ? {} : { member }),
    }),
  );

function macOf(body: KeySlotsBody, dataKey: Secret): string {
  const key = Buffer.allocUnsafeSlow(32);
  sodium.crypto_generichash(key, Buffer.from("waypost/slots-mac/1"), dataKey.reveal());
  const mac = Buffer.alloc(32);
  sodium.crypto_generichash(mac, Buffer.from(canonicalJson(body)), key);
  sodium.sodium_memzero(key);
  return mac.toString("hex");
}
