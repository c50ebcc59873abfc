// Intake files: one case becomes edits of sections, or every problem is named by its place in the file.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intakeLimit, readIntake, type Intake } from "../../../../../main/core/intake/intake.rules.ts";
import { sectionKinds, sectionSchemas } from "../../../../../shared/vocabulary/sections/index.ts";
import { specimenIntake } from "../../../../support/specimen.ts";
import { valueOf } from "../../../../support/edits.ts";

const context = (vault: "real" | "practice" = "practice") => {
  let made = 0;
  return { newId: () => String((made += 1)).padStart(32, "0"), on: "2026-11-22", vault };
};
const read = (file: unknown, vault?: "real" | "practice") => readIntake(JSON.stringify(file), context(vault));
const taken = (file: unknown): Intake => {
  const result = read(file);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const problems = (file: unknown, vault?: "real" | "practice") => {
  const result = read(file, vault);
  if (result.ok || result.error.type !== "IntakeInvalid") throw new Error(JSON.stringify(result));
  return result.error.problems.map(({ at, why }) => `${at.join("/")}: ${why}`);
};
const file = (sections: object, family: object = {}) => ({ format: "waypost/intake/1", sections, family });

describe("the specimen", () => {
  const intake = taken(specimenIntake);
  const identity = valueOf(intake.sections.find(({ kind }) => kind === "identity")?.edits ?? []);

  test("is taken in whole: her sections, and one for each person of the family", () => {
    expect(intake.code).toBe("K7-CEDAR");
    expect(intake.sections.map(({ kind }) => kind)).toEqual([
      "identity",
      "reach",
      "work",
      "visa",
      "plan",
      "journal",
      "family",
      "family",
      "family",
      "family",
    ]);
    expect([...intake.persons.keys()]).toEqual(["son", "orphan", "mother", "nanny"]);
    expect(intake.notes).toEqual([]);
  });

  test("each section's edits make a value that its schema takes", () => {
    for (const { kind, edits } of intake.sections)
      expect(sectionSchemas[kind].schema.safeParse(valueOf(edits)).success, kind).toBe(true);
  });

  test("the passport's zone fills in what the file leaves out; her own script stays hers", () => {
    expect(identity).toMatchObject({
      names: { asInPassport: { full: "ANNA MARIA ERIKSSON" }, ownScript: { full: "آنا ماریا اریکسون" } },
      birth: { date: { value: "1974-08-12" } },
      sex: "F",
    });
    const [paper] = Object.values((identity as { papers: { held: Record<string, unknown> } }).papers.held);
    expect(paper).toMatchObject({
      kind: "passport",
      number: "L898902C3",
      issuedBy: "UTO",
      mrzChecked: "all-good",
      state: "expired",
    });
  });

  test("a birth year alone stays one, in the calendar it was told in", () => {
    const orphan = intake.sections.find(({ person }) => person === intake.persons.get("orphan"));
    expect(valueOf(orphan?.edits ?? [])).toMatchObject({
      birth: { date: { value: "1394", precision: "year", calendar: "solar-hijri" } },
    });
  });

  test("Utopia is for practice: a real vault names each place where it stands", () => {
    expect(problems(specimenIntake, "real")).toEqual([
      "sections/identity/papers/held/passport/issuedBy: practice-only",
      "sections/identity/nationality/held/passport/state: practice-only",
    ]);
  });
});

describe("what a person should look at", () => {
  const passport = (mrz: string, more: object = {}) =>
    file({ identity: { papers: { held: { p: { mrz, ...more } } } } });
  const zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

  test("a digit that does not hold: told, the fact is not taken, the rest is", () => {
    const { notes, sections } = taken(passport(zone.replace("7408122F", "7408123F")));
    expect(notes.map((note) => note.type === "CheckDigitBad" && note.field)).toEqual(["birth", "composite"]);
    const value = valueOf(sections[0]?.edits ?? []);
    expect(value).not.toHaveProperty("birth");
    expect(value).toMatchObject({ sex: "F" });
  });

  test("the file and the zone differ: the file stands, the place is told", () => {
    const { notes, sections } = taken(passport(zone, { number: "X1234567" }));
    expect(notes).toMatchObject([{ type: "ZoneDiffers", kind: "identity" }]);
    expect(JSON.stringify(sections)).toContain("X1234567");
  });

  test("a zone nobody can read refuses the file", () => {
    expect(problems(passport("P<UTO"))).toEqual(["sections/identity/papers/held/p/mrz: zone-unreadable"]);
  });
});

describe("names of the file's own", () => {
  test("records and persons are found again wherever they are named", () => {
    const { sections, persons } = taken(
      file(
        {
          travel: {
            papers: [{ of: "son", paper: "son/passport", leg: "travel/first" }],
            legs: { first: { who: { her: true, son: true } } },
          },
        },
        { son: { papers: { held: { passport: { number: "A1" } } } } },
      ),
    );
    const travel = sections.find(({ kind }) => kind === "travel")?.edits ?? [];
    const son = sections.find(({ kind }) => kind === "family")?.edits ?? [];
    const set = (key: string) => travel.find(({ path }) => path.at(-1) === key)?.set;
    expect(set("of")).toBe(persons.get("son"));
    expect(set("paper")).toBe(son[0]?.path[2]);
    expect(travel.some(({ path }) => path[1] === set("leg"))).toBe(true);
  });

  test("strangers are named by their place", () => {
    expect(
      problems(
        file({ travel: { legs: { a: { who: { aunt: true } } }, papers: [{ paper: "identity/lost" }] } }),
      ),
    ).toEqual([
      "sections/travel/legs/a/who/aunt: unknown-person",
      "sections/travel/papers/0/paper: unknown-record",
    ]);
    expect(problems(file({}, { identity: {}, her: {} }))).toEqual([
      "family/identity: bad-key",
      "family/her: bad-key",
    ]);
  });
});

describe("what is refused", () => {
  test("all problems at once, by place", () => {
    const bad = file({
      identity: {
        titel: "Ms",
        names: { wanted: { full: "a\u202eb", script: "Latn" } },
        birth: { date: "1974-13" },
      },
    });
    expect(problems(bad)).toEqual([
      "sections/identity/names/wanted/full: direction-override",
      "sections/identity/birth/date/value: date-shape",
      "sections/identity/titel: unknown-field",
    ]);
    expect(problems({ format: "waypost/intake/1", sections: { gossip: {} } })).toEqual([
      "sections/gossip: unknown-field",
    ]);
    expect(problems({ format: "waypost/intake/1", code: "k7" })).toEqual(["code: wrong-shape"]);
  });

  test("other files", () => {
    const refused = (text: string) => readIntake(text, context());
    expect(refused("{")).toMatchObject({ error: { type: "IntakeNotJson" } });
    for (const text of ["null", "[]", "{}", '{"format":"waypost/intake/2"}'])
      expect(refused(text)).toMatchObject({ error: { type: "IntakeFormat" } });
    expect(refused(" ".repeat(intakeLimit + 1))).toMatchObject({ error: { type: "IntakeTooLarge" } });
  });

  test("nesting without end does not end the program", () => {
    const deep = `{"format":"waypost/intake/1","sections":{"reach":{"channels":${"[".repeat(100_000)}${"]".repeat(100_000)}}}}`;
    expect(readIntake(deep, context()).ok).toBe(false);
  });

  test("whatever JSON stands in a section, the answer is a value", () => {
    fc.assert(
      fc.property(fc.constantFrom(...sectionKinds), fc.jsonValue(), (kind, value) => {
        const result = kind === "family" ? read(file({}, { son: value })) : read(file({ [kind]: value }));
        expect(typeof result.ok).toBe("boolean");
      }),
    );
  });
});
