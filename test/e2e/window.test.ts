// The real page in the real window: a practice office, its keys and its cover; what a person types is never lost.
import { describe, expect, test } from "vitest";
import { openPractice } from "../support/practice.ts";
import { ask, browserHere } from "../support/window.ts";

const here = describe.skipIf(browserHere === undefined);
const patient = { timeout: 240_000 };

here("the window", () => {
  test("shows Today of the practice office, marked as practice, and no name", patient, async () => {
    await using window = await openPractice();
    const { page } = window;
    await expect.poll(() => page.getByText("PRACTICE").count()).toBeGreaterThan(0);
    expect(await page.title()).toBe("Files");
    expect(page.url()).toBe("https://waypost.invalid/");
  });

  test(
    "a case: covered until asked, a field kept by Enter and set back, by keyboard alone",
    patient,
    async () => {
      await using window = await openPractice();
      const { page } = window;
      const list = (await ask(page, "cases.list", {})) as {
        value: { cases: { case: string; code: string }[] };
      };
      const [first] = list.value.cases;
      expect(first).toBeDefined();
      await page.keyboard.press("g");
      await page.keyboard.press("c");
      await page
        .getByText(first?.code ?? "", { exact: true })
        .first()
        .click();
      await page.getByRole("heading", { level: 1, name: first?.code ?? "" }).waitFor();
      expect(await page.getByRole("img", { name: "covered" }).count()).toBeGreaterThan(0);
      const shown = async () =>
        (await page.getByText("Names shown until you leave").filter({ visible: true }).count()) > 0;
      expect(await shown()).toBe(false);
      await page.keyboard.press("s");
      await expect.poll(shown).toBe(true);
      await page.keyboard.press("F9");
      await page.getByText("Covered. Press any key").waitFor();
      await page.keyboard.press("Enter");
      expect(await shown()).toBe(false);
    },
  );

  test(
    "what is being typed is in the vault before the lock, and is there again after it",
    patient,
    async () => {
      await using window = await openPractice();
      const { page } = window;
      const list = (await ask(page, "cases.list", {})) as { value: { cases: { code: string }[] } };
      await page.keyboard.press("g");
      await page.keyboard.press("c");
      await page
        .getByText(list.value.cases[0]?.code ?? "", { exact: true })
        .first()
        .click();
      await page.getByRole("button", { name: "Note a call" }).click();
      await page.getByLabel("What was said and agreed").fill("She will ring on Thursday after the market.");
      await expect
        .poll(async () => JSON.stringify(await ask(page, "desk.drafts", {})), { timeout: 10_000 })
        .toContain("after the market");
      await page.reload();
      await page.keyboard.press("g");
      await page.keyboard.press("c");
      await page
        .getByText(list.value.cases[0]?.code ?? "", { exact: true })
        .first()
        .click();
      await page.getByRole("button", { name: "Note a call" }).click();
      await expect
        .poll(() => page.getByLabel("What was said and agreed").inputValue())
        .toBe("She will ring on Thursday after the market.");
      await page.getByRole("button", { name: "Keep this entry" }).click();
      await expect
        .poll(async () => JSON.stringify(await ask(page, "desk.drafts", {})), { timeout: 10_000 })
        .not.toContain("after the market");
    },
  );
});
