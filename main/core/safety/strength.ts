// How long a passphrase would hold against somebody who has a copy of the vault's folder.
import { isListWord, listWords, randomWords } from "../vault/index.ts";
import type { Ports } from "../ports.ts";
import { judgePassphrase, type PassphraseWeak } from "./safety.rules.ts";

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

type Estimate = (text: string) => number;
let loaded: Promise<Estimate> | undefined;

/** Its dictionaries take a while to load: only when somebody makes a passphrase. */
async function load(): Promise<Estimate> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-en"),
  ]);
  const estimator = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    // Spellings like `p4ssw0rd` are undone so often for each text; beyond a few only the time grows.
    l33tMaxSubstitutions: 5,
  });
  return (text) => estimator.check(text).guessesLog10;
}

/**
 * The least of three ways to guess it: as the estimator finds it character by character; as one common word after another;
 * and, where all of it stands in the list that `suggest` draws from, as words of that list. Whoever guesses knows this program.
 */
export async function judgeStrength(passphrase: string): Promise<Strength> {
  const estimate = await (loaded ??= load());
  const text = Array.from(passphrase.normalize("NFC")).slice(0, weighed).join("");
  const words = text.split(/\s+/).filter((word) => word !== "");
  const ways = [
    text === "" ? 0 : estimate(text),
    words.reduce((sum, word) => sum + estimate(word), 0),
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
