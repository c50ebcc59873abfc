// What a passphrase must be: long enough, of different signs, and not one word off a guessing list.
import { expect, test } from "vitest";
import { judgePassphrase } from "../../../../../main/core/safety/safety.rules.ts";
import { err, ok } from "../../../../../shared/result.ts";

test.each([
  ["short", "seven lamps"],
  ["short", "é".normalize("NFD").repeat(11)],
  ["short", "🙂".repeat(11)],
  ["repeats", "aaaaaaaaaaaaaaaa"],
  ["repeats", "abcabcabcabcabc"],
  ["common", "password123456"],
  ["common", "Qwerty-Password-2026"],
  ["common", "waypostwaypost1"],
] as const)("%s: %s", (why, passphrase) => {
  expect(judgePassphrase(passphrase)).toEqual(err({ type: "PassphraseWeak", why }));
});

test.each([
  "seven lanterns over the northern road",
  "هفت فانوس بر راه شمالی",
  "480213579246",
  "the password is hidden in the orchard",
])("good: %s", (passphrase) => {
  expect(judgePassphrase(passphrase)).toEqual(ok(undefined));
});
