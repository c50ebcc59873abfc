// Bad input at the window: megabytes, a thousand rows, hidden signs, a misread passport, a folder that is gone; each is told, and what stood before stands.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { rendererFolder } from "../support/build-page.ts";
import { ask, browserHere, testWindow, type TestWindow } from "../support/window.ts";

const here = describe.skipIf(browserHere === undefined);
const patient = { timeout: 300_000 };

const openPractice = async (): Promise<TestWindow> => {
  const window = await testWindow({ rendererFolder });
  const made = await ask(window.page, "vault.createPractice", {
    folder: "practice",
    person: "Amina Specimen",
    passphrase: "seven lanterns over the northern road",
  });
  expect(made).toMatchObject({ ok: true });
  await window.page.reload();
  await rail(window.page, "Cases");
  return window;
};

const rail = async (page: Page, name: string) =>
  await page.getByRole("navigation").first().getByRole("button", { name }).click();

const openFirstCase = async (page: Page): Promise<string> => {
  const { value } = (await ask(page, "cases.list")) as unknown as {
    value: { cases: readonly { case: string; code: string }[] };
  };
  const [first = { case: "", code: "" }] = value.cases;
  await page.getByText(first.code, { exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: first.code }).waitFor();
  return first.case;
};

/** As the clipboard would put it in. */
const paste = async (page: Page, text: string) => await page.keyboard.insertText(text);
const told = (page: Page) => page.getByRole("alert").filter({ visible: true });

here("bad input", () => {
  test("megabytes pasted into an entry are told, twice, and nothing is changed", patient, async () => {
    await using window = await openPractice();
    const { page } = window;
    const of = await openFirstCase(page);
    const before = JSON.stringify(await ask(page, "cases.sections", { case: of }));
    await page.getByRole("button", { name: "Note a call" }).click();
    const field = page.getByLabel("What was said and agreed");
    await field.focus();
    await paste(page, "She rang from the market. ".repeat(120_000));
    // The window still answers, and says that this is not kept while it is typed.
    await told(page).getByText("This is too long to be kept while you type.").waitFor();
    await page.getByRole("button", { name: "Keep this entry" }).click();
    await told(page).getByText("This is too long.").waitFor();
    expect(JSON.stringify(await ask(page, "cases.sections", { case: of }))).toBe(before);
    expect((await field.inputValue()).length).toBeGreaterThan(3_000_000);

    await field.fill("She rang from the market.");
    await page.getByRole("button", { name: "Keep this entry" }).click();
    await expect.poll(() => field.inputValue(), { timeout: 30_000 }).toBe("");
    expect(await told(page).count()).toBe(0);
  });

  test(
    "too long to be kept while it is typed is told in every form, and no longer once it is not",
    patient,
    async () => {
      await using window = await openPractice();
      const { page } = window;
      const long = "She rang from the market. ".repeat(120_000);
      const says = told(page).getByText("This is too long to be kept while you type.");
      await openFirstCase(page);
      await page.getByRole("tab", { name: "Her word" }).click();
      await page.getByRole("button", { name: "Record her yes" }).click();
      await page.locator("label").filter({ hasText: "Her word for a relative" }).click();
      const why = page.getByLabel("Why can this person not be asked now?");
      await why.focus();
      await paste(page, long);
      await says.waitFor();
      await why.fill("She is a small child.");
      await says.waitFor({ state: "hidden" });
      await page.getByRole("tab", { name: "Papers" }).click();
      await page
        .getByRole("button", { name: /^Title/ })
        .first()
        .click();
      await paste(page, long);
      await says.waitFor();
      await page.keyboard.press("Escape");
      await says.waitFor({ state: "hidden" });
    },
  );

  test("a thousand rows, a sign that turns the text around, one that is not seen", patient, async () => {
    await using window = await openPractice();
    const { page } = window;
    await openFirstCase(page);
    await page.getByRole("tab", { name: "Papers" }).click();
    const row = page.getByRole("button", { name: /^Title/ }).first();
    for (const [typed, says] of [
      ["Teacher\n".repeat(1_000), "This is too long."],
      ["Tea\u202echer", "A hidden sign here turns the text around. Remove it."],
      ["Tea\u0007cher", "An invisible character here is not allowed."],
      ["Tea\u0000cher", "An invisible character here is not allowed."],
    ] as const) {
      await row.click();
      await page.keyboard.press("ControlOrMeta+a");
      await paste(page, typed);
      await page.getByRole("button", { name: "Keep", exact: true }).click();
      await told(page).getByText(says).waitFor();
      await page.keyboard.press("Escape");
      await row.waitFor();
      expect(await row.innerText()).not.toContain("Tea");
    }
  });

  test(
    "the lines of a passport, misread: each fault is named, and a likely letter offered",
    patient,
    async () => {
      await using window = await openPractice();
      const { page } = window;
      await page.getByRole("button", { name: "New case" }).first().click();
      const zone = page.getByLabel("The two or three lines at the foot of the passport or card");
      const first = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
      const second = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
      const says = async (typed: string, text: string | RegExp) => {
        await zone.fill(typed);
        await page.getByRole("status").getByText(text).first().waitFor();
      };
      await says(first, "These are not two or three lines yet.");
      await says(`${first}\n${second.slice(0, 40)}`, "A line is not as long as it should be yet.");
      await says(
        `${first}\n${second.replace("UTO", "UT€")}`,
        "There is a character that does not stand in these lines",
      );
      await says(`${first}\n${second}`, "Number: the check digit holds");
      // As a scanner reads it: O for 0, I for 1, and gaps.
      await says(
        `${first}\n${second.replace("898902", "8989O2").replace("F1204", "FI204")}`,
        /the check digit does not hold/,
      );
      await page
        .getByRole("button", { name: /is “O” a “0”\?/ })
        .first()
        .click();
      await page
        .getByRole("button", { name: /is “I” a “1”\?/ })
        .first()
        .click();
      await page.getByRole("status").getByText("All lines together: the check digit holds").waitFor();
      await says(
        `${first.replaceAll("<<A", "<< A")}\n ${second} `,
        "All lines together: the check digit holds",
      );
    },
  );

  test("a folder that is gone when the backup is to be written there", patient, async () => {
    await using window = await openPractice();
    const { page, folder } = window;
    mkdirSync(join(folder, "drive/copy"), { recursive: true });
    await rail(page, "Settings");
    await page.getByRole("button", { name: "Backup and checks" }).click();
    await page.getByRole("button", { name: "Make a backup" }).click();
    await page.getByRole("option", { name: "drive" }).dblclick();
    await page.getByRole("option", { name: "copy" }).dblclick();
    await page.getByText("No folders are in here.").waitFor();
    rmSync(join(folder, "drive"), { recursive: true });
    await page.getByRole("button", { name: "Use this folder" }).click();
    await told(page).first().waitFor();
    expect(await told(page).first().innerText()).toMatch(/gone|taken out/);
    expect(existsSync(join(folder, "drive"))).toBe(false);
    expect(await ask(page, "vault.status")).toMatchObject({ value: { state: "open" } });
  });

  test(
    "the vault's own folder is gone: a save says so, and nothing is said to be kept",
    patient,
    async () => {
      await using window = await openPractice();
      const { page, folder } = window;
      await openFirstCase(page);
      rmSync(join(folder, "practice"), { recursive: true });
      await page.getByRole("button", { name: "Note a call" }).click();
      const field = page.getByLabel("What was said and agreed");
      await field.fill("She rang from the market.");
      await page.getByRole("button", { name: "Keep this entry" }).click();
      await told(page).first().waitFor();
      expect(await told(page).first().innerText()).toContain(
        "This was not saved. Everything saved before is safe.",
      );
      expect(await field.inputValue()).toBe("She rang from the market.");
    },
  );

  test(
    "the window is closed in the middle of a word: what was kept before is there again",
    patient,
    async () => {
      await using window = await openPractice();
      const { page } = window;
      await openFirstCase(page);
      await page.getByRole("button", { name: "Note a call" }).click();
      await page.getByLabel("What was said and agreed").fill("She rang from the market.");
      await expect
        .poll(async () => JSON.stringify(await ask(page, "desk.drafts", {})), { timeout: 60_000 })
        .toContain("from the market");
      void page.keyboard.type(" And then she").catch(() => {});
      await page.close();
      expect(await window.ended).toMatchObject({ why: "closed" });
      await using again = await testWindow({
        rendererFolder,
        laptop: { home: window.folder, drives: [] },
      });
      await ask(again.page, "vault.unlock", {
        folder: "practice",
        passphrase: "seven lanterns over the northern road",
      });
      expect(JSON.stringify(await ask(again.page, "desk.drafts", {}))).toContain("from the market");
    },
  );
});
