// How long a bundle of each kind is taken in after it was made.
import type { Milliseconds } from "../../../shared/brand.ts";
import type { BundleKind } from "../../../shared/bundle/manifest.ts";

const day = 86_400_000;
const days: Readonly<Record<BundleKind, number>> = {
  introduction: 365,
  share: 90,
  release: 90,
  acknowledgement: 3_650,
  recall: 3_650,
};

/** A recall and what confirms it never grow too old to matter; case data does. */
export const expiryOf = (kind: BundleKind, made: Milliseconds): Milliseconds =>
  (made + days[kind] * day) as Milliseconds;
