// `npm run demo`: plays the story on real practice vaults in a temporary folder and says in plain words what happened.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { playStory } from "./demo/story.ts";
import { createTeller } from "./demo/teller.ts";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: "demo-out" },
    "require-printer": { type: "boolean", default: false },
  },
});
const out = resolve(values.out);
const folder = mkdtempSync(join(tmpdir(), "waypost-demo-"));
const teller = createTeller((line) => console.log(line));
try {
  await playStory(teller, folder, out);
  const { steps, skipped } = teller.counts();
  console.log(`\nBundles and readable files are in ${values.out}.`);
  console.log(`demo: ${steps} steps, ${skipped} skipped`);
  if (values["require-printer"] && skipped > 0) process.exitCode = 1;
} catch (problem) {
  console.error(`\nThe story stopped: ${problem instanceof Error ? problem.message : String(problem)}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
