// A Chromium of this machine, started over a pipe for one purpose: no port, no network, nothing kept, its folder deleted at the end.
import { access, constants, mkdir, statfs, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { BrowserContext, Page } from "playwright-core";
import { passingFolder, removeFolder } from "./passing.ts";

export type Browser = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Resolves when the browser is gone, whoever ended it. */
  readonly ended: Promise<void>;
  /** Kills every process of it and deletes its folder. */
  readonly end: () => Promise<void>;
};

/** Where browsers are installed, the binary rather than the wrapper script of a distribution, which adds flags of its own. */
const PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    "/usr/lib/chromium/chromium",
    "/usr/lib/chromium-browser/chromium-browser",
    "/usr/lib64/chromium-browser/chromium-browser",
    "/opt/google/chrome/chrome",
    "/opt/microsoft/msedge/msedge",
  ],
  darwin: ["Google Chrome", "Chromium", "Microsoft Edge"].flatMap((name) =>
    ["/Applications", join(homedir(), "Applications")].map(
      (at) => `${at}/${name}.app/Contents/MacOS/${name}`,
    ),
  ),
  win32: ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap((variable) => {
    const at = process.env[variable];
    return at === undefined
      ? []
      : ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"].map((name) =>
          join(at, name),
        );
  }),
};
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];

/** The browser to use, or `undefined`. `WAYPOST_CHROMIUM` names one and then no other is looked for. */
export async function findBrowser(): Promise<string | undefined> {
  const named = process.env["WAYPOST_CHROMIUM"];
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    // A browser in a snap cannot read a folder outside its home.
    .filter((folder) => folder !== "" && !folder.startsWith("/snap"));
  const candidates =
    named === undefined
      ? [
          ...(PLACES[process.platform] ?? []),
          ...(process.platform === "linux"
            ? onPath.flatMap((at) => NAMES.map((name) => join(at, name)))
            : []),
        ]
      : [named];
  for (const path of candidates) {
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // The next one.
    }
  }
  return undefined;
}

/** What a browser's process may know of the world around it: display, language, input methods; no keys, no switches. */
const KEPT =
  /^(?:DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|XDG_\w+|DBUS_SESSION_BUS_ADDRESS|HOME|PATH|LANG|LANGUAGE|LC_\w+|TZ|GTK_\w+|IBUS_\w+|XMODIFIERS|FONTCONFIG_\w+|SystemRoot|windir|APPDATA|LOCALAPPDATA|USERPROFILE|ProgramFiles.*|ProgramData)$/i;

/** Switches of the driver that would loosen the browser, or put its shared memory into a folder that may lie on a disk. */
const UNWANTED = [
  "--enable-automation",
  "--disable-popup-blocking",
  "--unsafely-disable-devtools-self-xss-warnings",
  "--metrics-recording-only",
];

const SWITCHES: readonly string[] = [
  // Nothing is remembered: no session, no history, no cache on disk.
  "--incognito",
  "--disk-cache-dir=/dev/null",
  "--disable-gpu-shader-disk-cache",
  // Nothing leaves: no name is asked for, no connection is made, no helper of the browser speaks.
  "--host-resolver-rules=MAP * ~NOTFOUND",
  "--proxy-server=http://127.0.0.1:9",
  "--disable-quic",
  "--webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--disable-domain-reliability",
  "--no-pings",
  // Nothing is sent or written when it crashes.
  "--disable-breakpad",
  "--disable-crash-reporter",
  "--disable-logging",
  // Nothing is guessed or offered from what is typed.
  "--disable-spell-checking",
  "--disable-client-side-phishing-detection",
  "--deny-permission-prompts",
];

/** Settings that have no switch: no print preview or saving past the core, no spelling, filling in, translating or suggesting. */
const PREFERENCES = {
  printing: { enabled: false },
  browser: { enable_spellchecking: false, show_home_button: false },
  spellcheck: { dictionaries: [], use_spelling_service: false },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false },
  autofill: { enabled: false, profile_enabled: false, credit_card_enabled: false },
  translate: { enabled: false },
  search: { suggest_enabled: false },
  net: { network_prediction_options: 2 },
  signin: { allowed: false },
};
const LOCAL_STATE = { select_file_dialogs: { allowed: false }, background_mode: { enabled: false } };

/** Free room in memory that a browser's pictures need before they may lie there. */
const SHARED_MEMORY = 512 * 1024 * 1024;

/**
 * `home` takes the place of the person's own folder (tests look what was written there). `within` is a folder that somebody
 * else deletes, in case this very process is killed.
 */
export async function startBrowser({
  executable,
  headless,
  switches = [],
  home,
  within,
  javaScript = true,
}: {
  readonly executable: string;
  readonly headless: boolean;
  readonly switches?: readonly string[];
  readonly home?: string | undefined;
  readonly within?: string | undefined;
  readonly javaScript?: boolean;
}): Promise<Browser> {
  const folder = passingFolder(within);
  const at = (name: string) => join(folder, name);
  try {
    await mkdir(at("profile/Default"), { recursive: true });
    await mkdir(at("temporary"));
    await writeFile(at("profile/Default/Preferences"), JSON.stringify(PREFERENCES));
    await writeFile(at("profile/Local State"), JSON.stringify(LOCAL_STATE));
    const { chromium } = await import("playwright-core");
    const context = await chromium.launchPersistentContext(at("profile"), {
      executablePath: executable,
      headless,
      args: [...SWITCHES, ...switches],
      ignoreDefaultArgs: [...UNWANTED, ...((await roomInMemory(folder)) ? ["--disable-dev-shm-usage"] : [])],
      env: environment(at, home),
      // The sandbox refuses root, which no person who installs this is and every build machine may be.
      chromiumSandbox: process.getuid?.() !== 0,
      artifactsDir: at("temporary"),
      acceptDownloads: false,
      serviceWorkers: "block",
      javaScriptEnabled: javaScript,
      viewport: null,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    const ended = new Promise<void>((resolve) => context.once("close", () => resolve()));
    const leader = await browserProcess(context);
    return {
      context,
      page: context.pages()[0] ?? (await context.newPage()),
      ended,
      end: async () => {
        if (leader === undefined || !killTree(leader)) await context.close().catch(() => {});
        await Promise.race([ended, wait(2_000, undefined, { ref: false })]);
        await removeFolder(folder);
      },
    };
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
}

function environment(at: (name: string) => string, home: string | undefined): Record<string, string> {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value !== undefined && KEPT.test(name) ? [[name, value] as const] : [],
  );
  const temporary = at("temporary");
  return {
    ...Object.fromEntries(kept),
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    XDG_CACHE_HOME: temporary,
    // Its crash handler runs whatever it is told, and would keep reports in the person's own settings.
    BREAKPAD_DUMP_LOCATION: temporary,
    ...(home === undefined ? {} : { HOME: home, XDG_CONFIG_HOME: join(home, ".config") }),
  };
}

async function roomInMemory(folder: string): Promise<boolean> {
  if (!folder.startsWith("/dev/shm/")) return false;
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize > SHARED_MEMORY;
}

async function browserProcess(context: BrowserContext): Promise<number | undefined> {
  const session = await context.browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send("SystemInfo.getProcessInfo")) ?? {};
  return processInfo.find(({ type }) => type === "browser")?.id;
}

/** The driver starts the browser as the leader of a group of its own. */
function killTree(leader: number): boolean {
  try {
    process.kill(process.platform === "win32" ? leader : -leader, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}
