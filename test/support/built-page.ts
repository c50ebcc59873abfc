// The built page for tests that look at real screens: each test file builds its own, so that no other test empties it meanwhile.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { PROJECT } from "./files.ts";

let built: string | undefined;
afterAll(() => {
  if (built !== undefined) rmSync(built, { recursive: true, force: true });
  built = undefined;
});

/** The folder with the renderer as `npm run build` makes it; gone after the tests of the file that asks. */
export function builtPage(): string {
  if (built !== undefined) return built;
  const folder = mkdtempSync(join(tmpdir(), "waypost-page-"));
  const vite = join(PROJECT, "node_modules/vite/bin/vite.js");
  const { status } = spawnSync(
    process.execPath,
    [vite, "build", "--logLevel", "error", "--outDir", folder, "--emptyOutDir"],
    { cwd: PROJECT, stdio: ["ignore", "ignore", "inherit"] },
  );
  if (status !== 0) throw new Error("the page could not be built");
  built = folder;
  return folder;
}
