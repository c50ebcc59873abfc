// Every failure the program can name has a text, also those that appear only inside a result (why a bundle was refused).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasErrorText } from "../../../../shared/texts/texts.ts";
import { PROJECT, projectFiles } from "../../../support/files.ts";

/** Words written like a failure's type that are none: troubles of ports, notes on a passport's lines, names of things. */
const noFailures = new Set([
  "Broken",
  "Denied",
  "Exists",
  "NotFound",
  "ReadOnly",
  "Vanished",
  "CheckDigitBad",
  "NameCut",
  "ZoneDiffers",
  "Latn",
  "Letter",
  "Moved",
  "SignedEntry",
]);

test("every type of failure in the core and in the wire format of bundles", () => {
  const files = ["main/core", "shared/bundle"]
    .flatMap((folder) => projectFiles(folder))
    .filter((file) => file.endsWith(".ts"));
  const named = files.flatMap((file) =>
    [...readFileSync(join(PROJECT, file), "utf8").matchAll(/"([A-Z][a-z]+(?:[A-Z][a-z]+)*)"/g)].map(
      ([, type = ""]) => type,
    ),
  );
  expect(new Set(named).size).toBeGreaterThan(100);
  expect([...new Set(named)].filter((type) => !hasErrorText(type) && !noFailures.has(type))).toEqual([]);
});
