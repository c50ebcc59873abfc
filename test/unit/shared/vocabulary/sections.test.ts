// Sections: each personal fact stands in exactly one, and strings that deceive or break are refused.
import { describe, expect, test } from "vitest";
import { personalFacts } from "../../../../shared/vocabulary/personal.ts";
import { problemsOf } from "../../../../shared/vocabulary/problems.ts";
import {
  carefulOf,
  fieldAt,
  sectionKinds,
  sectionSchemas,
  type SectionKind,
} from "../../../../shared/vocabulary/sections/index.ts";

const leaves = sectionKinds.flatMap((kind) =>
  Object.entries(sectionSchemas[kind].fields).map(([pattern, meta]) => ({ kind, pattern, meta })),
);
const id = "0".repeat(32);

describe("personal fields", () => {
  test.each(personalFacts.map((fact) => [fact]))("%s stands in exactly one section", (fact) => {
    const kinds = new Set(leaves.filter(({ meta }) => meta.fact === fact).map(({ kind }) => kind));
    expect([...kinds]).toHaveLength(1);
  });

  test("every personal field tells a fact, and only those do", () => {
    expect(leaves.filter(({ meta }) => meta.personal !== (meta.fact !== undefined))).toEqual([]);
  });

  test("only references and numbers of the guidance are not personal", () => {
    const plain = leaves
      .filter(({ meta }) => !meta.personal)
      .map(({ kind, pattern }) => `${kind}.${pattern}`);
    expect(plain).toEqual([
      "plan.tasks.*.office",
      "plan.tasks.*.member",
      "plan.tasks.*.guidance",
      "journal.entries.*.by",
    ]);
  });

  test("facts of a member stand in the family section, hers never do", () => {
    for (const { kind, meta, pattern } of leaves)
      expect(meta.fact?.startsWith("member ") === true, `${kind}.${pattern}`).toBe(kind === "family");
  });

  test("what is typed freely is marked, so that a person ticks it before it leaves", () => {
    for (const { meta } of leaves) expect(meta.freeText).toBe(meta.type === "line" || meta.type === "text");
  });
});

describe("values", () => {
  const why = (kind: SectionKind, value: unknown) => {
    const judged = sectionSchemas[kind].schema.safeParse(value);
    return judged.success
      ? []
      : problemsOf(judged.error).map(({ at, why: cause }) => `${at.join(".")}: ${cause}`);
  };
  const named = (full: string) => ({ names: { wanted: { full, script: "Latn" } } });

  test("nothing is mandatory", () => {
    for (const kind of sectionKinds) expect(why(kind, {})).toEqual([]);
  });

  test("names: emoji, joiners and direction marks pass", () => {
    for (const full of ["Şükrü 🌿", "می‌خواهم", "Ana\u200f", "O'Neill-Ng"])
      expect(why("identity", named(full))).toEqual([]);
  });

  test.each([
    ["a\u202eb", "direction-override"],
    ["a\u2067b", "direction-override"],
    ["a\0b", "nul"],
    ["a\ud800", "broken-character"],
    ["a\nb", "control-character"],
    ["x".repeat(10_000), "too-long"],
    ["", "empty"],
    [" ", "empty"],
  ])("name %j is refused: %s", (full, cause) => {
    expect(why("identity", named(full))).toContain(`names.wanted.full: ${cause}`);
  });

  test("free text may quote a direction override, and hold 20,000 characters", () => {
    const entry = (text: string) => ({ entries: { [id]: { text } } });
    expect(why("journal", entry(`she wrote \u202eabc\u202c\nand left`))).toEqual([]);
    expect(why("journal", entry("x".repeat(20_000)))).toEqual([]);
    expect(why("journal", entry("x".repeat(20_001)))).toEqual([`entries.${id}.text: too-long`]);
    expect(why("journal", entry("a\0"))).toContain(`entries.${id}.text: nul`);
  });

  test("unknown fields, foreign keys, numbers without bound and undefined are refused", () => {
    expect(why("identity", { intelligence: "x" })).toEqual(["intelligence: unknown-field"]);
    expect(why("travel", { legs: { first: {} } })).toEqual(["legs.first: bad-key"]);
    expect(why("travel", { legs: { [id]: { order: Infinity } } })).toEqual([`legs.${id}.order: wrong-shape`]);
    expect(why("visa", { applications: { [id]: { days: 0 } } })).toEqual([
      `applications.${id}.days: out-of-range`,
    ]);
    expect(why("identity", { title: undefined })).not.toEqual([]);
    expect(why("family", { relation: { kind: "owner" } })).toEqual(["relation.kind: not-on-the-list"]);
    expect(why("identity", JSON.parse('{"__proto__":{"x":1}}'))).toEqual(["__proto__: unknown-field"]);
  });

  test("problems never repeat a value or a strange key", () => {
    const strange = "<script>".repeat(20);
    expect(JSON.stringify(why("identity", { [strange]: "secret" }))).not.toMatch(/script|secret/);
  });
});

describe("fields by path", () => {
  test("a path leads to its leaf, never inside one", () => {
    expect(fieldAt("identity", ["papers", "held", id, "number"])?.pattern).toBe("papers.held.*.number");
    expect(fieldAt("identity", ["names", "wanted", "full"])).toBeUndefined();
    expect(fieldAt("identity", ["names"])).toBeUndefined();
    expect(fieldAt("family", ["together", "with", "her", "wish"])?.meta.type).toBe("choice");
  });

  test("while two values stand, the careful one rules", () => {
    const careful = (kind: SectionKind, path: string[], values: unknown[]) => {
      const field = fieldAt(kind, path);
      return field && carefulOf(field.meta, values);
    };
    expect(careful("reach", ["contact", "wish"], ["as-listed", "never"])).toBe("never");
    expect(careful("work", ["profile", "wish"], ["public", "low-profile"])).toBe("low-profile");
    expect(careful("plan", ["fears", id, "fears"], ["no", "yes"])).toBe("yes");
    expect(careful("identity", ["sex"], ["F", "M"])).toBeUndefined();
  });
});
