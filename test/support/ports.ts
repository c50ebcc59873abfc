// Seeded ports for tests: a clock that only moves when told, randomness that repeats, a log that remembers, real files.
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Milliseconds } from "../../shared/brand.ts";
import { err } from "../../shared/result.ts";
import type { Clock, Log, Places, Printer, Random, Timer } from "../../main/core/ports.ts";
import type { VaultPorts } from "../../main/core/vault/index.ts";
import { nodeFiles } from "../../main/shells/node/files.ts";

export type SeededClock = Clock & { advance(by: number): void };

/** Starts at 2020-01-01T00:00Z unless told otherwise. */
export function seededClock(start = 1_577_836_800_000): SeededClock {
  let at = start;
  return {
    now: () => at as Milliseconds,
    advance: (by) => {
      at += by;
    },
  };
}

/** The same seed gives the same bytes. */
export function seededRandom(seed: number | string): Random {
  let block = 0;
  let left = Buffer.alloc(0);
  return {
    bytes(count) {
      while (left.length < count) {
        left = Buffer.concat([left, createHash("sha256").update(`${seed} ${block++}`).digest()]);
      }
      const taken = Uint8Array.from(left.subarray(0, count));
      left = left.subarray(count);
      return taken;
    },
  };
}

/** Time passes only when told; `pass` moves the clock along with it and ticks as a laptop would that is awake. */
export type SeededTimer = Timer & {
  readonly pass: (milliseconds: number) => void;
  /** Time passes and nothing ticks. */
  readonly sleep: (milliseconds: number) => void;
};

/** Ticks once for each second that passes. `clock` moves along. */
export function seededTimer(clock: SeededClock): SeededTimer {
  let at = 0;
  const ticking = new Set<() => void>();
  return {
    elapsed: () => at as Milliseconds,
    every: (_, work) => {
      ticking.add(work);
      return () => ticking.delete(work);
    },
    sleep: (milliseconds) => {
      at += milliseconds;
      clock.advance(milliseconds);
    },
    pass: (milliseconds) => {
      for (let left = milliseconds; left > 0; left -= 1_000) {
        at += Math.min(left, 1_000);
        clock.advance(Math.min(left, 1_000));
        for (const work of ticking) work();
      }
    },
  };
}

const nowhere = async () => err({ type: "UnknownFile" } as const);
/** Of a shell that shows no folders. */
export const noPlaces: Places = {
  list: nowhere,
  makeFolder: nowhere,
  hold: nowhere,
  last: async () => ({}),
  opened: async () => undefined,
  closed: async () => undefined,
};

const notHere = async () => err({ type: "NotHere", what: "printer" } as const);
/** For what is not about paper: starts no browser. */
export const noPrinter: Printer = { toPdf: notHere, list: notHere, send: notHere };

export type RememberingLog = Log & { readonly events: readonly string[] };

export function rememberingLog(): RememberingLog {
  const events: string[] = [];
  return { events, note: (event) => void events.push(event) };
}

let vaults = 0;

/** Ports for one laptop. Use one set for all openings of a vault: the same seed again would name two openings alike. */
export function seededPorts(seed: number | string = `laptop ${++vaults}`): VaultPorts & {
  readonly clock: SeededClock;
  readonly log: RememberingLog;
} {
  return { clock: seededClock(), random: seededRandom(seed), files: nodeFiles, log: rememberingLog() };
}

/** A folder of its own, removed when it goes out of use: `await using home = await temporaryFolder()`. */
export async function temporaryFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "waypost-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
