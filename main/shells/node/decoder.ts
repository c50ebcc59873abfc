// The decoder of shells on Node: each request in a process of its own that may read the program and nothing else, then ends.
// Pictures have a program of their own: only there may native modules be loaded, since the library that parses them is one.
import type { ChildProcessByStdio } from "node:child_process";
import { spawn } from "node:child_process";
import { extname } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Decoder, DecoderFailed } from "../../core/ports.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { object, z } from "../../../shared/schema.ts";

/** Time in milliseconds; heap in MiB, which the engine's WebAssembly memory is held to as well; answer in bytes. */
export type DecoderLimits = { readonly time: number; readonly heap: number; readonly answer: number };

const usual: DecoderLimits = { time: 10_000, heap: 512, answer: 16 * 1024 * 1024 };
const pagesPerMiB = 16;
/** A process that was started ahead and got no request ends after this many milliseconds. */
const spareFor = 20_000;
const program = fileURLToPath(new URL("../../../", import.meta.url));

/** What the program for pictures says; it had read a stranger's bytes, so it is checked again. */
const Said = z.union([
  object({ code: z.string().max(4_096) }),
  object({ none: z.enum(["picture", "code"]) }),
]);

/** How Node is started for a trial; `heap` in MiB. */
export const decoderFlags = (heap: number): readonly string[] => [
  "--permission",
  `--allow-fs-read=${program}*`,
  `--max-old-space-size=${heap}`,
  `--wasm-max-mem-pages=${heap * pagesPerMiB}`,
  "--disable-warning=ExperimentalWarning",
];

/** The same for pictures, with native modules; WebAssembly is not needed there. */
export const pictureFlags = (heap: number): readonly string[] => [
  "--permission",
  `--allow-fs-read=${program}*`,
  "--allow-addons",
  `--max-old-space-size=${heap}`,
  "--disable-warning=ExperimentalWarning",
  "--disable-warning=SecurityWarning",
];

/**
 * A decoder that starts its programs under Node's permission model: no writing, no children, no workers, native modules
 * only for pictures, and reading only below the program's own folder. Its environment is empty, its error output discarded. Killed when it
 * takes too long; `why` tells a limit from a crash.
 */
export function nodeDecoder(limits: Partial<DecoderLimits> = {}, node: string = process.execPath): Decoder {
  const { time, heap, answer } = { ...usual, ...limits };
  const start = (name: string, flags: readonly string[]): Child => {
    const entry = fileURLToPath(new URL(`./${name}${extname(import.meta.url)}`, import.meta.url));
    return spawn(node, [...flags, entry], { env: {}, stdio: ["pipe", "pipe", "ignore"] });
  };
  const startTrial = () => start("decoder-entry", decoderFlags(heap));
  let spare: { readonly child: Child; readonly take: () => void } | undefined;
  return {
    warm() {
      if (spare !== undefined) return;
      const child = startTrial();
      const timer = setTimeout(() => child.kill("SIGKILL"), spareFor);
      const gone = () => {
        clearTimeout(timer);
        if (spare?.child === child) spare = undefined;
      };
      child.once("close", gone).once("error", gone);
      hold(child, false);
      timer.unref();
      spare = {
        child,
        take: () => {
          gone();
          hold(child, true);
        },
      };
    },
    trial: (request) => {
      const child = spare?.child ?? startTrial();
      spare?.take();
      return asked(child, request, { time, answer });
    },
    async code(picture) {
      const said = await asked(start("decoder-picture-entry", pictureFlags(heap)), picture, { time, answer });
      if (!said.ok) return said;
      const read = Said.safeParse(parsed(said.value));
      return read.success ? ok(read.data) : err({ type: "DecoderFailed", why: "crash" });
    },
  };
}

/** Gives a process its one request and waits for its answer and its end. */
const asked = (
  child: Child,
  request: Uint8Array,
  { time, answer }: Pick<DecoderLimits, "time" | "answer">,
): Promise<Result<Uint8Array, DecoderFailed>> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, time);
    const fail = (why: DecoderFailed["why"]) => {
      clearTimeout(timer);
      resolve(err({ type: "DecoderFailed", why }));
    };
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > answer) child.kill("SIGKILL");
      else chunks.push(chunk);
    });
    child.stdin.on("error", () => {
      // It ended before it read everything; its exit says why.
    });
    child.on("error", () => fail("crash"));
    child.on("close", (code, signal) => {
      if (late) fail("time");
      else if (code === 0) {
        clearTimeout(timer);
        resolve(ok(Buffer.concat(chunks)));
      } else fail(signal === "SIGABRT" || code === 134 ? "memory" : "crash");
    });
    child.stdin.end(request);
  });

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** Whether this process stays for the child's sake. */
function hold(child: Child, stay: boolean): void {
  for (const one of [child, child.stdin, child.stdout] as readonly { ref?(): void; unref?(): void }[])
    if (stay) one.ref?.();
    else one.unref?.();
}
