// Closing for good through the window: the report is on the screen although the vault was locked by it, and "Done" ends the window.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { rendererFolder } from "../support/build-page.ts";
import { ask, browserHere, testWindow, type TestWindow } from "../support/window.ts";

const here = describe.skipIf(browserHere === undefined);
const patient = { timeout: 240_000 };
const passphrase = "seven lanterns over the northern road";
const vault = "practice";

const openPractice = async (): Promise<TestWindow> => {
  const window = await testWindow({ rendererFolder });
  const made = await ask(window.page, "vault.createPractice", {
    folder: vault,
    person: "Amina Specimen",
    passphrase,
  });
  expect(made).toMatchObject({ ok: true });
  await window.page.reload();
  return window;
};

const closeForGood = async (page: Page, typed: string) => {
  const go = page.getByRole("button", { name: "Close for good" });
  if ((await page.getByLabel("Your passphrase", { exact: true }).count()) === 0) {
    await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Close for good" }).first().click();
    await go.last().click();
  }
  await page.getByLabel("Your passphrase", { exact: true }).fill(typed);
  await page.getByLabel("Type the word").fill("close");
  await go.last().click();
};

here("closing for good", () => {
  test("shows what was destroyed and what was not, until she has read it", patient, async () => {
    await using window = await openPractice();
    const { page, folder, core } = window;
    await page.getByRole("heading", { level: 1 }).waitFor();
    await closeForGood(page, "a wrong passphrase of hers");
    await page.getByRole("alert").waitFor();
    expect(existsSync(join(folder, vault, "keyslots.json"))).toBe(true);

    await closeForGood(page, passphrase);
    await page.getByRole("heading", { name: "It is closed for good" }).waitFor();
    await page.getByText("6 cases can no longer be opened by anybody.").waitFor();
    expect(existsSync(join(folder, vault)) ? readdirSync(join(folder, vault)) : []).toEqual([]);
    // The core is gone while she reads; the page stays.
    await core.exited;
    expect(page.isClosed()).toBe(false);
    expect(await page.getByRole("navigation").count()).toBe(0);

    await page.getByRole("button", { name: "I have what I need" }).click();
    expect(await window.ended).toMatchObject({ why: "locked" });
    expect(page.isClosed()).toBe(true);
  });

  test("closing the window while the report is there ends it", patient, async () => {
    await using window = await openPractice();
    const { page } = window;
    await page.getByRole("heading", { level: 1 }).waitFor();
    await closeForGood(page, passphrase);
    await page.getByRole("heading", { name: "It is closed for good" }).waitFor();
    await page.close();
    expect(await window.ended).toMatchObject({ why: "closed" });
  });

  test("loading the page anew while the report is there ends the window", patient, async () => {
    await using window = await openPractice();
    const { page } = window;
    await page.getByRole("heading", { level: 1 }).waitFor();
    await closeForGood(page, passphrase);
    await page.getByRole("heading", { name: "It is closed for good" }).waitFor();
    await page.keyboard.press("F5");
    await page.evaluate("location.reload()").catch(() => {});
    expect(await window.ended).toMatchObject({ why: "locked" });
  });

  test("a core that is killed meanwhile ends the window", patient, async () => {
    await using window = await openPractice();
    const { page, core } = window;
    await page.getByRole("heading", { level: 1 }).waitFor();
    const closing = ask(page, "vault.closeForGood", { passphrase }).catch(() => undefined);
    process.kill(core.pid ?? 0, "SIGKILL");
    expect(await window.ended).toMatchObject({ why: "core-ended" });
    await closing;
  });
});
