// The processes that a process has started, as Linux tells it.
import { readdirSync, readFileSync } from "node:fs";

/** Decoders alive whose parent is this process; one that was ended and not yet waited for counts as gone. */
export const decodersHere = (): number =>
  readdirSync("/proc")
    .filter((name) => /^[0-9]+$/.test(name))
    .filter((pid) => {
      try {
        const [state, parent] =
          readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ") ?? [];
        const command = readFileSync(`/proc/${pid}/cmdline`, "latin1");
        return state !== "Z" && Number(parent) === process.pid && /decoder-(picture-)?entry/.test(command);
      } catch {
        return false;
      }
    }).length;
