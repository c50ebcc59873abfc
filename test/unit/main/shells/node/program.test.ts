// A program is found beside the file that asks: in source, in a build, and unpacked beside a package's archive.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { modulesOf, program } from "../../../../../main/shells/node/program.ts";

test.each([
  ["file:///a/waypost/main/shells/node/start-core.ts", "file:///a/waypost/main/shells/node/core-entry.ts"],
  [
    "file:///a/dist/app/main/shells/node/start-core.mjs",
    "file:///a/dist/app/main/shells/node/core-entry.mjs",
  ],
  [
    "file:///C:/Files%20Desk/resources/app.asar/main/shells/node/start-core.mjs",
    "file:///C:/Files%20Desk/resources/app.asar.unpacked/main/shells/node/core-entry.mjs",
  ],
])("from %s", (from, found) => {
  expect(program("core-entry", from).href).toBe(found);
});

test("its modules lie in its own folder, or further up", () => {
  const folder = mkdtempSync(join(tmpdir(), "waypost-modules-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    mkdirSync(join(folder, "dist/app"), { recursive: true });
    expect(modulesOf(join(folder, "dist/app"))).toBe(join(folder, "node_modules"));
    mkdirSync(join(folder, "dist/app/node_modules"));
    expect(modulesOf(join(folder, "dist/app"))).toBe(join(folder, "dist/app/node_modules"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
