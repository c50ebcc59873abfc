// Papers: whole without anything else, escaped, true about dates, silent about nothing.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readIntake } from "../../../../../main/core/intake/intake.rules.ts";
import { dossierHtml, readmeHtml, type DossierInput } from "../../../../../main/core/paper/index.ts";
import { specimenIntake } from "../../../../support/specimen.ts";
import { valueOf } from "../../../../support/edits.ts";

let made = 0;
const intake = readIntake(JSON.stringify(specimenIntake), {
  newId: () => String((made += 1)).padStart(32, "0"),
  on: "2026-11-22",
  vault: "practice",
});
if (!intake.ok) throw new Error(JSON.stringify(intake.error));
const released = intake.value.sections.map(({ kind, person, edits }) => ({
  kind,
  person,
  value: valueOf(edits),
}));

const input = (more: Partial<DossierInput> = {}): DossierInput => ({
  sections: Object.fromEntries(
    released
      .filter(({ kind }) => ["identity", "visa", "work"].includes(kind))
      .map(({ kind, value }) => [kind, value]),
  ),
  family: released.flatMap(({ person, value }) => (person === undefined ? [] : [{ person, value }])),
  withheld: false,
  purpose: "visa",
  until: { day: "2027-02-28" },
  reference: "R4-LANTERN",
  printed: "2026-11-22",
  practice: false,
  draft: false,
  size: "A4",
  office: { name: "Mission of Utopia", lines: ["Protection desk"] },
  contact: { name: "J. Specimen", rank: "Second Secretary", askFor: "the protection desk" },
  recipient: { lines: ["The Consul"] },
  replyWord: true,
  ...more,
});
const plain = (page: string) =>
  page
    .replace(/<style>.*<\/style>/s, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
const count = (page: string, what: string) => page.split(what).length - 1;

describe("page 1", () => {
  const page = dossierHtml(input());
  const text = plain(page);

  test("says what is asked, by when, of whom, and who vouches", () => {
    for (const part of [
      "Short-stay visa with limited territorial validity",
      "Article 25(1) Visa Code",
      "4 December 2026",
      "J. Specimen , Second Secretary",
    ])
      expect(text).toContain(part);
  });

  test("applicants stand in the table, with names in their own script marked as such", () => {
    expect(text).toContain("ANNA MARIA ERIKSSON");
    expect(page).toContain('<bdi lang="fa-AF" dir="rtl">آنا ماریا اریکسون</bdi>');
    const table = page.slice(page.indexOf("<tbody>"), page.indexOf("</tbody>"));
    expect(plain(table)).toContain("Mina");
    expect(plain(table)).not.toContain("Ida");
  });

  test("dates say what is known and no more", () => {
    expect(text).toContain("12 Aug 1974");
    expect(text).toContain("1948 (year only)");
    expect(text).toContain("2015 or 2016 (1394 Solar Hijri)");
    expect(text).toContain("between 21 March 2015 and 19 March 2016 (1394 Solar Hijri)");
    expect(text).not.toContain("1 January");
  });

  test("what is not stated says so", () => expect(text).toContain("not stated"));

  test("how to check us, and what not to do", () => {
    expect(text).toContain("Do not trust a number in this letter.");
    expect(text).toContain("We will say the reply word you were told.");
    expect(plain(dossierHtml(input({ replyWord: false })))).not.toContain("reply word");
    expect(text).toContain("write to the authorities of her state");
  });

  test("something withheld is said exactly once, and only where something was", () => {
    const sentence =
      "Some details are withheld for the safety of persons. The contact on page 1 can explain.";
    expect(count(plain(dossierHtml(input({ withheld: true }))), sentence)).toBe(1);
    expect(count(text, sentence)).toBe(0);
  });

  test("the case's own code, identifiers and what was not released are nowhere", () => {
    expect(page).not.toContain("CEDAR");
    expect(page).not.toMatch(/0{20}/);
    expect(page).not.toContain("+999");
    expect(page).not.toContain("apricots");
  });
});

test("an extract of almost nothing is still a page", () => {
  const page = dossierHtml(
    input({ sections: {}, family: [], request: { what: "A call back today", by: "noon" } }),
  );
  expect(plain(page)).toContain("A call back today");
});

describe("marks", () => {
  test("PRACTICE stands on every page, and a real paper has none", () => {
    const page = dossierHtml(input({ practice: true }));
    expect(page).toMatch(/@top-center \{\s*content: "PRACTICE"/);
    expect(page).toContain("<span>PRACTICE</span>");
    expect(dossierHtml(input())).not.toContain("PRACTICE");
  });
  test("DRAFT until someone signs", () => {
    expect(dossierHtml(input({ draft: true }))).toContain("<span>DRAFT</span>");
  });
  test("paper size", () => expect(dossierHtml(input({ size: "Letter" }))).toContain("size: Letter"));
});

describe("a page is whole and harmless", () => {
  const hostile = `<script>alert(1)</script>"><img src=x onerror=1>\u202e</style>`;
  const page = dossierHtml(
    input({
      sections: {
        work: { about: hostile, callsHerself: `</dd><b onclick="x">` },
        identity: { title: "<i>" },
      },
      office: { name: hostile, lines: [hostile] },
      reference: `"} body{display:none} @import "x`,
    }),
  );

  test("nothing that was typed is markup", () => {
    expect(page).not.toMatch(/<script|<img|<i>|<b |onerror=1>|\u202e/);
    expect(page).toContain("&lt;script&gt;");
    expect(page).toContain("[U+202E]");
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page).not.toMatch(/content: "[^"]*[{}@][^"]*"/);
  });

  test("no script, nothing loaded: the policy names the one style sheet by its hash", () => {
    const style = /<style>(.*)<\/style>/s.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(`default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;`);
    expect(page).not.toMatch(/https?:|url\(|src=(?!x)|href=| style=/);
  });

  test("the window's title names nobody", () => expect(page).toContain("<title>Dossier</title>"));
});

test("the page beside a bundle says what it is and names no woman", () => {
  const page = readmeHtml({
    kind: "release",
    from: "Mission of Utopia",
    to: "Dublin Harbour Network",
    made: "2026-11-22",
    expires: "2026-12-06",
    purpose: "visa",
    until: { day: "2027-02-28", event: "the visa is decided" },
    practice: true,
    size: "A4",
    files: [
      { name: "manifest.json", what: "manifest" },
      { name: "dossier.html", what: "dossier" },
    ],
  });
  const text = plain(page);
  expect(text).toContain("a release: one extract from one woman&#39;s file");
  expect(text).toContain("open dossier.html in a browser");
  expect(text).toContain("28 February 2027; the visa is decided");
  expect(page).toContain("<span>PRACTICE</span>");
});
