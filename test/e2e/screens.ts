// `npm run screens -- [--out DIR]`: a picture of every screen of a practice office, in light, dark, high contrast and right-to-left.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PROJECT } from "../support/files.ts";
import { ask, testWindow } from "../support/window.ts";

const { values } = parseArgs({ options: { out: { type: "string", default: ".reports/screens" } } });
const passphrase = "seven lanterns over the northern road";
const tabs = 11;

const dresses = [
  { name: "light", theme: "light", width: 1366, height: 768 },
  { name: "dark", theme: "dark", width: 1366, height: 768 },
  { name: "contrast", theme: "contrast", width: 1366, height: 768 },
  { name: "small", theme: "light", width: 1024, height: 700 },
  { name: "rtl", theme: "light", width: 1366, height: 768, locale: "ar-XB" },
] as const;

mkdirSync(values.out, { recursive: true });
for (const dress of dresses) {
  await using window = await testWindow({ rendererFolder: join(PROJECT, "dist/renderer") });
  const { page } = window;
  if ("locale" in dress)
    await page.addInitScript(
      `Object.defineProperty(navigator, "language", { get: () => ${JSON.stringify(dress.locale)} })`,
    );
  await page.setViewportSize({ width: dress.width, height: dress.height });
  let number = 0;
  const picture = async (name: string) => {
    await page.waitForTimeout(700);
    await page.evaluate(`document.documentElement.dataset.theme = ${JSON.stringify(dress.theme)}`);
    number += 1;
    await page.screenshot({
      path: join(values.out, `${dress.name}-${String(number).padStart(2, "0")}-${name}.png`),
    });
  };
  /** By the rail, whose words differ from dress to dress: Today, Cases, Exchange, Contacts, Settings. */
  const rail = async (place: number) => await page.locator("nav button").nth(place).click();
  const keys = async (...pressed: readonly string[]) => {
    for (const key of pressed) await page.keyboard.press(key);
  };
  await page.reload();
  await picture("door");
  await ask(page, "vault.createPractice", { folder: "practice", person: "Amina Specimen", passphrase });
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await picture("today");
  await rail(1);
  await picture("cases");
  await keys("n");
  await picture("new-case");
  const { value } = (await ask(page, "cases.list", {})) as unknown as {
    value: { cases: { code: string }[] };
  };
  await rail(1);
  await page
    .getByText(value.cases[0]?.code ?? "", { exact: true })
    .first()
    .click();
  await page.getByRole("tab").first().waitFor();
  for (let tab = 0; tab < tabs; tab += 1) {
    await page.getByRole("tab").nth(tab).click();
    await picture(`case-${tab + 1}`);
  }
  await page.getByRole("tab").first().click();
  await keys("s");
  await picture("case-shown");
  for (const [name, place] of [
    ["exchange", 2],
    ["contacts", 3],
    ["settings", 4],
  ] as const) {
    await rail(place);
    await picture(name);
  }
  await keys("Control+k");
  await picture("commands");
  await keys("Escape", "F9");
  await picture("covered");
}
