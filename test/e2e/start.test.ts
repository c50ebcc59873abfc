// `npm start`: Electron first, a browser where Electron is not to be had, and a sentence where nothing can be opened.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { PROJECT } from "../support/files.ts";

const folder = mkdtempSync(join(tmpdir(), "waypost-start-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** With these variables, and none of its kind that happens to be set here. */
const start = (variables: Readonly<Record<string, string>>) => {
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { PATH, HOME, TMPDIR, ...variables };
  return spawnSync(process.execPath, ["main/shells/start.ts"], { cwd: PROJECT, encoding: "utf8", env });
};
const lines = (...sentences: readonly string[]) =>
  new RegExp(`^${sentences.map((begins) => `${begins}[^\\n]+\\n`).join("")}$`);

describe.skipIf(process.platform !== "linux")("npm start", () => {
  test("says in a sentence that there is no display", () => {
    const { status, stderr } = start({});
    expect(stderr).toMatch(lines("There is no display "));
    expect(status).toBe(1);
  });

  test("opens Electron first, and a browser where Electron is not to be had or fails", () => {
    const given = join(folder, "given");
    const runtime = (code: number) =>
      writeFileSync(
        join(folder, "electron"),
        `#!/bin/sh\nprintf '%s\\n' "$@" "as-node=$ELECTRON_RUN_AS_NODE" > ${given}\nexit ${code}\n`,
        { mode: 0o755 },
      );
    const variables = {
      DISPLAY: ":no",
      ELECTRON_OVERRIDE_DIST_PATH: folder,
      ELECTRON_RUN_AS_NODE: "1",
      WAYPOST_CHROMIUM: "/no/browser",
    };
    expect(start(variables).stderr).toMatch(lines("Electron's runtime is not here ", "There is no browser "));

    runtime(0);
    expect(start(variables)).toMatchObject({ status: 0, stderr: "" });
    const [program, ...words] = readFileSync(given, "utf8").trim().split("\n");
    expect(program).toBe(join(PROJECT, "dist/app/main/shells/electron/main.mjs"));
    expect(words).toEqual([
      `--node=${process.execPath}`,
      `--page=${join(PROJECT, "dist/renderer")}`,
      "as-node=",
    ]);
    expect(readFileSync(program ?? "", "utf8")).toContain('from "electron"');

    runtime(1);
    const failed = start(variables);
    expect(failed.stderr).toMatch(lines("Electron could not ", "There is no browser "));
    expect(failed.status).toBe(1);
  });
});
