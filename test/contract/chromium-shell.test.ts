// What the Chromium shell must do: carry the bridge, let nothing else in or out, and end whole.
import { readdirSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "playwright-core";
import { describe, expect, test, vi } from "vitest";
import { supervise } from "../../main/shells/chromium/supervise.ts";
import type { Supervised } from "../../main/shells/chromium/supervise.ts";
import { startBrowser } from "../../main/shells/node/browser.ts";
import { passingFolder, removeFolder } from "../../main/shells/node/passing.ts";
import { displayHere, openDisplay } from "../support/display.ts";
import { PHRASE } from "../support/laptop.ts";
import { chromiumShell } from "../support/chromium-shell.ts";
import { tinyPage } from "../support/page.ts";
import { ask, browserHere, testWindow } from "../support/window.ts";
import type { TestWindow } from "../support/window.ts";
import { alive, shellSuite } from "./support/shell-suite.ts";

const here = describe.skipIf(browserHere === undefined);
/** Two or three browsers are started, one after another, on whatever machine this is. */
const patient = { timeout: 180_000 };
const makeVault = async ({ page }: TestWindow) =>
  await ask(page, "vault.create", {
    folder: "vault",
    kind: "practice",
    office: "Practice Office",
    person: "A. Tester",
    passphrase: PHRASE,
  });

shellSuite("Chromium", browserHere !== undefined, chromiumShell);

here("the page", () => {
  test("runs and shows nothing that is not a file of its own, and fetches none of these", async () => {
    await using window = await testWindow();
    const { page } = window;
    expect(await page.evaluate(`fetch("/page.js").then(() => "reached", () => "refused")`)).toBe("refused");
    const added = `new Promise((done) => { ran = false; const one = document.createElement("script");
      one.textContent = "ran = true"; document.head.append(one); setTimeout(() => done(ran), 50); })`;
    expect(await page.evaluate(added)).toBe(false);
    const picture = `new Promise((done) => { const one = new Image(); one.onload = () => done("loaded");
      one.onerror = () => done("refused"); one.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw="; })`;
    expect(await page.evaluate(picture)).toBe("refused");
  });
});

describe.skipIf(browserHere === undefined || !displayHere)("the system's clipboard", () => {
  const copy = async (page: Page, text: string) => {
    await page.fill("#typed", text);
    await page.focus("#typed");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("ControlOrMeta+c");
  };
  /** What another program would be given. */
  const pasted = async (page: Page) => {
    await page.fill("#typed", "");
    await page.focus("#typed");
    await page.keyboard.press("ControlOrMeta+v");
    return await page.inputValue("#typed");
  };

  test("what another program put there meanwhile stays; what is ours is gone", patient, async () => {
    await using display = await openDisplay();
    vi.stubEnv("DISPLAY", display.name);
    await using ours = await testWindow({ headless: false });
    const other = await startBrowser({ executable: browserHere ?? "", headless: false });
    try {
      await other.page.setContent('<input id="typed">');
      await copy(ours.page, "Amina Kata");
      await copy(other.page, "a word of another program");
      await wait(11_000);
      expect(await pasted(other.page)).toBe("a word of another program");
      await copy(ours.page, "Amina Kata");
      await expect.poll(() => pasted(other.page), { timeout: 40_000 }).toBe("");
    } finally {
      vi.unstubAllEnvs();
      await other.end();
    }
  });
});

here("the end", () => {
  test("locking ends the browser as well, and leaves no folder", async () => {
    const within = passingFolder();
    await using window = await testWindow({ within });
    await makeVault(window);
    expect(readdirSync(within)).toHaveLength(1);
    void ask(window.page, "vault.lock").catch(() => {});
    expect(await window.ended).toMatchObject({ why: "locked" });
    expect(readdirSync(within)).toEqual([]);
    await removeFolder(within);
  });
});

/** The process id of the shell whose window is there, once it is another than `not`. */
async function opened(supervised: Supervised, not?: number): Promise<number> {
  for (;;) {
    const pid = supervised.shells().find((shell) => shell.opened && shell.pid !== not)?.pid;
    if (pid !== undefined) return pid;
    await wait(50);
  }
}

here("a new window comes", () => {
  test(
    "after a shell was killed, with nothing of the old one left; and none when it is ended",
    patient,
    async () => {
      const supervised = supervise({ rendererFolder: tinyPage, chromium: browserHere ?? "", headless: true });
      const first = await opened(supervised);
      process.kill(first, "SIGKILL");
      const second = await opened(supervised, first);
      await expect.poll(() => supervised.shells().length, { timeout: 20_000 }).toBe(1);
      expect(alive(first)).toBe(false);
      await supervised.end();
      expect(await supervised.ended).toBe(true);
      expect(alive(second)).toBe(false);
    },
  );

  test("but not where none could be opened", async () => {
    const supervised = supervise({ rendererFolder: tinyPage, chromium: "/bin/false", headless: true });
    expect(await supervised.ended).toBe(false);
  });
});
