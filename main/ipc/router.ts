// The router: judges every message, sees that the vault is open, runs the handler, and lets out nothing the contract does not name.
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Event } from "../../shared/ipc/events.ts";
import type { AnyContract, AnyMethod, Context, Job, Routable } from "../../shared/ipc/method.ts";
import { commonFailures } from "../../shared/ipc/method.ts";
import type { Outcome } from "../../shared/ipc/wire.ts";
import { badInput, Call, problemsOf } from "../../shared/ipc/wire.ts";
import { err, ok } from "../../shared/result.ts";
import { z } from "../../shared/schema.ts";
import { describeBug } from "./bug.ts";

/** Writes one line without personal data; a core's `Log.note` is one. */
export type Note = (event: string, figures?: Readonly<Record<string, number>>) => void;

export type Router = {
  /** Takes `{method, input}`, or anything else and says what is wrong with it. Never rejects. */
  readonly call: (message: unknown) => Promise<Outcome>;
  /** Events of the app and progress of jobs. Returns the way to stop listening. */
  readonly subscribe: (listener: (event: Event) => void) => () => void;
};

type Events = { readonly events?: (listener: (event: Event) => void) => () => void };

/** Shortest time between two reports of one job, in milliseconds; the last one always goes out. */
const PROGRESS_EVERY = 50;

/** How long a method that stops jobs waits for them to let go, in milliseconds: locking has half a second in all. */
const STOP_WITHIN = 100;

const CommonFailure = z.union(commonFailures);
const CancelInput = z.object({ job: z.string() });

/**
 * Puts a router before an app. `checkOutputs` also judges every value on its way out (tests, command line);
 * failures are always judged, since an undeclared one may carry what it should not.
 */
export function createRouter<C extends AnyContract>(
  app: Routable<C> & Events,
  {
    contract,
    note,
    checkOutputs = false,
  }: { readonly contract: C; readonly note: Note; readonly checkOutputs?: boolean },
): Router {
  const jobs = new Map<string, { readonly stop: AbortController; readonly done: Promise<void> }>();
  const listeners = new Set<(event: Event) => void>();
  const tell = (event: Event) => {
    for (const listener of listeners) listener(event);
  };
  app.events?.(tell);

  const bug = (method: string, error: unknown): Outcome => {
    const ticket = randomBytes(4).toString("hex");
    note(`bug ${ticket} ${method} ${describeBug(error)}`);
    return err({ type: "Bug", ticket });
  };

  const run = async (name: string, method: AnyMethod, input: Record<string, unknown>): Promise<Outcome> => {
    if (name === "jobs.cancel") {
      const job = jobs.get(CancelInput.parse(input).job);
      job?.stop.abort();
      return ok({ known: job !== undefined });
    }
    if (method.unlocked && !app.unlocked()) return err({ type: "VaultLocked" });
    if (method.stopsJobs) await stopAll([...jobs.values()]);
    const handler = (app.handlers as Readonly<Record<string, AnyHandler>>)[name];
    if (handler === undefined) throw new TypeError("a method of the contract has no handler");
    if (!method.job) return judged(method, await handler(input, {}), checkOutputs);

    const id = typeof input["job"] === "string" ? input["job"] : randomBytes(16).toString("hex");
    if (jobs.has(id)) return err(badInput({ path: "job", what: "in-use" }));
    const stop = new AbortController();
    const done = Promise.withResolvers<void>();
    jobs.set(id, { stop, done: done.promise });
    try {
      const job: Job = { progress: reporter(id, tell), signal: stop.signal };
      return judged(method, await handler(input, { job }), checkOutputs);
    } catch (error) {
      if (stop.signal.aborted && error instanceof Error && error.name === "AbortError")
        return err({ type: "Cancelled" });
      throw error;
    } finally {
      jobs.delete(id);
      done.resolve();
    }
  };

  return {
    call: async (message) => {
      let name = "-";
      try {
        const call = Call.safeParse(message);
        if (!call.success) return err(badInput(...problemsOf(call.error)));
        if (!Object.hasOwn(contract, call.data.method)) return err({ type: "UnknownMethod" });
        name = call.data.method;
        const method = contract[name] as AnyMethod;
        const input = method.input.safeParse(call.data.input);
        if (!input.success) return err(badInput(...problemsOf(input.error)));
        return await run(name, method, input.data);
      } catch (error) {
        return bug(name, error);
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type AnyHandler = (input: unknown, context: Context<AnyMethod>) => Promise<Outcome>;

async function stopAll(
  jobs: readonly { readonly stop: AbortController; readonly done: Promise<void> }[],
): Promise<void> {
  for (const { stop } of jobs) stop.abort();
  if (jobs.length === 0) return;
  await Promise.race([
    Promise.all(jobs.map(({ done }) => done)),
    wait(STOP_WITHIN, undefined, { ref: false }),
  ]);
}

/** What a handler answered, if the contract lets it out; else an exception, for the caller to turn into a bug. */
function judged(method: AnyMethod, outcome: Outcome, checkOutputs: boolean): Outcome {
  if (outcome.ok) {
    if (checkOutputs && !method.output.safeParse(outcome.value).success) {
      throw new TypeError(`a value the contract does not allow`);
    }
    return ok(outcome.value);
  }
  const known = [...method.failures, CommonFailure].some((schema) => schema.safeParse(outcome.error).success);
  if (!known) throw new TypeError(`a failure the contract does not name`);
  return err(outcome.error);
}

/** Progress of one job as events, not more often than a screen can show. */
function reporter(job: string, tell: (event: Event) => void): Job["progress"] {
  let last = -PROGRESS_EVERY;
  return (step, done, total) => {
    const now = performance.now();
    if (done !== total && done !== 0 && now - last < PROGRESS_EVERY) return;
    last = now;
    tell({ type: "job.progress", job, step, done, total });
  };
}
