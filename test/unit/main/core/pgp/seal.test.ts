// Sealing and opening: what went in comes out, hidden among like slots, no faster than the receiver takes it.
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  openIntroduction,
  openToStaging,
  readCertificate,
  seal,
  signInline,
} from "../../../../../main/core/pgp/index.ts";
import { openpgp } from "../../../../../main/core/pgp/openpgp.ts";
import { slotBodies } from "../../../../../main/core/pgp/slots.ts";
import { at, member, opened, pieces, random, sealed, value } from "../../../../support/pgp.ts";

const edges = [0, 1, 65_529, 65_530, 65_535, 65_536, 65_537, 131_072, 200_001];

describe.for(["compatible", "modern"] as const)("%s", (profile) => {
  test("any size comes out as it went in, and says who signed and when", async () => {
    const [alice, bob] = await Promise.all([member(profile), member(profile)]);
    const size = fc.oneof(fc.constantFrom(...edges), fc.nat(150_000));
    await fc.assert(
      fc.asyncProperty(size, fc.boolean(), async (bytes, hidden) => {
        const content = randomBytes(bytes);
        const { result, staged } = await opened(await sealed(alice, bob.certificate, content, hidden), bob, [
          alice.certificate,
        ]);
        expect(result).toEqual({
          ok: true,
          value: {
            signer: alice.certificate.fingerprint,
            signedAt: at,
            protection: profile === "modern" ? "aead" : "mdc",
            compressed: false,
            bytes,
          },
        });
        expect(staged.equals(content)).toBe(true);
      }),
      { numRuns: 30, examples: edges.map((edge): [number, boolean] => [edge, true]) },
    );
  });

  test("hidden: four slots of one kind and size, naming nobody, ours in any place", async () => {
    const us = await member(profile);
    const places = new Set<number>();
    for (let count = 0; count < 24; count += 1) {
      const message = await sealed(us, us.certificate, Buffer.from("x"));
      const slots = await slotBodies(message.subarray(0, slotsEnd(message, 4)));
      expect(new Set(slots.map((slot) => slot.length)).size).toBe(1);
      const named =
        profile === "modern"
          ? slots.map((slot) => slot[1])
          : slots.map((slot) => Buffer.from(slot.subarray(1, 9)).readBigUInt64BE());
      expect(named.every((name) => Number(name) === 0)).toBe(true);
      for (const [place, slot] of slots.entries()) {
        const one = await openpgp.readMessage({
          binaryMessage: Buffer.concat([Uint8Array.of(0xc1, slot.length), slot]),
        });
        const decryptionKeys = await Promise.all(
          us.decryption.map(async ({ secret }) =>
            openpgp.readPrivateKey({ binaryKey: Uint8Array.from(secret) }),
          ),
        );
        const found = await openpgp.decryptSessionKeys({ message: one, decryptionKeys }).catch(() => []);
        if (found.length > 0) places.add(place);
      }
    }
    expect(places.size).toBeGreaterThan(2);
  });
});

function slotsEnd(message: Uint8Array, count: number): number {
  let end = 0;
  for (let slot = 0; slot < count; slot += 1) end += 2 + (message[end + 1] ?? 0);
  return end;
}

test("a slow receiver slows the sender: never more than a few pieces are under way", async () => {
  const us = await member();
  let given = 0;
  let written = 0;
  let ahead = 0;
  async function* content() {
    for (let count = 0; count < 64; count += 1) {
      given += 65_536;
      yield Buffer.alloc(65_536, count);
    }
  }
  const message: Uint8Array[] = [];
  const write = async (piece: Uint8Array) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    written += piece.length;
    ahead = Math.max(ahead, given - written);
    message.push(piece);
  };
  value(
    await seal({
      to: us.certificate,
      hideRecipient: true,
      signer: us.signer,
      random,
      content: content(),
      write,
    }),
  );
  expect(ahead).toBeLessThan(8 * 65_536);

  let read = 0;
  let staged = 0;
  ahead = 0;
  async function* source() {
    for (const piece of message) {
      read += piece.length;
      yield piece;
    }
  }
  const sink = async (piece: Uint8Array) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    staged += piece.length;
    ahead = Math.max(ahead, read - staged);
  };
  value(
    await openToStaging({
      content: source(),
      decryption: us.decryption,
      certificateOf: () => us.certificate,
      sink,
    }),
  );
  expect(ahead).toBeLessThan(8 * 65_536);
});

test("cancelled, sealing and opening; errors of either end come through as they are", async () => {
  const us = await member();
  const broken = new Error("the drive is gone");
  async function* failing() {
    yield Buffer.alloc(200_000);
    throw broken;
  }
  const request = {
    to: us.certificate,
    hideRecipient: true,
    signer: us.signer,
    random,
    write: async () => {},
  };
  await expect(seal({ ...request, content: failing() })).rejects.toBe(broken);
  const refusing = async () => Promise.reject(broken);
  await expect(seal({ ...request, content: pieces(Buffer.alloc(200_000)), write: refusing })).rejects.toBe(
    broken,
  );
  const signal = AbortSignal.abort();
  expect(await seal({ ...request, content: pieces(Buffer.alloc(200_000)), signal })).toEqual({
    ok: false,
    error: { type: "Cancelled" },
  });

  const message = await sealed(us, us.certificate, randomBytes(200_000));
  const opening = { decryption: us.decryption, certificateOf: () => us.certificate, sink: async () => {} };
  await expect(openToStaging({ ...opening, content: failing() })).resolves.toMatchObject({ ok: false });
  await expect(openToStaging({ ...opening, content: pieces(message), sink: refusing })).rejects.toBe(broken);
  expect(await openToStaging({ ...opening, content: pieces(message), signal })).toEqual({
    ok: false,
    error: { type: "Cancelled" },
  });
});

test("whatever happens, the source is closed and no write is left running", async () => {
  const us = await member();
  let closed = 0;
  let running = 0;
  async function* source(bytes: Uint8Array) {
    try {
      yield* pieces(bytes);
    } finally {
      closed += 1;
    }
  }
  const slowly = (failing: boolean) => async () => {
    running += 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    if (failing) throw new Error("full");
  };
  const message = await sealed(us, us.certificate, randomBytes(400_000));
  const flipped = Buffer.from(message);
  flipped[200_000] = (flipped[200_000] ?? 0) ^ 1;
  const opening = { decryption: us.decryption, certificateOf: () => us.certificate };
  const sealing = { to: us.certificate, hideRecipient: true, signer: us.signer, random };
  const attempts = [
    () => openToStaging({ ...opening, content: source(message), sink: slowly(true) }),
    () => openToStaging({ ...opening, content: source(flipped), sink: slowly(false) }),
    () => openToStaging({ ...opening, content: source(Buffer.alloc(400_000, 0xc8)), sink: slowly(false) }),
    () => seal({ ...sealing, content: source(message), write: slowly(true) }),
    () => seal({ ...sealing, content: source(message), write: slowly(false) }),
  ];
  for (const [index, attempt] of attempts.entries()) {
    await attempt().catch(() => undefined);
    expect([closed, running]).toEqual([index + 1, 0]);
  }
});

test("for somebody else; from a stranger; only a key that names are known for can be hidden", async () => {
  const [us, other] = await Promise.all([member(), member()]);
  const message = await sealed(us, other.certificate, Buffer.from("x"));
  expect((await opened(message, us, [us.certificate])).result).toEqual({
    ok: false,
    error: { type: "NotForUs" },
  });
  expect((await opened(message, other, [])).result).toEqual({ ok: false, error: { type: "SenderUnknown" } });
  expect((await opened(message, other, [other.certificate])).result).toEqual({
    ok: false,
    error: { type: "SenderUnknown" },
  });

  const options = {
    type: "ecc" as const,
    curve: "nistP256" as const,
    userIDs: [{ name: "x" }],
    date: new Date(at),
  };
  const foreign = value(await readCertificate((await openpgp.generateKey(options)).publicKey, { at }));
  const request = {
    to: foreign,
    signer: us.signer,
    random,
    content: pieces(Buffer.from("x")),
    write: async () => {},
  };
  expect(await seal({ ...request, hideRecipient: true })).toEqual({
    ok: false,
    error: { type: "CannotHideRecipient" },
  });
  expect(await seal({ ...request, hideRecipient: false })).toEqual({ ok: true, value: undefined });
});

test("an introduction is read back with the certificate it carries, and refused with another's", async () => {
  const [us, other] = await Promise.all([member("modern"), member()]);
  const content = Buffer.from(us.certificate.armored);
  const message = await signInline(us.signer, content);
  const result = value(
    await openIntroduction(message, { at, certificateIn: (inside) => Buffer.from(inside).toString() }),
  );
  expect(result.certificate).toEqual(us.certificate);
  expect(Buffer.from(result.content).equals(content)).toBe(true);
  const refused = await openIntroduction(message, { at, certificateIn: () => other.certificate.armored });
  expect(refused).toEqual({ ok: false, error: { type: "SignatureBad" } });
  expect((await openIntroduction(message, { at, certificateIn: () => undefined })).ok).toBe(false);
  expect(
    await openIntroduction(Buffer.alloc(1024 * 1024 + 1, 0xc4), { at, certificateIn: () => undefined }),
  ).toMatchObject({
    ok: false,
    error: { type: "TooLarge" },
  });
});
