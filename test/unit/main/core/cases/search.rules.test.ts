// Words for search: what is found of a section, and that nothing typed into the search box is an operator.
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { entriesOf, queryOf, wordsOf } from "../../../../../main/core/cases/search.rules.ts";

const item = "0123456789abcdef0123456789abcdef";

describe("words of a section", () => {
  test("names apart from other text, numbers and addresses too, choices and dates not", () => {
    const words = wordsOf("identity", {
      names: { wanted: { full: "Anna Eriksson", script: "Latn" } },
      title: "Ms",
      sex: "F",
      birth: { date: { value: "1974", precision: "year", calendar: "gregorian" } },
      papers: { held: { [item]: { kind: "passport", number: "L898902C3", note: "torn at the edge" } } },
    });
    expect(words.names).toContain("Anna Eriksson");
    expect(words.body).toContain("L898902C3");
    expect(words.body).toContain("torn at the edge");
    expect(`${words.names}${words.body}`).not.toMatch(/passport|1974|gregorian/);
  });

  test("what no field knows is not found, nor anything that is no text", () => {
    const words = wordsOf("work", { about: "mediates", strange: "hidden", works: { [item]: { where: 5 } } });
    expect(words).toEqual({ names: "", body: "mediates" });
    for (const value of [null, 5, "text", [], {}])
      expect(wordsOf("work", value)).toEqual({ names: "", body: "" });
  });
});

describe("journal entries", () => {
  test("each has its own words", () => {
    const entries = entriesOf({
      entries: { [item]: { at: 1, kind: "call", text: "She called", with: "the deputy" }, other: null },
    });
    expect([...entries.keys()]).toEqual([item, "other"]);
    expect(entries.get(item)).toContain("She called");
    expect(entries.get(item)).toContain("the deputy");
  });
  test("none where there is none", () => {
    for (const value of [null, {}, [], "x", { entries: null }, { entries: [] }, { entries: "x" }])
      expect(entriesOf(value).size).toBe(0);
  });
});

describe("a query", () => {
  const db = new Database(":memory:");
  db.exec(
    `CREATE VIRTUAL TABLE search USING fts5 (code, names, body, prefix = '2 3', tokenize = "unicode61 remove_diacritics 2")`,
  );
  const insert = db.prepare("INSERT INTO search (rowid, code, names, body) VALUES (?, ?, ?, ?)");
  const rows = [
    ["K7-CEDAR", "Anna Eriksson", "apricots and honey"],
    ["M3-OLIVE", "آنا ماریا اریکسون", "زردآلو در سبد"],
    ["P9-WALNUT", "José Nuñez", "NOT OR AND NEAR code body names"],
    ["Q2-MAPLE", "Ольга", "emoji 🙂 here"],
  ] as const;
  for (const [at, row] of rows.entries()) insert.run(at + 1, ...row);
  afterAll(() => db.close());
  const find = (text: string) => {
    const query = queryOf(text);
    return query === undefined
      ? undefined
      : db
          .prepare("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid")
          .all(query)
          .map((row) => (row as { rowid: number }).rowid);
  };

  test.each<[string, number[] | undefined]>([
    ["anna", [1]],
    ["ann", [1]],
    ["a", [1]],
    ["no", []],
    ["an", [1]],
    ["anna erik", [1]],
    ["eriksson ann", [1]],
    ["erik anna", []],
    ["anna olive", []],
    ["cedar", [1]],
    ["K7-CEDAR", [1]],
    ["k7", [1]],
    ["آنا", [2]],
    ["زردآلو", [2]],
    ["اریک", [2]],
    ["jose", [3]],
    ["José", [3]],
    ["jose\u0301", [3]],
    ["оль", [4]],
    ["🙂", undefined],
    ["emoji 🙂", [4]],
    ["", undefined],
    ["   ", undefined],
    ['"', undefined],
    ["*", undefined],
    ["^-():{}+", undefined],
    ['"anna', [1]],
    ['anna" OR "honey', []],
    ["anna OR honey", []],
    ["NOT", [3]],
    ["NEAR(code body)", [3]],
    ["body:apricots", []],
    ["names : anna", []],
    ["apric*", [1]],
    ["-anna", [1]],
    ["{code names}:anna", []],
    ["anna\0honey", [1]],
  ])("%j finds %j", (text, found) => {
    expect(find(text)).toEqual(found);
  });

  test("nothing that can be typed is an error or an operator", () => {
    const nasty = fc.constantFrom(
      '"',
      "'",
      "*",
      "^",
      "(",
      ")",
      ":",
      "+",
      "-",
      "NEAR",
      "AND",
      "OR",
      "NOT",
      "\0",
      "anna",
      "🙂",
      "آنا",
      " ",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 40 }),
          fc.array(nasty, { maxLength: 12 }).map((all) => all.join("")),
        ),
        (text) => {
          const query = queryOf(text);
          if (query === undefined) return;
          expect(query).toMatch(/^("[\p{L}\p{M}\p{N}]+" AND )*(\{code names\} : )?"[\p{L}\p{M}\p{N}]+"\*$/u);
          expect(() => find(text)).not.toThrow();
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("all words must occur, so more words never find more", () => {
    const word = fc.constantFrom("anna", "eriksson", "honey", "olive", "jose", "not", "emoji", "آنا");
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), word, (words, more) => {
        const fewer = new Set(find(`${words.join(" ")} `) ?? []);
        expect((find(`${[more, ...words].join(" ")}`) ?? []).filter((one) => !fewer.has(one))).toEqual([]);
      }),
    );
  });
});
