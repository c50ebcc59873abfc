// Counting a run: nothing that went wrong may look like success.
import { expect, test } from "vitest";
import { tally, type Run } from "../../support/tally.ts";

const file = (status: string, ...tests: string[]): object => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});
const report = (success: boolean, ...testResults: object[]): string =>
  JSON.stringify({ success, testResults });

const good: Run = {
  report: report(true, file("passed", "passed", "passed", "pending"), file("passed", "passed", "todo")),
  testCode: 0,
  demo: "vaults made\ndemo: 12 steps, 1 skipped\n",
  demoCode: 0,
};

test.each<[string, Partial<Run>, { passed: number; failed: number; skipped: number }]>([
  ["all is well", {}, { passed: 14, failed: 0, skipped: 3 }],
  [
    "a test fails",
    { report: report(false, file("failed", "passed", "failed", "failed")), testCode: 1 },
    { passed: 12, failed: 2, skipped: 1 },
  ],
  [
    "a file does not load",
    { report: report(false, file("passed", "passed"), file("failed")), testCode: 1 },
    { passed: 12, failed: 1, skipped: 1 },
  ],
  [
    "an error outside any test",
    { report: report(false, file("passed", "passed")), testCode: 1 },
    { passed: 12, failed: 1, skipped: 1 },
  ],
  ["the runner died after its report", { testCode: 137 }, { passed: 14, failed: 1, skipped: 3 }],
  ["no test at all", { report: report(true) }, { passed: 11, failed: 1, skipped: 1 }],
  ["no report", { report: undefined }, { passed: 11, failed: 1, skipped: 1 }],
  ["half a report", { report: '{"success":true,"testRes' }, { passed: 11, failed: 1, skipped: 1 }],
  [
    "a step of the demo fails",
    { demo: "x\ndemo: 5 steps, 0 skipped", demoCode: 1 },
    { passed: 7, failed: 1, skipped: 2 },
  ],
  ["the demo breaks off", { demo: "vaults made\n" }, { passed: 3, failed: 1, skipped: 2 }],
  ["the demo does nothing", { demo: "demo: 0 steps, 0 skipped\n" }, { passed: 3, failed: 1, skipped: 2 }],
  ["no demo", { demo: undefined, demoCode: 127 }, { passed: 3, failed: 1, skipped: 2 }],
])("%s", (_name, change, expected) => {
  expect(tally({ ...good, ...change })).toEqual(expected);
});
