// Texts: every error has its three parts, every word of the vocabulary has a name, and none of the banned words is read.
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RefusalReason } from "../../../../shared/ipc/failures.ts";
import { problemCauses } from "../../../../shared/vocabulary/problems.ts";
import { purposes } from "../../../../shared/vocabulary/purposes.ts";
import { sectionKinds, sectionSchemas } from "../../../../shared/vocabulary/sections/index.ts";
import { english } from "../../../../shared/texts/texts.ts";
import { flatten, keysFile } from "../../../support/texts.ts";

const keysPath = new URL("../../../../shared/texts/keys.ts", import.meta.url);

test("the generated keys fit the texts (UPDATE_TEXTS=1 writes them anew)", () => {
  const wanted = keysFile(english);
  if (process.env["UPDATE_TEXTS"] === "1") writeFileSync(keysPath, wanted);
  const meaning = (file: string) => file.replaceAll(/[\s;]/g, "");
  expect(meaning(readFileSync(keysPath, "utf8"))).toBe(meaning(wanted));
});

test("no text uses a word that nobody should read on a screen", () => {
  const banned =
    /\b(steward|principal|blob|payload|victim|beneficiary|subject|user|entity|sync|capacity|something went wrong)\b|!/i;
  const found = [...flatten(english)].filter(([, text]) => banned.test(text));
  expect(found).toEqual([]);
});

test("what an error means for the data stands in each, as sentences", () => {
  for (const [type, text] of Object.entries(english.errors))
    for (const part of [text.what, text.data, text.next]) expect(part, type).toMatch(/^[A-Z{].*[.}]$/s);
});

describe("the vocabulary has words", () => {
  test.each(sectionKinds.map((kind) => [kind]))("%s: each field", (kind) => {
    const labels: Readonly<Record<string, string>> = english.fields;
    const steps = Object.keys(sectionSchemas[kind].fields).flatMap((pattern) => pattern.split("."));
    const weekdays = new Set(Object.keys(english.values));
    expect(steps.filter((step) => step !== "*" && labels[step] === undefined && !weekdays.has(step))).toEqual(
      [],
    );
  });

  test("causes, purposes and section kinds", () => {
    expect(Object.keys(english.problems).toSorted()).toEqual([...problemCauses].toSorted());
    expect(Object.keys(english.purposes).toSorted()).toEqual([...purposes].toSorted());
    expect(Object.keys(english.sections).toSorted()).toEqual([...sectionKinds].toSorted());
  });

  test("reasons why something may not leave", () => {
    expect(Object.keys(english.refusals).toSorted()).toEqual([...RefusalReason.options].toSorted());
  });

  test("closed lists", () => {
    const named: Readonly<Record<string, string>> = english.values;
    const lists = sectionKinds.flatMap((kind) => choicesOf(sectionSchemas[kind].schema as Schema));
    expect([...new Set(lists)].filter((value) => named[value] === undefined)).toEqual([]);
  });
});

type Schema = {
  readonly def: {
    readonly type: string;
    readonly entries?: Readonly<Record<string, string>>;
    readonly shape?: Readonly<Record<string, Schema>>;
    readonly innerType?: Schema;
    readonly keyType?: Schema;
    readonly valueType?: Schema;
  };
};

/** Values of every closed list in a schema; the list of states (over 200) is named by the platform. */
function choicesOf({ def }: Schema): readonly string[] {
  const own = def.type === "enum" ? Object.values(def.entries ?? {}) : [];
  const inner = [def.innerType, def.keyType, def.valueType, ...Object.values(def.shape ?? {})];
  const scripts = own.length > 200 ? [] : own;
  return [...scripts, ...inner.flatMap((schema) => (schema === undefined ? [] : choicesOf(schema)))];
}
