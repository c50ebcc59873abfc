// Secrets: the source is zeroed, the bytes go at disposal, nothing prints them. The cost of derivation has bounds.
import { inspect } from "node:util";
import { expect, test, vi } from "vitest";
import type { Milliseconds } from "../../../../../shared/brand.ts";
import { checkKdf, tuneKdf } from "../../../../../main/core/vault/kdf.ts";
import { Secret } from "../../../../../main/core/vault/secret.ts";

vi.setConfig({ testTimeout: 60_000 }); // every opening derives a key

test("the bytes are taken over, copied, and zeroed at the end", () => {
  const source = Buffer.from("her name");
  const secret = Secret.from(source);
  expect(source.every((byte) => byte === 0)).toBe(true);
  const bytes = secret.reveal();
  const second = secret.copy();
  expect(bytes.toString()).toBe("her name");
  secret[Symbol.dispose]();
  secret[Symbol.dispose]();
  expect(bytes.every((byte) => byte === 0)).toBe(true);
  expect(() => secret.reveal()).toThrow("disposed");
  expect(second.reveal().toString()).toBe("her name");
});

test("a secret prints as nothing", () => {
  using secret = Secret.fromText("her name");
  for (const text of [secret.toString(), JSON.stringify({ secret }), inspect({ secret })]) {
    expect(text).not.toContain("her name");
    expect(text).toContain("[secret]");
  }
});

test("floor and ceiling of the derivation", () => {
  const MiB = 1024;
  expect(checkKdf({ memoryKiB: 64 * MiB, passes: 3 }).ok).toBe(true);
  expect(checkKdf({ memoryKiB: 2048 * MiB, passes: 10 }).ok).toBe(true);
  for (const cost of [
    { memoryKiB: 64 * MiB - 1, passes: 3 },
    { memoryKiB: 64 * MiB, passes: 2 },
    { memoryKiB: 2048 * MiB + 1, passes: 3 },
    { memoryKiB: 64 * MiB, passes: 11 },
  ]) {
    expect(checkKdf(cost)).toEqual({ ok: false, error: { type: "SlotsParameters", ...cost } });
  }
});

test("tuning goes upward from 256 MiB and 3 passes to about a second", async () => {
  const passesWhereItTakes = async (milliseconds: number) => {
    const times = [0, milliseconds];
    const tuned = await tuneKdf({ now: () => (times.shift() ?? 0) as Milliseconds });
    expect(tuned).toMatchObject({ ok: true, value: { memoryKiB: 256 * 1024 } });
    return tuned.ok && tuned.value.passes;
  };
  expect(await passesWhereItTakes(5000)).toBe(3);
  expect(await passesWhereItTakes(550)).toBe(5);
  expect(await passesWhereItTakes(10)).toBe(10);
});
