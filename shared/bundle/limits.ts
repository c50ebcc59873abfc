// The limits a bundle must keep; every breach is refused and names the limit it broke.

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

/** Octets unless the name says otherwise. */
export const limits = {
  bundleBytes: 4 * GiB,
  introductionBytes: 1 * MiB,
  entries: 20_000,
  entryNameLength: 120,
  manifestBytes: 8 * MiB,
  entryBytes: 2 * GiB,
  /** All entries a receiver holds in memory at once: the parts and chain of one case. */
  caseBytes: 256 * MiB,
  chainEntryBytes: 64 * KiB,
  chainEntriesPerCase: 10_000,
  partBytes: 4 * MiB,
  partsPerSection: 50_000,
  cases: 2_000,
  paddingMinimum: 64 * KiB,
} as const;

export type LimitName = keyof typeof limits;

/** What a receiver answers when a bundle breaks one of `limits`. */
export type LimitBroken = { readonly type: "LimitBroken"; readonly limit: LimitName };
