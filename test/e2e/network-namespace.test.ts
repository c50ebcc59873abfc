// No network: the demo passes where there is no interface at all, and neither it nor the command line asks for an internet socket.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROJECT } from "../support/files.ts";
import { laptop, newVault, PHRASE } from "../support/laptop.ts";
import { temporaryFolder } from "../support/ports.ts";
import { straceHere } from "../support/vault-endurance.ts";

const demo = (out: string) => [
  process.execPath,
  "-r",
  join(PROJECT, "main/shells/node/require-node.cjs"),
  join(PROJECT, "test/e2e/demo.ts"),
  "--out",
  out,
];
const run = ([program = "", ...args]: readonly string[], input = "") =>
  spawnSync(program, args, { cwd: PROJECT, encoding: "utf8", input });
/** A browser asks for sockets whatever it is told; what it prints in the namespace shows that no packet is needed. */
const withoutBrowser = ["env", "WAYPOST_CHROMIUM=none"];

const namespaces = spawnSync("unshare", ["-n", "true"]).status === 0;
const traces = straceHere();

/** Lines of a trace that speak of internet sockets; a domain strace cannot name would be one as well. */
const internet = (trace: string) =>
  readFileSync(trace, "utf8")
    .split("\n")
    .filter((line) => line.includes("socket(") && !/AF_(UNIX|LOCAL|NETLINK)/.test(line));
/** Processes talk to each other through socket pairs: a trace without any saw nothing. */
const traced = (trace: string) => readFileSync(trace, "utf8").length > 0;
const tracing = (trace: string) => [
  "strace",
  "-f",
  "--seccomp-bpf",
  "-qq",
  "-o",
  trace,
  "-e",
  "trace=socket,socketpair",
];

test.skipIf(!namespaces)("the demo passes in a network namespace without interfaces", async () => {
  await using home = await temporaryFolder();
  const inside = run(["unshare", "-n", "cat", "/proc/net/dev"]);
  expect(inside.stdout.match(/^ *\w+(?=:)/gm)?.map((name) => name.trim())).toEqual(["lo"]);
  const played = run(["unshare", "-n", ...demo(join(home.path, "out"))]);
  expect(played.status, played.stdout + played.stderr).toBe(0);
  expect(played.stdout).toMatch(/^demo: \d+ steps, \d+ skipped$/m);
});

test.skipIf(!traces)("the demo asks for no internet socket", async () => {
  await using home = await temporaryFolder();
  const trace = join(home.path, "trace");
  const played = run([...withoutBrowser, ...tracing(trace), ...demo(join(home.path, "out"))]);
  expect(played.status, played.stdout + played.stderr).toBe(0);
  expect(traced(trace)).toBe(true);
  expect(internet(trace)).toEqual([]);
});

test.skipIf(!traces)("the command line asks for no internet socket", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  await newVault(on, "vault");
  await on.close();
  const trace = join(home.path, "trace");
  const vault = ["--vault", join(home.path, "vault"), "--passphrase-stdin"];
  const settings = ["env", `XDG_CONFIG_HOME=${join(home.path, "settings")}`];
  const cli = [...settings, process.execPath, join(PROJECT, "main/shells/cli/waypost.ts")];
  const called = run([...tracing(trace), ...cli, "call", "cases.list", "{}", ...vault], `${PHRASE}\n`);
  expect(called.stdout).toContain('"ok":true');
  expect(internet(trace)).toEqual([]);
});
