// What a task bar, a window list or a passer-by is told by the window's own name and class: nothing of what it is, or of whom.
import { spawnSync } from "node:child_process";
import { describe, expect, test, vi } from "vitest";
import { displayHere, openDisplay } from "../support/display.ts";
import { answer } from "../support/journey.ts";
import { openPractice } from "../support/practice.ts";
import { browserHere } from "../support/window.ts";

const listHere = spawnSync("xwininfo", ["-version"]).error === undefined;
if (!listHere)
  console.log("skipped: no xwininfo here (in Debian's x11-utils) to list the windows of a display");

/** Name and class of each window on this display that has either. */
const windowsOn = (display: string): readonly (readonly [string, string])[] =>
  spawnSync("xwininfo", ["-root", "-tree", "-display", display], { encoding: "utf8" })
    .stdout.split("\n")
    .flatMap((line) => {
      const [, name, ofClass] = /^\s+0x[0-9a-f]+ (?:"(.*)"|\(has no name\)): \((.*?)\)\s/.exec(line) ?? [];
      return name === undefined && (ofClass ?? "") === "" ? [] : [[name ?? "", ofClass ?? ""] as const];
    });

describe.skipIf(browserHere === undefined || !displayHere || !listHere)("the window on a display", () => {
  test(
    "is called by a word that says nothing, at the door and with a case open",
    { timeout: 180_000 },
    async () => {
      await using display = await openDisplay();
      vi.stubEnv("DISPLAY", display.name);
      try {
        await using window = await openPractice({ headless: false });
        const { page } = window;
        expect(windowsOn(display.name)).toContainEqual(["Files", expect.stringMatching(/ "files"$/)]);
        await page.getByRole("navigation").first().getByRole("button", { name: "Cases" }).click();
        await page
          .getByText(/^[A-Z]\d-/)
          .first()
          .click();
        await page.getByRole("tab").first().waitFor();
        const { cases } = await answer<{ cases: readonly { code: string }[] }>(page, "cases.list");
        const windows = windowsOn(display.name);
        expect(windows).toContainEqual(["Files", expect.stringMatching(/ "files"$/)]);
        const said = windows.flat().join("\n");
        expect(said).not.toMatch(/waypost|practice|specimen/i);
        expect(cases.filter(({ code }) => said.includes(code))).toEqual([]);
      } finally {
        vi.unstubAllEnvs();
      }
    },
  );
});
