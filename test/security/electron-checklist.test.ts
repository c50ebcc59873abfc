// Attack: whatever Electron's own security checklist warns of. Each of its twenty items is asked of the shell, its package or its sources.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getConfig, validateConfiguration } from "app-builder-lib/out/util/config/config.js";
import { DebugLogger } from "builder-util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fence } from "../../main/shells/node/served.ts";
import { PROJECT, projectFiles } from "../support/files.ts";
import type { ElectronShell } from "../support/electron/shell.ts";
import { electronShell } from "../support/electron/shell.ts";
import { electronPrinter } from "../../main/shells/electron/printer.ts";

const read = (path: string) => readFileSync(join(PROJECT, path), "utf8");
const sources = projectFiles()
  .filter((path) => path.startsWith("main/shells/electron/") && path.endsWith(".ts"))
  .map(read)
  .join("\n");
const config = await getConfig(PROJECT, "electron-builder.yml", null);

let shell: ElectronShell;
beforeAll(async () => {
  shell = await electronShell();
  // So that the window of the printer is asked as well.
  await electronPrinter(shell.fake.electron).toPdf("<p>paper</p>");
});
afterAll(async () => await shell[Symbol.asyncDispose]());
/** The preferences of every window that the shell made. */
const preferences = () => shell.fake.windows.map(({ options }) => options.webPreferences ?? {});

const checklist: readonly (readonly [item: string, ask: () => Promise<void> | void])[] = [
  [
    "Only load secure content",
    async () => {
      for (const url of ["http://example.org/a.js", "https://example.org/a.js", "ws://example.org/"])
        expect(await shell.contents.session.fetch(url, "script"), url).toBeUndefined();
      expect(shell.fake.schemes).toEqual([{ scheme: "app", privileges: { standard: true, secure: true } }]);
    },
  ],
  [
    "Do not enable Node.js integration for remote content",
    () => {
      for (const one of preferences()) expect(one.nodeIntegration).toBe(false);
      expect(sources).not.toMatch(/nodeIntegrationIn/);
    },
  ],
  [
    "Enable context isolation",
    () => {
      for (const one of preferences()) expect(one.contextIsolation).toBe(true);
    },
  ],
  [
    "Enable process sandboxing",
    () => {
      for (const one of preferences()) expect(one.sandbox).toBe(true);
      expect(shell.fake.app.sandboxed).toBe(true);
      expect(sources).not.toMatch(/no-sandbox/);
    },
  ],
  [
    "Handle session permission requests from remote content",
    async () => {
      expect(shell.fake.sessions).toHaveLength(2);
      for (const session of shell.fake.sessions)
        for (const name of ["clipboard-read", "geolocation", "media"] as const)
          expect(await session.permits(shell.contents as never, name), name).toEqual([]);
    },
  ],
  [
    "Do not disable webSecurity",
    () => {
      for (const one of preferences()) expect(one.webSecurity).toBe(true);
    },
  ],
  [
    "Define a Content Security Policy",
    async () => {
      const page = await shell.contents.session.fetch("app://files/", "mainFrame");
      const policy = page?.headers.get("content-security-policy") ?? "";
      expect(policy).toBe(fence["content-security-policy"]);
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
      expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
    },
  ],
  [
    "Do not enable allowRunningInsecureContent",
    () => expect(preferences().filter((one) => "allowRunningInsecureContent" in one)).toEqual([]),
  ],
  [
    "Do not enable experimental features",
    () => expect(preferences().filter((one) => "experimentalFeatures" in one)).toEqual([]),
  ],
  [
    "Do not use enableBlinkFeatures",
    () => {
      expect(preferences().filter((one) => "enableBlinkFeatures" in one)).toEqual([]);
      expect([...shell.fake.app.switches.keys()].filter((name) => name.startsWith("enable"))).toEqual([]);
    },
  ],
  [
    "Do not use allowpopups for WebViews",
    () => {
      for (const one of preferences()) expect(one.webviewTag).toBe(false);
      const page = projectFiles().filter(
        (path) => path.startsWith("renderer/") && /\.(tsx?|html)$/.test(path),
      );
      expect(page.filter((path) => /<webview|allowpopups/.test(read(path)))).toEqual([]);
    },
  ],
  ["Verify WebView options before creation", () => expect(shell.contents.attaches()).toBe(false)],
  [
    "Disable or limit navigation",
    () => {
      for (const url of [
        "https://example.org/",
        "file:///etc/passwd",
        "app://files/page.js",
        "app://paper/1",
      ]) {
        expect(shell.contents.goes(url), url).toBe(false);
        expect(shell.contents.goes(url, "will-redirect"), url).toBe(false);
      }
    },
  ],
  [
    "Disable or limit creation of new windows",
    () => {
      for (const url of ["https://example.org/", "app://files/", "about:blank"])
        expect(shell.contents.opens(url), url).toBe(false);
    },
  ],
  [
    "Do not use shell.openExternal with untrusted content",
    () => expect(sources).not.toMatch(/openExternal|openPath|\bshell\b\s*[,}]/),
  ],
  [
    "Use a current version of Electron",
    () => {
      const { devDependencies } = JSON.parse(read("package.json")) as {
        readonly devDependencies: Readonly<Record<string, string>>;
      };
      expect(Number(devDependencies["electron"]?.split(".")[0])).toBeGreaterThanOrEqual(45);
    },
  ],
  [
    "Validate the sender of all IPC messages",
    async () => {
      expect(new Set(Object.values(await shell.strangers()))).toEqual(new Set(["refused"]));
      shell.fake.clipboard.text = "not ours";
      const before = shell.notes.length;
      shell.contents.says(shell.contents.frame("about:srcdoc"), "copied");
      expect(shell.notes.slice(before)).toEqual(["shell.foreign-caller"]);
    },
  ],
  [
    "Avoid usage of the file:// protocol and prefer usage of custom protocols",
    async () => {
      expect(shell.contents.mainFrame.url).toMatch(/^app:\/\//);
      expect(await shell.contents.session.fetch("file:///etc/hostname", "script")).toBeUndefined();
      expect(sources).not.toMatch(/loadFile|file:\/\//);
      expect(config.electronFuses?.grantFileProtocolExtraPrivileges).toBe(false);
    },
  ],
  [
    "Check which fuses you can change",
    async () => {
      await validateConfiguration(config, new DebugLogger(false));
      expect(config.electronFuses).toEqual({
        runAsNode: false,
        enableCookieEncryption: true,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableEmbeddedAsarIntegrityValidation: true,
        onlyLoadAppFromAsar: true,
        loadBrowserProcessSpecificV8Snapshot: false,
        grantFileProtocolExtraPrivileges: false,
      });
      expect(config.afterPack).toBe("./main/shells/electron/after-pack.ts");
    },
  ],
  [
    "Do not expose Electron APIs to untrusted web content",
    () => {
      expect(Object.keys(shell.contents.exposed)).toEqual(["bridge"]);
      const { bridge } = shell.contents;
      expect(Object.entries(bridge ?? {}).map(([name, value]) => [name, typeof value])).toEqual([
        ["call", "function"],
        ["subscribe", "function"],
      ]);
      expect(String(bridge?.call)).not.toMatch(/ipcRenderer/);
    },
  ],
];

test.each(checklist.map(([item, ask], at) => [at + 1, item, ask] as const))(
  "%i. %s",
  async (_at, _item, ask) => {
    await ask();
  },
);

test("it is the whole list, and ARCHITECTURE.md says of each item what is done", () => {
  expect(checklist).toHaveLength(20);
  const rows = read("ARCHITECTURE.md").matchAll(/^\| +(\d+)\. ([^|]+?) +\|/gm);
  expect([...rows].map(([, number, item]) => [Number(number), item?.replaceAll("`", "")])).toEqual(
    checklist.map(([item], at) => [at + 1, item]),
  );
});

test("the package is told from its kind of program by nothing, is published nowhere and updates nothing", () => {
  const metadata = config.extraMetadata as { readonly name?: string } | undefined;
  expect([config.appId, config.productName, metadata?.name]).toEqual([
    "desk.files",
    "Files Desk",
    "files-desk",
  ]);
  expect([config.publish, config.asar]).toEqual([null, true]);
  expect(read("package.json")).not.toMatch(/electron-updater/);
  const targets = [config.linux, config.win, config.mac].map((one) => JSON.stringify(one?.target));
  expect(targets).toEqual([
    '[{"target":"AppImage"}]',
    '[{"target":"nsis","arch":["x64"]}]',
    '[{"target":"dmg","arch":["x64"]}]',
  ]);
});
