// The printer of shells on Node: a page becomes a PDF in a headless browser of its own, which ends with it, and goes to CUPS.
import { setTimeout as wait } from "node:timers/promises";
import { err, ok } from "../../../shared/result.ts";
import type { Printer } from "../../core/ports.ts";
import { findBrowser, startBrowser } from "./browser.ts";
import { cupsPrinters, sendByCups, usualLimits } from "./cups.ts";

/** Only inside that browser; reserved, so no name server answers for it. */
const ADDRESS = "https://paper.invalid/";
/** Longest time for one document, in milliseconds. */
const WITHIN = 60_000;

/**
 * Prints with the browser of this machine; `NotHere` where there is none, or where it failed. `within` as for `startBrowser`.
 * On Windows, which has no programs for it, a page can only be saved.
 */
export function createPrinter(within?: string, limits = usualLimits): Printer {
  const toPdf: Printer["toPdf"] = async (html) => {
    const executable = await findBrowser();
    const pdf = executable === undefined ? undefined : await printed(html, executable, within);
    return pdf === undefined ? err({ type: "NotHere", what: "printer" }) : ok(pdf);
  };
  return {
    toPdf,
    list: async () => await cupsPrinters(limits),
    send: async (page, signal) => await sendByCups(page, toPdf, limits, signal),
  };
}

/**
 * The document gets no script, no network and no file. It is taken as one answer, since the browser would otherwise put it
 * into a temporary file first.
 */
async function printed(
  html: string,
  executable: string,
  within: string | undefined,
): Promise<Uint8Array | undefined> {
  let end = async () => {};
  try {
    const browser = await startBrowser({ executable, headless: true, javaScript: false, within });
    ({ end } = browser);
    const { context, page } = browser;
    await context.route("**/*", async (route) => {
      if (route.request().url() !== ADDRESS) return await route.abort();
      await route.fulfill({ status: 200, contentType: "text/html; charset=utf-8", body: html });
    });
    await page.goto(ADDRESS);
    const session = await context.newCDPSession(page);
    const printing = session.send("Page.printToPDF", { preferCSSPageSize: true, printBackground: true });
    const answer = await Promise.race([printing, wait(WITHIN, undefined, { ref: false })]);
    return answer === undefined ? undefined : Buffer.from(answer.data, "base64");
  } catch {
    // Whatever the browser met, the release goes without a PDF and says so.
    return undefined;
  } finally {
    await end();
  }
}
