// What is written of a bug: where, never what.
import { expect, test } from "vitest";
import { describeBug } from "../../../../main/ipc/bug.ts";

test("the kind and the places below the program's folder", () => {
  expect(describeBug(new TypeError("Amina is undefined"))).toMatch(
    /^TypeError test\/unit\/main\/ipc\/bug\.test\.ts:\d+:\d+/,
  );
});

test("a code of the system's", () => {
  expect(describeBug(Object.assign(new Error("ENOENT: /vaults/amina"), { code: "ENOENT" }))).toMatch(
    /^Error ENOENT /,
  );
});

test.each([
  ["a message of many lines", new Error("Amina\n    at amina (/vaults/amina.ts:1:1)\n")],
  ["a message changed after the fact", Object.assign(new Error("x"), { message: "Amina" })],
  ["a name somebody typed", Object.assign(new Error("x"), { name: "Amina Koto of Nairobi" })],
  ["a code somebody typed", Object.assign(new Error("x"), { code: "Amina Koto" })],
  ["a stack of its own", Object.assign(new Error("x"), { stack: "Amina" })],
  ["no error", "Amina"],
  ["nothing", undefined],
])("says nothing personal of %s", (_, error) => {
  expect(describeBug(error)).not.toMatch(/amina/i);
});
