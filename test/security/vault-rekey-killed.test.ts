// The power goes while keys are exchanged: before the rename of keyslots.json the old keys hold, after it the new ones, and nothing is lost.
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../support/ports.ts";
import type { Fault } from "../support/vault-endurance.ts";
import { failAndCheck, prepareVault, straceHere } from "../support/vault-endurance.ts";

const points: readonly (readonly [Fault, string])[] = [
  [{ call: "rename", error: "KILL" }, "1"],
  [{ call: "unlink", error: "KILL" }, "1"],
  [{ call: "unlink", error: "KILL" }, "2"],
  [{ call: "fsync", error: "KILL" }, "14"],
  [{ call: "pwrite64", error: "KILL" }, "500"],
  [{ call: "pwrite64", error: "KILL" }, "800"],
];

const ready = await temporaryFolder();
beforeAll(() => prepareVault(ready.path));
afterAll(() => ready[Symbol.asyncDispose]());

test.skipIf(!straceHere()).each(points)("%o at %s", async (fault, when) => {
  expect((await failAndCheck(ready.path, fault, when)).injected).toBe(true);
});
