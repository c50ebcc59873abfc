// Who is verified: only full agreement counts, and another primary key is never taken silently.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Trust } from "../../../../../shared/vocabulary/trust.ts";
import {
  afterIntroduction,
  compareSpoken,
  maySendCaseData,
} from "../../../../../main/core/contacts/contacts.rules.ts";

const held = [
  "abandon",
  "ability",
  "able",
  "about",
  "above",
  "absent",
  "absorb",
  "abstract",
  "absurd",
  "abuse",
];

describe("words read aloud", () => {
  test("agree whatever the case, the spaces around them and the width of letters", () => {
    expect(compareSpoken(held, held).ok).toBe(true);
    expect(
      compareSpoken(
        held,
        held.map((word) => ` ${word.toUpperCase()}\t`),
      ).ok,
    ).toBe(true);
    expect(compareSpoken(["able"], ["ａｂｌｅ"]).ok).toBe(true);
  });

  test("every place that differs is named, a missing and an extra word too", () => {
    expect(compareSpoken(held, held.toReversed())).toEqual({
      ok: false,
      error: { type: "WordsDiffer", wrong: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
    });
    expect(compareSpoken(held, held.slice(0, 8))).toMatchObject({ error: { wrong: [9, 10] } });
    expect(compareSpoken(held, [...held, "abuse"])).toMatchObject({ error: { wrong: [11] } });
    expect(compareSpoken(held, [])).toMatchObject({ ok: false });
    expect(compareSpoken(held, ["", ...held.slice(1)])).toMatchObject({ error: { wrong: [1] } });
  });

  test("anything but the same words is refused", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...held), fc.string({ maxLength: 8 })), { maxLength: 12 }),
        (typed) => {
          const same =
            typed.length === held.length &&
            typed.every((word, at) => word.normalize("NFKC").trim().toLowerCase() === held[at]);
          expect(compareSpoken(held, typed).ok).toBe(same);
        },
      ),
    );
    fc.assert(
      fc.property(fc.nat(9), fc.string({ maxLength: 9 }), (place, word) => {
        const typed = held.with(place, word);
        const differs = word.normalize("NFKC").trim().toLowerCase() !== held[place];
        expect(compareSpoken(held, typed)).toEqual(
          differs
            ? { ok: false, error: { type: "WordsDiffer", wrong: [place + 1] } }
            : { ok: true, value: undefined },
        );
      }),
    );
  });
});

test("case data goes to verified contacts and to no others", () => {
  expect(Trust.options.filter(maySendCaseData)).toEqual(["verified"]);
});

describe("a certificate that arrives", () => {
  test("for somebody new is unverified", () => {
    expect(afterIntroduction(undefined, "A")).toBe("unverified");
  });
  test.each(Trust.options)("with the same primary key leaves %s as it is", (trust) => {
    expect(afterIntroduction({ trust, fingerprint: "A" }, "A")).toBe(trust);
  });
  test.each(Trust.options)("with another primary key makes %s changed", (trust) => {
    expect(afterIntroduction({ trust, fingerprint: "A" }, "B")).toBe("changed");
  });
});
