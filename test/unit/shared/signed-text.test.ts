// The signed text has one form only, and canonical JSON one text for one value.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  canonicalJson,
  parseCanonicalJson,
  parseSignedText,
  signedText,
} from "../../../shared/signed-text.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";

const kind = "waypost/part/1";
const line = fc
  .string({ unit: "binary", minLength: 1 })
  .filter((text) => !/[\u0000-\u001f]/.test(text) && text.isWellFormed());

test("what is written is read back, whatever the values", () => {
  fc.assert(
    fc.property(line, line, (a, b) => {
      const text = signedText(kind, [
        ["case", a],
        ["last-key", b],
      ]);
      expect(parseSignedText(kind, ["case", "last-key"], text)).toEqual({
        ok: true,
        value: { case: a, "last-key": b },
      });
    }),
  );
});

test.for([
  ["another kind", "waypost/chain/1\na 1\nb 2\n"],
  ["a key missing", "waypost/part/1\na 1\n"],
  ["a key too many", "waypost/part/1\na 1\nb 2\nc 3\n"],
  ["another order", "waypost/part/1\nb 2\na 1\n"],
  ["the end missing", "waypost/part/1\na 1\nb 2"],
  ["an empty line at the end", "waypost/part/1\na 1\nb 2\n\n"],
  ["CR LF", "waypost/part/1\r\na 1\r\nb 2\r\n"],
  ["CR in a value", "waypost/part/1\na 1\r\nb 2\n"],
  ["an empty value", "waypost/part/1\na \nb 2\n"],
  ["no space", "waypost/part/1\na\nb 2\n"],
  ["a byte order mark", "\ufeffwaypost/part/1\na 1\nb 2\n"],
  ["NUL", "waypost/part/1\na \u0000\nb 2\n"],
  ["half a surrogate pair", "waypost/part/1\na \ud800\nb 2\n"],
  ["nothing", ""],
])("refuses %s", ([, text]) => {
  expect(parseSignedText(kind, ["a", "b"], text ?? "")).toMatchObject({
    ok: false,
    error: { type: "SignedTextMalformed" },
  });
});

test("writing what cannot be read is a bug", () => {
  for (const value of ["", "two\nlines", "\u0000", "\ud800"])
    expect(() => signedText(kind, [["a", value]])).toThrow();
  for (const key of ["", "A", "a b", "a\n"]) expect(() => signedText(kind, [[key, "1"]])).toThrow();
});

test("canonical JSON: one text for one value, read back equal, keys in order", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value as JsonValue);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(parseCanonicalJson(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
    }),
  );
  expect(canonicalJson({ b: [1, null], a: "é", "\ufb01": 1, "\ud83d\ude00": 2 })).toBe(
    '{"a":"é","b":[1,null],"😀":2,"ﬁ":1}',
  );
  for (const text of [
    '{"b":1,"a":1}',
    '{"a":1,"a":1}',
    "[1, 2]",
    "1.0",
    '"\\u0061"',
    "",
    "[1",
    "undefined",
  ]) {
    expect(parseCanonicalJson(text).ok).toBe(false);
  }
  for (const value of [undefined, NaN, Infinity, () => 1, { a: undefined }]) {
    expect(() => canonicalJson(value as unknown as JsonValue)).toThrow();
  }
});
