// Messages made of very many packets, very long packets or no end at all are refused early and in little memory.
import { randomBytes } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { framed, tags, writeBigEndian } from "../../main/core/pgp/framing.ts";
import { literalPacket, member, opened, sealed, sealedRaw, signedPackets } from "../support/pgp.ts";
import { processorTime } from "../support/processor.ts";
import type { TestMember } from "../support/pgp.ts";

let us: TestMember;
beforeAll(async () => {
  us = await member();
});

async function* repeated(packet: Uint8Array, mebibytes: number, first: Uint8Array = new Uint8Array(0)) {
  yield first;
  const many = Buffer.alloc(1024 * 1024 - ((1024 * 1024) % packet.length), packet);
  for (let count = 0; count < mebibytes; count += 1) yield many;
}

const header = (tag: number, length: number) =>
  Buffer.concat([Uint8Array.of(0xc0 | tag, 0xff), writeBigEndian(length, 4)]);
const slot = () =>
  framed(
    tags.publicKeySession,
    Buffer.concat([Uint8Array.of(3), Buffer.alloc(8), Uint8Array.of(18), randomBytes(80)]),
  );
const marker = framed(tags.marker, Buffer.from("PGP"));

async function refusedCheaply(message: Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
  const memory = process.memoryUsage().rss;
  const start = processorTime();
  const { result } = await opened(message, us, [us.certificate], { bytes: 64 * 1024 * 1024, recipients: 16 });
  expect(processorTime() - start).toBeLessThan(2000);
  expect(process.memoryUsage().rss - memory).toBeLessThan(200 * 1024 * 1024);
  if (result.ok) throw new Error("it opened");
  return result.error.type;
}

test("before the sealed data: markers, slots, long packets, unknown packets", async () => {
  expect(await refusedCheaply(repeated(marker, 10_000))).toBe("NotOpenPgp");
  expect(await refusedCheaply(repeated(slot(), 10_000))).toBe("TooManyRecipients");
  for (const tag of [tags.publicKeySession, tags.marker, tags.padding, 60]) {
    expect(await refusedCheaply(repeated(Buffer.alloc(16), 10_000, header(tag, 0xffff_ffff)))).toBe(
      "NotOpenPgp",
    );
  }
});

test("ten thousand recipients, ours the last", async () => {
  const slots = Buffer.concat(Array.from({ length: 10_000 }, slot));
  const signed = await signedPackets(Buffer.from("x"), [us.key]);
  expect(await refusedCheaply(await sealedRaw(us.certificate, signed, { before: slots }))).toBe(
    "TooManyRecipients",
  );
});

test("inside: announcements, signatures, unknown packets, padding before; long ones", async () => {
  const signed = await signedPackets(Buffer.from("x"), [us.key]);
  const announcement = signed.subarray(0, 2 + (signed[1] ?? 0));
  const floods = [
    announcement,
    marker,
    framed(60, Buffer.alloc(0)),
    framed(tags.padding, Buffer.alloc(4)),
    framed(tags.signature, Buffer.alloc(4)),
  ];
  for (const packet of floods) {
    const message = await sealedRaw(us.certificate, repeated(packet, 32));
    expect(["NotOpenPgp", "SignatureCount"]).toContain(await refusedCheaply(message));
  }
  for (const tag of [tags.onePassSignature, tags.signature, tags.marker, 60]) {
    const message = await sealedRaw(us.certificate, repeated(Buffer.alloc(16), 32, header(tag, 0x7fff_ffff)));
    expect(await refusedCheaply(message)).toBe("NotOpenPgp");
  }
});

test("10 GiB of a sealed document, and 10 GiB that never were one", async () => {
  const start = (await sealed(us, us.certificate, randomBytes(200_000), false)).subarray(0, 150_000);
  const part = Buffer.concat([Uint8Array.of(0xf0), Buffer.alloc(65_536, 7)]);
  expect(await refusedCheaply(repeated(part, 10_240, start))).not.toBe("ok");
  expect(await refusedCheaply(repeated(Buffer.alloc(64), 10_240))).toBe("NotOpenPgp");
  const longDocument = repeated(
    Buffer.alloc(64),
    100,
    Buffer.concat([
      (await signedPackets(Buffer.from("x"), [us.key])).subarray(0, 15),
      header(tags.literal, 0xffff_ffff),
      Buffer.from([0x62, 0, 0, 0, 0, 0]),
    ]),
  );
  expect(await refusedCheaply(await sealedRaw(us.certificate, longDocument))).toBe("TooLarge");
  expect(
    await refusedCheaply(await sealedRaw(us.certificate, literalPacket(Buffer.alloc(70 * 1024 * 1024)))),
  ).toBe("NotSigned");
});
