// Counts a test run from its own reports; `.ci/run` prints the result as its last line.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** The part of vitest's JSON report that is counted. */
type Report = {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** What was run: texts as found, `undefined` where there is none, and the exit codes of the two commands. */
export type Run = {
  readonly report: string | undefined;
  readonly testCode: number;
  readonly demo: string | undefined;
  readonly demoCode: number;
};

/**
 * Adds up tests and the demo's steps. What went wrong without being counted by a report (no report, no test,
 * a file that did not load, an exit code) counts as one failure, so that zero failures always means success.
 */
export function tally({ report, testCode, demo, demoCode }: Run): Tally {
  const tests = tallyTests(report, testCode);
  const steps = tallyDemo(demo, demoCode);
  return {
    passed: tests.passed + steps.passed,
    failed: tests.failed + steps.failed,
    skipped: tests.skipped + steps.skipped,
  };
}

const UNREADABLE: Tally = { passed: 0, failed: 1, skipped: 0 };

function tallyTests(text: string | undefined, code: number): Tally {
  const report = readReport(text);
  if (report === undefined) return UNREADABLE;
  const statuses = report.testResults.flatMap((file) => file.assertionResults.map(({ status }) => status));
  if (statuses.length === 0) return UNREADABLE;
  const passed = statuses.filter((status) => status === "passed").length;
  const refused = statuses.filter((status) => status === "failed").length;
  const unloaded = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  ).length;
  const counted = refused + unloaded;
  const unexplained = counted === 0 && (!report.success || code !== 0) ? 1 : 0;
  return { passed, failed: counted + unexplained, skipped: statuses.length - passed - refused };
}

function readReport(text: string | undefined): Report | undefined {
  try {
    const report: unknown = JSON.parse(text ?? "");
    return typeof report === "object" && report !== null && "testResults" in report
      ? (report as Report)
      : undefined;
  } catch {
    return undefined;
  }
}

function tallyDemo(text: string | undefined, code: number): Tally {
  const last = /^demo: (\d+) steps, (\d+) skipped$/m.exec((text ?? "").trimEnd().split("\n").at(-1) ?? "");
  if (last === null) return UNREADABLE;
  const steps = Number(last[1]);
  const skipped = Number(last[2]);
  const failed = code === 0 && steps > skipped ? 0 : 1;
  return { passed: Math.max(0, steps - skipped - failed), failed, skipped };
}

function main([reportPath, testCode, demoPath, demoCode]: readonly string[]): void {
  const result = tally({
    report: textOf(reportPath),
    testCode: Number(testCode),
    demo: textOf(demoPath),
    demoCode: Number(demoCode),
  });
  console.log(`${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`);
  process.exitCode = result.failed === 0 ? 0 : 1;
}

function textOf(path: string | undefined): string | undefined {
  try {
    return readFileSync(path ?? "", "utf8");
  } catch {
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));
