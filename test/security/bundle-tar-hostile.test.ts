// Archives that lead out, link, double, hide or miss entries, or say another size or hash: each refused by name, nothing written.
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  bundleBy,
  certificateOf,
  hex,
  introduceStranger,
  noticeBy,
  sealedBy,
  stranger,
  tar,
  tarEntry,
  type Stranger,
  type TarEntry,
} from "../support/hostile-bundles.ts";
import { put, refuses, twoOffices, type Why } from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
let eve: Stranger;
let good: TarEntry;
beforeAll(async () => {
  made = await twoOffices();
  eve = await stranger();
  await introduceStranger(made, made.network, eve);
  const { fingerprint: recipient } = await certificateOf(made.network);
  const content = await noticeBy(eve, "waypost/acknowledgement/1", {
    author: eve.certificate.fingerprint,
    recipient,
    bundles: [],
    recalls: [],
    at: 1,
  });
  good = { name: "acknowledgement.signed", content };
});
afterAll(() => made[Symbol.asyncDispose]());

const because = (why: string) => ({ type: "EntryRefused", why });
const pax = "30 path=../../outside/of/it\n";
const listed: TarEntry = { name: "README.html", content: "hello" };

const archives: readonly (readonly [string, Why, () => readonly TarEntry[], (() => readonly TarEntry[])?])[] =
  [
    ["up and out", because("name"), () => [{ name: "../outside" }]],
    ["an absolute name", because("name"), () => [{ name: "/etc/passwd" }]],
    ["a dot inside", because("name"), () => [{ name: "a/./b" }]],
    ["a drive letter", because("name"), () => [{ name: "C:\\x" }]],
    ["an empty name", because("name"), () => [{ name: "" }]],
    ["a symbolic link", because("kind"), () => [{ name: "link", flag: "2", link: "/etc/passwd" }]],
    ["a link", because("kind"), () => [{ name: "link", flag: "1", link: "manifest.json" }]],
    ["a device", because("kind"), () => [{ name: "device", flag: "3" }]],
    ["a pipe", because("kind"), () => [{ name: "pipe", flag: "6" }]],
    ["a folder", because("kind"), () => [{ name: "folder", flag: "5" }]],
    ["a name in an extended header", because("kind"), () => [{ name: "x", flag: "x", content: pax }, good]],
    [
      "an extended header of 100 MiB",
      { type: "ArchiveDamaged" },
      () => [{ name: "x", flag: "x", size: 100 * 1024 ** 2 }, good],
    ],
    ["the same twice", because("unlisted"), () => [good, good]],
    ["one not listed", because("unlisted"), () => [good, { name: "more", content: "x" }]],
    ["one behind the padding", because("unlisted"), () => [good, { name: "padding" }, { name: "more" }]],
    ["padding before the end", because("unlisted"), () => [{ name: "padding" }, good]],
    ["one missing", { type: "ArchiveDamaged" }, () => [], () => [good]],
    ["listed twice", because("duplicate"), () => [good, good], () => [good, good]],
    ["in another order", because("unlisted"), () => [good, listed], () => [listed, good]],
    ["another size", because("size"), () => [{ ...good, content: "short" }], () => [good]],
    ["another content", because("hash"), () => [{ ...listed, content: "hullo" }], () => [listed]],
    ["a size beyond the end", because("size"), () => [{ ...good, size: 5_000_000_000 }], () => [good]],
  ];

test.for(archives)("%s", async ([, why, inTar, inManifest = () => [good]]) => {
  const file = await bundleBy(made, eve, made.network, inManifest(), {}, { tar: inTar() });
  await refuses(made.network, file, why);
});

const raw = async (archive: Uint8Array) =>
  put(made, `${hex(4)}.pgp`, await sealedBy(eve, await certificateOf(made.network), archive));

test("a manifest that does not come first, has no signature, is too big, or is no tar at all", async () => {
  const { network } = made;
  await refuses(network, await raw(tar([good])), because("order"));
  await refuses(network, await raw(tar([{ name: "manifest.json", content: "{}" }, good])), because("order"));
  await refuses(network, await raw(tar([{ name: "manifest.json", content: Buffer.alloc(9 * 1024 ** 2) }])), {
    type: "LimitBroken",
    limit: "manifestBytes",
  });
  await refuses(network, await raw(tarEntry({ name: "manifest.json", content: "{}" }).subarray(0, 400)), {
    type: "ArchiveDamaged",
  });
  await refuses(network, await raw(Buffer.alloc(4096, 7)), { type: "ArchiveDamaged" });
  await refuses(network, await raw(Buffer.alloc(0)), { type: "ArchiveDamaged" });
});

test("too many entries", async () => {
  const many = Array.from({ length: 20_010 }, (_, n) => ({ name: `e${n}` }));
  const file = await bundleBy(made, eve, made.network, many.slice(0, 20_001));
  await refuses(made.network, file, { type: "ManifestMalformed" });
});

test("afterwards the same hand's honest bundle is taken", async () => {
  expect(await made.network.take(await bundleBy(made, eve, made.network, [good]))).toMatchObject({
    outcome: "taken",
  });
});
