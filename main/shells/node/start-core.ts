// Starts the core as a process of its own, lends it what this shell has, and ends it for certain.
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Event } from "../../../shared/ipc/events.ts";
import { lentLimit, messageLimit } from "../../../shared/ipc/wire.ts";
import type { Outcome } from "../../../shared/ipc/wire.ts";
import { openPort } from "../../ipc/port.ts";
import type { Note } from "../../ipc/router.ts";
import { channelTo } from "./channels.ts";
import { lendPorts } from "./lent.ts";
import type { Lent } from "./lent.ts";
import { program } from "./program.ts";

export type Exit = { readonly code: number | null; readonly signal: string | null };

export type RunningCore = {
  readonly call: (method: string, input: unknown) => Promise<Outcome>;
  readonly subscribe: (listener: (event: Event) => void) => () => void;
  /** Lets the core close its vault, then sees that the process is gone; killed after two seconds. */
  readonly end: () => Promise<Exit>;
  /** Locks, then ends: the process is gone within `lockWithin`, by force if need be (every commit is whole, so that loses nothing acknowledged). */
  readonly lock: () => Promise<{ readonly exit: Exit; readonly milliseconds: number }>;
  readonly exited: Promise<Exit>;
  readonly pid: number | undefined;
};

/** A locked vault's process has ended after this many milliseconds. */
export const lockWithin = 500;
const endWithin = 2_000;
/** Left of `lockWithin` for the process to end by itself once the vault has answered, and to be killed. */
const killReserve = 150;

/** What the core's process knows of the world around it: no paths, no options for Node, nobody's name. */
const KEPT_VARIABLES = ["LANG", "LC_ALL", "TZ", "SystemRoot", "windir", "TEMP", "TMP"];

/**
 * `entry` is another program to run in the core's place (tests); `stderr` is where its log goes, which holds nothing personal;
 * `node` is the Node to run it where this process is none (Electron).
 */
export function startCore({
  lent,
  note,
  entry = program("core-entry", import.meta.url),
  stderr = "inherit",
  node = process.execPath,
}: {
  readonly lent: Lent;
  readonly note: Note;
  readonly entry?: URL;
  readonly stderr?: "inherit" | "ignore";
  readonly node?: string;
}): RunningCore {
  const child = spawnCore(entry, stderr, node);
  const exited = new Promise<Exit>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
  // However it ended: what its decoders have read does not outlive it, and a page that still waits for a printer is taken back.
  const gone = new AbortController();
  void exited.then(() => {
    lent.decoder?.end?.();
    gone.abort();
  });
  const port = openPort(channelTo(child), { note, served: lentLimit, asked: messageLimit });
  port.serve(lendPorts(lent, note, gone.signal));

  const endBefore = async (deadline: number): Promise<Exit> => {
    port.close();
    await Promise.race([exited, wait(Math.max(0, deadline - performance.now()), undefined, { ref: false })]);
    child.kill("SIGKILL");
    return await exited;
  };

  return {
    call: async (method, input) => await port.call(method, input),
    subscribe: port.subscribe,
    end: async () => await endBefore(performance.now() + endWithin),
    lock: async () => {
      const start = performance.now();
      const locked = port.call("vault.lock", {});
      await Promise.race([locked, exited, wait(lockWithin - killReserve, undefined, { ref: false })]);
      const exit = await endBefore(start + lockWithin - killReserve / 3);
      return { exit, milliseconds: performance.now() - start };
    },
    exited,
    pid: child.pid,
  };
}

/** Nothing of this process's world but what the core needs to read text and tell the time. */
const keptEnvironment = (): Record<string, string | undefined> =>
  Object.fromEntries(
    KEPT_VARIABLES.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );

/** The core's process alone. */
export const spawnCore = (entry: URL, stderr: "inherit" | "ignore", node?: string): ChildProcess =>
  spawnProcess(entry, stderr, keptEnvironment(), node);

/**
 * A process with a channel. On POSIX it is born through `sh`, which sets the limit of core dumps to zero and becomes Node: the
 * same process id, no moment without the limit. No option of this process (debugger, reports) is handed on.
 */
export function spawnProcess(
  entry: URL,
  stderr: "inherit" | "ignore",
  env: Record<string, string | undefined>,
  node: string = process.execPath,
): ChildProcess {
  const command = [node, fileURLToPath(entry)];
  const options = {
    env,
    windowsHide: true,
    stdio: ["ignore", "ignore", stderr, "ipc"] as ["ignore", "ignore", typeof stderr, "ipc"],
  };
  if (process.platform === "win32") return spawn(node, command.slice(1), options);
  return spawn("/bin/sh", ["-c", 'ulimit -c 0; exec "$@"', "waypost-core", ...command], options);
}
