// The printer of the Electron shell: a page becomes a PDF, or goes to paper, in a hidden window of its own, which ends with it.
import { setTimeout as wait } from "node:timers/promises";
import { err, ok } from "../../../shared/result.ts";
import type { Printer } from "../../core/ports.ts";
import { cupsPrinters, QUEUED_AS, sendByCups, usualLimits } from "../node/cups.ts";
import { fence, type ServedFile } from "../node/served.ts";
import { type Contents, type Electron, FENCED, servingSession } from "./session.ts";

const ORIGIN = "app://paper";
const NOT_HERE = { type: "NotHere", what: "printer" } as const;
/** Longest time for one document, in milliseconds. */
const WITHIN = 60_000;
/** The document brings its own content policy, which names its one style. */
const { "content-security-policy": _policy, ...fenced } = fence;
const headers = { ...fenced, "content-type": "text/html; charset=utf-8" };

/**
 * `NotHere` where a document could not be printed: the release goes without a PDF and says so. Paper goes to CUPS, as everywhere
 * else, but on Windows: there Chromium itself knows the printers. On Linux it would write the page into a temporary file first.
 */
export function electronPrinter(
  electron: Electron,
  { limits = usualLimits, windows = process.platform === "win32" } = {},
): Printer {
  const papers = new Map<string, ServedFile>();
  const find = (path: string) => papers.get(path);
  const open = () => servingSession(electron, "paper", ORIGIN, find, (path) => papers.has(path));
  let session: ReturnType<typeof open> | undefined;
  let numbers = 0;

  /** What was made of a hidden window of its own; `undefined` where it took too long, was stopped or failed. */
  const inWindow = async <T>(
    work: (window: InstanceType<Electron["BrowserWindow"]>) => Promise<T>,
    within = WITHIN,
    signal?: AbortSignal,
  ): Promise<T | undefined> => {
    session ??= open();
    const window = new electron.BrowserWindow({
      show: false,
      webPreferences: { ...FENCED, session, javascript: false },
    });
    const over = wait(within, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) });
    try {
      return await Promise.race([work(window), over]);
    } catch {
      return undefined;
    } finally {
      window.destroy();
    }
  };
  const onPage = async <T>(
    html: string,
    work: (contents: Contents) => Promise<T>,
    within?: number,
    signal?: AbortSignal,
  ): Promise<T | undefined> => {
    const path = `/${(numbers += 1)}`;
    papers.set(path, { body: Buffer.from(html), headers });
    const printed = await inWindow(
      async (window) => {
        await window.loadURL(`${ORIGIN}${path}`);
        return await work(window.webContents);
      },
      within,
      signal,
    );
    papers.delete(path);
    return printed;
  };

  const toPdf: Printer["toPdf"] = async (html) => {
    const pdf = await onPage(
      html,
      async (contents) => await contents.printToPDF({ preferCSSPageSize: true, printBackground: true }),
    );
    return pdf === undefined ? err(NOT_HERE) : ok(pdf);
  };
  if (!windows)
    return {
      toPdf,
      list: async () => await cupsPrinters(limits),
      send: async (page, signal) => await sendByCups(page, toPdf, limits, signal),
    };

  const list: Printer["list"] = async () => {
    const found = await inWindow(async ({ webContents }) => await webContents.getPrintersAsync());
    if (found === undefined) return err(NOT_HERE);
    // It says neither which one is usual nor how it is reached.
    const printers = found.map(({ name, displayName }) => ({
      printer: name,
      shown: displayName || name,
      usual: false,
      where: "unknown" as const,
    }));
    return ok({ printers });
  };
  return {
    toPdf,
    list,
    send: async ({ html, printer, size }, signal) => {
      const here = await list();
      if (!here.ok) return here;
      if (!here.value.printers.some((one) => one.printer === printer)) return err({ type: "UnknownPrinter" });
      const done = await onPage(
        html.replace(/<title>[^<]*<\/title>/, `<title>${QUEUED_AS}</title>`),
        async (contents) => await printed(contents, printer, size),
        limits.queue,
        signal,
      );
      if (signal.aborted) return err({ type: "Cancelled" });
      if (done === undefined) return err({ type: "PrinterSilent" });
      return done ? ok({}) : err({ type: "PrinterRefused" });
    },
  };
}

/** Whether the system's queue took it. Electron does not tell what becomes of it there. */
const printed = async (contents: Contents, deviceName: string, pageSize: "A4" | "Letter"): Promise<boolean> =>
  await new Promise((resolve) =>
    contents.print(
      { silent: true, deviceName, pageSize, printBackground: true, duplexMode: "simplex" },
      (success) => resolve(success),
    ),
  );
