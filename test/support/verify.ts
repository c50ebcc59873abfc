// `npm run verify`: everything that must hold before a change is handed on, each step with its time.
import { spawnSync } from "node:child_process";

const STEPS: readonly (readonly [name: string, script: string])[] = [
  ["types", "types"],
  ["lint", "lint"],
  ["format", "format:check"],
  ["schema", "schema:check"],
  ["tests", "test"],
];

const outcomes = STEPS.map(([name, script]) => {
  console.log(`\n== ${name}`);
  const started = performance.now();
  // npm's own path, because on Windows npm is not a program that can be started directly.
  const npm = process.env["npm_execpath"];
  const { status } =
    npm === undefined
      ? spawnSync("npm", ["run", "--silent", script], { stdio: "inherit" })
      : spawnSync(process.execPath, [npm, "run", "--silent", script], { stdio: "inherit" });
  return { name, passed: status === 0, seconds: (performance.now() - started) / 1000 };
});

console.log("");
for (const { name, passed, seconds } of outcomes) {
  console.log(`${passed ? "ok    " : "FAILED"} ${name.padEnd(8)} ${seconds.toFixed(1)} s`);
}
process.exitCode = outcomes.every(({ passed }) => passed) ? 0 : 1;
