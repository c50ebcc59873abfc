// The log: one JSON line an event, with the time and plain numbers, nothing a person typed.
import type { Clock, Log } from "../../core/ports.ts";

/** `write` takes whole lines; `keep` says which events are written (all, if it is left out). */
export function createLog(clock: Clock, write: (line: string) => void, keep = (_event: string) => true): Log {
  return {
    note: (event, figures = {}) => {
      if (keep(event)) write(`${JSON.stringify({ at: clock.now(), event, ...figures })}\n`);
    },
  };
}
