// The window from opening to locking, as a program to be traced or put where there is no network; says what it saw.
import { ask, testWindow } from "./window.ts";

const [rendererFolder = ""] = process.argv.slice(2);
await using window = await testWindow({
  rendererFolder,
  headless: process.env["DISPLAY"] === undefined,
});
const { page } = window;
await page.getByRole("heading", { level: 1 }).waitFor();

const made = await ask(page, "vault.create", {
  folder: "vault",
  kind: "practice",
  office: "Practice Office",
  person: "A. Tester",
  passphrase: "seven lanterns over the northern road",
});
await page.reload();
await page.getByRole("navigation").first().waitFor();
await page.keyboard.press("F10").catch(() => {});
const { why } = await window.ended;
console.log(JSON.stringify({ made: made.ok, why }));
