// What the Electron shell must do, around a stand-in for Electron's runtime.
import { existsSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import type { Started } from "../../main/shells/electron/shell.ts";
import { begin } from "../../main/shells/electron/shell.ts";
import { electronPrinter } from "../../main/shells/electron/printer.ts";
import { prepare } from "../../main/shells/electron/session.ts";
import { ok } from "../../shared/result.ts";
import type { FakeElectron } from "../support/electron/fake.ts";
import { fakeElectron } from "../support/electron/fake.ts";
import { electronShell, shownWindow } from "../support/electron/shell.ts";
import { tinyPage } from "../support/page.ts";
import { decodersHere } from "../support/processes.ts";
import { alive, shellSuite } from "./support/shell-suite.ts";

shellSuite("Electron", true, electronShell);

describe("the window", () => {
  test("is called Files, has an icon and a smallest size, is shown when there is something to see, and is told why it came", async () => {
    await using shell = await electronShell("left");
    const [window] = shell.fake.windows;
    expect(window?.options).toMatchObject({ title: "Files", minWidth: 1024, minHeight: 700, show: false });
    expect(existsSync((window?.options.icon ?? "") as string)).toBe(true);
    expect(shell.contents.mainFrame.url).toBe("app://files/#left");
    expect(shell.contents.shown).toContain("<title>Files</title>");
  });

  test("each file comes with what fences it in; what is none is not there", async () => {
    await using shell = await electronShell();
    const { session } = shell.contents;
    const page = await session.fetch("app://files/", "mainFrame");
    expect(page?.headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(page?.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect((await session.fetch("app://files/page.js", "script"))?.ok).toBe(true);
    for (const [url, type, method] of [
      ["app://files/page.js", "mainFrame", "GET"],
      ["app://files/", "subFrame", "GET"],
      ["app://files/", "mainFrame", "POST"],
      ["app://files/../package.json", "script", "GET"],
      ["app://other/page.js", "script", "GET"],
      ["https://files/page.js", "script", "GET"],
    ] as const)
      expect(await session.fetch(url, type, method), `${method} ${url} as ${type}`).toBeUndefined();
  });

  test("nothing is remembered: sessions in memory, no cache, no spelling", async () => {
    await using shell = await electronShell();
    expect(shell.fake.sessions.map(({ keeps, spelling }) => ({ keeps, spelling }))).toEqual([
      { keeps: false, spelling: false },
    ]);
  });

  test("what another program put on the clipboard meanwhile stays", async () => {
    await using shell = await electronShell();
    await shell.copy("Amina Kata");
    shell.fake.clipboard.text = "a shopping list";
    await shell.tenSeconds();
    expect(await shell.clipboard()).toBe("a shopping list");
  });

  test("locking empties the clipboard at once", async () => {
    await using shell = await electronShell();
    await shell.copy("Amina Kata");
    vi.useRealTimers();
    await shell.ask("vault.lock");
    await shell.ended;
    expect(shell.fake.clipboard.text).toBe("");
  });

  test.each([
    ["suspend", "left"],
    ["lock-screen", "left"],
    ["shutdown", "closed"],
  ])("the system says %s: the vault is locked", async (sign, why) => {
    await using shell = await electronShell();
    shell.fake.powerMonitor.emit(sign);
    expect(await shell.ended).toMatchObject({ why });
    expect([alive(shell.core.pid), shell.gone()]).toEqual([false, true]);
  });

  test("a page whose process is gone ends the core", async () => {
    await using shell = await electronShell();
    shell.contents.emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 });
    expect(await shell.ended).toMatchObject({ why: "page-ended" });
    expect(alive(shell.core.pid)).toBe(false);
  });
});

describe("the printer", () => {
  const html = "<!doctype html><title>Dossier</title><p>one</p>";
  const printing = async () => {
    const fake = fakeElectron();
    prepare(fake.electron);
    await fake.app.whenReady();
    fake.app.on("window-all-closed", () => {});
    return { fake, printer: electronPrinter(fake.electron) };
  };

  test("makes a PDF in a hidden window without scripts, which ends with it", async () => {
    const { fake, printer } = await printing();
    const [first, second] = await Promise.all([
      printer.toPdf(html),
      printer.toPdf(html.replace("one", "two")),
    ]);
    const text = (outcome: typeof first) =>
      outcome?.ok === true ? Buffer.from(outcome.value).toString() : "";
    expect(text(first)).toMatch(/^%PDF .*"preferCSSPageSize":true,"printBackground":true.*<p>one/);
    expect(text(second)).toContain("<p>two");
    expect(fake.windows.map((window) => [window.visible, window.isDestroyed()])).toEqual([
      [false, true],
      [false, true],
    ]);
    for (const { options } of fake.windows)
      expect(options.webPreferences).toMatchObject({ javascript: false, sandbox: true });
    expect(fake.sessions).toHaveLength(1);
  });

  test("shows the document to that window alone, and afterwards to none", async () => {
    const { fake, printer } = await printing();
    await printer.toPdf(html);
    const [session] = fake.sessions;
    for (const path of ["1", "2", ""])
      expect(await session?.fetch(`app://paper/${path}`, "mainFrame")).toBeUndefined();
    expect(await session?.fetch("https://example.org/style.css", "stylesheet")).toBeUndefined();
  });

  test("says that it is not there where the page cannot be printed", async () => {
    const { fake, printer } = await printing();
    fake.app.on("web-contents-created", (_event, contents: { printToPDF: () => Promise<never> }) => {
      contents.printToPDF = async () => await Promise.reject(new Error("Failed to generate PDF"));
    });
    expect(await printer.toPdf(html)).toMatchObject({
      ok: false,
      error: { type: "NotHere", what: "printer" },
    });
    expect(fake.windows[0]?.isDestroyed()).toBe(true);
  });
});

describe("the printer on Windows", () => {
  const page = { html: "<!doctype html><title>Dossier</title><p>one</p>", size: "Letter" } as const;
  const never = new AbortController().signal;
  const printing = async (queue = 60_000) => {
    const fake = fakeElectron();
    prepare(fake.electron);
    await fake.app.whenReady();
    fake.app.on("window-all-closed", () => {});
    fake.printing.printers = [
      { name: "Brother_QL", displayName: "Brother QL", takes: true },
      { name: "\\\\server\\Hall 2", displayName: "", takes: false },
      { name: "Asleep", displayName: "Asleep", takes: true, answers: false },
    ];
    const limits = { answer: 60_000, queue };
    return { fake, printer: electronPrinter(fake.electron, { windows: true, limits }) };
  };

  test("names the system's printers", async () => {
    const { fake, printer } = await printing();
    const listed = await printer.list();
    expect(listed.ok && listed.value.printers.map(({ printer: name, shown }) => [name, shown])).toEqual([
      ["Brother_QL", "Brother QL"],
      ["\\\\server\\Hall 2", "\\\\server\\Hall 2"],
      ["Asleep", "Asleep"],
    ]);
    expect(fake.windows.every((window) => window.isDestroyed() && !window.visible)).toBe(true);
  });

  test("gets the page without a dialog, under a name that says nothing", async () => {
    const { fake, printer } = await printing();
    expect(await printer.send({ ...page, printer: "Brother_QL" }, never)).toEqual(ok({}));
    expect(fake.printing.printed).toEqual([
      {
        options: {
          silent: true,
          deviceName: "Brother_QL",
          pageSize: "Letter",
          printBackground: true,
          duplexMode: "simplex",
        },
        page: "<!doctype html><title>Files</title><p>one</p>",
      },
    ]);
    expect(fake.windows.every((window) => window.isDestroyed() && !window.visible)).toBe(true);
  });

  test.each([
    ["Elsewhere", "UnknownPrinter"],
    ["\\\\server\\Hall 2", "PrinterRefused"],
    ["Asleep", "PrinterSilent"],
  ])("%s: %s", async (name, type) => {
    const { fake, printer } = await printing(name === "Asleep" ? 500 : undefined);
    expect(await printer.send({ ...page, printer: name }, never)).toEqual({ ok: false, error: { type } });
    expect(fake.printing.printed).toEqual([]);
    expect(fake.windows.every((window) => window.isDestroyed())).toBe(true);
  });

  test("is given up when a person stops", async () => {
    const { fake, printer } = await printing();
    const stop = new AbortController();
    const sent = printer.send({ ...page, printer: "Asleep" }, stop.signal);
    stop.abort();
    expect(await sent).toEqual({ ok: false, error: { type: "Cancelled" } });
    expect(fake.windows.every((window) => window.isDestroyed())).toBe(true);
  });
});

describe("a life of the shell", () => {
  const argv = ["electron", "main.mjs", `--node=${process.execPath}`, `--page=${tinyPage}`];
  const live = (fake: FakeElectron, started: Partial<Started> = {}) =>
    begin(fake.electron, { argv, resources: "/nowhere", ...started });
  const answered = async (fake: FakeElectron) => {
    const window = await shownWindow(fake);
    expect(await window.webContents.bridge?.call("vault.status", {})).toEqual(ok({ state: "locked" }));
    return window;
  };

  test("ends at a lock, and another process opens the window again, told why", async () => {
    const fake = fakeElectron();
    const life = live(fake, { argv: [...argv, "--after=core-ended"] });
    const window = await answered(fake);
    expect(window.webContents.mainFrame.url).toBe("app://files/#core-ended");
    const passing = fake.app.paths.get("sessionData") ?? "";
    expect(existsSync(passing)).toBe(true);
    await window.webContents.bridge?.call("vault.lock", {});
    await life;
    expect(fake.app.relaunched).toEqual([
      { execPath: process.execPath, args: [...argv.slice(1), "--after=locked"] },
    ]);
    expect(await fake.app.exited.promise).toBe(0);
    expect(window.isDestroyed()).toBe(true);
    expect(existsSync(passing)).toBe(false);
  });

  test.skipIf(process.platform !== "linux")(
    "a decoder waits for the first bundle, and ends with the core",
    async () => {
      const fake = fakeElectron();
      const life = live(fake);
      const window = await answered(fake);
      await expect.poll(decodersHere, { timeout: 20_000 }).toBe(1);
      window.destroy();
      await life;
      await expect.poll(decodersHere, { timeout: 20_000 }).toBe(0);
    },
    60_000,
  );

  test("a person who closes it ends it for good; quitting locks first", async () => {
    const fake = fakeElectron();
    const life = live(fake);
    await answered(fake);
    expect(fake.app.quits()).toBe(false);
    await life;
    expect(fake.app.relaunched).toEqual([]);
    expect(await fake.app.exited.promise).toBe(0);
  });

  test("one whose core never answered is not opened again and again", async () => {
    const fake = fakeElectron();
    await live(fake, { argv: ["electron", "main.mjs", "--node=/no/node", `--page=${tinyPage}`] });
    expect(fake.app.relaunched).toEqual([]);
    expect(await fake.app.exited.promise).toBe(1);
  });

  test("a second start shows the window of the first, and ends before it prepares anything", async () => {
    const second = fakeElectron();
    second.app.first = false;
    await live(second);
    expect(await second.app.exited.promise).toBe(0);
    expect([second.app.ready, second.windows, second.schemes]).toEqual([false, [], []]);

    const first = fakeElectron();
    const life = live(first);
    const window = await shownWindow(first);
    window.minimized = true;
    first.app.emit("second-instance", {}, [], "/");
    expect([window.minimized, window.focused]).toEqual([false, 1]);
    window.destroy();
    await life;
  });

  test("a package takes nothing of what it runs from the command line", async () => {
    const fake = fakeElectron({ isPackaged: true });
    await expect(live(fake)).rejects.toThrow(/\/nowhere\/app\.asar\/renderer/);
  });
});
