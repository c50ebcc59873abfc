// Kills and failing disks: runs the vault worker, ends it badly, and checks that nothing it acknowledged is lost.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import type { Vault } from "../../main/core/vault/index.ts";
import { openVault } from "../../main/core/vault/index.ts";
import { Secret } from "../../main/core/vault/secret.ts";
import { sql } from "../../main/core/vault/sql.ts";
import { random } from "../../main/shells/node/random.ts";
import { seededPorts, seededRandom, temporaryFolder } from "./ports.ts";
import { PASSPHRASE, testVault } from "./vault.ts";

const WORKER = join(import.meta.dirname, "vault-worker.ts");

export const straceHere = () => spawnSync("strace", ["-V"]).status === 0;

/** Runs a program to its end without holding up others that run beside it. */
export async function ran(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env } });
  const [stdout, stderr, ended] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | string>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve(code ?? signal ?? "ended"));
    }),
  ]);
  return { stdout, stderr, ended };
}

/** What the worker said, and what that means the vault must hold. */
class Expected {
  readonly saved = new Set<string>();
  readonly erased = new Set<string>();
  readonly refused = new Set<string>();
  /** Erasures asked for and not acknowledged: done or not, both are right. */
  readonly open = new Set<string>();
  passphrases: string[] = [PASSPHRASE];
  acknowledged = 0;

  hear(line: string): void {
    const [, verb = "", rest = ""] = /^(\w+) ?(.*)$/.exec(line) ?? [];
    if (verb === "saved" || verb === "erased" || verb === "passphrase") this.acknowledged++;
    if (verb === "saved") this.saved.add(rest);
    if (verb === "refused") this.refused.add(rest.split(" ").slice(0, 2).join(" "));
    if (verb === "erasing") this.open.add(rest);
    if (verb === "erased") {
      this.erased.add(rest);
      this.open.delete(rest);
    }
    if (verb === "try") this.passphrases.push(rest);
    if (verb === "passphrase") this.passphrases = [rest];
  }

  /** Opens the vault with a passphrase that must be in force and compares; throws what is wrong. */
  async check(folder: string): Promise<void> {
    const vault = await this.unlock(folder);
    const there = new Set(vault.read.all<{ id: string }>(sql`SELECT id FROM part`).map(({ id }) => id));
    const lost = [...this.saved].filter((id) => !there.has(id) && !this.erased.has(id) && !this.open.has(id));
    const back = [...this.erased].filter((id) => there.has(id));
    const unasked = [...this.refused].filter((id) => there.has(id));
    const merkle = await vault.checkMerkle();
    await vault.lock();
    if (lost.length > 0) throw new Error(`${lost.length} acknowledged saves are lost`);
    if (back.length > 0) throw new Error(`${back.length} erased parts are back`);
    if (unasked.length > 0) throw new Error(`${unasked.length} refused saves are there`);
    if (!merkle.ok) throw new Error(merkle.error.type);
  }

  private async unlock(folder: string): Promise<Vault> {
    for (const passphrase of this.passphrases.toReversed()) {
      const opened = await openVault(
        { ...seededPorts(), random },
        {
          folder,
          unlock: { passphrase: Secret.fromText(passphrase) },
        },
      );
      if (opened.ok) {
        this.passphrases = [passphrase];
        return opened.value;
      }
      if (opened.error.type !== "WrongPassphrase") throw new Error(opened.error.type);
    }
    throw new Error("no passphrase opens the vault");
  }
}

/** `kills` times: work, kill -9 at a moment the seed chooses, open, compare. Returns how many steps were acknowledged. */
export async function killAndCheck(kills: number, seed: number): Promise<number> {
  await using home = await testVault();
  await home.vault.lock();
  const expected = new Expected();
  const moments = seededRandom(`kills ${seed}`);
  for (let kill = 0; kill < kills; kill++) {
    const worker = spawn(process.execPath, [
      WORKER,
      "write",
      home.folder,
      `${seed} ${kill}`,
      expected.passphrases.at(-1) ?? "",
    ]);
    let complaint = "";
    worker.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    const ended = new Promise((resolve) => worker.on("close", resolve));
    const lines = createInterface({ input: worker.stdout });
    const heard = new Promise<void>((resolve) => {
      lines.on("line", (line) => {
        if (line === "open") resolve();
        else expected.hear(line);
      });
      lines.on("close", resolve);
    });
    await heard;
    const [high = 0, low = 0] = moments.bytes(2);
    await setTimeout((high * 256 + low) % 200);
    worker.kill("SIGKILL");
    await ended;
    if (complaint !== "") throw new Error(complaint);
    await expected.check(home.folder);
  }
  return expected.acknowledged;
}

/** Lays a locked vault ready in `place`, to be copied for each fault: making one takes longer than all else of a point. */
export async function prepareVault(place: string): Promise<void> {
  const made = await testVault({ folder: join(place, "vault") });
  await made[Symbol.asyncDispose]();
}

/** A system call and what becomes of it: an error number's name, or KILL: the process dies as it makes the call. */
export type Fault = { readonly call: string; readonly error: string };

/**
 * The worker's story on a copy of what lies ready, with the `when`-th such call failing (`12` once, `12+` for good); then,
 * on a sound disk, everything acknowledged must be there. `injected` is false where the story has fewer such calls. Each thread counts its own calls.
 */
export async function failAndCheck(
  ready: string,
  { call, error }: Fault,
  when: string,
): Promise<{ readonly injected: boolean; readonly refused: readonly string[] }> {
  await using home = await temporaryFolder();
  const folder = join(home.path, "vault");
  cpSync(join(ready, "vault"), folder, { recursive: true });
  const trace = join(home.path, "trace");
  const fault = error === "KILL" ? "signal=SIGKILL" : `error=${error}`;
  // With a filter strace is quicker, and does not send signals.
  const injecting = [
    "-f",
    ...(error === "KILL" ? [] : ["--seccomp-bpf"]),
    "-qq",
    "-o",
    trace,
    "-e",
    `trace=${call}`,
  ];
  const command = [process.execPath, WORKER, "faults", folder, when, PASSPHRASE];
  const inject = ["-e", `inject=${call}:${fault}:when=${when}`];
  // Beside what lies ready: each of many workers need not compile the program again.
  const run = await ran("strace", [...injecting, ...inject, ...command], {
    NODE_COMPILE_CACHE: join(ready, "compiled"),
  });
  const killed = error === "KILL" && run.ended === "SIGKILL";
  if (run.ended !== 0 && !killed) throw new Error(`${call} ${error} ${when}: ${run.stderr}`);
  const expected = new Expected();
  const lines = run.stdout.split("\n");
  for (const line of lines) expected.hear(line);
  await expected.check(folder);
  return {
    injected: killed || readFileSync(trace, "utf8").includes("(INJECTED)"),
    refused: lines.filter((line) => /^(refused|opened) .*[A-Z]\w+$/.test(line)),
  };
}
