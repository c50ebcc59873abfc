// A thread of the core that weighs texts: its dictionaries take seconds to load and a long text a second to weigh, and nobody is to wait behind that.
import { parentPort } from "node:worker_threads";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";
import * as english from "@zxcvbn-ts/language-en";

export type ToWeigh = { readonly id: number; readonly texts: readonly string[] };
/** Base-ten logarithms of the guesses, a text each. */
export type Weighed = { readonly id: number; readonly guesses: readonly number[] };

const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  // Spellings like `p4ssw0rd` are undone so often for each text; beyond a few only the time grows.
  l33tMaxSubstitutions: 5,
});

parentPort?.on("message", ({ id, texts }: ToWeigh) => {
  const guesses = texts.map((text) => (text === "" ? 0 : estimator.check(text).guessesLog10));
  parentPort?.postMessage({ id, guesses } satisfies Weighed);
});
