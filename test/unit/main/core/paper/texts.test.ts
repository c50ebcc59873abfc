// Errors in words: each has its three parts, figures are put in, an unknown one is the program's mistake.
import { expect, test } from "vitest";
import { textsIn } from "../../../../../main/core/paper/index.ts";
import { errorTypes } from "../../../../../shared/texts/texts.ts";

const texts = textsIn("en");

test("every error can be said, even without its figures", () => {
  for (const type of errorTypes) {
    const said = texts.error({ type });
    for (const part of [said.what, said.data, said.next]) expect(part, type).not.toMatch(/[{}]/);
  }
});

test("figures stand in the sentence", () => {
  expect(texts.error({ type: "SyncedFolder", marker: "Dropbox" }).what).toBe(
    "This folder is copied to other computers by Dropbox.",
  );
  const problems = [{ at: [], why: "missing" }];
  expect(texts.error({ type: "IntakeInvalid", problems }).what).toBe(
    "One place in this file cannot be taken in.",
  );
});

test("an error nobody worded is called the program's mistake", () => {
  expect(texts.error({ type: "constructor" }).what).toBe("The program made a mistake.");
});

test("countries, languages and dates in words", () => {
  expect([texts.country("AF"), texts.country("XXA"), texts.language("fa-AF")]).toEqual([
    "Afghanistan",
    "Stateless",
    "Dari",
  ]);
  expect(texts.date({ value: "1353-05-21", precision: "day", calendar: "solar-hijri" })).toBe(
    "12 August 1974 (1353-05-21 Solar Hijri)",
  );
  expect(texts.date({ value: "1974", precision: "year", calendar: "gregorian", approximate: true })).toBe(
    "about 1974 (day and month not known)",
  );
});
