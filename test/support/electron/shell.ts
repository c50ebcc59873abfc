// The Electron shell for tests: the real window code and the real core around the stand-in for Electron.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { CHANNELS } from "../../../main/shells/electron/in-preload.ts";
import { prepare } from "../../../main/shells/electron/session.ts";
import { openWindow } from "../../../main/shells/electron/window.ts";
import { servedFiles } from "../../../main/shells/node/served.ts";
import { startCore } from "../../../main/shells/node/start-core.ts";
import { pathTokens } from "../../../main/shells/node/tokens.ts";
import type { Why } from "../../../shared/ipc/why.ts";
import type { Outcome } from "../../../shared/ipc/wire.ts";
import type { DrivenShell } from "../../contract/support/shell-suite.ts";
import { tinyPage } from "../page.ts";
import type { FakeContents, FakeElectron } from "./fake.ts";
import { fakeElectron } from "./fake.ts";

export type ElectronShell = DrivenShell & {
  readonly fake: FakeElectron;
  readonly contents: FakeContents;
};

/** The only window, once its page is there. */
export async function shownWindow(fake: FakeElectron): Promise<FakeElectron["windows"][number]> {
  return await vi.waitFor(
    () => {
      const [window] = fake.windows;
      if (window?.visible !== true) throw new Error("no window is shown");
      return window;
    },
    { timeout: 20_000, interval: 1 },
  );
}

/** Opens the window on the tiny page; gone with all it left when disposed. */
export async function electronShell(after?: Why): Promise<ElectronShell> {
  const folder = mkdtempSync(join(tmpdir(), "waypost-electron-"));
  const fake = fakeElectron();
  const notes: string[] = [];
  const note = (event: string) => void notes.push(event);
  prepare(fake.electron);
  await fake.app.whenReady();
  fake.app.on("window-all-closed", () => {});
  const core = startCore({ lent: { tokens: pathTokens(folder) }, note, stderr: "ignore" });
  const window = openWindow(fake.electron, core, await servedFiles(tinyPage), {
    after,
    note,
  });
  const { webContents: contents } = await shownWindow(fake);
  const heard: string[] = [];
  const ask = async (method: string, input: unknown = {}) =>
    (await contents.bridge?.call(method, input)) as Outcome;
  const status = JSON.stringify({ method: "vault.status", input: {} });

  const raw = async (text: unknown) =>
    JSON.parse(String(await contents.asks(contents.mainFrame, CHANNELS.ask, text))) as Outcome;

  return {
    fake,
    contents,
    core,
    notes,
    ended: window.ended,
    address: "app://files/",
    ask,
    listen: async () =>
      void contents.bridge?.subscribe((event) => heard.push((event as { readonly type: string }).type)),
    heard: async () => heard,
    tamper: async () => {
      try {
        Object.assign(contents.bridge ?? {}, { call: undefined });
      } catch {
        // It is frozen.
      }
    },
    raw,
    long: async (length) => await raw("x".repeat(length)),
    strangers: async () => {
      const other = new fake.electron.BrowserWindow({
        webPreferences: { session: contents.session as never },
      }).webContents as unknown as FakeContents;
      other.mainFrame.url = "app://files/";
      const asked = async (from: FakeContents, frame: Parameters<FakeContents["asks"]>[0]) =>
        await from.asks(frame, CHANNELS.ask, status).then(
          () => "answered" as const,
          () => "refused" as const,
        );
      const answers = {
        "a frame of the same address": await asked(contents, contents.frame("app://files/")),
        "a frame of another": await asked(contents, contents.frame("about:srcdoc")),
        "a frame that is gone": await asked(contents, null),
        "the page gone elsewhere": await asked(contents, { url: "https://example.org/", parent: null }),
        "its address with a path": await asked(contents, { url: "app://files/page.js", parent: null }),
        "another page at the same address": await asked(other, other.mainFrame),
      };
      (fake.windows.at(-1) as FakeElectron["windows"][number]).destroy();
      return answers;
    },
    reaches: async (url) => (await contents.session.fetch(url, "xhr"))?.ok === true,
    goes: async (url) => {
      contents.goes(url);
      contents.goes(url, "will-redirect");
      return contents.mainFrame.url;
    },
    opens: async (url) => contents.opens(url),
    permitted: async () => [
      ...(await contents.session.permits(contents as never, "clipboard-read")),
      ...(await contents.session.permits(contents as never, "geolocation")),
      ...(contents.session.downloads() ? ["downloads"] : []),
      ...(contents.attaches() ? ["webview"] : []),
      ...(contents.udp ? ["udp"] : []),
    ],
    copy: async (text) => {
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      fake.clipboard.text = text;
      contents.dispatch("copy");
      await vi.advanceTimersByTimeAsync(1);
    },
    tenSeconds: async () => {
      await vi.advanceTimersByTimeAsync(10_000);
      vi.useRealTimers();
    },
    clipboard: async () => fake.clipboard.text,
    close: async () => fake.windows[0]?.destroy(),
    gone: () => contents.isDestroyed(),
    [Symbol.asyncDispose]: async () => {
      vi.useRealTimers();
      await window.end("closed");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
