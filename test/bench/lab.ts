// Where benches run: practice vaults in a temporary folder, the real app in a process of its own, and a quick way to fill a vault.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ok, type Result } from "../../shared/result.ts";
import type { Contract, MethodName } from "../../shared/ipc/contract.ts";
import type { Answered, Asked } from "../../shared/ipc/method.ts";
import { sectionSchemas } from "../../shared/vocabulary/sections/index.ts";
import { caseProjectors } from "../../main/core/cases/index.ts";
import { noPlaces, noPrinter } from "../support/ports.ts";
import type { Ports } from "../../main/core/ports.ts";
import { create, lock, unlock, type Opening, type Session } from "../../main/core/safety/index.ts";
import { openSections } from "../../main/core/sections/index.ts";
import type { ReadDb, WriteDb } from "../../main/core/vault/sql.ts";
import { clock } from "../../main/shells/node/clock.ts";
import { nodeDecoder } from "../../main/shells/node/decoder.ts";
import { nodePorts } from "../../main/shells/node/ports.ts";
import { startCore, type RunningCore } from "../../main/shells/node/start-core.ts";
import { still } from "../../main/shells/node/timer.ts";
import { pathTokens } from "../../main/shells/node/tokens.ts";

export const passphrase = "seven lanterns over the northern road";

type Value<M extends MethodName> = Extract<Answered<Contract[M]>, { ok: true }>["value"];

/** The real app in its own process, with what a shell lends it. */
export type App = {
  readonly ask: <M extends MethodName>(method: M, input: Asked<Contract[M]>) => Promise<Value<M>>;
  readonly core: RunningCore;
};

export type Sizes = {
  readonly cases: number;
  readonly manyCases: number;
  readonly entries: number;
  readonly mib: number;
  readonly rounds: number;
  readonly bundleCases: number;
  readonly bundles: number;
  readonly searches: number;
};

export const fullSizes: Sizes = {
  cases: 10_000,
  manyCases: 100_000,
  entries: 2_000,
  mib: 256,
  rounds: 3,
  bundleCases: 1_000,
  bundles: 10,
  searches: 400,
};

export const quickSizes: Sizes = {
  cases: 300,
  manyCases: 5_000,
  entries: 200,
  mib: 32,
  rounds: 1,
  bundleCases: 40,
  bundles: 2,
  searches: 100,
};

export type Lab = ReturnType<typeof makeLab>;

/** `kept` is a folder whose vaults are used again; without it all is made anew and removed at the end. */
export function makeLab({ sizes, kept, say }: { sizes: Sizes; kept?: string; say: (line: string) => void }) {
  const folder = kept ?? mkdtempSync(join(tmpdir(), "waypost-bench-"));
  mkdirSync(folder, { recursive: true });
  const shared = { decoder: nodeDecoder(), printer: noPrinter, tokens: pathTokens(folder) };
  const ports: Ports = nodePorts({
    ...shared,
    places: noPlaces,
    timer: still,
    log: { note: () => undefined },
  });
  const opening: Opening = {
    ports,
    sectionsOf: (vault) =>
      openSections({ vault, ...ports, schemas: sectionSchemas, projectors: caseProjectors }),
  };
  const running = new Set<RunningCore>();
  const filled = new Map<string, Promise<string>>();

  const lab = {
    sizes,
    folder,
    clock,
    say,
    path: (name: string) => join(folder, name),

    /** A vault of that name, made and filled once. Gives its name for the app. */
    vault(name: string, fill: (session: Session) => Promise<void>): Promise<string> {
      const known = filled.get(name) ?? makeVault(name, fill);
      filled.set(name, known);
      return known;
    },

    /** A process of the app, nothing opened. */
    start(): App {
      const decoder = nodeDecoder();
      const core = startCore({ lent: { ...shared, decoder }, note: () => undefined });
      running.add(core);
      // As the Chromium shell does.
      decoder.warm?.();
      return {
        core,
        async ask(method, input) {
          const answered = await core.call(method, input);
          if (!answered.ok) throw new Error(`${method} was refused: ${JSON.stringify(answered.error)}`);
          return answered.value as Value<typeof method>;
        },
      };
    },

    async open(vault: string): Promise<App> {
      const app = lab.start();
      await app.ask("vault.unlock", { folder: vault, passphrase });
      // Nobody sits before a measurement.
      await app.ask("desk.set", { lockAfter: 15 });
      return app;
    },

    /** The same vault without a process of its own, for filling it. */
    async within<T>(vault: string, work: (session: Session) => Promise<T>): Promise<T> {
      const opened = await unlock(opening, { folder: join(folder, vault), passphrase });
      if (!opened.ok) throw new Error(opened.error.type);
      try {
        return await work(opened.value);
      } finally {
        await lock(opened.value);
      }
    },

    async end(): Promise<void> {
      for (const core of running) await core.end();
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
  return lab;

  async function makeVault(name: string, fill: (session: Session) => Promise<void>): Promise<string> {
    const path = join(folder, name);
    if (existsSync(join(path, "filled"))) return name;
    rmSync(path, { recursive: true, force: true });
    const start = performance.now();
    const made = await create(opening, {
      folder: path,
      kind: "practice",
      office: `Practice ${name}`,
      person: "A. Specimen",
      passphrase,
    });
    if (!made.ok) throw new Error(made.error.type);
    await fill(made.value.session);
    await lock(made.value.session);
    mkdirSync(join(path, "filled"));
    say(`  (${name} filled in ${((performance.now() - start) / 1000).toFixed(0)} s)`);
    return name;
  }
}

/** Milliseconds of processor time that the app's process has used, where the system tells: what it takes on a machine of its own. */
export function processorTime(app: App): number | undefined {
  try {
    const fields = readFileSync(`/proc/${app.core.pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * millisecondsATick;
  } catch {
    return undefined;
  }
}
/** Linux counts processor time in hundredths of a second. */
const millisecondsATick = 10;

/** What the app's process used since `before`, spread over `count`. */
export const processorSince = (app: App, before: number | undefined, count = 1): Record<string, number> => {
  const now = processorTime(app);
  return before === undefined || now === undefined
    ? {}
    : { "processor ms": Number(((now - before) / count).toPrecision(3)) };
};

/** Milliseconds and what came of it. */
export async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}

export function valueOf<T>(result: Result<T, { readonly type: string }>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

type Prepared = Result<(db: WriteDb) => unknown, unknown>;
type Waiting = {
  readonly prepare: (read: ReadDb) => Promise<Prepared>;
  readonly settle: (outcome: unknown) => void;
  readonly fail: (cause: unknown) => void;
};

/**
 * Runs actions of a session, each on another case, and commits what they prepared in one transaction: the same rows as one
 * by one, without a flush each. An action may write once.
 */
export async function together<T>(
  session: Session,
  actions: readonly ((session: Session) => Promise<T>)[],
): Promise<T[]> {
  const waiting: Waiting[] = [];
  const write = (prepare: Waiting["prepare"]) =>
    new Promise((settle, fail) => void waiting.push({ prepare, settle, fail }));
  const gathering = { ...session, vault: { ...session.vault, write } } as unknown as Session;
  const running = Promise.all(actions.map((action) => action(gathering)));
  running.catch(() => undefined);
  await new Promise(setImmediate);
  const done = await session.vault.write(async (read) => {
    const prepared: Prepared[] = [];
    for (const one of waiting) prepared.push(await one.prepare(read));
    return ok((db: WriteDb) => prepared.map((one) => (one.ok ? ok(one.value(db)) : one)));
  });
  for (const [index, one] of waiting.entries()) one.settle(done.ok ? done.value[index] : done);
  return running;
}
