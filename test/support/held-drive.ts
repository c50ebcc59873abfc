// A drive called USB that stops at a step: the core of `held-core.ts` waits there for as long as a test holds it.
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export type DriveStep = "read" | "write" | "commit";

/** The program to run in the core's place. */
export const heldCore = new URL("./held-core.ts", import.meta.url);

const holdOf = (drive: string, step: DriveStep) => join(dirname(drive), "held", step);
const reachedOf = (hold: string) => `${hold}-reached`;

/** In the core: waits where the drive of this path is held at this step. Tells whether it is still there afterwards. */
export async function passStep(path: string, step: DriveStep): Promise<"there" | "gone"> {
  const at = `${path}${sep}`.indexOf(`${sep}USB${sep}`);
  if (at < 0) return "there";
  const drive = path.slice(0, at + 4);
  const hold = holdOf(drive, step);
  if (existsSync(hold)) writeFileSync(reachedOf(hold), "");
  while (existsSync(hold)) await wait(20);
  return statSync(drive, { throwIfNoEntry: false })?.isDirectory() === true ? "there" : "gone";
}

export type Held = {
  /** Once the core waits there. */
  readonly reached: () => Promise<void>;
  readonly release: () => void;
};

/** In a test: the drive stops the next time it comes to this step. */
export function holdDrive(drive: string, step: DriveStep): Held {
  const hold = holdOf(drive, step);
  mkdirSync(dirname(hold), { recursive: true });
  rmSync(reachedOf(hold), { force: true });
  writeFileSync(hold, "");
  return {
    reached: async () => {
      while (!existsSync(reachedOf(hold))) await wait(20);
    },
    release: () => rmSync(hold, { force: true }),
  };
}
