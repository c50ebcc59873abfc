// One life of the Chromium shell: a window from opening to locking, in the process it runs in, which ends with it.
import type { Note } from "../../ipc/router.ts";
import { clock } from "../node/clock.ts";
import { nodeDecoder } from "../node/decoder.ts";
import { createLog } from "../node/log.ts";
import { createPlaces } from "../node/places.ts";
import { createPrinter } from "../node/printer.ts";
import { createTokens } from "../node/tokens.ts";
import type { Life, Sign } from "./supervise.ts";
import type { OpenWindow } from "./window.ts";
import { openWindow } from "./window.ts";

/** Lives as soon as the supervisor says how. `use` is given the window once it is open (tests sit before it). */
export function liveWhenTold(use: (window: OpenWindow, life: Life) => void = () => {}): void {
  process.once("message", (life: Life) => {
    live(life, use).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message.split("\n")[0] : "no window"}\n`);
      process.exit(1);
    });
  });
}

const tell = (sign: Sign) => {
  if (process.connected) process.send?.(sign);
};

async function live(life: Life, use: (window: OpenWindow, life: Life) => void): Promise<void> {
  const { rendererFolder, chromium, headless, after, within } = life;
  const log = createLog(clock, (line) => void process.stderr.write(line));
  const note: Note = (event, figures) => log.note(event, figures);
  const tokens = createTokens();
  const decoder = nodeDecoder();
  const window = await openWindow({
    rendererFolder,
    chromium,
    headless,
    after,
    within,
    note,
    lent: {
      decoder,
      printer: createPrinter(within),
      tokens,
      places: createPlaces(tokens),
    },
    ending: (why) => tell({ type: "ending", why }),
  });
  tell({ type: "opened" });
  // Waits, having read nothing, for the first bundle: started then, it would keep a person waiting.
  decoder.warm?.();
  const close = () => void window.close();
  process.once("disconnect", close);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, close);
  if (!process.connected) close();
  use(window, life);
  await window.ended;
  // What the driver of the browser still holds in memory ends with this process.
  process.exit(0);
}
