// The machinery of the contract: what one method states about itself, and the types that follow from it.
import type { Failure, Result } from "../result.ts";
import type { JsonValue } from "../signed-text.ts";
import { object, optional, z } from "../schema.ts";

/** The name a caller gives one long piece of work, so that progress and cancelling can speak of it. */
export const JobId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);

/** A file or folder a person chose. The page sees token and name; only the shell knows the path behind it. */
export const FileToken = z.string().min(1).max(4096);

export type FailureSchema = z.ZodType<Failure>;

/** The schema of one expected failure: its `type` and its parameters, nothing else. */
export const failure = <const T extends string, const P extends z.ZodRawShape>(type: T, parameters: P) =>
  object({ type: z.literal(type), ...parameters });

/** What every method may answer; no method lists these. */
export const commonFailures = [
  failure("BadInput", { problems: z.array(object({ path: z.string(), what: z.string() })) }),
  failure("UnknownMethod", {}),
  failure("VaultLocked", {}),
  failure("Cancelled", {}),
  failure("DiskFull", {}),
  failure("VaultReadOnly", {}),
  failure("VaultBroken", {}),
  failure("DamagedPage", {}),
  failure("CoreEnded", {}),
  failure("Bug", { ticket: z.string() }),
] as const;
export type CommonFailure = z.infer<(typeof commonFailures)[number]>;

/** One method as the router, the command line and the documents see it. */
export type AnyMethod = {
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
  readonly failures: readonly FailureSchema[];
  readonly unlocked: boolean;
  readonly job: boolean;
  readonly secrets: readonly string[];
  readonly chosen: readonly string[];
  readonly stopsJobs: boolean;
};
export type AnyContract = Readonly<Record<string, AnyMethod>>;

/** `F`, the union of the method's own failures, exists for the compiler only. */
export type Method<
  I extends z.ZodObject,
  O extends z.ZodType,
  F extends Failure,
  J extends boolean,
> = AnyMethod & {
  readonly input: I;
  readonly output: O;
  readonly job: J;
  readonly failure?: F;
};

type FailureOf<E> = E extends string ? { readonly type: E } : E extends FailureSchema ? z.output<E> : never;

/**
 * States one method.
 * `errors`: a name stands for a failure without parameters, a schema (see `failure`) for one with them.
 * `unlocked`: answered with `VaultLocked` unless a vault is open.
 * `job`: long; its input takes a caller-made `job`, it reports progress and can be cancelled.
 * `secrets`: fields of the input that a person types unseen; the command line asks for them and never takes them as an argument.
 * `chosen`: those of them that are new, so that a terminal asks twice.
 * `stopsJobs`: every running job is cancelled before this method runs.
 */
export function method<
  I extends z.ZodObject,
  O extends z.ZodType,
  const E extends readonly (string | FailureSchema)[],
  const J extends boolean = false,
>(spec: {
  readonly input: I;
  readonly output: O;
  readonly errors: E;
  readonly unlocked: boolean;
  readonly job?: J;
  readonly secrets?: readonly (keyof z.output<I> & string)[];
  readonly chosen?: readonly (keyof z.output<I> & string)[];
  readonly stopsJobs?: boolean;
}): Method<I, O, FailureOf<E[number]>, J> {
  return {
    input: spec.job ? (spec.input.extend({ job: optional(JobId) }) as unknown as I) : spec.input,
    output: spec.output,
    failures: spec.errors.map((error) => (typeof error === "string" ? failure(error, {}) : error)),
    unlocked: spec.unlocked,
    job: (spec.job ?? false) as J,
    secrets: spec.secrets ?? [],
    chosen: spec.chosen ?? [],
    stopsJobs: spec.stopsJobs ?? false,
  };
}

type Everything<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void
  ? I
  : never;
type Joined<S extends readonly AnyContract[]> = {
  readonly [M in keyof Everything<S[number]>]: Everything<S[number]>[M];
};

/** Puts the subjects' methods together; a name that stands twice stops the program at load. */
export function joinSubjects<const S extends readonly AnyContract[]>(...subjects: S): Joined<S> {
  const joined: Record<string, AnyMethod> = {};
  for (const subject of subjects) {
    for (const [name, one] of Object.entries(subject)) {
      if (Object.hasOwn(joined, name)) throw new Error(`method ${name} stands twice in the contract`);
      joined[name] = one;
    }
  }
  return joined as Joined<S>;
}

/** A value as its maker may hold it: all of it readonly. */
export type Frozen<T> = [JsonValue] extends [T]
  ? T
  : T extends string | number | boolean | null | undefined
    ? T
    : { readonly [K in keyof T]: Frozen<T[K]> };

/** What a caller gives. */
export type Asked<M extends AnyMethod> = Frozen<
  M["job"] extends true ? Fields<z.input<M["input"]>> & { job?: z.input<typeof JobId> } : z.input<M["input"]>
>;
/** An input without fields allows none; a job's name beside it must still be allowed. */
type Fields<T> = T extends Record<string, never> ? unknown : T;
/** What a caller gets. */
export type Answered<M extends AnyMethod> = Result<
  z.output<M["output"]>,
  Exclude<M extends { readonly failure?: infer F } ? F : never, undefined> | CommonFailure
>;

/** The platform's AbortSignal where there is one; this folder is compiled without any platform. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } }
  ? S
  : { readonly aborted: boolean };

/** One long piece of work, as its handler sees it. */
export type Job = {
  /** `step` is a short name (`seal`, `verify`); `total` 0 says that nobody knows yet. */
  readonly progress: (step: string, done: number, total: number) => void;
  /** Aborted by `jobs.cancel` and by locking; the handler then answers `Cancelled` and has changed nothing. */
  readonly signal: Signal;
};
export type Context<M extends AnyMethod> = M["job"] extends true
  ? { readonly job: Job }
  : { readonly job?: Job };

export type Handler<M extends AnyMethod> = (
  input: z.output<M["input"]>,
  context: Context<M>,
) => Promise<
  Result<
    Frozen<z.input<M["output"]>>,
    Frozen<Exclude<M extends { readonly failure?: infer F } ? F : never, undefined> | CommonFailure>
  >
>;

/** A handler for each method; `jobs.cancel` is the router's own. */
export type HandlersOf<C extends AnyContract> = {
  readonly [M in Exclude<keyof C, "jobs.cancel">]: Handler<C[M]>;
};

/** What a contract's handlers need around them to be routed to. */
export type Routable<C extends AnyContract> = {
  readonly handlers: HandlersOf<C>;
  /** Whether a vault is open now. */
  readonly unlocked: () => boolean;
};
