// The clipboard: what a person copied in the window is emptied after a while, unless something else lies there by then.
import type { Electron } from "./session.ts";

/** `copied` says that something was copied in the page and lies there by now; `empty` does not wait. `after` is in milliseconds. */
export function clearingClipboard(clipboard: Electron["clipboard"], after: number) {
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
