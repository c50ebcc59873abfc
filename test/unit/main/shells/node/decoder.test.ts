// The decoder's process: the same verdict as the trial itself, its limits, and what it may not touch.
import { spawnSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { sectionSchemas } from "../../../../../shared/vocabulary/sections/index.ts";
import type { PartId, SectionId } from "../../../../../shared/vocabulary/ids.ts";
import { decodeVerdict, encodeRequest, trial } from "../../../../../main/core/sections/trial.ts";
import { decoderFlags, nodeDecoder } from "../../../../../main/shells/node/decoder.ts";
import type { DecoderLimits } from "../../../../../main/shells/node/decoder.ts";
import type { Decoder } from "../../../../../main/core/ports.ts";
import { rawChange } from "../../../../support/hostile-parts.ts";
import { decodersHere } from "../../../../support/processes.ts";

const onLinux = process.platform === "linux" ? test : test.skip;

const request = (value: string) =>
  encodeRequest({
    sections: [
      {
        section: "5e".repeat(16) as SectionId,
        base: "",
        parts: [
          {
            id: "9a".repeat(32) as PartId,
            kind: "identity",
            changes: [
              Buffer.from(rawChange({ actor: "ac".repeat(16), ops: [{ key: "title", value }] })).toString(
                "base64",
              ),
            ],
          },
        ],
      },
    ],
  });

const all: Decoder[] = [];
const decoderOf = (limits: Partial<DecoderLimits> = {}): Decoder => {
  const made = nodeDecoder(limits);
  all.push(made);
  return made;
};
afterEach(async () => {
  for (const one of all.splice(0)) one.end?.();
  if (process.platform === "linux") await expect.poll(decodersHere, { timeout: 20_000 }).toBe(0);
});

describe("the decoder", () => {
  test("gives the verdict of the trial", async () => {
    for (const [value, tried] of [
      ["Dr", { ops: [1] }],
      ["a\0b", { refused: "schema:nul" }],
    ] as const) {
      const answer = await decoderOf().trial(request(value));
      if (!answer.ok) throw new Error(answer.error.why);
      expect(answer.value).toEqual(trial(request(value), sectionSchemas));
      expect(decodeVerdict(answer.value)?.sections[0]?.parts).toEqual([{ id: "9a".repeat(32), ...tried }]);
    }
  });

  test("is ended when it takes too long, and when it does not understand it says nothing", async () => {
    expect(await decoderOf({ time: 1 }).trial(request("Dr"))).toEqual({
      ok: false,
      error: { type: "DecoderFailed", why: "time" },
    });
    expect(await decoderOf().trial(Buffer.from("not a request"))).toEqual({
      ok: false,
      error: { type: "DecoderFailed", why: "crash" },
    });
    expect(await decoderOf({ answer: 4 }).trial(request("Dr"))).toMatchObject({ ok: false });
  });

  test("a process that failed in a series is not asked again, and nothing meets in one process but a series", async () => {
    const decoder = decoderOf();
    const whole = trial(request("Dr"), sectionSchemas);
    for (let round = 0; round < 10; round++)
      expect(await decoder.trial(request("Dr"), "one")).toEqual({ ok: true, value: whole });
    expect(await decoder.trial(Buffer.from("not a request"), "one")).toMatchObject({ ok: false });
    expect(await decoder.trial(request("Dr"), "one")).toEqual({ ok: true, value: whole });
    const together = [decoder.trial(request("Dr"), "one"), decoder.trial(request("Dr"), "other")];
    expect(await Promise.all([...together, decoder.trial(request("Dr"))])).toEqual(
      Array.from({ length: 3 }, () => ({ ok: true, value: whole })),
    );
  }, 60_000);

  onLinux(
    "ends every process at once: one that waits, one that is asked, one kept for its series",
    async () => {
      const decoder = decoderOf();
      const whole = trial(request("Dr"), sectionSchemas);
      expect(await decoder.trial(request("Dr"), "one")).toEqual({ ok: true, value: whole });
      decoder.warm?.();
      const underWay = [decoder.trial(request("Dr"), "one"), decoder.trial(request("Dr"), "other")];
      decoder.end?.();
      for (const answer of await Promise.all(underWay)) expect(answer).toMatchObject({ ok: false });
      await expect.poll(decodersHere, { timeout: 20_000 }).toBe(0);
      expect(await decoder.trial(request("Dr"), "one")).toEqual({ ok: true, value: whole });
    },
    60_000,
  );

  onLinux(
    "a process ends with its series, also where it was still asked then; one started ahead waits on",
    async () => {
      const decoder = decoderOf();
      const answer = { ok: true, value: trial(request("Dr"), sectionSchemas) };
      const left = () => expect.poll(decodersHere, { timeout: 20_000 });
      expect(await decoder.trial(request("Dr"), "one")).toEqual(answer);
      decoder.warm?.();
      decoder.end?.("another");
      await left().toBe(2);
      decoder.end?.("one");
      await left().toBe(1);
      const late = decoder.trial(request("Dr"), "two");
      decoder.end?.("two");
      expect(await late).toEqual(answer);
      await left().toBe(0);
    },
    60_000,
  );

  test("waits, rehearses and answers as one that had no time to", async () => {
    const decoder = decoderOf();
    decoder.warm?.();
    await setTimeout(1_500);
    expect(await decoder.trial(request("Dr"))).toEqual({
      ok: true,
      value: trial(request("Dr"), sectionSchemas),
    });
  });

  test.each([
    ["reading outside the program", 'require("node:fs").readFileSync("/etc/hostname")'],
    ["writing", 'require("node:fs").writeFileSync(require("node:os").tmpdir() + "/waypost-decoder", "x")'],
    ["children", 'require("node:child_process").execFileSync("true")'],
    ["workers", 'new (require("node:worker_threads").Worker)("1", { eval: true })'],
    ["native modules", 'process.dlopen({ exports: {} }, "x.node")'],
  ])("may not: %s", (_, code) => {
    const { status, stderr } = spawnSync(process.execPath, [...decoderFlags(64), "-e", code], { env: {} });
    expect(status).not.toBe(0);
    expect(stderr.toString()).toMatch(/ERR_ACCESS_DENIED|ERR_DLOPEN_DISABLED/);
  });

  test("ends for want of memory, in its heap and in WebAssembly", () => {
    const heap = 'const all = []; for (;;) all.push("x".repeat(1000) + all.length)';
    const wasm = "new WebAssembly.Memory({ initial: 64 * 16 + 1 })";
    for (const code of [heap, wasm])
      expect(spawnSync(process.execPath, [...decoderFlags(64), "-e", code], { env: {} }).status).not.toBe(0);
  });
});
