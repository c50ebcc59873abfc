// A part's text: what was read strictly and stored is read again the same, and nothing else counts as a part.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Milliseconds } from "../../../../../shared/brand.ts";
import type {
  CaseId,
  ChainHash,
  ChangeHash,
  Fingerprint,
  OpeningId,
  PersonId,
  SaveId,
  SectionId,
} from "../../../../../shared/vocabulary/ids.ts";
import { partText, readPartText, storedFacts } from "../../../../../main/core/sections/part.ts";

const hex = <T extends string>(length: number) =>
  fc.string({
    unit: fc.constantFrom(...Array.from("0123456789abcdef")),
    minLength: length,
    maxLength: length,
  }) as fc.Arbitrary<T>;
const facts = fc.record({
  case: hex<CaseId>(32),
  section: hex<SectionId>(32),
  kind: fc.constantFrom("work", "identity", "journal"),
  person: fc.option(hex<PersonId>(32), { nil: undefined }),
  schema: fc.integer({ min: 1, max: 1_000 }),
  save: hex<SaveId>(32),
  author: hex<Fingerprint>(40).map((text) => text.toUpperCase() as Fingerprint),
  chain: hex<ChainHash>(64),
  opening: hex<OpeningId>(32),
  changes: fc.array(hex<ChangeHash>(64), { minLength: 1, maxLength: 4 }),
  dependencies: fc.array(hex<ChangeHash>(64), { maxLength: 4 }),
  at: fc.nat().map((at) => at as Milliseconds),
  reason: fc.string({ unit: "grapheme", maxLength: 60 }),
});

test("read again as it was read", () => {
  fc.assert(
    fc.property(facts, (one) => {
      const signed = partText(one);
      expect(readPartText(signed)).toEqual({ ok: true, value: one });
      expect(storedFacts(signed)).toEqual(one);
    }),
  );
});

test("what is no part's text is refused", () => {
  for (const text of ["", "waypost/part/1\n", "waypost/chain/1\ncase 0\n"])
    expect(() => storedFacts(Buffer.from(text))).toThrow();
});
