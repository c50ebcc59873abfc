// The core's process: what it is born without, and that it ends when it must.
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { err, ok } from "../../shared/result.ts";
import { lockWithin, startCore } from "../../main/shells/node/start-core.ts";
import type { RunningCore } from "../../main/shells/node/start-core.ts";
import { smallEntry } from "./support/targets.ts";

const running: RunningCore[] = [];
const start = (entry = smallEntry): RunningCore => {
  const core = startCore({ lent: {}, note: () => {}, entry, stderr: "ignore" });
  running.push(core);
  return core;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map(async (core) => await core.end()));
});

const alive = (pid: number | undefined) => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("it is another process, hardened, and knows nothing of this one's world", async () => {
  process.env["WAYPOST_TEST"] = "personal";
  const core = start();
  delete process.env["WAYPOST_TEST"];
  const facts = await core.call("process.facts", {});
  expect(facts).toMatchObject({
    ok: true,
    value: { pid: core.pid, options: [], reports: false },
  });
  expect(JSON.stringify(facts)).not.toMatch(/WAYPOST_TEST|NODE_OPTIONS|"HOME"|"USER"|"PATH"/);
});

const onLinux = process.platform === "linux" ? test : test.skip;
onLinux("it is born without core dumps, and a signal opens no debugger", async () => {
  const core = start();
  await core.call("echo.say", { text: "a" });
  const limits = readFileSync(`/proc/${core.pid}/limits`, "utf8");
  expect(limits).toMatch(/Max core file size +0 +0 /);
  process.kill(core.pid ?? 0, "SIGUSR1");
  // Node's debugger takes a moment to listen, on 127.0.0.1:9229.
  await wait(500);
  expect(await core.call("echo.say", { text: "b" })).toEqual(ok({ text: "b" }));
  expect(readFileSync(`/proc/${core.pid}/net/tcp`, "utf8")).not.toMatch(/ 0100007F:240D /);
});

describe("lock", () => {
  test("the process is gone in time, and calls say so", async () => {
    const core = start();
    await core.call("door.open", {});
    const { exit, milliseconds } = await core.lock();
    expect(exit).toEqual({ code: 0, signal: null });
    expect(milliseconds).toBeLessThan(2 * lockWithin);
    expect(alive(core.pid)).toBe(false);
    expect(await core.call("door.inside", {})).toEqual(err({ type: "CoreEnded" }));
  });

  test("running jobs are cancelled first", async () => {
    const core = start();
    const job = core.call("work.long", { steps: 100_000, job: "job-running" });
    await core.call("echo.say", { text: "a" });
    await core.lock();
    expect(await job).toEqual(err({ type: "Cancelled" }));
  });

  test("a process that hears nothing is killed in time", async () => {
    const core = start();
    await core.call("echo.say", { text: "a" });
    const hanging = core.call("process.hang", {});
    const { exit, milliseconds } = await core.lock();
    expect(exit.signal).toBe("SIGKILL");
    expect(milliseconds).toBeLessThan(2 * lockWithin);
    expect(await hanging).toEqual(err({ type: "CoreEnded" }));
  });
});

test("it ends when its shell lets go", async () => {
  const core = start();
  await core.call("echo.say", { text: "a" });
  expect(await core.end()).toEqual({ code: 0, signal: null });
});

test("a core that was killed answers what waits and what comes", async () => {
  const core = start();
  await core.call("echo.say", { text: "a" });
  const waiting = core.call("work.long", { steps: 100_000 });
  process.kill(core.pid ?? 0, "SIGKILL");
  expect(await waiting).toEqual(err({ type: "CoreEnded" }));
  expect(await core.exited).toEqual({ code: null, signal: "SIGKILL" });
  expect(await core.call("echo.say", { text: "a" })).toEqual(err({ type: "CoreEnded" }));
});

test("a core that cannot start says the same", async () => {
  const core = start(new URL("./no-such-entry.ts", import.meta.url));
  expect(await core.call("echo.say", { text: "a" })).toEqual(err({ type: "CoreEnded" }));
});
