// The recovery words: 256 random bits as 24 words of the English BIP39 list, the last word carrying a checksum.
import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import type { Random } from "../ports.ts";
import { Secret } from "./secret.ts";

/** New words for the recovery sheet, and the entropy a slot is made from. */
export function newWords(random: Random): { readonly words: string; readonly entropy: Secret } {
  const bytes = random.bytes(32);
  const words = entropyToMnemonic(bytes, wordlist);
  return { words, entropy: Secret.from(bytes) };
}

const typedWords = (typed: string): readonly string[] => typed.trim().toLowerCase().split(/\s+/);

/** Words as someone typed them, one by one, or `undefined` where they are not 24 words with a right checksum. */
export function recoveryWordsOf(typed: string): readonly string[] | undefined {
  using entropy = entropyOfWords(typed);
  return entropy && typedWords(typed);
}

/** The entropy of words as someone typed them, or `undefined` where they are not 24 words with a right checksum. */
export function entropyOfWords(typed: string): Secret | undefined {
  const words = typedWords(typed);
  if (words.length !== 24) return undefined;
  try {
    return Secret.from(mnemonicToEntropy(words.join(" "), wordlist));
  } catch {
    return undefined;
  }
}

/** How many words the list has. */
export const listWords = wordlist.length;

export const isListWord = (word: string): boolean => wordlist.includes(word.toLowerCase());

/** So many words, each drawn by itself: eleven bits each. */
export const randomWords = (random: Random, count: number): readonly string[] =>
  Array.from({ length: count }, () => {
    const [high = 0, low = 0] = random.bytes(2);
    return wordlist[((high << 8) | low) % listWords] ?? "";
  });
