// The disk fails at a write of a step of the whole core: a value is answered, nothing acknowledged is lost. Every write: test/endurance.
import { afterAll, beforeAll, expect, test } from "vitest";
import { failStep, prepare, type AppFault, type Step } from "../support/app-faults.ts";
import { temporaryFolder } from "../support/ports.ts";
import { straceHere } from "../support/vault-endurance.ts";

const full: AppFault = { call: "pwrite64", error: "ENOSPC" };
const flush: AppFault = { call: "fsync", error: "EIO" };
const rename: AppFault = { call: "rename", error: "ENOSPC" };
const files: AppFault = { call: "files", error: "ENOSPC" };

const points: readonly (readonly [Step, AppFault, number])[] = [
  ["create", full, 5],
  ["create", flush, 8],
  ["save", full, 12],
  ["save", flush, 5],
  ["share", full, 14],
  ["share", files, 3],
  ["receive", full, 14],
  ["receive", flush, 6],
  ["passphrase", rename, 1],
  ["rekey", full, 40],
  ["rekey", files, 2],
  ["backup", files, 6],
];

const ready = await temporaryFolder();
beforeAll(() => prepare(ready.path));
afterAll(() => ready[Symbol.asyncDispose]());

const traced = straceHere();
test.each(points.filter(([, { call }]) => traced || call === "files"))(
  "%s, %o, call %i",
  async (step, fault, when) => {
    expect(await failStep(ready.path, step, fault, when)).toMatchObject({ injected: true });
  },
);
