// The Chromium shell driven for the suite of every shell with a window: a real browser around the real core.
import { setTimeout as wait } from "node:timers/promises";
import type { DrivenShell } from "../contract/support/shell-suite.ts";
import type { Outcome } from "../../shared/ipc/wire.ts";
import { ask, testWindow } from "./window.ts";

type Ask = (text: unknown) => Promise<string>;
const status = JSON.stringify({ method: "vault.status", input: {} });

export async function chromiumShell(): Promise<DrivenShell> {
  const window = await testWindow();
  const { page } = window;
  const typed = async (text: string) => {
    await page.fill("#typed", text);
    await page.focus("#typed");
  };
  return {
    core: window.core,
    ended: window.ended,
    notes: window.notes,
    address: "https://waypost.invalid/",
    ask: async (method, input) => await ask(page, method, input),
    listen: async () =>
      await page.evaluate("heard = []; bridge.subscribe((event) => heard.push(event.type)); 0"),
    heard: async () => await page.evaluate<string[]>("heard"),
    tamper: async () => void (await page.evaluate("bridge.call = 1; window.bridge = {}; 0").catch(() => {})),
    raw: async (text) =>
      JSON.parse(
        await page.evaluate(
          async (given) => await (globalThis as unknown as { __deskAsk: Ask }).__deskAsk(given),
          text,
        ),
      ) as Outcome,
    long: async (length) =>
      JSON.parse(await page.evaluate<string>(`__deskAsk("x".repeat(${length}))`)) as Outcome,
    strangers: async () => {
      await page.evaluate(`for (const sandbox of ["allow-scripts", undefined]) {
        const frame = document.createElement("iframe");
        if (sandbox !== undefined) frame.sandbox = sandbox;
        frame.srcdoc = "<p>";
        document.body.append(frame);
      }`);
      for (;;) {
        const frames = page.frames().filter((frame) => frame.url() === "about:srcdoc");
        if (frames.length < 2) {
          await wait(20);
          continue;
        }
        const answers = await Promise.all(
          frames.map(async (frame) =>
            (await frame.evaluate("typeof bridge")) === "undefined"
              ? await frame.evaluate<"answered" | "refused">(
                  `__deskAsk(${JSON.stringify(status)}).then(() => "answered", () => "refused")`,
                )
              : "answered",
          ),
        );
        return { "a sandboxed frame": answers[0] ?? "answered", "a frame": answers[1] ?? "answered" };
      }
    },
    reaches: async (url) =>
      await page.evaluate<boolean>(`fetch(${JSON.stringify(url)}).then(() => true, () => false)`),
    goes: async (url) => {
      await page.evaluate(`location.href = ${JSON.stringify(url)}; 0`);
      await wait(300);
      return page.url();
    },
    opens: async (url) => {
      await page.evaluate(`{ const a = document.createElement("a"); a.href = ${JSON.stringify(url)};
        a.target = "_blank"; document.body.append(a); a.click(); a.remove(); }`);
      const opened = await page.evaluate<boolean>(`window.open(${JSON.stringify(url)}) !== null`);
      // A window that was only about to open is closed a moment later.
      for (let tries = 0; page.context().pages().length > 1 && tries < 200; tries++) await wait(50);
      return opened || page.context().pages().length > 1;
    },
    permitted: async () =>
      await page.evaluate<string[]>(`Promise.all(
        ["geolocation", "camera", "microphone", "midi", "clipboard-read"].map(async (name) =>
          [name, (await navigator.permissions.query({ name })).state])).then((all) =>
          all.flatMap(([name, state]) => state === "denied" ? [] : [name]))`),
    copy: async (text) => {
      await typed(text);
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.press("ControlOrMeta+c");
      await wait(500);
    },
    tenSeconds: async () => await wait(10_500),
    clipboard: async () => {
      await typed("");
      await page.keyboard.press("ControlOrMeta+v");
      return await page.inputValue("#typed");
    },
    close: async () => await page.close(),
    gone: () => page.isClosed(),
    [Symbol.asyncDispose]: window[Symbol.asyncDispose],
  };
}
