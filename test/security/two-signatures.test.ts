// One good signature beside another one, bad, unknown or good, refuses all: sealed, introduced or detached.
import { beforeAll, expect, test } from "vitest";
import { framed, tags } from "../../main/core/pgp/framing.ts";
import { openIntroduction, verify } from "../../main/core/pgp/index.ts";
import { at, member, opened, sealedRaw, signedPackets } from "../support/pgp.ts";
import type { TestMember } from "../support/pgp.ts";

let us: TestMember;
let friend: TestMember;
let stranger: TestMember;
const kind = "waypost/statement/1";
const signed = Buffer.from(`${kind}\nnumber 1\n`);

beforeAll(async () => {
  [us, friend, stranger] = await Promise.all([member(), member(), member()]);
});

test.for([
  ["a stranger's", () => [friend.key, stranger.key]],
  ["a stranger's first", () => [stranger.key, friend.key]],
  ["another friend's", () => [friend.key, us.key]],
  ["the same one's", () => [friend.key, friend.key]],
] as const)("sealed: a second signature, %s", async ([, keys]) => {
  const message = await sealedRaw(us.certificate, await signedPackets(signed, [...keys()]));
  const { result } = await opened(message, us, [us.certificate, friend.certificate]);
  expect(result).toEqual({ ok: false, error: { type: "SignatureCount" } });
});

test("sealed: one announced, a second one appended", async () => {
  const one = await signedPackets(signed, [friend.key]);
  const other = await stranger.signer.sign(kind, signed);
  const { result } = await opened(await sealedRaw(us.certificate, Buffer.concat([one, other])), us, [
    friend.certificate,
  ]);
  expect(result).toEqual({ ok: false, error: { type: "SignatureCount" } });
});

test("introduction: signed twice", async () => {
  const twice = await signedPackets(Buffer.from(us.certificate.armored), [us.key, stranger.key]);
  const certificateIn = (content: Uint8Array) => Buffer.from(content).toString();
  expect(await openIntroduction(twice, { at, certificateIn })).toEqual({
    ok: false,
    error: { type: "SignatureCount" },
  });
});

test("detached: anything beside the one signature", async () => {
  const good = await friend.signer.sign(kind, signed);
  const certificates = [friend.certificate, us.certificate];
  const check = (signature: Uint8Array) => verify({ kind, signed, signature, certificates });
  expect((await check(good)).ok).toBe(true);
  const bad = Buffer.from(good);
  bad[bad.length - 1] = (bad.at(-1) ?? 0) ^ 1;
  const marker = framed(tags.marker, Buffer.from("PGP"));
  for (const beside of [good, bad, await stranger.signer.sign(kind, signed), marker, Buffer.from([0])]) {
    expect(await check(Buffer.concat([good, beside]))).toEqual({
      ok: false,
      error: { type: "SignatureCount" },
    });
    expect((await check(Buffer.concat([beside, good]))).ok).toBe(false);
  }
  expect(await check(bad)).toEqual({ ok: false, error: { type: "SignatureBad" } });
  expect(await check(await stranger.signer.sign(kind, signed))).toEqual({
    ok: false,
    error: { type: "SignerUnknown" },
  });
});
