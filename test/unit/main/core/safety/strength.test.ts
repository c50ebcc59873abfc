// How strong a passphrase is said to be: never more than the easiest way to guess it, quickly, whatever its length.
import { expect, test, vi } from "vitest";
import { contract } from "../../../../../shared/ipc/contract.ts";
import { suggestPassphrase } from "../../../../../main/core/safety/index.ts";
import { laptop } from "../../../../support/laptop.ts";
import { seededRandom } from "../../../../support/ports.ts";

vi.setConfig({ testTimeout: 60_000 });

const on = laptop(".");
const judge = (passphrase: string) => on.ask("vault.judge", { passphrase });
const word = Math.log10(2_048);
/** Seconds of eighty years. */
const life = Math.log10(80 * 365.25 * 86_400);

test("seconds are the guesses shared by a thousand machines, and a word more is eleven bits more", async () => {
  const { guesses, seconds, withOneMore } = await judge("kX9$vQ2m!pLw");
  expect(seconds).toBeCloseTo(guesses - 3, 9);
  expect(withOneMore).toBeCloseTo(seconds + word, 9);
  expect(guesses).toBeGreaterThan(10);
});

test.each([
  ["password", "short"],
  ["password1234", "common"],
  ["xxxxxxxxxxxxxxxxxxxx", "repeats"],
])("%j falls within a day and is refused as %s", async (passphrase, weak) => {
  const judged = await judge(passphrase);
  expect(judged.weak).toBe(weak);
  expect(judged.seconds).toBeLessThan(Math.log10(86_400));
});

test.each(["P4ssw0rd1234!", "qwertyuiop1234", "iloveyou2024"])(
  "%j falls within a day",
  async (passphrase) => {
    expect((await judge(passphrase)).seconds).toBeLessThan(Math.log10(86_400));
  },
);

test("words are guessed as words: four common ones hold no longer than their place in the list", async () => {
  const judged = await judge("correct horse battery staple");
  expect(judged.weak).toBeUndefined();
  expect(judged.guesses).toBeLessThan(4 * 4.5);
});

test("what is suggested outlives a life, and is said to be as strong as it is", async () => {
  const { passphrase } = await on.ask("vault.suggest", {});
  const judged = await judge(passphrase);
  expect(judged.weak).toBeUndefined();
  expect(judged.guesses).toBeLessThanOrEqual(5 * word + 1e-9);
  expect(judged.seconds).toBeGreaterThan(life);
});

test("suggestions are drawn evenly from 2,048 words", () => {
  const random = seededRandom("suggestions");
  const drawn = Array.from({ length: 4_000 }, () => suggestPassphrase({ random }).split(" "));
  expect(new Set(drawn.map((words) => words.length))).toEqual(new Set([5]));
  const counts = new Map<string, number>();
  for (const one of drawn.flat()) counts.set(one, (counts.get(one) ?? 0) + 1);
  // 20,000 draws: a word is missed with a chance of one in 17,000, and drawn more than 30 times in none.
  expect(counts.size).toBeGreaterThan(2_040);
  expect(Math.max(...counts.values())).toBeLessThan(31);
});

test("of a long one only the first 64 characters count", async () => {
  const start = "seven lanterns over the northern road, and nobody knew of them b";
  expect(start).toHaveLength(64);
  const judged = await judge(start);
  expect(await judge(start + "x".repeat(1_024 - 64))).toMatchObject({ guesses: judged.guesses });
});

test("the longest passphrase that is taken is judged too, and nothing is said of an empty one", async () => {
  const noise = Buffer.from(seededRandom("noise").bytes(768)).toString("base64");
  expect(noise).toHaveLength(1_024);
  expect((await judge(noise)).guesses).toBeGreaterThan(30);
  expect(await judge("")).toMatchObject({ guesses: 0, weak: "short" });
  expect(contract["vault.judge"].secrets).toContain("passphrase");
});
