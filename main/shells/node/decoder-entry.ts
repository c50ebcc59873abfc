// The disposable process: answers requests one after another, each preceded by its length, and ends when no more come.
import { writeSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { rehearsal, trial } from "../../core/sections/trial.ts";
import { sectionSchemas } from "../../../shared/vocabulary/sections/index.ts";
import { framed, unframed } from "../../../shared/framed.ts";

let asked = false;
const requests = unframed((request) => {
  asked = true;
  const answer = framed(trial(request, sectionSchemas));
  for (let at = 0; at < answer.length;) at += writeSync(1, answer, at);
});
process.stdin.on("data", requests.take);

/** Milliseconds without a request after which there is time to rehearse: one that comes at once is not kept waiting. */
const quiet = 250;

await wait(quiet, undefined, { ref: false });
const steps = rehearsal(
  sectionSchemas,
  "work",
  (number) =>
    new Map([
      ["callsHerself", `rehearsal ${number}`],
      [`works.${number.toString(16).padStart(32, "0")}.what`, "rehearsal"],
    ]),
);
while (!asked && steps.next().done !== true) await wait(1, undefined, { ref: false });
