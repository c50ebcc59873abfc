// Inside the core's process: hardens it, puts app, router and port together, and ends with its shell.
import { setTimeout as wait } from "node:timers/promises";
import type { AnyContract, Routable } from "../../../shared/ipc/method.ts";
import type { Event } from "../../../shared/ipc/events.ts";
import { lentLimit, messageLimit } from "../../../shared/ipc/wire.ts";
import { describeBug } from "../../ipc/bug.ts";
import { openPort } from "../../ipc/port.ts";
import { createRouter } from "../../ipc/router.ts";
import type { Ports } from "../../core/ports.ts";
import { channelToParent } from "./channels.ts";
import { clock } from "./clock.ts";
import { harden } from "./harden.ts";
import { borrowPorts } from "./lent.ts";
import { createLog } from "./log.ts";
import { nodePorts } from "./ports.ts";
import { timer } from "./timer.ts";

/** An app of any contract, as a process can hold it. */
export type ServedApp<C extends AnyContract> = Routable<C> & {
  readonly events: (listener: (event: Event) => void) => () => void;
  readonly close: () => Promise<void>;
};

/** Exit code of a process that a bug ended. */
const BUG = 70;

/** How long the app may take to close once the shell is gone, in milliseconds. */
const closeWithin = 2_000;

/**
 * Serves until the shell closes the channel or is gone; then closes the app and ends the process. A drive that hangs keeps no
 * vault open: every commit is whole, so that ending by force loses nothing acknowledged.
 */
export async function serveCore<C extends AnyContract>(
  contract: C,
  makeApp: (ports: Ports) => ServedApp<C> | Promise<ServedApp<C>>,
): Promise<void> {
  harden();
  const log = createLog(clock, (line) => void process.stderr.write(line));
  const crash = (error: unknown) => {
    log.note(`bug uncaught ${describeBug(error)}`);
    process.exit(BUG);
  };
  process.on("uncaughtException", crash);
  // Ctrl-C reaches every program of a terminal: the shell ends this one, in order.
  for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => {});

  const port = openPort(channelToParent(), { note: log.note, served: messageLimit, asked: lentLimit });
  const app = await makeApp(nodePorts({ timer, log, ...borrowPorts(port.call) }));
  port.serve(createRouter(app, { contract, note: log.note }));
  await port.ended;
  await Promise.race([app.close(), wait(closeWithin)]);
  process.exit(0);
}
