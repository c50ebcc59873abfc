// Choosing a folder: what is shown of it, what is left out, how long a token is good, and the one thing remembered.
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createPlaces } from "../../../../../main/shells/node/places.ts";
import { createTokens } from "../../../../../main/shells/node/tokens.ts";
import { laptop, newVault } from "../../../../support/laptop.ts";
import { temporaryFolder } from "../../../../support/ports.ts";

async function home() {
  const folder = await temporaryFolder();
  const at = (...path: readonly string[]) => join(folder.path, ...path);
  for (const name of ["home/Documents", "drive"]) mkdirSync(at(name), { recursive: true });
  const tokens = createTokens();
  const system = {
    home: at("home"),
    settings: at("settings"),
    documents: async () => at("home/Documents"),
    drives: async () => [at("drive")],
  };
  const places = createPlaces(tokens, system);
  const list = async (token?: string, want: "file" | "folder" = "file") => {
    const listed = await places.list({ want, ...(token === undefined ? {} : { at: token }) });
    if (!listed.ok) throw new Error(listed.error.type);
    return listed.value;
  };
  return { at, tokens, places, list, system, [Symbol.asyncDispose]: folder[Symbol.asyncDispose] };
}
const named = (entries: readonly { readonly name: string; readonly token: string }[], name: string) => {
  const found = entries.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`${name} is not shown`);
  return found.token;
};
const root = process.getuid?.() === 0;

test("it begins in the documents, with home and drives beside, and no answer holds a path", async () => {
  await using on = await home();
  writeFileSync(on.at("home/Documents/b10.txt"), "x".repeat(10));
  writeFileSync(on.at("home/Documents/b9.txt"), "");
  mkdirSync(on.at("home/Documents/z"));
  const shown = await on.list();
  expect(shown.here).toMatchObject({ name: "Documents", kind: "documents", holds: "other", writable: true });
  expect(shown.here.free).toBeGreaterThan(0);
  expect(shown.roots.map(({ name, kind }) => [name, kind])).toEqual([
    ["home", "home"],
    ["Documents", "documents"],
    ["drive", "drive"],
  ]);
  expect(shown.entries.map(({ name, kind, size }) => [name, kind, size])).toEqual([
    ["z", "folder", undefined],
    ["b9.txt", "file", 0],
    ["b10.txt", "file", 10],
  ]);
  expect(JSON.stringify(shown)).not.toContain(on.at());
  expect((await on.list(undefined, "folder")).entries.map(({ name }) => name)).toEqual(["z"]);
});

test("vaults and backups are known by what lies in them, empty folders by nothing", async () => {
  await using on = await home();
  await using core = laptop(on.at("drive"));
  await newVault(core, "one");
  await core.ask("vault.backup", { folder: "two" });
  await core.close();
  mkdirSync(on.at("drive/three"));
  writeFileSync(on.at("drive/three/notes.txt"), "");
  const { roots } = await on.list();
  const { entries, here } = await on.list(named(roots, "drive"));
  expect(here.kind).toBe("drive");
  expect(entries.map(({ name, holds }) => [name, holds])).toEqual([
    ["one", "vault"],
    ["three", undefined],
    ["two", "backup"],
  ]);
  for (const [name, holds] of [
    ["one", "vault"],
    ["two", "backup"],
    ["three", "other"],
  ] as const) {
    const drive = await on.list(named((await on.list()).roots, "drive"));
    expect((await on.list(named(drive.entries, name))).here.holds).toBe(holds);
  }
  rmSync(on.at("drive/three/notes.txt"));
});

test("hidden things and links to nowhere are left out; an unreadable folder is shown and not opened", async () => {
  await using on = await home();
  for (const name of [".config", "closed", "System Volume Information"]) mkdirSync(on.at("home", name));
  symlinkSync(on.at("gone"), on.at("home/broken"));
  chmodSync(on.at("home/closed"), 0o000);
  const { roots } = await on.list();
  const { entries } = await on.list(named(roots, "home"));
  expect(entries.map(({ name }) => name)).toEqual(["closed", "Documents"]);
  if (!root) {
    const refused = await on.places.list({ at: named(entries, "closed"), want: "file" });
    expect(refused).toEqual({ ok: false, error: { type: "FileUnreadable" } });
  }
  chmodSync(on.at("home/closed"), 0o700);
  const inside = await on.list(named(entries, "closed"));
  expect(inside.here.holds).toBe("nothing");
  expect((await on.list(inside.up)).here.name).toBe("home");
});

test("a folder that is gone, and a drive that was pulled out, are missing", async () => {
  await using on = await home();
  const { roots } = await on.list();
  const drive = named(roots, "drive");
  rmSync(on.at("drive"), { recursive: true });
  expect(await on.places.list({ at: drive, want: "folder" })).toEqual({
    ok: false,
    error: { type: "FileMissing" },
  });
});

test("a shown token is good for any number of takings, until two other folders were listed", async () => {
  await using on = await home();
  const { roots, here } = await on.list();
  const taken = { ok: true, value: { path: on.at("home/Documents"), name: "Documents" } };
  expect(await on.tokens.take(here.token)).toEqual(taken);
  await on.list(named(roots, "home"));
  expect(await on.tokens.take(here.token)).toEqual(taken);
  await on.list();
  expect(await on.tokens.take(here.token)).toEqual({ ok: false, error: { type: "UnknownFile" } });
});

test("a place that is held stays good whatever is listed after it", async () => {
  await using on = await home();
  const { here } = await on.list();
  const held = await on.places.hold({ token: here.token });
  if (!held.ok) throw new Error(held.error.type);
  await on.list();
  await on.list();
  const taken = { ok: true, value: { path: on.at("home/Documents"), name: "Documents" } };
  expect(await on.tokens.take(held.value.token)).toEqual(taken);
  expect(await on.tokens.take(held.value.token)).toEqual(taken);
  expect(await on.places.hold({ token: here.token })).toEqual({ ok: false, error: { type: "UnknownFile" } });
});

test("more than a thousand entries are counted, not listed", async () => {
  await using on = await home();
  for (let n = 0; n < 1_003; n++) writeFileSync(on.at("home/Documents", `${n}.txt`), "");
  const { entries, more } = await on.list();
  expect([entries.length, more, entries[999]?.name]).toEqual([1_000, 3, "999.txt"]);
});

test("a new folder is this person's alone and can be taken at once", async () => {
  await using on = await home();
  const { here } = await on.list();
  const made = await on.places.makeFolder({ at: here.token, name: "Vault of ours" });
  if (!made.ok) throw new Error(made.error.type);
  const path = on.at("home/Documents/Vault of ours");
  expect(await on.tokens.take(made.value.token)).toMatchObject({ value: { path } });
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(await on.places.makeFolder({ at: here.token, name: "Vault of ours" })).toEqual({
    ok: false,
    error: { type: "FolderThere" },
  });
});

test.each(["..", ".hidden", "a/b", "a\\b", "a:b", "nul", "LPT1.txt", "end.", "end ", " begin", "a\nb"])(
  "%j is no name for a folder",
  async (name) => {
    await using on = await home();
    const { here } = await on.list();
    expect(await on.places.makeFolder({ at: here.token, name })).toEqual({
      ok: false,
      error: { type: "FolderNameInvalid" },
    });
    expect(readdirSync(on.at("home/Documents"))).toEqual([]);
  },
);

test("the vault opened last is remembered by its path alone, and no longer where it is gone", async () => {
  await using on = await home();
  expect(await on.places.last()).toEqual({});
  for (const name of ["one", "two"]) {
    mkdirSync(on.at("home", name));
    writeFileSync(on.at("home", name, "keyslots.json"), "{}");
    await on.places.opened(on.at("home", name));
  }
  const file = on.at("settings/waypost/last-vault.json");
  expect(readdirSync(on.at("settings/waypost"))).toEqual(["last-vault.json"]);
  expect(JSON.parse(readFileSync(file, "utf8"))).toBe(on.at("home/two"));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { vault } = await createPlaces(on.tokens, on.system).last();
  expect(vault).toMatchObject({ name: "two" });
  // A mistyped passphrase takes the token, and the next one takes it again.
  for (const _ of [1, 2]) expect(await on.tokens.take(vault?.token ?? "")).toMatchObject({ ok: true });
  await on.places.closed(on.at("home/one"));
  expect(await on.places.last()).toMatchObject({ vault: { name: "two" } });
  rmSync(on.at("home/two"), { recursive: true });
  expect(await on.places.last()).toEqual({});
  await on.places.closed(on.at("home/two"));
  expect(readdirSync(on.at("settings/waypost"))).toEqual([]);
});

test("a settings folder that cannot be written stops nobody's work", async () => {
  await using on = await home();
  writeFileSync(on.at("settings"), "a file where the folder should be");
  await on.places.opened(on.at("home"));
  expect(await on.places.last()).toEqual({});
});

test("through the core: a folder that a synchroniser keeps is said to be one", async () => {
  await using on = await home();
  mkdirSync(on.at("home/Documents/Dropbox"));
  await using core = laptop(on.at(), { tokens: on.tokens, places: on.places });
  const shown = await core.ask("places.list", { want: "folder" });
  expect(shown.here.synced).toBe(false);
  const inside = await core.ask("places.list", { at: named(shown.entries, "Dropbox"), want: "folder" });
  expect(inside.here.synced).toBe(true);
  await core.ask("places.makeFolder", { at: shown.here.token, name: "vault" });
  const again = await core.ask("places.list", { want: "folder" });
  await newVault(core, named(again.entries, "vault"));
  expect(await core.ask("places.last", {})).toMatchObject({ vault: { name: "vault" } });
});
