// Outlives every lock: starts one shell process after another, since all that a window, its browser and its shell knew ends with them.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import type { Why } from "../../../shared/ipc/why.ts";
import { passingFolder, removeFolder } from "../node/passing.ts";
import { spawnProcess } from "../node/start-core.ts";

/** What one shell process is told at its start. */
export type Life = {
  readonly rendererFolder: string;
  readonly chromium: string;
  readonly headless: boolean;
  readonly after?: Why;
  readonly within: string;
};

/** What it tells: that its window is there, and at the first sign that it ends. */
export type Sign = { readonly type: "opened" } | { readonly type: "ending"; readonly why: Why };

type Shell = { readonly pid: number | undefined; readonly opened: boolean };

export type Supervised = {
  /** Locks and ends everything, as closing the window does. */
  readonly end: () => Promise<void>;
  /** `true` where a person ended it, `false` where no window could be opened. */
  readonly ended: Promise<boolean>;
  /** The shells that live now, the newest last. */
  readonly shells: () => readonly Shell[];
};

/** Variables that would make Node or the browser's driver keep or tell things. */
const UNWANTED = /^(?:NODE_|DEBUG|PW|PLAYWRIGHT)/;

/**
 * Keeps one window open until a person closes it: after a lock, or when something broke, a new one comes, locked. `entry` is
 * another program to run in the shell's place (tests).
 */
export function supervise(
  given: Pick<Life, "rendererFolder" | "chromium" | "headless">,
  entry = new URL(`./shell${extname(import.meta.url)}`, import.meta.url),
): Supervised {
  const living = new Map<ChildProcess, { readonly gone: Promise<void>; opened: boolean }>();
  const done = Promise.withResolvers<boolean>();
  let stopping = false;
  let opened = true;
  let running = 0;

  const begin = (after?: Why) => {
    // One that never showed a window is not tried again.
    if (stopping || !opened) return;
    opened = false;
    running += 1;
    const within = passingFolder();
    const environment = Object.entries(process.env).filter(([name]) => !UNWANTED.test(name));
    const child = spawnProcess(entry, "inherit", Object.fromEntries(environment));
    const gone = once(child, "exit").then(async () => await removeFolder(within));
    const one = { gone, opened: false };
    living.set(child, one);
    let replaced = false;
    const replace = (why: Why) => {
      if (replaced) return;
      replaced = true;
      if (why === "closed") stopping = true;
      begin(why);
    };
    child.on("message", (sign: Sign) => {
      if (sign.type === "ending") replace(sign.why);
      else opened = one.opened = true;
    });
    void gone.then(() => {
      living.delete(child);
      replace("core-ended");
      running -= 1;
      if (running === 0) done.resolve(stopping);
    });
    child.send({ ...given, within, ...(after === undefined ? {} : { after }) } satisfies Life);
  };

  begin();
  return {
    end: async () => {
      stopping = true;
      for (const child of living.keys()) if (child.connected) child.disconnect();
      await Promise.all([...living.values()].map(async ({ gone }) => await gone));
      await done.promise;
    },
    ended: done.promise,
    shells: () => [...living].map(([{ pid }, one]) => ({ pid, opened: one.opened })),
  };
}
