// The processes that a process has started, as Linux tells it.
import { readdirSync, readFileSync } from "node:fs";

/** Alive, with this process as their parent and so called; one that was ended and not yet waited for counts as gone. */
const childrenHere = (called: RegExp): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^[0-9]+$/.test(name))
    .filter((pid) => {
      try {
        const [state, parent] =
          readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ") ?? [];
        const command = readFileSync(`/proc/${pid}/cmdline`, "latin1");
        return state !== "Z" && Number(parent) === process.pid && called.test(command);
      } catch {
        return false;
      }
    })
    .map(Number);

export const decodersHere = (): number => childrenHere(/decoder-(picture-)?entry/).length;

/** The browsers whose windows this process has open. */
export const browsersHere = (): readonly number[] => childrenHere(/--class=files/);
