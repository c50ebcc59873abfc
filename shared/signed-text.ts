// The text that is signed: a first line naming the kind, then `key value` lines in a fixed order, each ended by one LF.
// Strict both ways, so that one meaning has one text and an auditor can read it with gpg.
import { err, ok } from "./result.ts";
import type { Result } from "./result.ts";
import type { SignedKind } from "./vocabulary/signed.ts";

export type SignedTextMalformed = { readonly type: "SignedTextMalformed"; readonly why: string };

/** A value of JSON; `undefined` has no place in it. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/**
 * The text of a signed thing, to be encoded as UTF-8 and signed.
 * Keys are lower-case words; values are one line, not empty (write "-" for none). Anything else is a bug and throws.
 */
export function signedText(kind: SignedKind, lines: readonly (readonly [string, string])[]): string {
  let text = `${kind}\n`;
  for (const [key, value] of lines) {
    if (!isKey(key)) throw new Error(`"${key}" cannot be a key of a signed text`);
    if (!isValue(value)) throw new Error(`the value of "${key}" cannot stand in a signed text`);
    text += `${key} ${value}\n`;
  }
  return text;
}

/**
 * Reads a signed text that must have exactly this kind and these keys in this order, and nothing more.
 * `why` says what was wrong without quoting a value. Decode the bytes with a fatal decoder that keeps the BOM.
 */
export function parseSignedText<const Key extends string>(
  kind: SignedKind,
  keys: readonly Key[],
  text: string,
): Result<Record<Key, string>, SignedTextMalformed> {
  const malformed = (why: string) => err({ type: "SignedTextMalformed" as const, why });
  if (!text.endsWith("\n")) return malformed("the last line is not ended");
  const [first, ...lines] = text.slice(0, -1).split("\n");
  if (first !== kind) return malformed("another first line");
  if (lines.length !== keys.length) return malformed("another number of lines");
  const values: Partial<Record<Key, string>> = {};
  for (const [index, key] of keys.entries()) {
    const line = lines[index] ?? "";
    if (!line.startsWith(`${key} `)) return malformed(`line ${index + 2} is not "${key}"`);
    const value = line.slice(key.length + 1);
    if (!isValue(value)) return malformed(`the value of "${key}" is empty or has control characters`);
    values[key] = value;
  }
  return ok(values as Record<Key, string>);
}

/**
 * JSON with keys sorted by UTF-16 code units and no spaces: one text for one value. Strings are left as they are
 * (no Unicode normalisation). `undefined`, functions and numbers that are not finite are bugs and throw.
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${Array.from(value as readonly JsonValue[], canonicalJson).join(",")}]`;
  }
  if (typeof value === "object") {
    const members = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  throw new Error(`${typeof value} cannot stand in canonical JSON`);
}

/** Reads JSON and refuses any text `canonicalJson` would not have written (doubled keys, spaces, other order). */
export function parseCanonicalJson(text: string): Result<JsonValue, SignedTextMalformed> {
  try {
    const value = JSON.parse(text) as JsonValue;
    if (canonicalJson(value) === text) return ok(value);
  } catch {
    return err({ type: "SignedTextMalformed", why: "not JSON" });
  }
  return err({ type: "SignedTextMalformed", why: "JSON that is not canonical" });
}

const isKey = (key: string) => /^[a-z][a-z-]*$/.test(key);

/** One line, not empty, nothing that would change when encoded as UTF-8. */
const isValue = (value: string) => /^[^\u0000-\u001f]+$/u.test(value) && value.isWellFormed();
