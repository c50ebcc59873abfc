// What a shell lends its core, on both ends of the wire: the shell answers with its own ports, the core sees ports.
import type { HandlersOf } from "../../../shared/ipc/method.ts";
import { DecoderFailed, lentContract } from "../../../shared/ipc/lent.ts";
import type { LentContract } from "../../../shared/ipc/lent.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Decoder, Printer, Tokens } from "../../core/ports.ts";
import type { Port } from "../../ipc/port.ts";
import type { Note, Router } from "../../ipc/router.ts";
import { createRouter } from "../../ipc/router.ts";

export type Lent = { readonly decoder?: Decoder; readonly printer?: Printer; readonly tokens?: Tokens };

/** The shell's end: answers the core's questions with what this shell has. */
export function lendPorts({ decoder, printer, tokens }: Lent, note: Note): Router {
  const handlers: HandlersOf<LentContract> = {
    "decoder.trial": async ({ request, series }) => {
      if (!decoder) return err({ type: "NotHere", what: "decoder" });
      const outcome = await decoder.trial(Buffer.from(request, "base64"), series);
      return outcome.ok ? ok({ verdict: base64(outcome.value) }) : outcome;
    },
    "decoder.warm": async () => {
      if (!decoder) return err({ type: "NotHere", what: "decoder" });
      decoder.warm?.();
      return ok({});
    },
    "printer.toPdf": async ({ html }) => {
      if (!printer) return err({ type: "NotHere", what: "printer" });
      const outcome = await printer.toPdf(html);
      return outcome.ok ? ok({ pdf: base64(outcome.value) }) : outcome;
    },
    "tokens.take": async ({ token }) =>
      tokens ? await tokens.take(token) : err({ type: "NotHere", what: "tokens" }),
  };
  return createRouter(
    { handlers, unlocked: () => false },
    { contract: lentContract, note, checkOutputs: true },
  );
}

/** The core's end: ports that ask the shell. An answer that does not fit its schema counts as none. */
export function borrowPorts(call: Port["call"]): Required<Lent> {
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
      warm: () => void call("decoder.warm", {}),
    },
    printer: {
      toPdf: async (html) => {
        const outcome = await call("printer.toPdf", { html });
        const value = outcome.ok ? lentContract["printer.toPdf"].output.safeParse(outcome.value) : undefined;
        return value?.success
          ? ok(Buffer.from(value.data.pdf, "base64"))
          : err({ type: "NotHere", what: "printer" });
      },
    },
    tokens: {
      take: async (token) => {
        const outcome = await call("tokens.take", { token });
        const value = outcome.ok ? lentContract["tokens.take"].output.safeParse(outcome.value) : undefined;
        return value?.success ? ok(value.data) : err({ type: "UnknownFile" });
      },
    },
  };
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
