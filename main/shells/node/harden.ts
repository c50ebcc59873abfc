// What a process that holds keys does first: no crash report, no debugger by signal, no core dump.
import { spawnSync } from "node:child_process";

/** Crash reports carry the heap's figures and the environment; a listener of our own on SIGUSR1 keeps Node from opening a debugging port. */
export function harden(): void {
  if (process.report) {
    process.report.reportOnFatalError = false;
    process.report.reportOnSignal = false;
    process.report.reportOnUncaughtException = false;
  }
  if (process.platform !== "win32") process.on("SIGUSR1", () => {});
}

/**
 * For a process that was not born by `start-core.ts` (the command line). Node cannot set its own limits: util-linux's
 * `prlimit` does, where there is one. Other systems write no core dumps unless told to.
 */
export function forbidCoreDumps(): void {
  if (process.platform !== "linux") return;
  spawnSync("/usr/bin/prlimit", ["--pid", String(process.pid), "--core=0:0"], { stdio: "ignore", env: {} });
}
