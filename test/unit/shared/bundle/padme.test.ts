// Padded sizes: never smaller, at most 12 % larger beyond the minimum, few, and growing.
import fc from "fast-check";
import { expect, test } from "vitest";
import { limits } from "../../../../shared/bundle/limits.ts";
import { padme } from "../../../../shared/bundle/padme.ts";

test("bounds, and padding what is padded changes nothing", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (length) => {
      const size = padme(length);
      expect(size).toBeGreaterThanOrEqual(Math.max(length, limits.paddingMinimum));
      expect(size).toBeLessThanOrEqual(Math.max(length, limits.paddingMinimum) * 1.12);
      expect(padme(size)).toBe(size);
      expect(size % 512).toBe(0);
      expect(padme(length + 1)).toBeGreaterThanOrEqual(size);
    }),
  );
});

test("everything small looks alike, and a mebibyte has few sizes", () => {
  expect(padme(0)).toBe(65_536);
  expect(padme(65_536)).toBe(65_536);
  const sizes = new Set(Array.from({ length: 1_024 }, (_, n) => padme(1024 ** 2 + n * 1_024)));
  expect(sizes.size).toBeLessThanOrEqual(33);
});
