// Closing a vault for good locks it, and what is said of it then is shown only once: its page stays until a person leaves it.
import type { Outcome } from "../../../shared/ipc/wire.ts";
import type { Why } from "../../../shared/ipc/why.ts";
import type { RunningCore } from "./start-core.ts";

export type Report = {
  /** Carries one call of `vault.closeForGood`; the core ends as soon as the report has been given. */
  readonly closing: (call: () => Promise<Outcome>) => Promise<Outcome>;
  /** Ends the window, unless the report is on its way or on the screen. */
  readonly unlessReading: (why: Why) => void;
  /** The page that had the report is being loaded anew: nothing is left to read. */
  readonly reloaded: () => void;
};

export function keepingReport(core: Pick<RunningCore, "end">, end: (why: Why) => unknown): Report {
  let running = 0;
  let given = false;
  let missed: Why | undefined;
  return {
    closing: async (call) => {
      running += 1;
      const outcome = await call();
      running -= 1;
      given ||= outcome.ok;
      if (outcome.ok) void core.end();
      else if (!given && running === 0 && missed !== undefined) end(missed);
      return outcome;
    },
    unlessReading: (why) => {
      if (running > 0) missed = why;
      else if (!given) end(why);
    },
    reloaded: () => {
      if (given) end("locked");
    },
  };
}
