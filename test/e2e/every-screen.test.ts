// Every screen of a practice office: nothing axe complains of, in each dress and from right to left, and a silent console.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { rendererFolder } from "../support/build-page.ts";
import { complaintsOf, walk } from "../support/screens.ts";
import { browserHere, testWindow } from "../support/window.ts";

const here = describe.skipIf(browserHere === undefined);
const patient = { timeout: 1_200_000 };
/** A screen is judged once it stands; on a busy machine that takes a moment. */
const settling = { timeout: 20_000, interval: 500 };
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe finds on the screen as it is now. A paper in its frame is the paper's, which has a test of its own. An option that is
 * described besides has two texts in sight, of which only one is its name.
 */
const found = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  return await page.evaluate(async () => {
    type Axe = {
      run: (
        context: object,
        options: object,
      ) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    };
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(
      { exclude: [["iframe"]] },
      { iframes: false },
    );
    const described = /^<div[^>]* role="option"[^>]* aria-describedby=/;
    return violations.flatMap(({ id, nodes }) =>
      nodes.flatMap(({ html }) =>
        id === "label-content-name-mismatch" && described.test(html) ? [] : [`${id}: ${html.slice(0, 160)}`],
      ),
    );
  });
};
const dress = async (page: Page, theme: string) =>
  await page.evaluate(`document.documentElement.dataset.theme = ${JSON.stringify(theme)}`);

here("every screen", () => {
  test("in light, dark and high contrast", patient, async () => {
    await using window = await testWindow({ rendererFolder });
    const { page } = window;
    const said = complaintsOf(page);
    const seen: string[] = [];
    await walk(window, async (name) => {
      seen.push(name);
      for (const theme of ["light", "dark", "contrast"]) {
        await dress(page, theme);
        await expect.poll(() => found(page), { ...settling, message: `${name}, ${theme}` }).toEqual([]);
      }
      if (name === "settings-about") {
        expect(await page.locator("a[href]").count()).toBe(0);
        await page.getByRole("button", { name: "Show: licence of react", exact: true }).click();
        await page.getByText("Permission is hereby granted, free of charge").waitFor();
      }
    });
    expect(new Set(seen).size).toBeGreaterThan(35);
    expect(said).toEqual([]);
  });

  test("from right to left, in a language a third longer", patient, async () => {
    await using window = await testWindow({ rendererFolder });
    const { page } = window;
    const said = complaintsOf(page);
    await walk(
      window,
      async (name) => {
        await expect.poll(() => found(page), { ...settling, message: name }).toEqual([]);
        const wide = await page.evaluate<boolean>(
          "document.documentElement.scrollWidth > document.documentElement.clientWidth",
        );
        expect([name, wide]).toEqual([name, false]);
      },
      "ar-XB",
    );
    expect(said).toEqual([]);
  });
});
