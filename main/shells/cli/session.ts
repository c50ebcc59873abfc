// The core inside this very process: started for one command, its jobs cancelled on an interrupt, closed before the end.
import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { AnyContract } from "../../../shared/ipc/method.ts";
import type { Outcome } from "../../../shared/ipc/wire.ts";
import { memoryChannels, openPort } from "../../ipc/port.ts";
import { clock } from "../node/clock.ts";
import { nodeDecoder } from "../node/decoder.ts";
import { forbidCoreDumps, harden } from "../node/harden.ts";
import { createLog } from "../node/log.ts";
import { createPlaces } from "../node/places.ts";
import { nodePorts } from "../node/ports.ts";
import { createPrinter } from "../node/printer.ts";
import { still } from "../node/timer.ts";
import { pathTokens } from "../node/tokens.ts";
import { allPrinted } from "./print.ts";
import type { Program } from "./program.ts";
import { methodOf } from "./program.ts";

export type Session = { readonly call: (method: string, input: unknown) => Promise<Outcome> };

/** What a shell reports for a program that a signal ended. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
/** The same for a program whose reader went away. */
const BROKEN_PIPE = 141;

/**
 * Runs `work` with a core and closes it whatever happens. On a signal running jobs are cancelled, their outcomes still
 * printed, the vault closed; a second signal ends at once. Of the core's log only bugs are written, to standard error.
 */
export async function withSession(
  program: Program,
  progress: boolean,
  work: (session: Session) => Promise<number>,
): Promise<number> {
  harden();
  forbidCoreDumps();
  const log = createLog(
    clock,
    (line) => void process.stderr.write(line),
    (event) => event.startsWith("bug "),
  );
  const contract = await program.contract();
  const tokens = pathTokens(process.cwd());
  const core = await program.start(
    nodePorts({
      timer: still,
      log,
      decoder: nodeDecoder(),
      printer: createPrinter(),
      tokens,
      places: createPlaces(tokens),
    }),
    log.note,
  );
  const [mine, its] = memoryChannels();
  openPort(its, { note: log.note }).serve(core.router);
  const port = openPort(mine, { note: log.note });
  if (progress) port.subscribe((event) => void process.stderr.write(`${JSON.stringify(event)}\n`));
  const jobs = new Set<string>();
  const calls = new Set<Promise<Outcome>>();

  const call = async (name: string, given: unknown) => {
    const { job, input } = withJob(contract, name, given);
    if (job !== undefined) jobs.add(job);
    const answer = port.call(name, input);
    calls.add(answer);
    const outcome = await answer;
    calls.delete(answer);
    if (job !== undefined) jobs.delete(job);
    return outcome;
  };

  let stopped: number | undefined;
  const stop = async (code: number) => {
    if (stopped !== undefined) process.exit(code);
    stopped = code;
    for (const job of jobs) await port.call("jobs.cancel", { job });
    await Promise.all(calls);
    await setImmediate();
    await allPrinted();
    await core.close();
    process.exit(code);
  };
  for (const [signal, code] of Object.entries(SIGNALS)) process.on(signal, () => void stop(code));
  process.stdout.on("error", () => void stop(BROKEN_PIPE));

  try {
    const code = await work({ call });
    return stopped ?? code;
  } finally {
    await core.close();
  }
}

/** Long work gets a name, if its caller gave it none, so that a signal can cancel it. */
function withJob(contract: AnyContract, name: string, input: unknown): { job?: string; input: unknown } {
  if (!methodOf(contract, name)?.job || typeof input !== "object" || input === null) return { input };
  const job = "job" in input && typeof input.job === "string" ? input.job : randomUUID();
  return { job, input: { ...input, job } };
}
