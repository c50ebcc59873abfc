// A stranger's picture is read only in a disposable process: bombs, other files, other people's codes verify nothing.
import { spawnSync } from "node:child_process";
import sharp from "sharp";
import { toString } from "qrcode";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeDecoder, pictureFlags } from "../../main/shells/node/decoder.ts";
import { svgOf } from "../support/code.ts";
import { put, twoOffices, untouched } from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
let hers: Buffer;
let ours: Buffer;
const drawn = (svg: string) => sharp(Buffer.from(svg)).resize(600).png().toBuffer();
beforeAll(async () => {
  made = await twoOffices();
  hers = await drawn(svgOf(await made.network.ask("contacts.ownQr", {})));
  ours = await drawn(svgOf(await made.mission.ask("contacts.ownQr", {})));
});
afterAll(() => made[Symbol.asyncDispose]());

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#777" } });
const photographed = async () => {
  const turned = await sharp(hers).rotate(17, { background: "#ddd" }).toBuffer();
  const noise = await sharp({
    create: {
      width: 1_100,
      height: 1_000,
      channels: 3,
      background: "#000",
      noise: { type: "gaussian", mean: 128, sigma: 50 },
    },
  })
    .png()
    .toBuffer();
  return plain(1_100, 1_000)
    .composite([
      { input: turned, left: 200, top: 100 },
      { input: noise, blend: "soft-light" },
    ])
    .jpeg({ quality: 60 })
    .toBuffer();
};
const asked = (file: string) => ({ contact: made.toNetwork, file, how: "code-picture" as const });

test.each([
  ["a PNG as it is drawn", async () => hers],
  ["a photograph, turned, with noise, as JPEG", photographed],
  [
    "small in a large picture",
    () =>
      plain(3_000, 2_500)
        .composite([{ input: hers, left: 1_900, top: 1_500 }])
        .webp()
        .toBuffer(),
  ],
])("her code verifies her: %s", async (_, picture) => {
  const { mission } = made;
  const file = put(made, "photo.jpg", await picture());
  const { contact } = await mission.ask("contacts.verifyQr", asked(file));
  expect(contact).toMatchObject({ contact: made.toNetwork, trust: "verified", trustHow: "code-picture" });
});

test.each<readonly [string, string, () => Promise<Uint8Array | string>]>([
  ["OtherCertificate", "another person's code", async () => ours],
  ["NoCodeInPicture", "a picture without a code", () => plain(500, 500).png().toBuffer()],
  [
    "NoCodeInPicture",
    "a code of something else",
    async () => drawn(await toString("https://example.org", { type: "svg" })),
  ],
  [
    "PictureUnreadable",
    "a hundred million points in a small file",
    () => plain(10_000, 10_000).png().toBuffer(),
  ],
  ["PictureUnreadable", "text", async () => "not a picture"],
  ["PictureUnreadable", "an empty file", async () => ""],
  [
    "PictureUnreadable",
    "a drawing, which could name other files",
    async () => svgOf(await made.network.ask("contacts.ownQr", {})),
  ],
  ["PictureUnreadable", "a picture cut off", async () => hers.subarray(0, 400)],
  [
    "PictureUnreadable",
    "a file beyond the limit",
    async () => Buffer.concat([hers, Buffer.alloc(25 * 1024 * 1024)]),
  ],
])("%s: %s", async (type, _, picture) => {
  const { mission } = made;
  const file = put(made, "photo.png", await picture());
  expect(await untouched(mission, () => mission.refused("contacts.verifyQr", asked(file)))).toEqual({ type });
});

describe("its process", () => {
  test("is ended when it takes too long", async () => {
    expect(await nodeDecoder({ time: 1 }).code(hers)).toEqual({
      ok: false,
      error: { type: "DecoderFailed", why: "time" },
    });
  });

  test.each([
    ["reading outside the program", 'require("node:fs").readFileSync("/etc/hostname")'],
    ["writing", 'require("node:fs").writeFileSync(require("node:os").tmpdir() + "/waypost-picture", "x")'],
    ["children", 'require("node:child_process").execFileSync("true")'],
    ["workers", 'new (require("node:worker_threads").Worker)("1", { eval: true })'],
  ])("may not: %s", (_, code) => {
    const { status, stderr } = spawnSync(process.execPath, [...pictureFlags(64), "-e", code], { env: {} });
    expect(status).not.toBe(0);
    expect(stderr.toString()).toMatch(/ERR_ACCESS_DENIED/);
  });
});
