// What makes a contact's certificate verified, and what her trust state lets an office do.
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Trust } from "../../../shared/vocabulary/trust.ts";

export type WordsDiffer = { readonly type: "WordsDiffer"; readonly wrong: readonly number[] };

const plain = (word: string): string => word.normalize("NFKC").trim().toLowerCase();

/**
 * Compares the ten words (or one group of 34 digits) the listener typed with those of the certificate held here.
 * `wrong` lists the places, counted from 1, that differ; a missing or extra word counts.
 */
export function compareSpoken(held: readonly string[], typed: readonly string[]): Result<void, WordsDiffer> {
  const wrong: number[] = [];
  for (let place = 0; place < Math.max(held.length, typed.length); place++) {
    const mine = held[place];
    const theirs = typed[place];
    if (mine === undefined || theirs === undefined || plain(mine) !== plain(theirs)) wrong.push(place + 1);
  }
  return wrong.length === 0 ? ok(undefined) : err({ type: "WordsDiffer", wrong });
}

/** Case data goes to verified contacts only; the others exchange certificates. */
export const maySendCaseData = (trust: Trust): boolean => trust === "verified";

/** What the trust state becomes when a certificate for a known person arrives. */
export function afterIntroduction(
  held: { trust: Trust; fingerprint: string } | undefined,
  arrived: string,
): Trust {
  if (held === undefined) return "unverified";
  return held.fingerprint === arrived ? held.trust : "changed";
}
