// What the Chromium shell must do: carry the bridge, let nothing else in or out, and end whole.
import { readdirSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "playwright-core";
import { describe, expect, test, vi } from "vitest";
import { supervise } from "../../main/shells/chromium/supervise.ts";
import type { Supervised } from "../../main/shells/chromium/supervise.ts";
import { passingFolder, removeFolder, startBrowser } from "../../main/shells/node/browser.ts";
import { err, ok } from "../../shared/result.ts";
import { displayHere, openDisplay } from "../support/display.ts";
import { PHRASE } from "../support/laptop.ts";
import { ask, browserHere, testWindow, tinyPage } from "../support/window.ts";
import type { TestWindow } from "../support/window.ts";

const here = describe.skipIf(browserHere === undefined);
/** Two or three browsers are started, one after another, on whatever machine this is. */
const patient = { timeout: 180_000 };
const alive = (pid: number | undefined) => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};
const makeVault = async ({ page }: TestWindow) =>
  await ask(page, "vault.create", {
    folder: "vault",
    kind: "practice",
    office: "Practice Office",
    person: "A. Tester",
    passphrase: PHRASE,
  });

here("the page", () => {
  test("reaches the core, hears it, and is answered as the contract says", async () => {
    await using window = await testWindow();
    const { page } = window;
    await page.evaluate("heard = []; bridge.subscribe((event) => heard.push(event.type))");
    expect(await ask(page, "vault.status")).toEqual(ok({ state: "locked" }));
    expect(await ask(page, "cases.list")).toEqual(err({ type: "VaultLocked" }));
    expect(await ask(page, "no.such")).toEqual(err({ type: "UnknownMethod" }));
    expect(await makeVault(window)).toMatchObject({ ok: true });
    await expect.poll(() => page.evaluate("heard"), { timeout: 20_000 }).toContain("vault.checked");
    expect(await page.evaluate("bridge.call = 1, Object.isFrozen(bridge) && typeof bridge.call")).toBe(
      "function",
    );
  });

  test("loads nothing but itself, and runs nothing that is not a file of its own", async () => {
    await using window = await testWindow();
    const { page } = window;
    const reach = (address: string) => `fetch("${address}").then(() => "reached", () => "refused")`;
    for (const address of ["https://example.org/", "http://127.0.0.1:9/", "/page.js", "file:///etc/hostname"])
      expect(await page.evaluate(reach(address)), address).toBe("refused");
    const added = `new Promise((done) => { ran = false; const one = document.createElement("script");
      one.textContent = "ran = true"; document.head.append(one); setTimeout(() => done(ran), 50); })`;
    expect(await page.evaluate(added)).toBe(false);
    const picture = `new Promise((done) => { const one = new Image(); one.onload = () => done("loaded");
      one.onerror = () => done("refused"); one.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw="; })`;
    expect(await page.evaluate(picture)).toBe("refused");
  });

  test("goes nowhere, opens nothing and is permitted nothing", async () => {
    await using window = await testWindow();
    const { page } = window;
    await page.evaluate(`location.href = "https://example.org/"`);
    await page.evaluate(`location.href = "/page.js"`);
    await wait(300);
    expect(page.url()).toBe("https://waypost.invalid/");
    expect(await page.evaluate(`window.open("https://example.org/")`)).toBeNull();
    const link = `{ const a = document.createElement("a"); a.href = "/"; a.target = "_blank"; document.body.append(a); a.click(); }`;
    await page.evaluate(link);
    await expect.poll(() => page.context().pages().length).toBe(1);
    const states = `Promise.all(["geolocation", "camera", "microphone", "midi", "clipboard-read"].map(async (name) =>
      (await navigator.permissions.query({ name })).state))`;
    expect(new Set((await page.evaluate(states)) as string[])).toEqual(new Set(["denied"]));
    expect(await ask(page, "vault.status")).toEqual(ok({ state: "locked" }));
  });

  test("a frame, sandboxed or not, reaches nothing", async () => {
    await using window = await testWindow();
    const { page } = window;
    await page.evaluate(`for (const sandbox of ["allow-scripts", undefined]) {
      const frame = document.createElement("iframe");
      if (sandbox !== undefined) frame.sandbox = sandbox;
      frame.srcdoc = "<p>";
      document.body.append(frame);
    }`);
    await expect.poll(() => page.frames().length).toBe(3);
    for (const frame of page.frames().slice(1)) {
      expect(await frame.evaluate("typeof bridge")).toBe("undefined");
      const call = `__deskAsk(JSON.stringify({ method: "vault.status", input: {} })).then(() => "answered", () => "refused")`;
      expect(await frame.evaluate(call)).toBe("refused");
    }
    expect(window.notes.filter((note) => note === "shell.foreign-caller")).toHaveLength(2);
  });

  test("what was copied is gone after ten seconds", async () => {
    await using window = await testWindow();
    const { page } = window;
    const pasted = async () => {
      await page.fill("#typed", "");
      await page.focus("#typed");
      await page.keyboard.press("ControlOrMeta+v");
      return await page.inputValue("#typed");
    };
    await page.fill("#typed", "Amina Kata");
    await page.focus("#typed");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("ControlOrMeta+c");
    await wait(500);
    expect(await pasted()).toBe("Amina Kata");
    await wait(10_500);
    expect(await pasted()).toBe("");
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
  test("locking ends page, browser and core, and leaves no folder", async () => {
    const within = await passingFolder();
    await using window = await testWindow({ within });
    await makeVault(window);
    expect(readdirSync(within)).toHaveLength(1);
    void ask(window.page, "vault.lock").catch(() => {});
    expect(await window.ended).toMatchObject({ why: "locked" });
    expect(alive(window.core.pid)).toBe(false);
    expect(window.page.isClosed()).toBe(true);
    expect(readdirSync(within)).toEqual([]);
    await removeFolder(within);
  });

  test("a core that was killed is told to who asks, and takes the window with it", async () => {
    await using window = await testWindow();
    const waiting = ask(window.page, "vault.create", {
      folder: "vault",
      kind: "real",
      office: "Office",
      person: "A. Tester",
      passphrase: PHRASE,
    }).catch(() => "the page is gone");
    await wait(50);
    process.kill(window.core.pid ?? 0, "SIGKILL");
    expect(await window.ended).toMatchObject({ why: "core-ended" });
    expect(["the page is gone", err({ type: "CoreEnded" })]).toContainEqual(await waiting);
  });

  test("closing the window locks", async () => {
    await using window = await testWindow();
    await window.page.close();
    expect(await window.ended).toMatchObject({ why: "closed" });
    expect(alive(window.core.pid)).toBe(false);
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
