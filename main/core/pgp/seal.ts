// Seals content for one recipient: signed, not compressed, streamed; the recipient hidden among dummies where asked.
import type { Milliseconds } from "../../../shared/brand.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { Random } from "../ports.ts";
import { judgementDate, keyOf } from "./certificate.ts";
import type { Certificate } from "./certificate.ts";
import { closable, inParts, joined, oneBehind, tags } from "./framing.ts";
import { strangerKey } from "./keys.ts";
import { openpgp } from "./openpgp.ts";
import { encrypted } from "./protected.ts";
import { startSignature } from "./signature.ts";
import type { StartedSignature } from "./signature.ts";
import { signingKeyOf } from "./signing.ts";
import { slotBodies, slotsDigest, slotsNotation } from "./slots.ts";
import type { Signer } from "./signing.ts";

export type SealProblem =
  | { readonly type: "RecipientNotValid" }
  | { readonly type: "CannotHideRecipient" }
  | { readonly type: "Cancelled" };

/** Slots of a message whose recipient is hidden, hers among them. */
export const hiddenSlots = 4;

/**
 * Signs and encrypts `content` for `to`, giving the message to `write` piece by piece, each awaited. With `hideRecipient`
 * all slots name nobody and three are sealed to keys of the same kind that were made for this and forgotten, in random
 * order; only recipients with keys as Waypost makes them can be hidden. An error of `content` or `write` comes through.
 */
export async function seal(request: {
  readonly to: Certificate;
  readonly hideRecipient: boolean;
  readonly signer: Signer;
  readonly random: Random;
  readonly content: AsyncIterable<Uint8Array>;
  readonly write: (piece: Uint8Array) => Promise<void>;
  readonly signal?: AbortSignal;
}): Promise<Result<void, SealProblem>> {
  const recipient = keyOf(request.to);
  const signing = signingKeyOf(request.signer);
  const date = judgementDate(recipient, signing.date().getTime() as Milliseconds);
  const slot = await recipient.getEncryptionKey(undefined, date).catch(() => undefined);
  if (slot === undefined) return err({ type: "RecipientNotValid" });

  const { algorithm, curve } = slot.getAlgorithmInfo();
  const usual = request.to.profile === "modern" ? algorithm === "x25519" : curve === "curve25519Legacy";
  if (request.hideRecipient && !usual) return err({ type: "CannotHideRecipient" });
  const dummies = request.hideRecipient
    ? await Promise.all(
        Array.from({ length: hiddenSlots - 1 }, async () => strangerKey(request.to.profile, date)),
      )
    : [];

  const session = await openpgp.generateSessionKey({ encryptionKeys: recipient, date });
  const slots = (await openpgp.encryptSessionKey({
    ...session,
    encryptionKeys: shuffled([recipient, ...dummies], request.random),
    wildcard: request.hideRecipient,
    format: "binary",
    date,
  })) as unknown as Uint8Array;
  const notation = {
    name: slotsNotation,
    value: slotsDigest(await slotBodies(slots)),
    humanReadable: false,
    critical: false,
  };
  const content = closable(request.content);
  const written = oneBehind(request.write);
  const signature = startSignature(signing.key, signing.date(), notation, request.random);
  const clear = signedMessage(content, signature, request.signal);
  const key = { algorithm: session.algorithm, aead: session.aeadAlgorithm, data: session.data };
  try {
    await written.put(slots);
    const packet = inParts(tags.encrypted, encrypted(clear, key, request.random));
    for await (const piece of joined(packet, stepSize)) {
      await written.put(piece);
    }
    await written.finish();
    return ok(undefined);
  } catch (error) {
    if (error instanceof Cancelled) return err({ type: "Cancelled" });
    throw error;
  } finally {
    session.data.fill(0);
    await content.return();
    await written.settled();
  }
}

class Cancelled extends Error {}

/** Signature announced, document without name or time, signature. */
async function* signedMessage(
  content: AsyncIterable<Uint8Array>,
  signature: StartedSignature,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield signature.announcement;
  async function* literal() {
    yield Uint8Array.of(0x62, 0, 0, 0, 0, 0);
    for await (const piece of joined(content, stepSize)) {
      if (signal?.aborted === true) throw new Cancelled();
      signature.update(piece);
      yield piece;
    }
  }
  yield* inParts(tags.literal, literal());
  yield await signature.finish();
}

const stepSize = 64 * 1024;

/** Fisher and Yates' shuffle; 32 bits a step over a handful of items leave no bias worth naming. */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  const order: T[] = [];
  while (left.length > 0) {
    const pick = Buffer.from(random.bytes(4)).readUInt32BE() % left.length;
    order.push(...left.splice(pick, 1));
  }
  return order;
}
