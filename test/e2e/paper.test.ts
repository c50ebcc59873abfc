// Papers through the window: the call sheet is covered until it is asked for, looked at, and lies as a PDF where she chose.
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { askingIn } from "../support/beside.ts";
import { openPractice } from "../support/practice.ts";
import { browserHere } from "../support/window.ts";

const here = describe.skipIf(browserHere === undefined);

here("the call sheet", () => {
  test(
    "is reached from the case, covered first, and printed into a folder",
    { timeout: 240_000 },
    async () => {
      await using window = await openPractice();
      const { page, folder } = window;
      const ask = askingIn(window);
      mkdirSync(join(folder, "USB"));
      const { case: of, code } = await ask("cases.create", {
        reason: "taken in",
        edits: [
          {
            section: { kind: "reach" },
            edits: [
              { path: ["contact", "wish"], set: "not-until" },
              { path: ["ifAnotherAnswers"], set: "Ask for the dentist." },
            ],
          },
          { section: { kind: "identity" }, edits: [{ path: ["title"], set: "Professor" }] },
        ],
      });
      await page.reload();
      await page.keyboard.press("g");
      await page.keyboard.press("c");
      await page.getByText(code, { exact: true }).first().click();
      await page.getByRole("heading", { level: 1, name: code }).waitFor();
      await page.keyboard.press("p");
      await page.getByRole("heading", { level: 1, name: "Call sheet" }).waitFor();
      expect(await page.locator("iframe").count()).toBe(0);
      await page.getByRole("button", { name: "Show names" }).click();
      const paper = page.frameLocator("iframe");
      await paper.getByText("Ask for the dentist.").waitFor();
      await paper.getByText(code).first().waitFor();
      expect(await paper.getByText("Professor").count()).toBe(0);
      await page.getByRole("button", { name: "Save as PDF…" }).click();
      await page.getByRole("option", { name: /^USB/ }).click();
      await page.getByRole("heading", { level: 3, name: "USB" }).waitFor();
      await page.getByRole("button", { name: "Use this folder" }).click();
      await page.getByText("It is not locked: whoever finds it can read it.").waitFor({ timeout: 90_000 });
      const [file = "", ...others] = readdirSync(join(folder, "USB"));
      expect(others).toEqual([]);
      expect(file).toMatch(/^[0-9a-f]{20}\.pdf$/);
      expect(
        readFileSync(join(folder, "USB", file))
          .subarray(0, 5)
          .toString(),
      ).toBe("%PDF-");
      expect((await ask("paper.callSheet", { case: of })).html).toContain("@page");
      expect(JSON.stringify(await ask("audit.read", { case: of }))).toContain("paper-printed");
    },
  );
});
