// Somebody who opened a message seals it again, signature and all, for somebody else: refused, since our signatures
// name the slots they were sealed with. Other software's do not, which is why the manifest names the one recipient.
import { expect, test } from "vitest";
import { byteReader, body, packetHeader } from "../../main/core/pgp/framing.ts";
import { decrypted } from "../../main/core/pgp/protected.ts";
import { openpgp } from "../../main/core/pgp/openpgp.ts";
import { collected, member, opened, pieces, sealed, sealedRaw, signedPackets } from "../support/pgp.ts";

const content = Buffer.from("for Bob alone");

test.for(["compatible", "modern"] as const)(
  "ours, %s: opens for Bob, and not for Carol when Bob seals it anew",
  async (profile) => {
    const [alice, bob, carol] = await Promise.all([member(profile), member(profile), member(profile)]);
    const message = await sealed(alice, bob.certificate, content);
    expect((await opened(message, bob, [alice.certificate])).result.ok).toBe(true);

    const inside = await clearPackets(
      message,
      bob.decryption.map(({ secret }) => secret),
    );
    const anew = await sealedRaw(carol.certificate, inside, { aead: profile === "modern" });
    const { result } = await opened(anew, carol, [alice.certificate]);
    expect(result).toEqual({ ok: false, error: { type: "SealedAnew" } });
  },
);

test("other software's: opens, and only a manifest can tell", async () => {
  const [alice, carol] = await Promise.all([member(), member()]);
  const anew = await sealedRaw(carol.certificate, await signedPackets(content, [alice.key]));
  expect((await opened(anew, carol, [alice.certificate])).result.ok).toBe(true);
});

async function clearPackets(message: Uint8Array, secrets: readonly Uint8Array[]): Promise<Buffer> {
  const decryptionKeys = await Promise.all(
    secrets.map(async (secret) => openpgp.readPrivateKey({ binaryKey: Uint8Array.from(secret) })),
  );
  const [session] = await openpgp.decryptSessionKeys({
    message: await openpgp.readMessage({ binaryMessage: Uint8Array.from(message) }),
    decryptionKeys,
  });
  if (session === undefined) throw new Error("no session key");
  const reader = byteReader(pieces(message));
  for (let header = await packetHeader(reader); header !== undefined; header = await packetHeader(reader)) {
    const packet = body(reader, header);
    if (header.tag === 18) return collected((await decrypted(packet, session)).clear);
    await collected(packet);
  }
  throw new Error("no encrypted data");
}
