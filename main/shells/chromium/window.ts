// The window: one page of a plain Chromium over a pipe, served from memory, with the core behind it, and gone with either.
import { setTimeout as wait } from "node:timers/promises";
import type { Page, Request, Route } from "playwright-core";
import type { Why } from "../../../shared/ipc/why.ts";
import type { Note } from "../../ipc/router.ts";
import type { Browser } from "../node/browser.ts";
import { startBrowser } from "../node/browser.ts";
import type { Lent } from "../node/lent.ts";
import { keepingReport } from "../node/report.ts";
import type { ServedFile } from "../node/served.ts";
import { servedFiles } from "../node/served.ts";
import type { RunningCore } from "../node/start-core.ts";
import { startCore } from "../node/start-core.ts";
import type { Ended, Finish } from "../node/window.ts";
import { asked, CLIPBOARD, endingOnce, LEAVE_WITHIN, SMALLEST, TITLE, USUAL } from "../node/window.ts";
import type { Clipboard } from "./clipboard.ts";
import { clearingClipboard, inside } from "./clipboard.ts";
import { inPage } from "./in-page.ts";

/** Reserved by RFC 6761: no name server answers for it. */
const ORIGIN = "https://waypost.invalid";

export type OpenWindow = {
  readonly page: Page;
  readonly core: RunningCore;
  /** Locks and ends all of it, as a person who closes the window does. */
  readonly close: () => Promise<Ended>;
  readonly ended: Promise<Ended>;
};

export type WindowOptions = {
  /** The built renderer: `index.html` and what it names. */
  readonly rendererFolder: string;
  /** The browser's binary: `findBrowser()`. */
  readonly chromium: string;
  readonly lent: Lent;
  readonly note?: Note;
  /** Why a window is opened again; the page reads it from `location.hash`. */
  readonly after?: Why | undefined;
  /** Told at the first sign of the end, when nothing has ended yet. */
  readonly ending?: (why: Why) => void;
  readonly headless?: boolean;
  readonly size?: { readonly width: number; readonly height: number };
  /** As for `startBrowser`; and another core (tests). */
  readonly home?: string;
  readonly within?: string;
  readonly entry?: URL;
  readonly stderr?: "inherit" | "ignore";
};

const NAMES = { ask: "__deskAsk", copied: "__deskCopied", shell: "__desk" };
const BLANK = `data:text/html,<title>${TITLE}</title>`;

/** Opens the window, its core behind it. It ends whole: page, browser and core together, whichever goes first. */
export async function openWindow({
  rendererFolder,
  chromium,
  lent,
  note = () => {},
  after,
  ending = () => {},
  headless = false,
  size = USUAL,
  home,
  within,
  entry,
  stderr = "inherit",
}: WindowOptions): Promise<OpenWindow> {
  const core = startCore({ lent, note, stderr, ...(entry === undefined ? {} : { entry }) });
  let browser: Browser | undefined;
  try {
    const files = await servedFiles(rendererFolder);
    browser = await startBrowser({
      executable: chromium,
      headless,
      home,
      within,
      switches: [`--app=${BLANK}`, `--window-size=${size.width},${size.height}`, "--class=files"],
    });
    const finish = await fenceIn(browser, core, files, { note, ending });
    await browser.page.goto(`${ORIGIN}/${after === undefined ? "" : `#${after}`}`);
    const close = async () => await finish.end("closed");
    return { page: browser.page, core, close, ended: finish.ended };
  } catch (error) {
    await Promise.all([core.end(), browser?.end()]);
    throw error;
  }
}

/** All that stands around the page before anything of it is loaded: what reaches it, what it reaches, and what ends it. */
async function fenceIn(
  browser: Browser,
  core: RunningCore,
  files: ReadonlyMap<string, ServedFile>,
  { note, ending }: Required<Pick<WindowOptions, "note" | "ending">>,
): Promise<Finish> {
  const { page, context } = browser;
  const clipboard = clearingClipboard(page, await context.newCDPSession(page), NAMES.shell, CLIPBOARD);
  const finish = endingOnce(core, async () => await cover(browser, clipboard), ending);
  const report = keepingReport(core, finish.end);

  /** A frame, another page, or our page gone elsewhere reaches nothing; asked before what it says is looked at. */
  const expose = async (name: string, answer: (text: unknown) => Promise<string> | void) =>
    await context.exposeBinding(name, (source, text: unknown) => {
      const trusted = source.page === page && source.frame === page.mainFrame() && ours(source.frame.url());
      if (trusted) return answer(text);
      note("shell.foreign-caller");
      throw new Error("refused");
    });
  await expose(NAMES.ask, async (text) => JSON.stringify(await asked(text, core, finish.end, report)));
  await expose(NAMES.copied, clipboard.copied);
  await context.addInitScript(inPage, { names: NAMES, origin: ORIGIN, smallest: SMALLEST });
  await context.route("**/*", async (route) => await serve(route, files, page));
  core.subscribe((event) => {
    // The core locked by itself: the page goes, whatever it would have done.
    if (event.type === "vault.locked") report.unlessReading("left");
    void inside(page, NAMES.shell, "tell", JSON.stringify(event)).catch(() => {});
  });

  context.on("page", (other) => void (other === page ? undefined : other.close().catch(() => {})));
  page.on("dialog", (dialog) => void dialog.dismiss().catch(() => {}));
  // A listener keeps the browser's own dialog from opening: files are chosen on the program's screens.
  page.on("filechooser", () => {});
  page.on("crash", () => void finish.end("page-ended"));
  page.on("close", () => void finish.end("closed"));
  page.on("framenavigated", (frame) => {
    if (frame !== page.mainFrame()) return;
    if (ours(frame.url())) report.reloaded();
    else void finish.end("page-ended");
  });
  void browser.ended.then(async () => await finish.end("closed"));
  void core.exited.then(() => report.unlessReading("core-ended"));
  return finish;
}

/** The page's own address; what stands behind `#` is the renderer's. */
const ours = (url: string): boolean => url.split("#")[0] === `${ORIGIN}/`;

/** Serves the page's own files to the page, and nothing to anybody else. */
async function serve(route: Route, files: ReadonlyMap<string, ServedFile>, page: Page): Promise<void> {
  const request = route.request();
  const { origin, pathname } = new URL(request.url());
  const file = origin === ORIGIN && request.method() === "GET" ? files.get(pathname) : undefined;
  const allowed = !request.isNavigationRequest() || (isOfMainFrame(request, page) && pathname === "/");
  if (file === undefined || !allowed) return await route.abort("aborted").catch(() => {});
  await route.fulfill({ status: 200, headers: { ...file.headers }, body: file.body }).catch(() => {});
}

/** A window that is only about to open has no frame yet, and asking for it throws. */
function isOfMainFrame(request: Request, page: Page): boolean {
  try {
    return request.frame() === page.mainFrame();
  } catch {
    return false;
  }
}

/** Page blank, clipboard emptied if it is ours, browser killed. */
async function cover(browser: Browser, clipboard: Clipboard): Promise<void> {
  const left = inside(browser.page, NAMES.shell, "leave").then(clipboard.empty, () => {});
  await Promise.race([left, browser.ended, wait(LEAVE_WITHIN, undefined, { ref: false })]);
  await browser.end();
}
