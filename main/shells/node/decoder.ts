// The decoder of shells on Node: foreign changes are tried in a process that may read the program and nothing else, and is then ended.
// Pictures have a program of their own: only there may native modules be loaded, since the library that parses them is one.
import type { ChildProcessByStdio } from "node:child_process";
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Decoder, DecoderFailed } from "../../core/ports.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { object, z } from "../../../shared/schema.ts";
import { framed, unframed } from "../../../shared/framed.ts";
import { modulesOf, program } from "./program.ts";

/** Time in milliseconds; heap in MiB, which the engine's WebAssembly memory is held to as well; answer in bytes. */
export type DecoderLimits = { readonly time: number; readonly heap: number; readonly answer: number };

/** What takes a second on a quiet laptop may take ten on one that is busy, and must not count as hostile. */
const usual: DecoderLimits = { time: 30_000, heap: 512, answer: 16 * 1024 * 1024 };
const pagesPerMiB = 16;
/** A process that has read a stranger's bytes ends with its bundle; were that never said, after so many milliseconds. */
const keptFor = 60_000;
/** Requests of one series that one process answers: some 3 MB of each stay in its memory, which is not to meet the limit. */
const mostAsked = 24;
const entry = (name: string): string => fileURLToPath(program(name, import.meta.url));
const folder = join(entry("decoder-entry"), "../../../../");
const readable = [`--allow-fs-read=${folder}*`, `--allow-fs-read=${modulesOf(folder)}/*`];

/** What the program for pictures says; it had read a stranger's bytes, so it is checked again. */
const Said = z.union([
  object({ code: z.string().max(4_096) }),
  object({ none: z.enum(["picture", "code"]) }),
]);

/** How Node is started for a trial; `heap` in MiB. */
export const decoderFlags = (heap: number): readonly string[] => [
  "--permission",
  ...readable,
  `--max-old-space-size=${heap}`,
  `--wasm-max-mem-pages=${heap * pagesPerMiB}`,
  "--disable-warning=ExperimentalWarning",
];

/** The same for pictures, with native modules; WebAssembly is not needed there. */
export const pictureFlags = (heap: number): readonly string[] => [
  "--permission",
  ...readable,
  "--allow-addons",
  `--max-old-space-size=${heap}`,
  "--disable-warning=ExperimentalWarning",
  "--disable-warning=SecurityWarning",
];

/**
 * A decoder that starts `entry` under Node's permission model: no writing, no children, no workers, no native modules, and
 * reading only below the program's own folder. Its environment is empty, its error output discarded. A process answers
 * requests of one series at most, never of two. It is killed when it takes too long; `why` tells a limit from a crash, and
 * is always that of a process that was asked nothing else before, or of one that `end` ended.
 */
export function nodeDecoder(limits: Partial<DecoderLimits> = {}, node: string = process.execPath): Decoder {
  const allowed = { ...usual, ...limits };
  const running = new Set<Child>();
  /** How often all was ended: what was asked before is not asked of another process after it. */
  let ended = 0;
  /** How often a bundle was over, or all: what was asked before is not kept after it. */
  let over = 0;
  const child = (flags: readonly string[], name: string): Child => {
    const started = spawn(node, [...flags, entry(name)], {
      env: {},
      stdio: ["pipe", "pipe", "ignore"],
      windowsHide: true,
    });
    running.add(started);
    started.once("close", () => running.delete(started));
    return started;
  };
  const start = () => asking(child(decoderFlags(allowed.heap), "decoder-entry"), allowed);
  /** Started ahead, asked nothing yet. */
  let spare: Asking | undefined;
  /** Has answered requests of a series, free for its next. */
  let kept: { readonly series: string; readonly decoder: Asking } | undefined;

  const takeKept = (series: string | undefined): Asking | undefined => {
    const before = kept;
    kept = undefined;
    if (before === undefined || before.decoder.gone()) return undefined;
    if (before.series === series) return before.decoder;
    before.decoder.end();
    return undefined;
  };
  const takeSpare = (): Asking => {
    const taken = spare === undefined || spare.gone() ? start() : spare;
    spare = undefined;
    return taken;
  };

  return {
    warm() {
      if (spare === undefined || spare.gone()) spare = start();
    },
    end(series) {
      over += 1;
      if (series !== undefined) {
        if (kept?.series === series) takeKept(undefined);
        return;
      }
      ended += 1;
      kept = undefined;
      spare = undefined;
      for (const one of running) one.kill("SIGKILL");
    },
    async trial(request, series) {
      const before = ended;
      const during = over;
      const earlier = takeKept(series);
      const first = await earlier?.ask(request);
      if (ended !== before) return first ?? err({ type: "DecoderFailed", why: "crash" });
      const decoder = earlier !== undefined && first?.ok === true ? earlier : takeSpare();
      const answer = first?.ok === true ? first : await decoder.ask(request);
      if (
        series !== undefined &&
        over === during &&
        kept === undefined &&
        decoder.asked() < mostAsked &&
        !decoder.gone()
      )
        kept = { series, decoder };
      else decoder.end();
      return answer;
    },
    async code(picture) {
      const said = await asked(child(pictureFlags(allowed.heap), "decoder-picture-entry"), picture, allowed);
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
type Answer = Awaited<ReturnType<Decoder["trial"]>>;
type Asking = ReturnType<typeof asking>;

/** One process, asked one thing at a time; where it fails, is late or says too much it is gone. */
function asking(child: Child, { time, answer: mostBytes }: DecoderLimits) {
  let asked = 0;
  let gone = false;
  let late = false;
  let settle: ((answer: Answer) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const rest = () => {
    hold(child, false);
    if (asked === 0) return;
    timer = setTimeout(end, keptFor);
    timer.unref();
  };
  const end = () => {
    gone = true;
    clearTimeout(timer);
    child.kill("SIGKILL");
  };
  const answered = (answer: Answer) => {
    clearTimeout(timer);
    const waiting = settle;
    settle = undefined;
    waiting?.(answer);
  };
  const failed = (why: "time" | "memory" | "crash") => {
    gone = true;
    answered(err({ type: "DecoderFailed", why }));
  };
  const answers = unframed((content) => {
    if (settle === undefined || content.length > mostBytes) end();
    else {
      answered(ok(Buffer.from(content)));
      rest();
    }
  });
  child.stdout.on("data", (piece: Buffer) => {
    answers.take(piece);
    if (answers.pending() > mostBytes) end();
  });
  child.stdin.on("error", () => {
    // It ended before it read everything; its exit says why.
  });
  child.on("error", () => failed("crash"));
  child.on("close", (code, signal) =>
    failed(late ? "time" : signal === "SIGABRT" || code === 134 ? "memory" : "crash"),
  );
  rest();
  return {
    asked: () => asked,
    gone: () => gone,
    end,
    ask: (request: Uint8Array): Promise<Answer> =>
      new Promise((resolve) => {
        clearTimeout(timer);
        asked += 1;
        settle = resolve;
        timer = setTimeout(() => {
          late = true;
          end();
        }, time);
        hold(child, true);
        child.stdin.write(framed(request));
      }),
  };
}

/** Whether this process stays for the child's sake. */
function hold(child: Child, stay: boolean): void {
  for (const one of [child, child.stdin, child.stdout] as readonly { ref?(): void; unref?(): void }[])
    if (stay) one.ref?.();
    else one.unref?.();
}
