// The log's lines.
import { expect, test } from "vitest";
import type { Milliseconds } from "../../../../shared/brand.ts";
import { createLog } from "../../../../main/shells/node/log.ts";

test("an event with its figures is one JSON line; what is not kept is not written", () => {
  const lines: string[] = [];
  const clock = { now: () => 7 as Milliseconds };
  const log = createLog(
    clock,
    (line) => lines.push(line),
    (event) => event !== "quiet",
  );
  log.note("vault.opened", { milliseconds: 5 });
  log.note("quiet");
  expect(lines).toEqual(['{"at":7,"event":"vault.opened","milliseconds":5}\n']);
});
