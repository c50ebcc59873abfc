// Every cause that the core gives for work held or refused is told in words of its own.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { english } from "../../../../shared/texts/texts.ts";
import { asideReason, asideReasons } from "../../../../shared/vocabulary/aside.ts";

/** Where causes are written down, and how they stand there. */
const written =
  /(?:Refusal|refused|held|err)\("([a-z-]+)"\)|why: "([a-z-]+)"|, "([a-z]+(?:-[a-z]+)+)"\)|^ {2}\| "([a-z-]+)"/gm;
const sources = [
  "chain/standing.rules.ts",
  "sections/standing.rules.ts",
  "sections/refresh.ts",
  "sections/part.ts",
  "sections/chunk.ts",
  "sections/examine.ts",
  "sections/trial.ts",
];

test.each(sources)("causes in %s", (source) => {
  const text = readFileSync(new URL(`../../../../main/core/${source}`, import.meta.url), "utf8");
  const causes = [...text.matchAll(written)].map((found) => found.slice(1).find((one) => one !== undefined));
  expect(causes.length).toBeGreaterThan(0);
  expect(causes.filter((cause) => asideReason(cause ?? "") === "unknown")).toEqual([]);
});

test("causes of a family", () => {
  expect(asideReason("schema:no-such-field")).toBe("form");
  expect(asideReason("text-reason")).toBe("unsound");
  expect(["time", "memory", "crash"].map((why) => asideReason(`decoder-${why}`))).toEqual(
    Array.from({ length: 3 }, () => "not-opened"),
  );
  expect(asideReason("never heard of")).toBe("unknown");
});

test("each reason says what happened and what to do", () => {
  const { aside } = english.screens.settle;
  expect(Object.keys(aside).toSorted()).toEqual([...asideReasons].toSorted());
  for (const { what, next } of Object.values(aside))
    for (const sentence of [what, next]) expect(sentence).toMatch(/^[A-Z].*\.$/);
});
