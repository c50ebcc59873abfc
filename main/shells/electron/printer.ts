// The printer of the Electron shell: a page becomes a PDF in a hidden window of its own, which ends with it.
import { setTimeout as wait } from "node:timers/promises";
import { err, ok } from "../../../shared/result.ts";
import type { Printer } from "../../core/ports.ts";
import { fence } from "../node/served.ts";
import type { Electron } from "./electron.ts";
import { FENCED, servingSession } from "./session.ts";

const ORIGIN = "app://paper";
/** Longest time for one document, in milliseconds. */
const WITHIN = 60_000;
/** The document brings its own content policy, which names its one style. */
const { "content-security-policy": _policy, ...headers } = fence;

/** `NotHere` where the document could not be printed: the release goes without a PDF and says so. */
export function electronPrinter(electron: Electron): Printer {
  const papers = new Map<string, string>();
  let numbers = 0;
  const open = () =>
    servingSession(
      electron,
      "paper",
      ORIGIN,
      (path) => {
        const html = papers.get(path);
        if (html === undefined) return undefined;
        return {
          body: Buffer.from(html),
          headers: { ...headers, "content-type": "text/html; charset=utf-8" },
        };
      },
      (path) => papers.has(path),
    );
  let session: ReturnType<typeof open> | undefined;

  return {
    async toPdf(html) {
      session ??= open();
      const path = `/${(numbers += 1)}`;
      papers.set(path, html);
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
