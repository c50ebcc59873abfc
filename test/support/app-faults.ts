// A disk that fails at one write of one step of the whole core: every answer is a value, and what was acknowledged is there.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { trial } from "../../main/core/sections/trial.ts";
import type { MethodName } from "../../shared/ipc/contract.ts";
import { ok } from "../../shared/result.ts";
import { sectionSchemas } from "../../shared/vocabulary/sections/index.ts";
import { randomBytes } from "node:crypto";
import type { CaseId, ContactId } from "../../shared/vocabulary/ids.ts";
import { nodeDecoder } from "../../main/shells/node/decoder.ts";
import { laptop, meet, newVault, PHRASE, type Laptop } from "./laptop.ts";
import { temporaryFolder } from "./ports.ts";
import { ran } from "./vault-endurance.ts";

const WORKER = join(import.meta.dirname, "app-worker.ts");
const NEXT = "harbour bells before the morning tide";

export const steps = ["create", "save", "share", "receive", "passphrase", "rekey", "backup"] as const;
export type Step = (typeof steps)[number];

/** What one line of the worker says. */
export type Said = {
  readonly method: MethodName;
  readonly value?: unknown;
  readonly refused?: string;
  readonly item?: string;
};

/** What lies ready in the folder before a step. */
export type Prepared = {
  readonly case: string;
  readonly contact: string;
  /** Items of the section `work` that are in the vault. */
  readonly items: readonly string[];
  readonly incoming: string;
  /** Items that the incoming bundle brings. */
  readonly brought: readonly string[];
  /** Items that the worker saves after its step. */
  readonly toSave: readonly string[];
};

export const newItem = () => randomBytes(16).toString("hex");

export const addItem = (on: Pick<Laptop, "ask">, of: CaseId, item: string) =>
  on.ask("cases.save", {
    case: of,
    reason: "worked on",
    edits: [{ section: { kind: "work" }, edits: [{ path: ["works", item, "what"], set: `Work ${item}.` }] }],
  });

/** The items of the case that this vault holds. */
export async function itemsOf(on: Pick<Laptop, "ask">, of: CaseId): Promise<ReadonlySet<string>> {
  const { value } = await on.ask("cases.section", { case: of, section: { kind: "work" } });
  return new Set(Object.keys((value as { works?: object }).works ?? {}));
}

/** A case that both offices work on under her consent, with one item, sent and taken in. */
export async function sharedCase(
  one: Pick<Laptop, "ask">,
  other: Pick<Laptop, "ask">,
  met: { readonly one: ContactId; readonly other: ContactId },
  drive: string,
): Promise<{ readonly of: CaseId; readonly item: string }> {
  const item = newItem();
  const { case: of } = await one.ask("cases.create", {
    reason: "taken in",
    edits: [{ section: { kind: "work" }, edits: [{ path: ["works", item, "what"], set: "Mediates." }] }],
  });
  await one.ask("cases.giveRole", {
    case: of,
    contact: met.other,
    role: "co-manager",
    mayRecordYes: false,
  });
  await one.ask("consent.record", {
    case: of,
    consent: {
      act: "share",
      by: { who: "her" },
      contact: met.other,
      sections: [{ kind: "work" }],
      past: false,
      purpose: "joint-protection",
      until: { day: "2099-12-31" },
      given: { how: "by-telephone", language: "fa-AF", alone: "yes", risksTold: "yes" },
    },
  });
  const sent = await one.ask("exchange.share", {
    contact: met.other,
    cases: [{ case: of }],
    purpose: "joint-protection",
    folder: drive,
  });
  const taken = await other.ask("exchange.receive", { from: join(drive, sent.file) });
  if (taken.files[0]?.outcome !== "taken") throw new Error(`not taken: ${JSON.stringify(taken.files)}`);
  return { of, item };
}

/** Lays a laptop ready in `place`: a vault with a shared case, and an incoming bundle. */
export async function prepare(place: string): Promise<void> {
  const folder = join(place, "laptop");
  mkdirSync(join(folder, "drive"), { recursive: true });
  await using mission = laptop(folder);
  await using network = laptop(folder);
  await newVault(mission, "mission");
  await newVault(network, "network", "Practice Network", "Ben Specimen");
  const met = await meet(mission, network, "drive");
  const { of, item } = await sharedCase(mission, network, met, "drive");
  const brought = [newItem(), newItem()];
  for (const one of brought) await addItem(network, of, one);
  const sent = await network.ask("exchange.share", {
    contact: met.one,
    cases: [{ case: of }],
    purpose: "joint-protection",
    folder: "drive",
  });
  const prepared: Prepared = {
    case: of,
    contact: met.other,
    items: [item],
    incoming: `drive/${sent.file}`,
    brought,
    toSave: [newItem(), newItem()],
  };
  writeFileSync(join(folder, "prepared.json"), JSON.stringify(prepared));
}

/** A system call and its error, injected by strace; or `files`: an operation of the core's own Files port. */
export type AppFault = { readonly call: "pwrite64" | "fsync" | "rename" | "files"; readonly error: string };

export type Outcome = {
  readonly injected: boolean;
  readonly refused: readonly string[];
  readonly done: readonly string[];
  /** The vault did not open: nothing of the step was tried, and what happened is the same whatever the step. */
  readonly unopened: boolean;
};

/** The worker plays `step` on a copy, in a process of its own, under strace where it is asked for. */
async function playOn(
  ready: string,
  home: string,
  step: Step,
  how: { readonly failing?: string; readonly strace?: readonly string[] },
) {
  const folder = join(home, "laptop");
  cpSync(join(ready, "laptop"), folder, { recursive: true });
  const trace = join(home, "trace");
  const worker = [
    process.execPath,
    WORKER,
    step,
    folder,
    PHRASE,
    NEXT,
    ...(how.failing === undefined ? [] : [how.failing]),
  ];
  const [program = "", ...args] =
    how.strace === undefined
      ? worker
      : ["strace", "-f", "--seccomp-bpf", "-qq", "-o", trace, ...how.strace, ...worker];
  const run = await ran(program, args, {
    // One thread for files: each thread counts its own calls.
    UV_THREADPOOL_SIZE: "1",
    // Beside what lies ready: each of many workers need not compile the program again.
    NODE_COMPILE_CACHE: join(ready, "compiled"),
  });
  return { folder, trace, run };
}

/**
 * How many such calls a sound run makes until it has answered for the step. What the worker does after it, two saves and
 * the lock, is what the step `save` does.
 */
export async function callsOf(
  ready: string,
  step: Step,
  call: Exclude<AppFault["call"], "files">,
): Promise<number> {
  await using home = await temporaryFolder();
  const { trace, run } = await playOn(ready, home.path, step, { strace: ["-e", `trace=${call},writev`] });
  if (run.ended !== 0) throw new Error(`${run.ended}: ${run.stderr}`);
  const calls = readFileSync(trace, "utf8").split("\n");
  const answers = calls.flatMap((line, at) => (line.includes(" writev(1, ") ? [at] : []));
  return calls.slice(0, answers[1]).filter((line) => line.includes(` ${call}(`)).length;
}

/** Plays `step` on a copy of what lies ready, with the `when`-th such call failing, and then checks on a sound disk. */
export async function failStep(
  ready: string,
  step: Step,
  { call, error }: AppFault,
  when: number,
): Promise<Outcome> {
  await using home = await temporaryFolder();
  const inject = ["-e", `inject=${call}:error=${error}:when=${when}`];
  const how = call === "files" ? { failing: String(when) } : { strace: ["-e", `trace=${call}`, ...inject] };
  const { folder, trace, run } = await playOn(ready, home.path, step, how);
  if (run.ended !== 0) throw new Error(`${run.ended}: ${run.stderr}`);
  const lines = run.stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Said | { readonly operations: number });
  const said = lines.filter((line): line is Said => "method" in line);
  const operations = lines.find((line) => "operations" in line)?.operations ?? 0;
  const refused = said.flatMap((one) => (one.refused === undefined ? [] : [one.refused]));
  if (refused.includes("Bug")) throw new Error(`a bug: ${JSON.stringify(said)} ${run.stderr}`);
  await (step === "create" ? checkCreated(folder, said) : check(folder, said));
  return {
    injected: call === "files" ? when <= operations : readFileSync(trace, "utf8").includes("(INJECTED)"),
    refused,
    done: said.flatMap((one) => (one.refused === undefined ? [one.method] : [])),
    unopened: said.every(({ method, refused: why }) => method === "vault.unlock" && why !== undefined),
  };
}

const valueOf = (said: readonly Said[], method: MethodName) =>
  said.find((one) => one.method === method && one.refused === undefined)?.value;

/** Created and acknowledged: it opens. Refused: the folder takes a new vault. */
async function checkCreated(folder: string, said: readonly Said[]): Promise<void> {
  await using on = laptop(folder);
  if (valueOf(said, "vault.create") === undefined) await newVault(on, "new");
  else await on.ask("vault.unlock", { folder: "new", passphrase: PHRASE });
  await on.ask("vault.check", {});
}

async function check(folder: string, said: readonly Said[]): Promise<void> {
  const known = JSON.parse(readFileSync(join(folder, "prepared.json"), "utf8")) as Prepared;
  const of = known.case as CaseId;
  // What was taken in is tried here: the decoder's own process is the business of the step, not of the check.
  await using on = laptop(folder, {
    decoder: { code: nodeDecoder().code, trial: async (asked) => ok(trial(asked, sectionSchemas)) },
  });
  await openEither(on, said);
  await on.ask("vault.check", {});
  const saved = said.flatMap(({ item, refused }) =>
    item === undefined || refused !== undefined ? [] : [item],
  );
  const expectItems = async (wanted: readonly string[], what: string) => {
    const there = await itemsOf(on, of);
    const lost = wanted.filter((item) => !there.has(item));
    if (lost.length > 0) throw new Error(`${lost.length} lost: ${what}; ${JSON.stringify(said)}`);
  };
  await expectItems([...known.items, ...saved], "acknowledged saves");
  const sent = valueOf(said, "exchange.share") as { bundle: string; file: string; bytes: number } | undefined;
  if (sent !== undefined) {
    if (statSync(join(folder, "drive", sent.file)).size !== sent.bytes) throw new Error("the bundle is cut");
    const { bundles } = await on.ask("exchange.sent", {});
    const state = bundles.find(({ bundle }) => bundle === sent.bundle)?.state;
    if (state !== "written") throw new Error(`a bundle that was sent is ${state}`);
  }
  const received = valueOf(said, "exchange.receive") as { files: { outcome: string }[] } | undefined;
  if (received?.files[0]?.outcome === "taken") await expectItems(known.brought, "what was received");
  else {
    const again = await on.ask("exchange.receive", { from: known.incoming });
    if (again.files[0]?.outcome === "refused") throw new Error(`refused: ${JSON.stringify(again)}`);
    await expectItems(known.brought, "what was received at the second try");
  }
  await on.ask("exchange.share", {
    contact: known.contact as ContactId,
    cases: [{ case: of }],
    purpose: "joint-protection",
    folder: "drive",
  });
  const backup = join(folder, "backup");
  if (valueOf(said, "vault.backup") === undefined) {
    if (existsSync(backup) && readdirSync(backup).length > 0)
      throw new Error(`left behind: ${readdirSync(backup).join(" ")}`);
    return;
  }
  await on.ask("vault.lock", {});
  await on.ask("vault.restore", { from: "backup", folder: "restored", passphrase: PHRASE });
  await on.ask("vault.unlock", { folder: "restored", passphrase: PHRASE });
  await expectItems(known.items, "what was backed up");
}

/** With the passphrase that was acknowledged last; one that was asked for and refused may or may not be in force. */
async function openEither(on: Laptop, said: readonly Said[]): Promise<void> {
  const changing = said.find(
    ({ method }) => method === "vault.changePassphrase" || method === "vault.somebodyKnows",
  );
  const candidates =
    changing === undefined ? [PHRASE] : changing.refused === undefined ? [NEXT] : [PHRASE, NEXT];
  for (const passphrase of candidates) {
    const opened = await on.answer("vault.unlock", { folder: "mission", passphrase });
    if (opened.ok) return;
    if (opened.error.type !== "WrongPassphrase") throw new Error(`${opened.error.type}`);
  }
  throw new Error(`no passphrase opens the vault: ${JSON.stringify(said)}`);
}
