// The clipboard: what a person copied in the window is emptied after a while, unless something else lies there by then.
import type { Electron } from "./electron.ts";

export type Clipboard = {
  /** Something was copied in the page, and lies there by now. */
  readonly copied: () => void;
  /** Empties it now, if what lies there is still ours. */
  readonly empty: () => Promise<void>;
};

/** `after` is in milliseconds. */
export function clearingClipboard(clipboard: Electron["clipboard"], after: number): Clipboard {
  let ours = Promise.resolve("");
  let timer: NodeJS.Timeout | undefined;
  const empty = async () => {
    clearTimeout(timer);
    const copied = await ours;
    ours = Promise.resolve("");
    if (copied !== "" && (await clipboard.readText()) === copied) clipboard.clear();
  };
  return {
    copied: () => {
      clearTimeout(timer);
      ours = clipboard.readText().catch(() => "");
      timer = setTimeout(() => void empty().catch(() => {}), after);
    },
    empty,
  };
}
