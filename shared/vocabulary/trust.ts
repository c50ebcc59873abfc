// How far a contact's certificate is trusted, and how it came to be.
import { z } from "../schema.ts";

/**
 * unverified: seen, never compared · verified: words, digits or fingerprint compared by a member ·
 * vouched: met through a steward chain, enough to merge and not to send to · changed: another primary key came for
 * this person, sending stops · refused: a member said no.
 */
export const Trust = z.enum(["unverified", "verified", "vouched", "changed", "refused"]);
export type Trust = z.infer<typeof Trust>;

/** How a certificate was compared. */
export const VerifiedHow = z.enum([
  "words-by-telephone",
  "words-in-person",
  "digits",
  "fingerprint",
  "code-picture",
]);
export type VerifiedHow = z.infer<typeof VerifiedHow>;
