// Locks a vault that nobody sits before: no hand on the laptop for a while, or a laptop that slept in between.
import type { Clock, Timer } from "../ports.ts";

const tick = 1_000;
/** Told so long before it locks. */
const warning = 20_000;
/** Between two ticks the clock and the time that passed may differ by so much: more is a laptop that slept, or a clock that was set. */
const jump = 20_000;

export type Idle = { readonly here: () => void; readonly stop: () => void };

/**
 * Counts from now, and anew at each `here`. `lockAfter` is asked at every tick, in minutes. Only `here` counts: what a page
 * reads by itself is no hand on the laptop. `lock` is called once.
 */
export function watchIdle(
  { clock, timer }: { readonly clock: Clock; readonly timer: Timer },
  act: {
    readonly lockAfter: () => number;
    readonly soon: (seconds: number) => void;
    readonly lock: () => void;
  },
): Idle {
  let hand = timer.elapsed();
  let told = false;
  let last = { wall: clock.now(), elapsed: timer.elapsed() };
  const stop = timer.every(tick, () => {
    const now = { wall: clock.now(), elapsed: timer.elapsed() };
    const wall = now.wall - last.wall;
    const passed = now.elapsed - last.elapsed;
    last = now;
    // Some systems count the time asleep as passed, some do not: asleep was the laptop in both.
    const slept = passed > jump || Math.abs(wall - passed) > jump;
    const left = act.lockAfter() * 60_000 - (now.elapsed - hand);
    if (slept || left <= 0) {
      stop();
      act.lock();
    } else if (left <= warning && !told) {
      told = true;
      act.soon(Math.ceil(left / 1_000));
    }
  });
  return {
    here: () => {
      hand = timer.elapsed();
      told = false;
    },
    stop,
  };
}
