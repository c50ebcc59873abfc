// Time that passes on this laptop, and ticks while it does.
import type { Milliseconds } from "../../../shared/brand.ts";
import type { Timer } from "../../core/ports.ts";

export const timer: Timer = {
  elapsed: () => performance.now() as Milliseconds,
  every: (milliseconds, work) => {
    const ticking = setInterval(work, milliseconds).unref();
    return () => clearInterval(ticking);
  },
};

/** For a command that ends with its work: nobody sits before it whose absence could be noticed. */
export const still: Timer = { ...timer, every: () => () => undefined };
