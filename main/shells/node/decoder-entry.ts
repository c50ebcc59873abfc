// The disposable process: reads one request from standard input, runs the trial, writes the verdict, ends.
import { readFileSync, writeSync } from "node:fs";
import { trial } from "../../core/sections/trial.ts";
import { sectionSchemas } from "../../../shared/vocabulary/sections/index.ts";

const verdict = trial(readFileSync(0), sectionSchemas);
for (let at = 0; at < verdict.length;) at += writeSync(1, verdict, at);
