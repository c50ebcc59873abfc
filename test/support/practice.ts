// A window on a practice office: six cases, two partners who were met, nothing real.
import { expect } from "vitest";
import { rendererFolder } from "./build-page.ts";
import { ask, testWindow, type TestWindow } from "./window.ts";

const passphrase = "seven lanterns over the northern road";

export const openPractice = async (): Promise<TestWindow> => {
  const window = await testWindow({ rendererFolder });
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
