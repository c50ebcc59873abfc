// Ed25519 by Node judges every signature as the library does, whatever it says and however its octets are spoilt.
import { createHash, createPrivateKey, sign } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { goodEdwards, isEdwards } from "../../../../../main/core/pgp/edwards.ts";
import { framed, tags } from "../../../../../main/core/pgp/framing.ts";
import { openpgp } from "../../../../../main/core/pgp/openpgp.ts";
import { finished, messageHash, signaturePacket } from "../../../../../main/core/pgp/signature.ts";
import { judgedByLibrary } from "../../../../../main/core/pgp/signing.ts";
import { at, member } from "../../../../support/pgp.ts";
import type { TestMember } from "../../../../support/pgp.ts";

const document = Buffer.from("waypost/statement/1\nnumber 1\n");
const hashes: Readonly<Record<number, string>> = {
  2: "sha1",
  8: "sha256",
  9: "sha384",
  10: "sha512",
  11: "sha224",
};
const saltLengths: Readonly<Record<number, number>> = { 8: 16, 9: 24, 10: 32 };

const members = {} as Record<"compatible" | "modern", TestMember>;
let stranger: TestMember;
beforeAll(async () => {
  members.compatible = await member("compatible");
  members.modern = await member("modern");
  stranger = await member("compatible", "Stranger");
});

type Subpacket = { readonly type: number; readonly critical?: boolean; readonly data: Uint8Array };
type Shape = {
  readonly hash?: number;
  readonly hashed?: readonly Subpacket[];
  readonly unhashed?: readonly Subpacket[];
  readonly created?: boolean;
};

const written = (list: readonly Subpacket[]) =>
  Buffer.concat(
    list.flatMap(({ type, critical, data }) => [
      Uint8Array.of(data.length + 1, (critical === true ? 0x80 : 0) | type),
      data,
    ]),
  );

const seconds = (time: number) => {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(time);
  return octets;
};

/** The body of a signature packet whose mathematics are right, with whatever subpackets are wanted. */
function body(
  { key }: TestMember,
  { hash = 10, hashed = [], unhashed = [], created = true }: Shape = {},
): Buffer {
  const { version, algorithm, publicParams, privateParams } = key.keyPacket as openpgp.SecretKeyPacket;
  const { A, Q } = publicParams as { A?: Uint8Array; Q?: Uint8Array };
  const { seed } = privateParams as unknown as { seed: Uint8Array };
  const salt = version === 6 ? Buffer.alloc(saltLengths[hash] ?? 16, 7) : Buffer.alloc(0);
  const width = version === 6 ? 4 : 2;
  const counted = (octets: Buffer) => {
    const length = Buffer.alloc(width);
    length.writeUIntBE(octets.length, 0, width);
    return Buffer.concat([length, octets]);
  };
  const time = created ? [{ type: 2, data: seconds(Math.floor(at / 1000)) }] : [];
  const own = Buffer.concat([
    Uint8Array.of(version, 0, algorithm, hash),
    counted(written([...time, ...hashed])),
  ]);
  const digest = createHash(hashes[hash] ?? "sha512")
    .update(salt)
    .update(document)
    .update(own)
    .update(Uint8Array.of(version, 0xff))
    .update(seconds(own.length))
    .digest();
  const x = Buffer.from(A ?? Q?.subarray(1) ?? []).toString("base64url");
  const jwk = { kty: "OKP", crv: "Ed25519", x, d: Buffer.from(seed).toString("base64url") };
  const both = sign(null, digest, createPrivateKey({ key: jwk, format: "jwk" }));
  const issuer = { type: 16, data: Buffer.from(key.getKeyID().toHex(), "hex") };
  const numbers = version === 6 ? [both] : [both.subarray(0, 32), both.subarray(32)].map(integer);
  return Buffer.concat([
    own,
    counted(written(version === 6 ? unhashed : [issuer, ...unhashed])),
    digest.subarray(0, 2),
    ...(version === 6 ? [Uint8Array.of(salt.length), salt] : []),
    ...numbers,
  ]);
}

/** As OpenPGP writes a number: how many bits, then its octets without zeros before them. */
function integer(octets: Buffer): Buffer {
  const from = octets.findIndex((octet) => octet !== 0);
  const bare = octets.subarray(from);
  const bits = Buffer.alloc(2);
  bits.writeUInt16BE(bare.length * 8 - Math.clz32(bare[0] ?? 0) + 24);
  return Buffer.concat([bits, bare]);
}

/** By version 6 keys the issuer is told by fingerprint; version 4 above by its key ID. */
const issuedBy = ({ key }: TestMember): Subpacket => ({
  type: 33,
  data: Buffer.concat([Uint8Array.of(key.keyPacket.version), Buffer.from(key.getFingerprint(), "hex")]),
});

async function verdicts(octets: Uint8Array, by: TestMember) {
  const packet = signaturePacket(octets);
  const { packets } = await openpgp
    .readSignature({ binarySignature: framed(tags.signature, octets) })
    .catch(() => ({ packets: [] }));
  const [theirs] = packets;
  const usable =
    theirs instanceof openpgp.SignaturePacket &&
    (theirs.version === 4 || theirs.version === 6) &&
    theirs.signatureType === 0;
  expect(packet !== undefined).toBe(usable);
  if (packet === undefined || !usable) return "unreadable";
  const hash = messageHash(packet.hashAlgorithm, packet.salt);
  if (hash === undefined) return "refused-hash";
  const digest = finished(hash.update(document), packet);
  const made = packet.created ?? new Date(at);
  const { keyPacket } = by.key.toPublic();
  expect(isEdwards(keyPacket)).toBe(true);
  const attempt = async (work: () => unknown) => {
    try {
      return (await work()) !== false;
    } catch {
      return false;
    }
  };
  const ours = await attempt(() => goodEdwards(packet, digest, keyPacket, made));
  expect(ours).toBe(await attempt(() => judgedByLibrary(theirs, digest, keyPacket, made)));
  return ours;
}

describe.each(["compatible", "modern"] as const)("%s", (profile) => {
  const issued = (shape: Shape = {}) => {
    const by = members[profile];
    return profile === "modern" ? { ...shape, hashed: [issuedBy(by), ...(shape.hashed ?? [])] } : shape;
  };
  const notation = (critical: boolean): Subpacket => {
    const name = Buffer.from("a@example.org");
    return {
      type: 20,
      critical,
      data: Buffer.concat([Uint8Array.of(0x80, 0, 0, 0, 0, name.length, 0, 1), name, Uint8Array.of(65)]),
    };
  };

  test.each([
    ["plain", {}, true],
    ["SHA-256", { hash: 8 }, true],
    ["SHA-384", { hash: 9 }, true],
    ["SHA-224", { hash: 11 }, "refused-hash"],
    ["SHA-1", { hash: 2 }, "refused-hash"],
    ["no time", { created: false }, "unreadable"],
    ["an expiry that has not come", { hashed: [{ type: 3, data: seconds(1) }] }, true],
    [
      "a critical subpacket that nobody knows",
      { hashed: [{ type: 100, critical: true, data: Buffer.of(1) }] },
      false,
    ],
    ["the same, not critical", { hashed: [{ type: 100, data: Buffer.of(1) }] }, true],
    ["a notation", { hashed: [notation(false)] }, true],
    ["a critical notation", { hashed: [notation(true)] }, false],
    [
      "a revoker",
      { hashed: [{ type: 12, data: Buffer.concat([Uint8Array.of(0x80, 22), Buffer.alloc(20, 1)]) }] },
      false,
    ],
  ] as const)("%s", async (_, shape, expected) => {
    expect(await verdicts(body(members[profile], issued(shape)), members[profile])).toBe(expected);
  });

  test("another's key, another document, another algorithm", async () => {
    const octets = body(members[profile], issued());
    expect(await verdicts(octets, stranger)).toBe(false);
    const others = body(stranger);
    expect(await verdicts(others, members[profile])).toBe(false);
    const spoilt = Buffer.from(octets);
    spoilt[2] = profile === "modern" ? 22 : 27;
    expect(await verdicts(spoilt, members[profile])).not.toBe(true);
  });

  test("a number plus the order of the group", async () => {
    const octets = body(members[profile], issued());
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const halves = Buffer.from(octets.subarray(-32)).reverse();
    const grown = Buffer.from(
      (BigInt(`0x${halves.toString("hex")}`) + order).toString(16).padStart(64, "0"),
      "hex",
    );
    const octet = Buffer.concat([octets.subarray(0, -32), grown.reverse()]);
    expect(await verdicts(octet, members[profile])).not.toBe(true);
  });

  test("any octets changed, left out or added", async () => {
    const octets = body(members[profile], issued());
    const place = fc.nat({ max: octets.length - 1 });
    const change = fc.oneof(
      fc.record({ at: place, with: fc.integer({ min: 1, max: 255 }) }),
      fc.record({ at: place, drop: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ at: place, add: fc.uint8Array({ minLength: 1, maxLength: 4 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        let spoilt: Buffer = Buffer.from(octets);
        for (const one of changes) {
          if ("with" in one) spoilt[one.at] = (spoilt[one.at] ?? 0) ^ one.with;
          else
            spoilt = Buffer.concat([
              spoilt.subarray(0, one.at),
              "add" in one ? one.add : Buffer.alloc(0),
              spoilt.subarray(one.at + ("drop" in one ? one.drop : 0)),
            ]);
        }
        await verdicts(spoilt, members[profile]);
      }),
      { numRuns: 1_500 },
    );
  }, 120_000);
});
