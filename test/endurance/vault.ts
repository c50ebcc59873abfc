// The long form of the kill and fault tests of the vault: 100 seeded kills, and each call of the story failing in turn.
// Usage: node test/endurance/vault.ts [--kills 100] [--seed 1] [--every 1] [--at-once 2]; prints one JSON line a finding and one at the end.
import { parseArgs } from "node:util";
import { temporaryFolder } from "../support/ports.ts";
import type { Fault } from "../support/vault-endurance.ts";
import { failAndCheck, killAndCheck, prepareVault, straceHere } from "../support/vault-endurance.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    every: { type: "string", default: "1" },
    "at-once": { type: "string", default: "2" },
  },
});

const FAULTS: readonly Fault[] = [
  { call: "pwrite64", error: "ENOSPC" },
  { call: "pwrite64", error: "EIO" },
  { call: "fsync", error: "EIO" },
  { call: "ftruncate", error: "EIO" },
  { call: "rename", error: "ENOSPC" },
  { call: "unlink", error: "EIO" },
  { call: "pwrite64", error: "KILL" },
  { call: "fsync", error: "KILL" },
  { call: "rename", error: "KILL" },
  { call: "unlink", error: "KILL" },
];

/** More than this of one kind is a story that never ends. */
const mostFailures = 20;

const report = (finding: object) => process.stdout.write(`${JSON.stringify(finding)}\n`);

let failures = 0;
async function attempt<T>(what: object, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    failures++;
    report({ ...what, failed: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

const kills = Number(values.kills);
const acknowledged = await attempt({ kills }, () => killAndCheck(kills, Number(values.seed)));
report({ kills, acknowledged });

await using ready = await temporaryFolder();
await prepareVault(ready.path);
if (straceHere()) {
  for (const fault of FAULTS) {
    const began = performance.now();
    const before = failures;
    let runs = 0;
    let when = 1;
    let over = false;
    const take = async (): Promise<void> => {
      while (!over && failures - before < mostFailures) {
        const at = when;
        when += Number(values.every);
        const outcome = await attempt({ ...fault, when: at }, () =>
          failAndCheck(ready.path, fault, String(at)),
        );
        if (outcome?.injected === false) over = true;
        else runs++;
      }
    };
    await Promise.all(Array.from({ length: Number(values["at-once"]) }, take));
    const seconds = Math.round((performance.now() - began) / 1000);
    report({ ...fault, points: runs, failed: failures - before, seconds });
  }
} else {
  report({ skipped: "strace is not here" });
}
report({ failures });
process.exitCode = failures === 0 ? 0 : 1;
