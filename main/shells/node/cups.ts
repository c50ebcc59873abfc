// Printing on Linux and macOS, by the programs of their printing system (CUPS). The page goes in as they are read from: no file of it
// is written here, and no word of it is an argument.
import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { err, ok } from "../../../shared/result.ts";
import type { PageToPrint, Printer } from "../../core/ports.ts";

type Listed = Awaited<ReturnType<Printer["list"]>>;
type Sent = Awaited<ReturnType<Printer["send"]>>;
type One = Extract<Listed, { ok: true }>["value"]["printers"][number];

/** Longest times, in milliseconds: for one program to answer, and for a page to leave the queue. */
export type Limits = { readonly answer: number; readonly queue: number };
export const usualLimits: Limits = { answer: 30_000, queue: 600_000 };
/** Between two looks at the queue, in milliseconds. */
const LOOK_EVERY = 1_000;
/** More than this many characters no program of these has to say. */
const MOST_SAID = 1_000_000;

/** What stands for every page in the queue's list and, where it has one, in the system's log. */
export const QUEUED_AS = "Files";

/** Narrower than what CUPS allows: nothing that an option, a path or another program's shell could be made of. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.+@~-]{0,126}$/u;
/** Schemes of printers that are reached over a network, and of those on a cable. Others do not tell. */
const NETWORK = /^(?:ipps?|https?|socket|lpd|smb|dnssd|mdns|beh:.*|hp:\/net)(?::|\/|$)/i;
const CABLE = /^(?:usb|parallel|serial|hp:\/usb|hp:\/par)(?::|\/|$)/i;
/** A printer on a cable that speaks the network's language is served by this laptop to itself. */
const ITSELF = /^ipps?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/i;

/** The printers that are set up here. Those that others offer in a network are not looked for. */
export async function cupsPrinters({ answer }: Limits): Promise<Listed> {
  const [devices, usual, server] = await Promise.all(
    ["-v", "-d", "-H"].map((what) => run("lpstat", [what], answer)),
  );
  if (devices === undefined || usual === undefined || server === undefined)
    return err({ type: "NotHere", what: "printer" });
  const remote = !/^(?:\/|localhost:|127\.0\.0\.1:|\[::1\]:)/.test(server.said.trim());
  const last = usual.said.trim().split(/\s+/).at(-1);
  const printers = devices.said.split("\n").flatMap((line): One[] => {
    // `device for Desk: usb://…`
    const [, name = "", device = ""] = /(\S+?)\s?:\s+(\S+)$/.exec(line) ?? [];
    if (!NAME.test(name)) return [];
    return [
      { printer: name, shown: name, usual: name === last, where: remote ? "network" : whereIs(device) },
    ];
  });
  return ok({ printers });
}

function whereIs(device: string): One["where"] {
  if (ITSELF.test(device)) return "cable";
  return NETWORK.test(device) ? "network" : CABLE.test(device) ? "cable" : "unknown";
}

/** `send` of a printer that can make PDFs: only to a printer that `cupsPrinters` names. */
export async function sendByCups(
  page: PageToPrint,
  toPdf: Printer["toPdf"],
  limits: Limits,
  signal: AbortSignal,
): Promise<Sent> {
  const here = await cupsPrinters(limits);
  if (!here.ok) return here;
  if (!here.value.printers.some(({ printer }) => printer === page.printer))
    return err({ type: "UnknownPrinter" });
  const pdf = await toPdf(page.html);
  if (!pdf.ok) return pdf;
  return signal.aborted ? err({ type: "Cancelled" }) : await queued(pdf.value, page, limits, signal);
}

async function queued(
  pdf: Uint8Array,
  { printer, size }: PageToPrint,
  { answer, queue }: Limits,
  signal: AbortSignal,
): Promise<Sent> {
  const until = performance.now() + queue;
  // It is not stopped halfway: only a page that has a number can be taken back.
  const taken = await run(
    "lp",
    // As one word each: the name cannot be taken for an option.
    [`-d${printer}`, "-t", QUEUED_AS, "-o", `media=${size}`, "-o", "sides=one-sided", "-o", FORMAT, "-"],
    answer,
    pdf,
  );
  if (taken === undefined) return err({ type: "PrinterSilent" });
  const number = taken.code === 0 ? numberIn(taken.said, printer) : undefined;
  if (number === undefined) return err({ type: "PrinterRefused" });
  const stopped = new Promise<undefined>((resolve) =>
    signal.addEventListener("abort", () => resolve(undefined), { once: true }),
  );
  for (;;) {
    if (signal.aborted || performance.now() >= until) {
      await run("cancel", ["-x", number], answer);
      return signal.aborted ? err({ type: "Cancelled" }) : err({ type: "PrinterSilent" });
    }
    // A shell that is about to end is not kept waiting for an answer.
    const waiting = await Promise.race([
      stopped,
      run("lpstat", ["-W", "not-completed", "-o", printer], answer),
    ]);
    const stands = waiting?.said.split("\n").some((line) => line.split(/\s/, 1)[0] === number);
    if (waiting?.code === 0 && stands === false) return ok({});
    await wait(LOOK_EVERY, undefined, { signal }).catch(() => {});
  }
}
const FORMAT = "document-format=application/pdf";

/** The page's number in the queue out of `request id is Desk-12 (0 file(s))`. */
const numberIn = (said: string, printer: string): string | undefined =>
  said
    .split(/\s+/)
    .find((word) => word.startsWith(`${printer}-`) && /^\d+$/.test(word.slice(printer.length + 1)));

type Ran = { readonly code: number | null; readonly said: string };

/** Runs a program without a shell; `undefined` where it is not there, or did not end in time and was killed. */
async function run(
  program: "lp" | "lpstat" | "cancel",
  words: readonly string[],
  within: number,
  input?: Uint8Array,
): Promise<Ran | undefined> {
  // Windows has none of them, and would look for them in the folder it happens to stand in.
  if (process.platform === "win32") return undefined;
  const { promise, resolve } = Promise.withResolvers<Ran | undefined>();
  const child = spawn(program, words, {
    // In English, so that the answers can be read. On macOS that goes by what CUPS itself says to its own programs.
    env: { PATH: process.env["PATH"], LC_ALL: "C.UTF-8", LANG: "C.UTF-8", SOFTWARE: "CUPS" },
    stdio: ["pipe", "pipe", "ignore"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (more: string) => {
    if (said.length < MOST_SAID) said += more;
  });
  // A program that does not want all of it ends, and its code says why.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  child.once("error", () => resolve(undefined));
  child.once("close", (code) => resolve({ code, said }));
  const late = setTimeout(() => {
    child.kill("SIGKILL");
    resolve(undefined);
  }, within);
  try {
    return await promise;
  } finally {
    clearTimeout(late);
  }
}
