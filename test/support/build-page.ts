// The page as it is shipped, built before the tests that open it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { PROJECT } from "./files.ts";

export const rendererFolder = join(PROJECT, "dist/renderer");

/** Called by the test runner once, before any test of the project that names this file. */
export function setup(): void {
  const vite = join(PROJECT, "node_modules/vite/bin/vite.js");
  const built = spawnSync(process.execPath, [vite, "build", "--logLevel", "error"], {
    cwd: PROJECT,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (built.status !== 0) throw new Error("the page could not be built");
}
