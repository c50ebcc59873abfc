// Tells the story on the terminal, step by step, and counts what was shown and what this machine could not show.

export type Teller = {
  /** A step: its sentence, what it did, and a figure or two. It throws when the step fails. */
  readonly step: <T>(
    sentence: string,
    work: () => Promise<readonly [figures: string, value: T]>,
  ) => Promise<T>;
  readonly skip: (sentence: string, why: string) => void;
  readonly counts: () => { readonly steps: number; readonly skipped: number };
};

export function createTeller(say: (line: string) => void): Teller {
  let steps = 0;
  let skipped = 0;
  return {
    async step(sentence, work) {
      const start = performance.now();
      const [figures, value] = await work();
      steps += 1;
      say(`${String(steps + skipped).padStart(2)}. ${sentence}`);
      say(`    ${figures}${figures === "" ? "" : " · "}${Math.round(performance.now() - start)} ms`);
      return value;
    },
    skip(sentence, why) {
      skipped += 1;
      say(`${String(steps + skipped).padStart(2)}. ${sentence}`);
      say(`    skipped: ${why}`);
    },
    counts: () => ({ steps, skipped }),
  };
}

/** The story stops where something is not as it says. */
export function check(condition: boolean, claim: string): asserts condition {
  if (!condition) throw new Error(`not as the story says: ${claim}`);
}
