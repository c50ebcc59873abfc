// Padded sizes that hide how much a bundle holds.
import { limits } from "./limits.ts";

/**
 * The PADMÉ size for `length` octets, never below the padding minimum: at most about 12 % larger, and only
 * O(log log n) bits of the true size can be told from it.
 * Source: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PoPETs 2019, section 4.
 */
export function padme(length: number): number {
  const size = Math.max(length, limits.paddingMinimum);
  const exponent = Math.floor(Math.log2(size));
  const mantissa = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** Math.max(0, exponent - mantissa);
  return Math.ceil(size / step) * step;
}
