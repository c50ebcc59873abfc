// The printer of the Electron shell: a page becomes a PDF in a hidden window of its own, which ends with it.
import { setTimeout as wait } from "node:timers/promises";
import { err, ok } from "../../../shared/result.ts";
import type { Printer } from "../../core/ports.ts";
import { fence, type ServedFile } from "../node/served.ts";
import { type Electron, FENCED, servingSession } from "./session.ts";

const ORIGIN = "app://paper";
/** Longest time for one document, in milliseconds. */
const WITHIN = 60_000;
/** The document brings its own content policy, which names its one style. */
const { "content-security-policy": _policy, ...fenced } = fence;
const headers = { ...fenced, "content-type": "text/html; charset=utf-8" };

/** `NotHere` where the document could not be printed: the release goes without a PDF and says so. */
export function electronPrinter(electron: Electron): Printer {
  const papers = new Map<string, ServedFile>();
  const find = (path: string) => papers.get(path);
  const open = () => servingSession(electron, "paper", ORIGIN, find, (path) => papers.has(path));
  let session: ReturnType<typeof open> | undefined;
  let numbers = 0;

  return {
    async toPdf(html) {
      session ??= open();
      const path = `/${(numbers += 1)}`;
      papers.set(path, { body: Buffer.from(html), headers });
      const window = new electron.BrowserWindow({
        show: false,
        webPreferences: { ...FENCED, session, javascript: false },
      });
      const printed = async () => {
        await window.loadURL(`${ORIGIN}${path}`);
        return await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
      };
      try {
        const pdf = await Promise.race([printed(), wait(WITHIN, undefined, { ref: false })]);
        return pdf === undefined ? err({ type: "NotHere", what: "printer" }) : ok(pdf);
      } catch {
        return err({ type: "NotHere", what: "printer" });
      } finally {
        papers.delete(path);
        window.destroy();
      }
    },
  };
}
