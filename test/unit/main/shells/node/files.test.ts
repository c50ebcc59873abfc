// The real file system behind the Files port: whole or not at all, and errors in the core's words.
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Bytes } from "../../../../../shared/brand.ts";
import { nodeFiles as files } from "../../../../../main/shells/node/files.ts";
import { temporaryFolder } from "../../../../support/ports.ts";

const limit = 1000 as Bytes;
const problem = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: { problem?: string }) => error.problem,
  );

test("replace writes the whole content and leaves no other file", async () => {
  await using home = await temporaryFolder();
  const path = join(home.path, "a");
  await files.replace(path, Buffer.from("one"));
  await files.replace(path, Buffer.from("two"));
  expect(readFileSync(path, "utf8")).toBe("two");
  expect(readdirSync(home.path)).toEqual(["a"]);
  mkdirSync(join(home.path, "folder"));
  expect(await problem(files.replace(join(home.path, "folder"), Buffer.from("x")))).toBe("Broken");
  expect(readdirSync(home.path)).toEqual(["a", "folder"]);
});

test("a draft is seen by nobody until its commit, and is gone when discarded", async () => {
  await using home = await temporaryFolder();
  const draft = await files.draft(home.path);
  await draft.write(Buffer.alloc(200_000, 1));
  await draft.write(Buffer.from("end"));
  expect(readdirSync(home.path)[0]).toMatch(/^\..*\.tmp$/);
  await draft.commit("bundle");
  expect(readdirSync(home.path)).toEqual(["bundle"]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.stream(join(home.path, "bundle"))) chunks.push(chunk);
  expect(chunks.every((chunk) => chunk.length <= 65_536)).toBe(true);
  expect(Buffer.concat(chunks).length).toBe(200_003);
  const other = await files.draft(home.path);
  await other.write(Buffer.from("x"));
  await other.discard();
  await other.discard();
  expect(readdirSync(home.path)).toEqual(["bundle"]);
});

test("list, entry and remove", async () => {
  await using home = await temporaryFolder();
  writeFileSync(join(home.path, "a"), "abc");
  mkdirSync(join(home.path, "b"));
  symlinkSync(join(home.path, "a"), join(home.path, "c"));
  const seen = (await files.list(home.path)).map(({ name, kind }) => `${name} ${kind}`);
  expect(seen.toSorted()).toEqual(["a file", "b folder", "c other"]);
  expect(await files.entry(join(home.path, "a"))).toEqual({ name: "a", kind: "file", size: 3 });
  expect(await files.entry(join(home.path, "none"))).toBeUndefined();
  await files.remove(join(home.path, "c"));
  expect(existsSync(join(home.path, "a"))).toBe(true);
  await files.remove(join(home.path, "b"));
  await files.remove(join(home.path, "none"));
  await files.makeFolder(join(home.path, "d", "e"));
  expect(await problem(files.remove(join(home.path, "d")))).toBe("Exists");
  expect(await files.freeSpace(home.path)).toBeGreaterThan(0);
});

test("errors say what the core can act on", async () => {
  await using home = await temporaryFolder();
  writeFileSync(join(home.path, "a"), Buffer.alloc(1001));
  expect(await problem(files.read(join(home.path, "a"), limit))).toBe("TooLarge");
  expect(await problem(files.read(join(home.path, "none"), limit))).toBe("NotFound");
  expect(await problem(files.list(join(home.path, "a")))).toBe("NotFound");
  expect(await problem(files.draft(join(home.path, "none")))).toBe("NotFound");
  expect(await problem(files.replace("/proc/waypost", Buffer.from("x")))).toMatch(/NotFound|Denied/);
  expect(await problem(files.replace("/dev/full/x", Buffer.from("x")))).toBe("NotFound");
});
