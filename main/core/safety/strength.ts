// How long a passphrase would hold against somebody who has a copy of the vault's folder.
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { isListWord, listWords, randomWords } from "../vault/index.ts";
import type { Ports } from "../ports.ts";
import { judgePassphrase, type PassphraseWeak } from "./safety.rules.ts";
import type { ToWeigh, Weighed } from "./strength-worker.ts";

/**
 * Characters that are weighed: the estimate takes a tenth of a second for so many and minutes for a thousand. What stands
 * after them is not counted, so a longer passphrase is at least as good as is said.
 */
const weighed = 64;
/** One machine makes about one guess a second: that is what the key derivation is tuned to. */
const machines = 1_000;
const ofOneWord = Math.log10(listWords);

export type Strength = {
  /** Base-ten logarithms: of the guesses, of the seconds at a thousand machines, and of the same with one word more. */
  readonly guesses: number;
  readonly seconds: number;
  readonly withOneMore: number;
  readonly weak?: PassphraseWeak["why"];
};

type Weigh = (texts: readonly string[]) => Promise<readonly number[]>;
let started: Weigh | undefined;

/** A thread of its own, begun when somebody makes a passphrase; it ends with this process. */
function start(): Weigh {
  const waiting = new Map<number, PromiseWithResolvers<readonly number[]>>();
  const worker = new Worker(new URL(`./strength-worker${extname(import.meta.url)}`, import.meta.url), {
    env: {},
    execArgv: [],
  });
  worker.on("message", ({ id, guesses }: Weighed) => {
    waiting.get(id)?.resolve(guesses);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
  });
  worker.on("error", (error) => {
    started = undefined;
    for (const { reject } of waiting.values()) reject(error);
  });
  let asked = 0;
  return async (texts) => {
    const answer = Promise.withResolvers<readonly number[]>();
    const id = (asked += 1);
    waiting.set(id, answer);
    worker.ref();
    worker.postMessage({ id, texts } satisfies ToWeigh);
    return await answer.promise;
  };
}

/**
 * The least of three ways to guess it: as the estimator finds it character by character; as one common word after another;
 * and, where all of it stands in the list that `suggest` draws from, as words of that list. Whoever guesses knows this program.
 */
export async function judgeStrength(passphrase: string): Promise<Strength> {
  const weigh = (started ??= start());
  const text = Array.from(passphrase.normalize("NFC")).slice(0, weighed).join("");
  const words = text.split(/\s+/).filter((word) => word !== "");
  const [whole = 0, ...each] = await weigh([text, ...words]);
  const ways = [
    whole,
    each.reduce((sum, guesses) => sum + guesses, 0),
    ...(words.length > 1 && words.every(isListWord) ? [words.length * ofOneWord] : []),
  ];
  const guesses = Math.min(...ways);
  const seconds = guesses - Math.log10(machines);
  const judged = judgePassphrase(passphrase);
  return {
    guesses,
    seconds,
    withOneMore: seconds + ofOneWord,
    ...(judged.ok ? {} : { weak: judged.error.why }),
  };
}

/**
 * Five words by chance out of 2,048: 55 bits, a million years of a thousand machines at a guess a second each. She may add
 * a sixth; four would still hold for five hundred years, and nothing below for a life.
 */
export const suggestPassphrase = ({ random }: Pick<Ports, "random">): string =>
  randomWords(random, 5).join(" ");
