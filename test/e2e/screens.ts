// `npm run screens -- [--out DIR] [--dress NAME]`: a picture of every screen of a practice office, in light, dark, high contrast and right-to-left.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { rendererFolder } from "../support/build-page.ts";
import { walk } from "../support/screens.ts";
import { testWindow } from "../support/window.ts";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: ".reports/screens" },
    dress: { type: "string", multiple: true },
  },
});

const dresses = [
  { name: "light", theme: "light", width: 1366, height: 768 },
  { name: "dark", theme: "dark", width: 1366, height: 768 },
  { name: "contrast", theme: "contrast", width: 1366, height: 768 },
  { name: "small", theme: "light", width: 1024, height: 700 },
  { name: "rtl", theme: "light", width: 1366, height: 768, locale: "ar-XB" },
] as const;

mkdirSync(values.out, { recursive: true });
for (const dress of dresses.filter(({ name }) => values.dress?.includes(name) ?? true)) {
  await using window = await testWindow({ rendererFolder });
  const { page } = window;
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
  await walk(window, picture, "locale" in dress ? dress.locale : undefined);
}
