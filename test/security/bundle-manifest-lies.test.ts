// Manifests that do not say what the message is: another sender, another receiver, another kind of vault, another time, format, kind.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonValue } from "../../shared/signed-text.ts";
import {
  bundleBy,
  certificateOf,
  hex,
  introduceStranger,
  manifestBy,
  noticeBy,
  stranger,
  type Stranger,
  type TarEntry,
} from "../support/hostile-bundles.ts";
import { began, refuses, twoOffices, type Why } from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
let eve: Stranger;
let entries: TarEntry[];
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
  entries = [{ name: "acknowledgement.signed", content }];
});
afterAll(() => made[Symbol.asyncDispose]());

const sender = (more: { readonly [key: string]: JsonValue }): JsonValue => ({
  fingerprint: eve.certificate.fingerprint,
  office: eve.office,
  officeName: "Practice Elsewhere",
  person: "Eve Specimen",
  ...more,
});

const lies: readonly (readonly [string, Why, () => { readonly [key: string]: JsonValue }])[] = [
  [
    "a sender who did not sign",
    { type: "SenderNotSigner" },
    () => ({ sender: sender({ fingerprint: "A".repeat(40) }) }),
  ],
  ["another receiver", { type: "NotForUs" }, () => ({ recipient: eve.certificate.fingerprint })],
  ["no receiver", { type: "NotForUs" }, () => ({ recipient: null })],
  ["a real bundle at a practice vault", { type: "RealBundle" }, () => ({ practice: false })],
  ["expired", { type: "BundleExpired", since: began - 1 }, () => ({ expires: began - 1 })],
  ["a kind nobody knows", { type: "UnknownKind" }, () => ({ kind: "gift" })],
  [
    "a newer format",
    { type: "NewerFormat", format: "waypost/manifest/2" },
    () => ({ format: "waypost/manifest/2" }),
  ],
  ["no format", { type: "ManifestMalformed" }, () => ({ format: "other" })],
  ["a field too many", { type: "ManifestMalformed" }, () => ({ extra: 1 })],
  [
    "a name that turns the line around",
    { type: "ManifestMalformed" },
    () => ({ sender: sender({ person: "Eve \u202Eadnil" }) }),
  ],
  [
    "a name of 10,000 characters",
    { type: "ManifestMalformed" },
    () => ({ sender: sender({ officeName: "x".repeat(10_000) }) }),
  ],
  [
    "a path that leads out",
    { type: "ManifestMalformed" },
    () => ({ entries: [{ name: "../x", size: 0, sha256: "0".repeat(64) }] }),
  ],
  [
    "the number 0",
    { type: "ManifestMalformed" },
    () => ({ number: { opening: hex(16), parent: null, number: 0, forRecipient: 1 } }),
  ],
];

test.for(lies)("%s", async ([, why, lie]) => {
  await refuses(made.network, await bundleBy(made, eve, made.network, entries, lie()), why);
});

test("a manifest signed over another text, and one nested beyond reading", async () => {
  const honest = manifestBy(eve, (await certificateOf(made.network)).fingerprint, entries);
  await refuses(made.network, await bundleBy(made, eve, made.network, entries, {}, { signed: honest }), {
    type: "SignatureBad",
  });
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const tar = [{ name: "manifest.json", content: deep }, ...entries];
  const file = await bundleBy(made, eve, made.network, entries, {}, { tar });
  await refuses(made.network, file, { type: "EntryRefused", why: "unlisted" });
});

test("an honest one by the same hand is taken", async () => {
  expect(await made.network.take(await bundleBy(made, eve, made.network, entries))).toMatchObject({
    outcome: "taken",
    kind: "acknowledgement",
  });
});
