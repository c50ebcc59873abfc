// A small contract and its app, made to try every promise of the router and the port.
import { setTimeout as wait } from "node:timers/promises";
import { jobsMethods } from "../../../shared/ipc/contract/jobs.ts";
import type { Event } from "../../../shared/ipc/events.ts";
import type { HandlersOf } from "../../../shared/ipc/method.ts";
import { failure, joinSubjects, method } from "../../../shared/ipc/method.ts";
import { err, ok } from "../../../shared/result.ts";
import { object, optional, z } from "../../../shared/schema.ts";
import type { Ports } from "../../../main/core/ports.ts";
import type { ServedApp } from "../../../main/shells/node/serve-core.ts";

const nothing = object({});

const smallMethods = {
  "echo.say": method({
    input: object({ text: z.string().max(1_000), more: optional(object({ list: z.array(z.int()) })) }),
    output: object({ text: z.string() }),
    errors: [],
    unlocked: false,
  }),
  "echo.repeat": method({
    input: object({ times: z.int() }),
    output: object({ text: z.string() }),
    errors: [],
    unlocked: false,
  }),
  "echo.take": method({
    input: object({ text: z.string() }),
    output: object({ length: z.int() }),
    errors: [],
    unlocked: false,
  }),
  "echo.refuse": method({
    input: nothing,
    output: nothing,
    errors: ["Unwilling", failure("TooOld", { found: z.int() })],
    unlocked: false,
  }),
  "echo.crash": method({ input: object({ name: z.string() }), output: nothing, errors: [], unlocked: false }),
  "echo.undeclared": method({ input: nothing, output: nothing, errors: [], unlocked: false }),
  "echo.wrong": method({ input: nothing, output: object({ count: z.int() }), errors: [], unlocked: false }),
  "echo.circle": method({ input: nothing, output: z.unknown(), errors: [], unlocked: false }),
  "work.long": method({
    input: object({ steps: z.int() }),
    output: object({ done: z.int() }),
    errors: [],
    unlocked: false,
    job: true,
  }),
  "work.changes": method({
    input: nothing,
    output: object({ changes: z.int() }),
    errors: [],
    unlocked: false,
  }),
  "door.open": method({ input: nothing, output: nothing, errors: [], unlocked: false }),
  "door.inside": method({ input: nothing, output: nothing, errors: [], unlocked: true }),
  "lent.trial": method({
    input: object({ text: z.string() }),
    output: object({ answer: z.string() }),
    errors: [],
    unlocked: false,
  }),
  "lent.print": method({
    input: object({ html: z.string() }),
    output: object({ answer: z.string() }),
    errors: [],
    unlocked: false,
  }),
  "lent.send": method({
    input: object({ printer: z.string() }),
    output: object({ answer: z.string() }),
    errors: [],
    unlocked: false,
    job: true,
  }),
  "lent.take": method({
    input: object({ token: z.string() }),
    output: object({ answer: z.string() }),
    errors: [],
    unlocked: false,
  }),
  "lent.offer": method({
    input: object({ path: z.string() }),
    output: object({ answer: z.string() }),
    errors: [],
    unlocked: false,
  }),
  "lent.list": method({
    input: object({ at: optional(z.string()) }),
    output: object({ answer: z.string() }),
    errors: [],
    unlocked: false,
  }),
  "lent.last": method({
    input: object({ opened: optional(z.string()), closed: optional(z.string()) }),
    output: object({ answer: z.string() }),
    errors: [],
    unlocked: false,
  }),
  "process.facts": method({
    input: nothing,
    output: object({
      pid: z.int(),
      options: z.array(z.string()),
      variables: z.array(z.string()),
      reports: z.boolean(),
    }),
    errors: [],
    unlocked: false,
  }),
  "process.hang": method({ input: nothing, output: nothing, errors: [], unlocked: false }),
  "vault.lock": method({ input: nothing, output: nothing, errors: [], unlocked: false, stopsJobs: true }),
};
export const smallContract = joinSubjects(smallMethods, jobsMethods);
export type SmallContract = typeof smallContract;

export function makeSmallApp(
  ports: Pick<Ports, "decoder" | "printer" | "tokens" | "places">,
): ServedApp<SmallContract> {
  const listeners = new Set<(event: Event) => void>();
  let open = false;
  let changes = 0;
  const handlers: HandlersOf<SmallContract> = {
    "echo.say": async ({ text }) => ok({ text }),
    "echo.repeat": async ({ times }) => ok({ text: "x".repeat(times) }),
    "echo.take": async ({ text }) => ok({ length: text.length }),
    "echo.refuse": async () => err({ type: "TooOld", found: 9 }),
    "echo.crash": async ({ name }) => {
      throw new TypeError(`cannot read ${name} of undefined`);
    },
    "echo.undeclared": async () =>
      err({ type: "Secret", name: "somebody" } as unknown as { type: "Cancelled" }),
    "echo.wrong": async () => ok({ count: "many" as unknown as number }),
    "echo.circle": async () => {
      const circle: Record<string, unknown> = {};
      circle["self"] = circle;
      return ok(circle);
    },
    "work.long": async ({ steps }, { job }) => {
      for (let step = 0; step < steps; step++) {
        if (job.signal.aborted) return err({ type: "Cancelled" });
        job.progress("count", step, steps);
        await wait(2, undefined, { signal: job.signal });
      }
      job.progress("count", steps, steps);
      changes += 1;
      return ok({ done: steps });
    },
    "work.changes": async () => ok({ changes }),
    "door.open": async () => {
      open = true;
      return ok({});
    },
    "door.inside": async () => ok({}),
    "lent.trial": async ({ text }) => {
      const outcome = await ports.decoder.trial(Buffer.from(text));
      return ok({ answer: outcome.ok ? Buffer.from(outcome.value).toString() : outcome.error.why });
    },
    "lent.print": async ({ html }) => {
      const outcome = await ports.printer.toPdf(html);
      return ok({ answer: outcome.ok ? Buffer.from(outcome.value).toString() : outcome.error.type });
    },
    "lent.send": async ({ printer }, { job }) => {
      const here = await ports.printer.list();
      const names = here.ok ? here.value.printers.map(({ shown }) => shown).join() : here.error.type;
      const sent = await ports.printer.send({ html: "<p>", printer, size: "A4" }, job.signal);
      return ok({ answer: `${names} ${sent.ok ? "sent" : sent.error.type}` });
    },
    "lent.take": async ({ token }) => {
      const outcome = await ports.tokens.take(token);
      return ok({ answer: outcome.ok ? `${outcome.value.name} ${outcome.value.path}` : outcome.error.type });
    },
    "lent.offer": async ({ path }) => ok({ answer: await ports.tokens.offer(path) }),
    "lent.list": async ({ at }) => {
      const listed = await ports.places.list({ want: "file", ...(at === undefined ? {} : { at }) });
      return ok({
        answer: listed.ok ? listed.value.entries.map(({ name }) => name).join() : listed.error.type,
      });
    },
    "lent.last": async ({ opened, closed }) => {
      if (opened !== undefined) await ports.places.opened(opened);
      if (closed !== undefined) await ports.places.closed(closed);
      return ok({ answer: (await ports.places.last()).vault?.name ?? "none" });
    },
    "process.facts": async () => {
      const { reportOnFatalError, reportOnSignal, reportOnUncaughtException } = process.report;
      return ok({
        pid: process.pid,
        options: process.execArgv,
        variables: Object.keys(process.env),
        reports: reportOnFatalError || reportOnSignal || reportOnUncaughtException,
      });
    },
    "process.hang": async () => {
      const until = performance.now() + 60_000;
      while (performance.now() < until);
      return ok({});
    },
    "vault.lock": async () => {
      open = false;
      for (const listener of listeners) listener({ type: "vault.locked" });
      return ok({});
    },
  };
  return {
    handlers,
    unlocked: () => open,
    events: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      open = false;
    },
  };
}
