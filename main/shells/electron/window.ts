// The window: one page of Electron, served from memory, with the core behind it, and gone with either.
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { IpcMainEvent, IpcMainInvokeEvent } from "electron";
import type { Why } from "../../../shared/ipc/why.ts";
import type { Note } from "../../ipc/router.ts";
import { keepingReport } from "../node/report.ts";
import type { ServedFile } from "../node/served.ts";
import type { RunningCore } from "../node/start-core.ts";
import type { Finish } from "../node/window.ts";
import { asked, CLIPBOARD, endingOnce, LEAVE_WITHIN, SMALLEST, TITLE, USUAL } from "../node/window.ts";
import { clearingClipboard } from "./clipboard.ts";
import { CHANNELS } from "./in-preload.ts";
import { type Electron, FENCED, servingSession } from "./session.ts";

/** The page's address. No file, no server: what answers is this program. */
const ORIGIN = "app://files";
/** The page's own address; what stands behind `#` is the renderer's. */
const ours = (url: string): boolean => url.split("#")[0] === `${ORIGIN}/`;

export type ElectronWindow = Finish & {
  /** Brings it before the person. */
  readonly show: () => void;
  /** The core answered the page at least once: what is opened anew would live as well. */
  readonly lived: () => boolean;
};

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Opens the window around a core that runs. `after` is why it is opened again; the page reads it from `location.hash`. */
export function openWindow(
  electron: Electron,
  core: RunningCore,
  files: ReadonlyMap<string, ServedFile>,
  { after, note }: { readonly after: Why | undefined; readonly note: Note },
): ElectronWindow {
  const { BrowserWindow, clipboard, ipcMain, powerMonitor } = electron;
  const find = (path: string) => files.get(path);
  const session = servingSession(electron, "desk", ORIGIN, find, (path) => path === "/");
  const window = new BrowserWindow({
    ...USUAL,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: TITLE,
    icon: beside("./icon.png"),
    show: false,
    webPreferences: { ...FENCED, session, preload: beside("./preload.cjs") },
  });
  const contents = window.webContents;
  const copies = clearingClipboard(clipboard, CLIPBOARD);
  let lived = false;
  const leave = async () => {
    // Ends the page's process too, asking nobody.
    window.destroy();
    await Promise.race([copies.empty().catch(() => {}), wait(LEAVE_WITHIN, undefined, { ref: false })]);
  };
  const finish = endingOnce(core, leave);
  const report = keepingReport(core, finish.end);

  /** A frame, another page, or our page gone elsewhere reaches nothing; asked before what it says is looked at. */
  const trusted = ({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    if (sender === contents && senderFrame?.parent === null && ours(senderFrame.url)) return true;
    note("shell.foreign-caller");
    return false;
  };
  ipcMain.handle(CHANNELS.ask, async (event, text: unknown) => {
    if (!trusted(event)) throw new Error("refused");
    const outcome = await asked(text, core, finish.end, report);
    lived ||= outcome.ok || outcome.error.type !== "CoreEnded";
    return JSON.stringify(outcome);
  });
  ipcMain.on(CHANNELS.copied, (event) => {
    if (trusted(event)) copies.copied();
  });
  core.subscribe((event) => {
    // The core locked by itself: the page goes, whatever it would have done.
    if (event.type === "vault.locked") report.unlessReading("left");
    if (!contents.isDestroyed()) contents.send(CHANNELS.tell, JSON.stringify(event));
  });

  window.once("ready-to-show", () => window.show());
  window.on("closed", () => void finish.end("closed"));
  contents.on("render-process-gone", () => void finish.end("page-ended"));
  contents.on("will-frame-navigate", ({ url }) => {
    if (ours(url)) report.reloaded();
  });
  powerMonitor.on("suspend", () => void finish.end("left"));
  powerMonitor.on("lock-screen", () => void finish.end("left"));
  powerMonitor.on("shutdown", () => void finish.end("closed"));
  void core.exited.then(() => report.unlessReading("core-ended"));

  const address = `${ORIGIN}/${after === undefined ? "" : `#${after}`}`;
  contents.loadURL(address).catch(async () => await finish.end("page-ended"));
  return {
    ...finish,
    show: () => {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.focus();
    },
    lived: () => lived,
  };
}
