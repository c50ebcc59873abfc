// A small compressed message that inflates without end is refused early, in little time and memory.
import { createDeflate, createDeflateRaw } from "node:zlib";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { framed, tags } from "../../main/core/pgp/framing.ts";
import { collected, literalPacket, member, opened, sealedRaw, signedPackets } from "../support/pgp.ts";
import { processorTime } from "../support/processor.ts";

/** Announcement and the head of a document of 4 GiB, then zeros: what a deflater makes a thousandth of. */
async function* endless(mebibytes: number, announcement: Uint8Array) {
  yield announcement;
  yield Uint8Array.of(0xc0 | tags.literal, 0xff, 0xff, 0xff, 0xff, 0xff, 0x62, 0, 0, 0, 0, 0);
  const zeros = Buffer.alloc(1024 * 1024);
  for (let count = 0; count < mebibytes; count += 1) yield zeros;
}

test.for([
  ["ZIP", 1, () => createDeflateRaw()],
  ["ZLIB", 2, () => createDeflate()],
] as const)("%s: 512 MiB of zeros", async ([, algorithm, deflater]) => {
  const us = await member();
  const signed = await signedPackets(Buffer.from("x"), [us.key]);
  const announcement = signed.subarray(0, 2 + (signed[1] ?? 0));
  const bomb = await collected(Readable.from(endless(512, announcement)).pipe(deflater()));
  expect(bomb.length).toBeLessThan(1024 * 1024);
  const packet = framed(tags.compressed, Buffer.concat([Uint8Array.of(algorithm), bomb]));
  const message = await sealedRaw(us.certificate, packet);

  const memory = process.memoryUsage().rss;
  const start = processorTime();
  const { result, staged } = await opened(message, us, [us.certificate]);
  expect(processorTime() - start).toBeLessThan(1000);
  expect(process.memoryUsage().rss - memory).toBeLessThan(256 * 1024 * 1024);
  expect(result).toEqual({ ok: false, error: { type: "CompressionBomb" } });
  expect(staged.length).toBeLessThan(64 * 1024 * 1024);
});

test("compression inside compression is refused", async () => {
  const us = await member();
  const stored = (inner: Uint8Array) => collected(Readable.from([Buffer.from(inner)]).pipe(createDeflate()));
  const once = framed(
    tags.compressed,
    Buffer.concat([Uint8Array.of(2), await stored(literalPacket(Buffer.from("x")))]),
  );
  const twice = framed(tags.compressed, Buffer.concat([Uint8Array.of(2), await stored(once)]));
  const { result } = await opened(await sealedRaw(us.certificate, twice), us, [us.certificate]);
  expect(result).toEqual({ ok: false, error: { type: "NotOpenPgp", why: "packet order" } });
});

test("a deflated stream that breaks off or is nonsense is refused", async () => {
  const us = await member();
  const whole = await collected(Readable.from([Buffer.alloc(10_000, "abc")]).pipe(createDeflate()));
  for (const stream of [whole.subarray(0, 20), Buffer.from("not deflated at all"), Buffer.alloc(0)]) {
    const packet = framed(tags.compressed, Buffer.concat([Uint8Array.of(2), stream]));
    const { result } = await opened(await sealedRaw(us.certificate, packet), us, [us.certificate]);
    expect(result.ok).toBe(false);
  }
});
