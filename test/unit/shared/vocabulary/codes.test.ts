// Case codes and states: plain, pronounceable, and complete.
import { expect, test } from "vitest";
import { CaseCode, caseCode, codeWords } from "../../../../shared/vocabulary/codes.ts";
import {
  isSpecimenState,
  mrzOfState,
  StateCode,
  stateOfMrz,
} from "../../../../shared/vocabulary/countries.ts";

test("256 words, each once", () => {
  expect(new Set(codeWords).size).toBe(256);
  for (const word of codeWords) expect(word).toMatch(/^[A-Z]{3,12}$/);
});

test("a code comes from four bytes, whatever they are, with one digit or two", () => {
  for (let byte = 0; byte < 256; byte++) {
    const bytes = Uint8Array.of(byte, byte, byte, byte);
    expect(caseCode(bytes, 1)).toMatch(/^[A-Z][2-9]-[A-Z]+$/);
    expect(caseCode(bytes, 2)).toMatch(/^[A-Z][2-9]{2}-[A-Z]+$/);
    for (const length of [1, 2] as const)
      expect(CaseCode.safeParse(caseCode(bytes, length)).success).toBe(true);
  }
  expect(() => caseCode(new Uint8Array(3), 1)).toThrow();
});

test("there are more codes than an office of a hundred thousand cases needs", () => {
  const codes = new Set<string>();
  for (let a = 0; a < 21; a++)
    for (let b = 0; b < 8; b++)
      for (let c = 0; c < 256; c++)
        for (let d = 0; d < 8; d++) {
          const bytes = Uint8Array.of(a, b, c, d);
          codes.add(caseCode(bytes, 2)).add(caseCode(bytes, 1));
        }
  expect(codes.size).toBe(43_008 + 344_064);
});

test("states: 249 of ISO and those of ICAO, both ways", () => {
  const iso = StateCode.options.filter((code) => code.length === 2);
  expect(iso).toHaveLength(249);
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  for (const code of iso) {
    expect(names.of(code), code).toBeDefined();
    expect(stateOfMrz(mrzOfState(code))).toBe(code);
  }
  expect([stateOfMrz("D"), stateOfMrz("AFG"), stateOfMrz("XXA"), stateOfMrz("ZZZ")]).toEqual([
    "DE",
    "AF",
    "XXA",
    undefined,
  ]);
  expect([isSpecimenState("UTO"), isSpecimenState("AF")]).toEqual([true, false]);
});
