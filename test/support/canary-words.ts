// Words that nothing on a machine holds by chance, made anew for each run out of a seed that tells nothing of them.
import { createHash } from "node:crypto";

export const canaryNames = ["kept", "draft", "sought", "view", "passphrase", "printed", "half"] as const;
export type CanaryName = (typeof canaryNames)[number];

const letters = { latin: "bcdfghjklmnpqrstvwxz", arabic: "بتثجحخدذرزسشصضطظعغفق" } as const;

/** Sixteen letters; the draft's are Arabic, whose bytes differ in every encoding. */
export function canary(seed: string, name: CanaryName): string {
  const digest = createHash("sha256").update(`${seed} ${name}`).digest().subarray(0, 16);
  const of = name === "draft" ? letters.arabic : letters.latin;
  return Array.from(digest, (byte) => of[byte % of.length]).join("");
}

/** What is looked for: a part out of the middle, so that a word that was cut or written with a capital is found too. */
export const middle = (word: string): string => word.slice(2, 13);
