// What is sealed but not signed, or signed in another way than asked, never counts as received.
import { beforeAll, expect, test } from "vitest";
import { byteReader, packetHeader, smallBody } from "../../main/core/pgp/framing.ts";
import { at, literalPacket, member, opened, pieces, sealedRaw, signedPackets } from "../support/pgp.ts";
import { openpgp } from "../../main/core/pgp/openpgp.ts";
import type { TestMember } from "../support/pgp.ts";

let us: TestMember;
beforeAll(async () => {
  us = await member();
});

const content = Buffer.from("content");
const refusalOf = async (packets: Uint8Array) =>
  (await opened(await sealedRaw(us.certificate, packets), us, [us.certificate])).result;

/** The three packets of a signed message, each with its header. */
async function parts(): Promise<Uint8Array[]> {
  const whole = await signedPackets(content, [us.key]);
  const reader = byteReader(pieces(whole));
  const found: Uint8Array[] = [];
  let start = 0;
  for (let header = await packetHeader(reader); header !== undefined; header = await packetHeader(reader)) {
    const size = (await smallBody(reader, header, 10_000)).length;
    const headerSize = size < 192 ? 2 : 3;
    found.push(whole.subarray(start, start + headerSize + size));
    start += headerSize + size;
  }
  return found;
}

test("a document without a signature", async () => {
  expect(await refusalOf(literalPacket(content))).toEqual({ ok: false, error: { type: "NotSigned" } });
});

test("a signature announced and never given; given and never announced; put first; of nothing", async () => {
  const [announced, document, signature] = await parts();
  if (announced === undefined || document === undefined || signature === undefined)
    throw new Error("three packets");
  expect((await refusalOf(Buffer.concat([announced, document, signature]))).ok).toBe(true);
  for (const packets of [
    [announced, document],
    [document, signature],
    [signature, document],
    [announced, signature],
    [announced, document, document, signature],
    [announced, document, signature, document],
    [],
  ]) {
    expect((await refusalOf(Buffer.concat(packets))).ok).toBe(false);
  }
});

test("a text signature, whose line ends can be changed unseen", async () => {
  const message = await openpgp.createMessage({ text: "a\nb", date: new Date(0) });
  const options = { message, signingKeys: us.key, format: "binary", date: new Date(at) } as const;
  const packets = (await openpgp.sign(options)) as unknown as Uint8Array;
  expect(await refusalOf(packets)).toEqual({
    ok: false,
    error: { type: "NotOpenPgp", why: "packet form" },
  });
});

test("signed and not sealed at all", async () => {
  const { result } = await opened(await signedPackets(content, [us.key]), us, [us.certificate]);
  expect(result).toEqual({ ok: false, error: { type: "NotEncrypted" } });
});
