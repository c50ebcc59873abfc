// What a shell lends the core over the same wire in the other direction; a shell without one answers `NotHere`.
import { object, optional, z } from "../schema.ts";
import { jobsMethods } from "./contract/jobs.ts";
import { paperMethods, PrinterName, sendingFailures } from "./contract/paper.ts";
import { placesMethods } from "./contract/places.ts";
import { fileFailures } from "./failures.ts";
import { failure, joinSubjects, method } from "./method.ts";

const notHere = failure("NotHere", { what: z.string() });
export const DecoderFailed = failure("DecoderFailed", { why: z.enum(["time", "memory", "crash"]) });
const listed = placesMethods["places.list"].output;
/** Bytes: the one place where the wire carries them, since both ends are ours. */
const base64 = z.string();
const series = optional(z.string().max(64));

const lentMethods = {
  "decoder.trial": method({
    input: object({ request: base64, series }),
    output: object({ verdict: base64 }),
    errors: [notHere, DecoderFailed],
    unlocked: false,
  }),
  "decoder.code": method({
    input: object({ picture: base64 }),
    output: z.union([object({ code: z.string() }), object({ none: z.enum(["picture", "code"]) })]),
    errors: [notHere, DecoderFailed],
    unlocked: false,
  }),
  "decoder.warm": method({ input: object({}), output: object({}), errors: [notHere], unlocked: false }),
  "decoder.end": method({
    input: object({ series }),
    output: object({}),
    errors: [notHere],
    unlocked: false,
  }),
  "printer.toPdf": method({
    input: object({ html: z.string() }),
    output: object({ pdf: base64 }),
    errors: [notHere],
    unlocked: false,
  }),
  "printer.list": method({
    input: object({}),
    output: paperMethods["paper.printers"].output,
    errors: [notHere],
    unlocked: false,
  }),
  "printer.send": method({
    input: object({ html: z.string(), printer: PrinterName, size: z.enum(["A4", "Letter"]) }),
    output: object({}),
    errors: [notHere, ...sendingFailures],
    unlocked: false,
    job: true,
  }),
  /**
   * Folders and files by token: what `places.list` and `places.makeFolder` of the contract answer, paths left with the shell.
   * Whether a synchroniser keeps the folder is for the core to say, which refuses vaults there.
   */
  "places.list": method({
    input: placesMethods["places.list"].input,
    output: object({ ...listed.shape, here: listed.shape.here.omit({ synced: true }) }),
    errors: [notHere, ...fileFailures],
    unlocked: false,
  }),
  "places.makeFolder": method({
    input: placesMethods["places.makeFolder"].input,
    output: placesMethods["places.makeFolder"].output,
    errors: [notHere, ...fileFailures, "FolderNameInvalid", "FolderThere"],
    unlocked: false,
  }),
  "places.hold": method({
    input: placesMethods["places.hold"].input,
    output: placesMethods["places.hold"].output,
    errors: [notHere, "UnknownFile"],
    unlocked: false,
  }),
  "places.last": method({
    input: object({}),
    output: placesMethods["places.last"].output,
    errors: [notHere],
    unlocked: false,
  }),
  /** A vault was opened here: offered first next time. */
  "places.opened": method({
    input: object({ path: z.string() }),
    output: object({}),
    errors: [notHere],
    unlocked: false,
  }),
  /** A vault was closed for good: where it was is forgotten. */
  "places.closed": method({
    input: object({ path: z.string() }),
    output: object({}),
    errors: [notHere],
    unlocked: false,
  }),
  /** A token for a path the core found by itself (a file of a folder it was given). */
  "tokens.offer": method({
    input: object({ path: z.string() }),
    output: object({ token: z.string() }),
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
export const lentContract = joinSubjects(lentMethods, jobsMethods);
export type LentContract = typeof lentContract;
