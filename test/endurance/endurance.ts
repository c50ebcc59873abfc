// The long form of the kill and fault tests, of the whole core and of the vault alone; prints one JSON line a finding, figures at the end.
// Usage: npm run endurance -- [--kills 100] [--seed 1] [--every 1] [--steps save,share] [--calls pwrite64,fsync] [--at-once 2] [--without-vault]
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { callsOf, failStep, prepare, steps, type AppFault } from "../support/app-faults.ts";
import { killApps } from "../support/app-kills.ts";
import { temporaryFolder } from "../support/ports.ts";
import { straceHere } from "../support/vault-endurance.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    every: { type: "string", default: "1" },
    steps: { type: "string", default: steps.join(",") },
    calls: { type: "string", default: "files,pwrite64,fsync,rename" },
    "at-once": { type: "string", default: "2" },
    "without-vault": { type: "boolean", default: false },
  },
});

const faults: readonly AppFault[] = [
  { call: "files", error: "ENOSPC" },
  { call: "pwrite64", error: "ENOSPC" },
  { call: "fsync", error: "EIO" },
  { call: "rename", error: "ENOSPC" },
];
/** More than this of one kind in one step is a story that never ends. */
const mostFailures = 20;
/** Runs differ by a few calls. */
const margin = 4;

const report = (finding: object) => process.stdout.write(`${JSON.stringify(finding)}\n`);
const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
let failures = 0;

const kills = Number(values.kills);
try {
  report(await killApps(kills, Number(values.seed)));
} catch (error) {
  failures++;
  report({ kills, failed: reason(error) });
}

let points = 0;
await using ready = await temporaryFolder();
await prepare(ready.path);
for (const fault of faults.filter(({ call }) => values.calls.split(",").includes(call))) {
  if (fault.call !== "files" && !straceHere()) {
    report({ ...fault, skipped: "strace is not here" });
    continue;
  }
  // Where the vault did not open, no step was tried: that write need not fail again before another step.
  const unopened = new Set<number>();
  for (const step of steps.filter((one) => values.steps.split(",").includes(one))) {
    const began = performance.now();
    const refused: Record<string, number> = {};
    const here = new Set(step === "create" ? [] : unopened);
    const skipped = here.size;
    let runs = 0;
    let failed = 0;
    let when = 1;
    let over = false;
    // `save` stands for the saves after the other steps; those after a new key are made in a new file.
    const whole = step === "create" || step === "save" || step === "rekey";
    const sound = fault.call === "files" ? undefined : await callsOf(ready.path, step, fault.call);
    const last = whole || sound === undefined ? Infinity : sound + margin;
    const take = async (): Promise<void> => {
      while (!over && failed < mostFailures) {
        while (here.has(when)) when += Number(values.every);
        if (when > last) break;
        const at = when;
        when += Number(values.every);
        try {
          const outcome = await failStep(ready.path, step, fault, at);
          if (!outcome.injected) {
            over = true;
            break;
          }
          runs++;
          if (outcome.unopened && step !== "create") unopened.add(at);
          for (const type of outcome.refused) refused[type] = (refused[type] ?? 0) + 1;
        } catch (error) {
          failed++;
          report({ step, ...fault, when: at, failed: reason(error) });
        }
      }
    };
    await Promise.all(Array.from({ length: Number(values["at-once"]) }, take));
    points += runs + failed;
    failures += failed;
    const seconds = Math.round((performance.now() - began) / 1000);
    report({ step, ...fault, points: runs + failed, skipped, failed, refused, seconds });
  }
}

if (!values["without-vault"]) {
  const vault = spawnSync(
    process.execPath,
    [
      join(import.meta.dirname, "vault.ts"),
      "--kills",
      values.kills,
      "--seed",
      values.seed,
      "--every",
      values.every,
      "--at-once",
      values["at-once"],
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  if (vault.status !== 0) failures++;
}

report({ kills, points, failures });
process.exitCode = failures === 0 ? 0 : 1;
