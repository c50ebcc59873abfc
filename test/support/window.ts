// A window for tests: a real Chromium around the real core, headless unless there is a display to show it on.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Decoder } from "../../main/core/ports.ts";
import type { OpenWindow, WindowOptions } from "../../main/shells/chromium/window.ts";
import { openWindow } from "../../main/shells/chromium/window.ts";
import { findBrowser } from "../../main/shells/node/browser.ts";
import { nodeDecoder } from "../../main/shells/node/decoder.ts";
import { createPlaces } from "../../main/shells/node/places.ts";
import { createPrinter } from "../../main/shells/node/printer.ts";
import { pathTokens } from "../../main/shells/node/tokens.ts";
import type { Outcome } from "../../shared/ipc/wire.ts";
import type { Page } from "playwright-core";
import { tinyPage } from "./page.ts";

/** The browser tests use; where there is none they are skipped, and this says why. */
export const browserHere = await findBrowser();
if (browserHere === undefined) console.log("skipped: no Chromium, Chrome or Edge is installed here");

export type TestWindow = OpenWindow &
  AsyncDisposable & {
    /** Tokens are paths relative to this folder. */
    readonly folder: string;
    /** Lines the shell noted. */
    readonly notes: readonly string[];
  };

/** A laptop whose windows come and go: where its person keeps things, and the drives in it. */
export type Laptop = { readonly home: string; readonly drives: readonly string[] };

export type TestWindowOptions = Partial<WindowOptions> & {
  readonly laptop?: Laptop;
  readonly decoder?: Decoder;
};

/** Opens the window, on the tiny page unless told otherwise; gone with all it left when disposed, but for a `laptop`. */
export async function testWindow({
  laptop,
  decoder = nodeDecoder(),
  ...options
}: TestWindowOptions = {}): Promise<TestWindow> {
  if (browserHere === undefined) throw new Error("no browser here: the test should have been skipped");
  const folder = laptop?.home ?? mkdtempSync(join(tmpdir(), "waypost-window-"));
  const notes: string[] = [];
  const tokens = pathTokens(folder);
  const system = {
    home: folder,
    settings: join(folder, ".config"),
    documents: async () => (laptop === undefined ? folder : join(folder, "Documents")),
    drives: async () => laptop?.drives ?? [],
  };
  const opened = await openWindow({
    rendererFolder: tinyPage,
    chromium: browserHere,
    headless: true,
    lent: { decoder, printer: createPrinter(), tokens, places: createPlaces(tokens, system) },
    note: (event) => void notes.push(event),
    stderr: "ignore",
    ...options,
  });
  return {
    ...opened,
    folder,
    notes,
    [Symbol.asyncDispose]: async () => {
      await opened.close();
      if (laptop === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Bridge = { readonly call: (method: string, input: unknown) => Promise<Outcome> };

/** Asks from inside the page, so that every word passes page, browser and shell. */
export const ask = async (page: Page, method: string, input: unknown = {}): Promise<Outcome> =>
  await page.evaluate(
    async ([name, given]) => await (globalThis as unknown as { bridge: Bridge }).bridge.call(name, given),
    [method, input] as const,
  );
