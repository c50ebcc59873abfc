// What a shell lends the core over the same wire in the other direction; a shell without one answers `NotHere`.
import { object, optional, z } from "../schema.ts";
import { failure, method } from "./method.ts";

const notHere = failure("NotHere", { what: z.string() });
export const DecoderFailed = failure("DecoderFailed", { why: z.enum(["time", "memory", "crash"]) });
/** Bytes: the one place where the wire carries them, since both ends are ours. */
const base64 = z.string();

export const lentContract = {
  "decoder.trial": method({
    input: object({ request: base64, series: optional(z.string().max(64)) }),
    output: object({ verdict: base64 }),
    errors: [notHere, DecoderFailed],
    unlocked: false,
  }),
  "decoder.warm": method({ input: object({}), output: object({}), errors: [notHere], unlocked: false }),
  "printer.toPdf": method({
    input: object({ html: z.string() }),
    output: object({ pdf: base64 }),
    errors: [notHere],
    unlocked: false,
  }),
  "tokens.take": method({
    input: object({ token: z.string().max(4096) }),
    output: object({ path: z.string(), name: z.string() }),
    errors: [notHere, "UnknownFile"],
    unlocked: false,
  }),
};
export type LentContract = typeof lentContract;
