// What a shell lends its core, on both ends of the wire: the shell answers with its own ports, the core sees ports.
import { randomUUID } from "node:crypto";
import { failure, type Asked, type HandlersOf } from "../../../shared/ipc/method.ts";
import { DecoderFailed, lentContract } from "../../../shared/ipc/lent.ts";
import type { LentContract } from "../../../shared/ipc/lent.ts";
import type { Outcome } from "../../../shared/ipc/wire.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Decoder, Places, Ports, Printer, Tokens } from "../../core/ports.ts";
import type { Port } from "../../ipc/port.ts";
import type { Note, Router } from "../../ipc/router.ts";
import { createRouter } from "../../ipc/router.ts";

export type Lent = {
  readonly decoder?: Decoder;
  readonly printer?: Printer;
  readonly tokens?: Tokens;
  readonly places?: Places;
};
type Shown<P extends "list" | "makeFolder" | "hold"> = Awaited<ReturnType<Places[P]>>;
type Borrowed = Pick<Ports, "decoder" | "printer" | "tokens" | "places">;

/** The shell's end: answers the core's questions with what this shell has. What is under way is given up once the core is `gone`. */
export function lendPorts(
  { decoder, printer, tokens, places }: Lent,
  note: Note,
  gone: AbortSignal = new AbortController().signal,
): Router {
  const handlers: HandlersOf<LentContract> = {
    "decoder.trial": async ({ request, series }) => {
      if (!decoder) return err({ type: "NotHere", what: "decoder" });
      const outcome = await decoder.trial(Buffer.from(request, "base64"), series);
      return outcome.ok ? ok({ verdict: base64(outcome.value) }) : outcome;
    },
    "decoder.code": async ({ picture }) =>
      decoder
        ? await decoder.code(Buffer.from(picture, "base64"))
        : err({ type: "NotHere", what: "decoder" }),
    "decoder.warm": async () => {
      if (!decoder) return err({ type: "NotHere", what: "decoder" });
      decoder.warm?.();
      return ok({});
    },
    "decoder.end": async ({ series }) => {
      if (!decoder) return err({ type: "NotHere", what: "decoder" });
      decoder.end?.(series);
      return ok({});
    },
    "printer.toPdf": async ({ html }) => {
      if (!printer) return noPrinter;
      const outcome = await printer.toPdf(html);
      return outcome.ok ? ok({ pdf: base64(outcome.value) }) : outcome;
    },
    "printer.list": async () => (await printer?.list()) ?? noPrinter,
    "printer.send": async (page, { job }) =>
      (await printer?.send(page, AbortSignal.any([job.signal, gone]))) ?? noPrinter,
    "tokens.take": async ({ token }) =>
      tokens ? await tokens.take(token) : err({ type: "NotHere", what: "tokens" }),
    "tokens.offer": async ({ path }) =>
      tokens ? ok({ token: await tokens.offer(path) }) : err({ type: "NotHere", what: "tokens" }),
    "places.list": async (input) => (await places?.list(input)) ?? noPlaces,
    "places.makeFolder": async (input) => (await places?.makeFolder(input)) ?? noPlaces,
    "places.hold": async (input) => (await places?.hold(input)) ?? noPlaces,
    "places.last": async () => (places ? ok(await places.last()) : noPlaces),
    "places.opened": async ({ path }) => {
      await places?.opened(path);
      return places ? ok({}) : noPlaces;
    },
    "places.closed": async ({ path }) => {
      await places?.closed(path);
      return places ? ok({}) : noPlaces;
    },
  };
  return createRouter(
    { handlers, unlocked: () => false },
    { contract: lentContract, note, checkOutputs: true },
  );
}

const Cancelled = failure("Cancelled", {});
const noPrinter = err({ type: "NotHere", what: "printer" } as const);
const noPlaces = err({ type: "NotHere", what: "places" } as const);

/** The core's end: ports that ask the shell. An answer that does not fit its schema counts as none. */
export function borrowPorts(call: Port["call"]): Borrowed {
  /** What the shell answered, where the contract allows it. */
  const shown = async <M extends "places.list" | "places.makeFolder" | "places.hold">(
    method: M,
    input: Asked<LentContract[M]>,
  ): Promise<Outcome> => {
    const outcome = await call(method, input);
    const { output, failures } = lentContract[method];
    const fits = outcome.ok
      ? output.safeParse(outcome.value).success
      : outcome.error.type !== "NotHere" &&
        failures.some((failure) => failure.safeParse(outcome.error).success);
    return fits ? outcome : err({ type: "UnknownFile" });
  };
  return {
    decoder: {
      trial: async (request, series) => {
        const outcome = await call("decoder.trial", {
          request: base64(request),
          ...(series === undefined ? {} : { series }),
        });
        if (!outcome.ok) {
          return err(DecoderFailed.safeParse(outcome.error).data ?? { type: "DecoderFailed", why: "crash" });
        }
        const value = lentContract["decoder.trial"].output.safeParse(outcome.value);
        return value.success
          ? ok(Buffer.from(value.data.verdict, "base64"))
          : err({ type: "DecoderFailed", why: "crash" });
      },
      code: async (picture) => {
        const outcome = await call("decoder.code", { picture: base64(picture) });
        if (!outcome.ok) {
          return err(DecoderFailed.safeParse(outcome.error).data ?? { type: "DecoderFailed", why: "crash" });
        }
        const value = lentContract["decoder.code"].output.safeParse(outcome.value);
        return value.success ? ok(value.data) : err({ type: "DecoderFailed", why: "crash" });
      },
      warm: () => void call("decoder.warm", {}),
      end: (series) => void call("decoder.end", series === undefined ? {} : { series }),
    },
    printer: {
      toPdf: async (html) => {
        const outcome = await call("printer.toPdf", { html });
        const value = outcome.ok ? lentContract["printer.toPdf"].output.safeParse(outcome.value) : undefined;
        return value?.success ? ok(Buffer.from(value.data.pdf, "base64")) : noPrinter;
      },
      list: async () => {
        const outcome = await call("printer.list", {});
        const value = outcome.ok ? lentContract["printer.list"].output.safeParse(outcome.value) : undefined;
        return value?.success ? ok(value.data) : noPrinter;
      },
      send: async (page, signal) => {
        if (signal.aborted) return err({ type: "Cancelled" });
        const job = randomUUID();
        const stop = () => void call("jobs.cancel", { job });
        signal.addEventListener("abort", stop, { once: true });
        const outcome = await call("printer.send", { ...page, job });
        signal.removeEventListener("abort", stop);
        if (outcome.ok) return ok({});
        const known = [...lentContract["printer.send"].failures, Cancelled].some(
          (failure) => failure.safeParse(outcome.error).success,
        );
        return known ? (outcome as Awaited<ReturnType<Printer["send"]>>) : noPrinter;
      },
    },
    tokens: {
      take: async (token) => {
        const outcome = await call("tokens.take", { token });
        const value = outcome.ok ? lentContract["tokens.take"].output.safeParse(outcome.value) : undefined;
        return value?.success ? ok(value.data) : err({ type: "UnknownFile" });
      },
      offer: async (path) => {
        const outcome = await call("tokens.offer", { path });
        if (!outcome.ok) throw new Error("a shell that lends tokens offers them");
        return lentContract["tokens.offer"].output.parse(outcome.value).token;
      },
    },
    places: {
      list: async (input) => (await shown("places.list", input)) as Shown<"list">,
      makeFolder: async (input) => (await shown("places.makeFolder", input)) as Shown<"makeFolder">,
      hold: async (input) => (await shown("places.hold", input)) as Shown<"hold">,
      last: async () => {
        const outcome = await call("places.last", {});
        return (outcome.ok && lentContract["places.last"].output.safeParse(outcome.value).data) || {};
      },
      opened: async (path) => void (await call("places.opened", { path })),
      closed: async (path) => void (await call("places.closed", { path })),
    },
  };
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
