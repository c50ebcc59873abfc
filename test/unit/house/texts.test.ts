// What the project's own text never names: paths of a machine, registries, trackers' numbers, keys, empty promises.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PROJECT, projectFiles } from "../../support/files.ts";

const FORBIDDEN: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["a path of somebody's machine", /(?<![\w.:])\/(?:work|root|Users\/\w+|home\/\w+)\//],
  ["a path of somebody's machine", /[A-Z]:\\Users\\\w/],
  ["a package registry", /registry\.(?:npmjs|yarnpkg)|artifactory|verdaccio/i],
  ["a registry's address", /"resolved":\s*"http/],
  ["a registry's key", /_auth(?:Token)?\s*=/],
  ["a tracker's number", /\b(?:issue|ticket|pull request)s?\s+#?\d+\b/i],
  ["a private key", /-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----/],
  ["an empty promise", /\b(?:TODO|FIXME|not implemented)\b/],
];

/** This file must spell out what it looks for. */
const THIS = "test/unit/house/texts.test.ts";

const TEXT =
  /\.(?:ts|tsx|js|cjs|mjs|json|jsonc|md|sql|css|html|yml|yaml|txt)$|(?:^|\/)(?:\.[a-z]+|run|LICENSE)$/;

/** The breaches of one text, as `line: what`. */
function breaches(text: string): readonly string[] {
  return text
    .split("\n")
    .flatMap((line, at) =>
      FORBIDDEN.flatMap(([name, pattern]) => (pattern.test(line) ? [`${at + 1}: ${name}`] : [])),
    );
}

test("no text of the project names what it must not", () => {
  const texts = projectFiles().filter((path) => TEXT.test(path) && path !== THIS);
  expect(texts).toContain("package-lock.json");
  const found = texts.flatMap((path) =>
    breaches(readFileSync(join(PROJECT, path), "utf8")).map((breach) => `${path}:${breach}`),
  );
  expect(found).toEqual([]);
});

describe("the check speaks", () => {
  test.each([
    "/root/x",
    "see /home/amina/vault",
    "C:\\Users\\amina",
    '"resolved": "https://packages.example/x.tgz"',
    "https://registry.npmjs.org/zod",
    "//packages.example/:_authToken=x",
    "see issue 12",
    "// TODO later",
    "-----BEGIN PRIVATE KEY-----",
  ])("%s", (text) => {
    expect(breaches(text)).toHaveLength(1);
  });

  test.each([
    "the issue of a passport",
    "/rootless/",
    "https://www.apache.org/licenses/",
    "vault/home/x",
    "mount it at /media/usb",
  ])("not at %s", (text) => {
    expect(breaches(text)).toEqual([]);
  });
});
