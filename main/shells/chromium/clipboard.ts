// The clipboard: what a person copied in the window is emptied after a while, unless something else lies there by then.
import type { CDPSession, Page } from "playwright-core";
import type { ShellsEnd } from "./in-page.ts";

export type Clipboard = {
  /** Something was copied in the page. */
  readonly copied: () => void;
  /** Empties it now, if what lies there is still ours. */
  readonly empty: () => Promise<void>;
};

/** `name` is that of the shell's object in the page; `after` is in milliseconds. */
export function clearingClipboard(page: Page, session: CDPSession, name: string, after: number): Clipboard {
  let timer: NodeJS.Timeout | undefined;
  const look = async (then: "keep" | "empty") => {
    await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", commands: ["paste"] });
    await inside(page, name, then);
  };
  const empty = async () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    await look("empty").catch(() => {});
  };
  return {
    copied: () => {
      clearTimeout(timer);
      timer = setTimeout(() => void empty(), after);
      void look("keep").catch(() => {});
    },
    empty,
  };
}

/** Calls one function of the shell's object in the page. */
export async function inside(page: Page, name: string, what: keyof ShellsEnd, text = ""): Promise<void> {
  await page.evaluate(
    async ([object, called, given]) =>
      await (globalThis as unknown as Record<string, ShellsEnd>)[object]?.[called](given),
    [name, what, text] as const,
  );
}
