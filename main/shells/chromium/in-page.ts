// What the shell puts into its one page before anything of the page runs: the bridge, and a clipboard that is emptied again.

/** Names in the page: of the functions that reach the shell, and of the object with what the shell calls. */
export type Names = { readonly ask: string; readonly copied: string; readonly shell: string };

/** What the shell calls in the page. */
export type ShellsEnd = {
  /** Hands one event, as JSON, to whoever listens. */
  readonly tell: (text: string) => void;
  /** What the last look found on the clipboard is ours. */
  readonly keep: () => void;
  /** Empties the clipboard where the last look found what is ours. */
  readonly empty: () => Promise<void>;
  /** Shows nothing any more. */
  readonly leave: () => void;
};

export type InPage = {
  readonly origin: string;
  readonly names: Names;
  readonly smallest: { readonly width: number; readonly height: number };
};

/**
 * Runs inside the page, alone: it is carried there as text and sees nothing of this module. In a frame, or a page of
 * another origin, it does nothing; the shell refuses those as well.
 */
export function inPage({ origin, names, smallest }: InPage): void {
  if (window.top !== window || location.origin !== origin) return;
  const listeners = new Set<(event: unknown) => void>();
  const shell = window as unknown as Record<string, (text: string) => Promise<string>>;
  const bridge = {
    call: async (method: string, input: unknown): Promise<unknown> => {
      const text = JSON.stringify({ method, input });
      try {
        return JSON.parse((await shell[names.ask]?.(text)) ?? "") as unknown;
      } catch {
        return { ok: false, error: { type: "CoreEnded" } };
      }
    },
    subscribe: (listener: (event: unknown) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const fixed = (name: string, value: unknown) => Object.defineProperty(window, name, { value });
  fixed("open", () => null);
  fixed("bridge", Object.freeze(bridge));
  const tell = (text: string) => {
    for (const listener of listeners) listener(JSON.parse(text));
  };

  // What was copied is emptied after a while; what another program put there meanwhile stays. A page may not read the
  // clipboard, so the shell presses a key without a name, which no keyboard has and which pastes into the listeners here and nowhere else.
  const { clipboard } = navigator;
  const write = clipboard.writeText.bind(clipboard);
  let looking = false;
  let found = "";
  let ours = "";
  const intercept = (event: globalThis.Event, act: () => void) => {
    event.stopImmediatePropagation();
    act();
  };
  addEventListener("keydown", (event) => event.key === "" && intercept(event, () => (looking = true)), true);
  addEventListener("beforepaste", (event) => looking && intercept(event, () => event.preventDefault()), true);
  addEventListener(
    "paste",
    (event) => {
      if (!looking) return;
      looking = false;
      event.preventDefault();
      intercept(event, () => (found = event.clipboardData?.getData("text") ?? ""));
    },
    true,
  );
  const copied = () => void setTimeout(() => void shell[names.copied]?.("").catch(() => {}));
  addEventListener("copy", copied, true);
  addEventListener("cut", copied, true);
  Object.defineProperty(Clipboard.prototype, "writeText", {
    value: async (text: string) => {
      await write(text);
      copied();
    },
  });
  const keep = () => void (ours = found);
  const empty = async () => {
    if (ours !== "" && found === ours) await write("");
    ours = "";
  };
  const leave = () => void (document.documentElement.style.display = "none");
  fixed(names.shell, Object.freeze({ tell, keep, empty, leave }));

  // The browser's own ways out of the page: saving, printing, source, searching the web for a selected name.
  addEventListener(
    "keydown",
    (event) => {
      const command = event.ctrlKey || event.metaKey;
      const letter = event.key.toLowerCase();
      const tools = event.shiftKey && ["i", "j", "c", "k", "m"].includes(letter);
      if (event.key === "F12" || (command && (["p", "s", "o", "u", "n", "t"].includes(letter) || tools)))
        event.preventDefault();
    },
    true,
  );
  addEventListener("contextmenu", (event) => {
    const editable = event.target instanceof Element && event.target.closest("input, textarea") !== null;
    if (!editable) event.preventDefault();
  });
  addEventListener("resize", () => {
    if (outerWidth < smallest.width || outerHeight < smallest.height)
      resizeTo(Math.max(outerWidth, smallest.width), Math.max(outerHeight, smallest.height));
  });
}
