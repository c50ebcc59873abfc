// Manifests are read strictly: a newer format and an unknown kind are told from damage, names inside the archive lead nowhere.
import { expect, test } from "vitest";
import { limits } from "../../../../shared/bundle/limits.ts";
import { EntryName, type Manifest } from "../../../../shared/bundle/manifest.ts";
import { manifestText, readManifest } from "../../../../shared/bundle/notices.ts";
import { err } from "../../../../shared/result.ts";

const id = "0123456789abcdef0123456789abcdef";
const fingerprint = "A".repeat(40);
const honest = {
  format: "waypost/manifest/1",
  id,
  kind: "share",
  practice: true,
  sender: { fingerprint, office: id, officeName: "Practice Mission", person: "Ada Specimen" },
  recipient: fingerprint,
  number: { opening: id, parent: null, number: 1, forRecipient: 1 },
  made: 1,
  expires: 2,
  algorithms: { profile: "compatible" },
  entries: [],
};
const read = (manifest: unknown, text = manifestText(manifest as Manifest)) =>
  readManifest(Buffer.from(text), (bytes) => Buffer.from(bytes).toString());

test("what was written is read", () => {
  expect(read(honest)).toEqual({ ok: true, value: honest });
});

test.for([
  [
    { ...honest, format: "waypost/manifest/2", unheard: 1 },
    { type: "NewerFormat", format: "waypost/manifest/2" },
  ],
  [{ ...honest, kind: "gift" }, { type: "UnknownKind" }],
  [{ ...honest, kind: "gift", made: -1 }, { type: "ManifestMalformed" }],
  [{ ...honest, more: 1 }, { type: "ManifestMalformed" }],
  [{ ...honest, sender: { ...honest.sender, person: "Ada\u202E" } }, { type: "ManifestMalformed" }],
  [{ ...honest, sender: { ...honest.sender, person: "" } }, { type: "ManifestMalformed" }],
  [{ ...honest, recipient: "a".repeat(40) }, { type: "ManifestMalformed" }],
  [[], { type: "ManifestMalformed" }],
] as const)("%#", ([manifest, error]) => {
  expect(read(manifest)).toEqual(err(error));
});

test("no canonical text, no text at all, and a text that is too long", () => {
  const malformed = err({ type: "ManifestMalformed" });
  expect(read(honest, JSON.stringify(honest, undefined, 1))).toEqual(malformed);
  expect(read(honest, "{")).toEqual(malformed);
  expect(readManifest(Buffer.from("{}"), () => undefined)).toEqual(malformed);
  expect(readManifest(new Uint8Array(limits.manifestBytes + 1), () => "{}")).toEqual(malformed);
});

test("names inside the archive", () => {
  const good = ["README.html", `parts/${id}/${id}.parts`, "a/b/c/d"];
  const bad = [
    "",
    "..",
    "../x",
    "/x",
    "a//b",
    "a/",
    ".hidden",
    "a/.b",
    "a\\b",
    "C:x",
    "a b",
    "a\0",
    "a/b/c/d/e",
    "ä",
    "x".repeat(121),
  ];
  expect(good.filter((name) => !EntryName.safeParse(name).success)).toEqual([]);
  expect(bad.filter((name) => EntryName.safeParse(name).success)).toEqual([]);
});
