// `npm start`: Electron first, a browser where Electron is not to be had, and a sentence where nothing can be opened.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { displayHere, openDisplay } from "../support/display.ts";
import { PROJECT } from "../support/files.ts";
import { watchFamily } from "../support/traces.ts";
import { browserHere } from "../support/window.ts";

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

  test.skipIf(browserHere === undefined || !displayHere)(
    "opens the window of a browser with its core behind it, built, until it is told to end",
    { timeout: 120_000 },
    async () => {
      await using display = await openDisplay();
      const { PATH, HOME, TMPDIR } = process.env;
      const env = { PATH, HOME, TMPDIR, DISPLAY: display.name };
      const child = spawn(process.execPath, ["main/shells/start.ts"], { cwd: PROJECT, env, stdio: "ignore" });
      const gone = once(child, "exit");
      using family = watchFamily(child.pid ?? 0);
      const commands = () =>
        family.alive().map((pid) => {
          try {
            return readFileSync(`/proc/${pid}/cmdline`, "latin1");
          } catch {
            return "";
          }
        });
      for (const runs of ["dist/app/main/shells/node/core-entry.mjs", "--type=renderer"])
        await expect
          .poll(() => commands().some((command) => command.includes(runs)), { timeout: 90_000 })
          .toBe(true);
      child.kill("SIGTERM");
      expect(await gone).toEqual([0, null]);
      expect(family.alive()).toEqual([]);
    },
  );
});
