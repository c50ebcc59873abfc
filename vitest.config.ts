// The test projects: `npm test` runs all of them, `npm test -- --project unit` one.
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const project = (
  name: string,
  limits: { testTimeout?: number; hookTimeout?: number; globalSetup?: string } = {},
) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    environment: "node" as const,
    pool: "forks" as const,
    ...limits,
  },
});

const buildPage = "test/support/build-page.ts";

export default defineConfig({
  test: {
    // `.ci/run` counts from the report.
    reporters: ["default", ["json", { outputFile: ".reports/vitest.json" }]],
    // Much of the time is waiting for browsers: with one worker on two cores, which is usual, half the machine would idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      project("unit", { testTimeout: 30_000, hookTimeout: 30_000 }),
      project("contract", { testTimeout: 60_000, hookTimeout: 60_000 }),
      project("migrations", { testTimeout: 60_000 }),
      project("bundles", { testTimeout: 120_000, hookTimeout: 120_000 }),
      // The page is built before all of them.
      project("security", { testTimeout: 120_000, hookTimeout: 120_000, globalSetup: buildPage }),
      project("e2e", { testTimeout: 300_000, hookTimeout: 120_000, globalSetup: buildPage }),
    ],
  },
});
