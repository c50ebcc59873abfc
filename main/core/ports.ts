// What the core needs from outside (Clock, Timer, Random, Files, Log) and what a shell lends it (Decoder, Printer, Tokens, Places).
import type { Bytes, Milliseconds } from "../../shared/brand.ts";
import type { LentContract } from "../../shared/ipc/lent.ts";
import type { Answered, Asked } from "../../shared/ipc/method.ts";
import type { Result } from "../../shared/result.ts";

/** The laptop's clock. Air-gapped laptops are wrong: use it for stated times and deadlines, never for order. */
export type Clock = { now(): Milliseconds };

/** Time that passed, which nobody can set, and something to be done again and again while it passes. */
export type Timer = {
  /** Since some moment before; on some systems the time asleep is left out. */
  elapsed(): Milliseconds;
  /** Keeps no process alive. Returns the way to stop it. */
  every(milliseconds: number, work: () => void): () => void;
};

/** Cryptographic randomness; tests pass a seeded one. */
export type Random = { bytes(count: number): Uint8Array };

/** A log without personal data: an event's name and plain numbers, nothing a person typed. */
export type Log = { note(event: string, figures?: Readonly<Record<string, number>>): void };

/** Why a file operation failed, in words the core can act on. Thrown as `FileTrouble`. */
export type FileProblem =
  | "DiskFull"
  | "ReadOnly"
  | "Denied"
  | "NotFound"
  | "Exists"
  | "TooLarge"
  | "Vanished"
  | "Broken";

/** Thrown by `Files`; subjects turn it into a `Result` at their edge. */
export class FileTrouble extends Error {
  readonly problem: FileProblem;
  constructor(problem: FileProblem, cause?: unknown) {
    super(problem, { cause });
    this.problem = problem;
  }
}

/** A file being written under a temporary name; nobody sees it until `commit`. */
export type FileDraft = {
  write(chunk: Uint8Array): Promise<void>;
  /** Flush, rename to `name` in the same folder, flush the folder, read back and compare length and SHA-256. */
  commit(name: string): Promise<void>;
  discard(): Promise<void>;
};

export type Entry = {
  readonly name: string;
  readonly kind: "file" | "folder" | "other";
  readonly size: Bytes;
};

/** Files of the laptop. Paths are absolute. */
export type Files = {
  /** The whole file; throws `TooLarge` beyond `limit` before reading it. */
  read(path: string, limit: Bytes): Promise<Uint8Array>;
  /** The file in chunks of at most 64 KiB. */
  stream(path: string): AsyncIterable<Uint8Array>;
  /** Temporary name, flush, rename over `path`, flush the folder. */
  replace(path: string, content: Uint8Array): Promise<void>;
  draft(folder: string): Promise<FileDraft>;
  list(folder: string): Promise<readonly Entry[]>;
  /** `undefined` where there is nothing. */
  entry(path: string): Promise<Entry | undefined>;
  makeFolder(path: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Overwrites what the file holds, flushes, removes it, flushes the folder. What an SSD keeps in spare blocks stays there. */
  destroy(path: string): Promise<void>;
  freeSpace(folder: string): Promise<Bytes>;
};

/** A shell without this port says so. */
export type NotHere = { readonly type: "NotHere"; readonly what: string };

/** Its process took too long, wanted too much, or ended. */
export type DecoderFailed = { readonly type: "DecoderFailed"; readonly why: "time" | "memory" | "crash" };

/** What strangers made is opened in a disposable process without vault or files. */
export type Decoder = {
  /**
   * Runs `core/sections/trial.ts` over one author's result; time and memory are limited, the process is thrown away. Requests
   * of one `series`, what one bundle brought, may meet in one process; nothing else does.
   */
  trial(request: Uint8Array, series?: string): Promise<Result<Uint8Array, DecoderFailed>>;
  /** The text of the QR code in a picture file; or that it is no picture, or has none. */
  code(
    picture: Uint8Array,
  ): Promise<Result<{ readonly code: string } | { readonly none: "picture" | "code" }, DecoderFailed>>;
  /** A trial will follow: its process may be started now, and waits for it. */
  warm?(): void;
  /**
   * The bundle `series` is over, and with it what was kept for it. Without one, the vault was locked: every process ends,
   * whatever it is asked; what waits for one fails.
   */
  end?(series?: string): void;
};

/** A self-contained HTML page, and the printer and paper it is for. */
export type PageToPrint = {
  readonly html: string;
  readonly printer: string;
  readonly size: "A4" | "Letter";
};

/** Makes paper of a self-contained HTML page. */
export type Printer = {
  toPdf(html: string): Promise<Result<Uint8Array, NotHere>>;
  /** The printers that are set up on this laptop; `NotHere` where this shell has no way to any. */
  readonly list: () => Promise<Result<Value<"printer.list">, NotHere>>;
  /**
   * Hands the page to the system's queue and waits until it has left it. Where that takes too long, or `signal` is aborted,
   * the page is taken out of the queue again. What the queue and the printer keep of it is theirs.
   */
  readonly send: (
    page: PageToPrint,
    signal: AbortSignal,
  ) => Promise<Result<Value<"printer.send">, Refusal<"printer.send"> | NotHere>>;
};

/** Files and folders a person chose in this shell. The page sees a token and a name, never a path. */
export type Tokens = {
  /** Asks the shell, which may be another process; a token that was offered is good once. */
  take(
    token: string,
  ): Promise<Result<{ readonly path: string; readonly name: string }, { readonly type: "UnknownFile" }>>;
  /** A token, good once, for a path the core found by itself in a folder that was chosen. */
  offer(path: string): string | Promise<string>;
};

type Answer<M extends keyof LentContract> = Answered<LentContract[M]>;
type Value<M extends keyof LentContract> = Extract<Answer<M>, { ok: true }>["value"];
type Refusal<M extends keyof LentContract> = Exclude<Extract<Answer<M>, { ok: false }>["error"], NotHere>;
type Lent<M extends keyof LentContract> = (
  input: Asked<LentContract[M]>,
) => Promise<Result<Value<M>, Refusal<M>>>;

/** Folders of this laptop and its drives, to be chosen from. A shell that shows none knows no token (`UnknownFile`). */
export type Places = {
  readonly list: Lent<"places.list">;
  readonly makeFolder: Lent<"places.makeFolder">;
  readonly hold: Lent<"places.hold">;
  /** The vault opened last, where it is still there. */
  last(): Promise<Value<"places.last">>;
  /** This vault is offered first next time. */
  opened(path: string): Promise<void>;
  /** This vault was closed for good: nothing says any more where it was. */
  closed(path: string): Promise<void>;
};

/** All of it; `createApp` takes one of these and nothing else. */
export type Ports = {
  readonly clock: Clock;
  readonly timer: Timer;
  readonly random: Random;
  readonly files: Files;
  readonly log: Log;
  readonly decoder: Decoder;
  readonly printer: Printer;
  readonly tokens: Tokens;
  readonly places: Places;
};
