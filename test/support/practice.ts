// A window on a practice office: six cases, two partners who were met, nothing real.
import { expect } from "vitest";
import { rendererFolder } from "./build-page.ts";
import { ask, testWindow, type TestWindow, type TestWindowOptions } from "./window.ts";

/** What the practice vault opens with. */
export const passphrase = "seven lanterns over the northern road";

export const openPractice = async (options: TestWindowOptions = {}): Promise<TestWindow> => {
  const window = await testWindow({ rendererFolder, ...options });
  const made = await ask(window.page, "vault.createPractice", {
    folder: "practice",
    person: "Amina Specimen",
    passphrase,
  });
  expect(made).toMatchObject({ ok: true, value: { cases: 6 } });
  await window.page.reload();
  await window.page.getByRole("heading", { level: 1 }).waitFor();
  return window;
};
