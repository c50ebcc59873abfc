// Made-up people and prose for big vaults: the same from run to run, with few words common and many rare, as in any language.
export type Draw = () => number;

/** A draw from 0 to 1; the same seed gives the same sequence (mulberry32: speed matters here, secrecy does not). */
export function drawsOf(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const begins = "b br d f g gr h j k kh l m n p r s sh t tr v w y z".split(" ");
const middles = "a e i o u ai ou".split(" ");
const ends = "l m n r s t nd rk".split(" ");

const pick = (draw: Draw, from: readonly string[]): string => from[Math.floor(draw() * from.length)] ?? "";

function wordOf(draw: Draw, syllables: number): string {
  const open = Array.from({ length: syllables }, () => pick(draw, begins) + pick(draw, middles)).join("");
  return open + pick(draw, ends);
}

/** Distinct words, the commonest first. */
function lexicon(seed: number, size: number): readonly string[] {
  const draw = drawsOf(seed);
  const words = new Set<string>();
  while (words.size < size) words.add(wordOf(draw, 1 + Math.floor(draw() * 3)));
  return [...words];
}

export const prose = lexicon(1, 20_000);
const given = lexicon(2, 2_000);
const family = lexicon(3, 8_000);

/** The word in nearly every text, and one for each rank asked for. */
export const commonest = prose[0] ?? "";

/** Words by their rank: the n-th is drawn one n-th as often as the first. */
export const textOf = (draw: Draw, words: number): string =>
  Array.from({ length: words }, () => prose[Math.floor(prose.length ** draw()) - 1] ?? commonest).join(" ");

const capital = (word: string): string => `${word[0]?.toUpperCase() ?? ""}${word.slice(1)}`;

export const nameOf = (draw: Draw): string => `${capital(pick(draw, given))} ${capital(pick(draw, family))}`;
