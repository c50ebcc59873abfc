// What one person's action does to a case that others hold too: undo, settle, strike, erase, and what is refused on arrival.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import type { CaseId, SaveId } from "../../shared/vocabulary/ids.ts";
import { crowd, idOf, save, send, yes, type Crowd, type Member } from "../support/crowd.ts";

let all: Crowd;
let a: Member;
let b: Member;
const identity: SectionName = { kind: "identity" };
const work: SectionName = { kind: "work" };
const reach: SectionName = { kind: "reach" };
const journal: SectionName = { kind: "journal" };

beforeAll(async () => {
  all = await crowd(2);
  [a, b] = all.offices as [Member, Member];
});
afterAll(() => all[Symbol.asyncDispose]());

/** A case of A's that B holds too. */
async function held(about = "mediates between villages"): Promise<CaseId> {
  const made = await a.ask("cases.create", {
    reason: "taken in",
    edits: [
      { section: identity, edits: [{ path: ["title"], set: "Ms" }] },
      {
        section: work,
        edits: [
          { path: ["about"], set: about },
          { path: ["callsHerself"], set: "teacher" },
        ],
      },
      { section: reach, edits: [{ path: ["contact", "wish"], set: "as-listed" }] },
    ],
  });
  const of = made.case as CaseId;
  const contact = await a.knows(b);
  await a.ask("cases.giveRole", { case: of, contact, role: "co-manager", mayRecordYes: false });
  await a.ask("consent.record", { case: of, consent: yes(contact, [identity, work, reach]) });
  await all.give(await send(a, b, of));
  return of;
}

const value = async (office: Member, of: CaseId, section: SectionName) =>
  (await office.ask("cases.section", { case: of, section })).value;
const cross = async (of: CaseId) => {
  await all.give(await send(a, b, of));
  await all.give(await send(b, a, of));
};
const saved = async (by: Member, of: CaseId, section: SectionName, edits: Parameters<typeof save>[3]) => {
  const done = await save(by, of, section, edits);
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value.save as SaveId;
};
const finds = async (office: Member, text: string) =>
  (await office.ask("search.find", { text })).found.map(({ case: of, entry }) => entry ?? of);

describe("undo", () => {
  test("sets back this person's last save, over all its sections", async () => {
    const of = await held();
    const both = await a.ask("cases.save", {
      case: of,
      reason: "two at once",
      edits: [
        {
          section: identity,
          edits: [
            { path: ["title"], set: "Dr" },
            { path: ["sex"], set: "F" },
          ],
        },
        { section: work, edits: [{ path: ["about"], remove: true }] },
      ],
    });
    await a.ask("cases.undo", { case: of, save: both.save });
    expect(await value(a, of, identity)).toEqual({ title: "Ms" });
    expect(await value(a, of, work)).toEqual({ about: "mediates between villages", callsHerself: "teacher" });
    await cross(of);
    expect(await value(b, of, identity)).toEqual({ title: "Ms" });
    const { changes } = await b.ask("cases.history", { case: of, section: identity, path: ["title"] });
    expect(changes.map(({ fields }) => fields[0]?.after)).toEqual(["Ms", "Dr", "Ms"]);
  });

  test("is refused for another's save, for an earlier one, and where somebody changed the field since", async () => {
    const of = await held();
    const first = await saved(a, of, identity, [{ path: ["title"], set: "Dr" }]);
    const second = await saved(a, of, work, [{ path: ["callsHerself"], set: "mediator" }]);
    expect(await a.refused("cases.undo", { case: of, save: first })).toEqual({ type: "NotYourLast" });
    await all.give(await send(a, b, of));
    expect(await b.refused("cases.undo", { case: of, save: second })).toEqual({ type: "NotYourLast" });
    await saved(b, of, work, [{ path: ["callsHerself"], set: "organiser" }]);
    await all.give(await send(b, a, of));
    expect(await a.refused("cases.undo", { case: of, save: second })).toMatchObject({
      type: "ChangedSince",
      paths: [["callsHerself"]],
    });
    expect(await a.refused("cases.undo", { case: of, save: idOf("no save") })).toEqual({
      type: "UnknownSave",
    });
    expect(await value(a, of, work)).toMatchObject({ callsHerself: "organiser" });
  });
});

describe("a conflict", () => {
  const apart = async () => {
    const of = await held();
    await saved(a, of, reach, [{ path: ["contact", "wish"], set: "only-by-her" }]);
    await saved(b, of, reach, [{ path: ["contact", "wish"], set: "never" }]);
    await cross(of);
    return of;
  };
  const conflicts = async (office: Member, of: CaseId) =>
    (await office.ask("cases.section", { case: of, section: reach })).conflicts;

  test("is seen on both sides, with the careful value in force, and ended by keeping one", async () => {
    const of = await apart();
    for (const office of [a, b]) {
      expect(await conflicts(office, of)).toMatchObject([{ path: ["contact", "wish"], inForce: "never" }]);
      expect((await office.ask("cases.get", { case: of })).row.conflicts).toBe(1);
    }
    const [one] = await conflicts(b, of);
    const keep = one?.values.find(({ value: mine }) => mine === "only-by-her")?.part;
    if (keep === undefined) throw new Error("the value is not shown");
    await b.ask("cases.settle", {
      case: of,
      section: reach,
      path: ["contact", "wish"],
      settle: { keep },
      reason: "asked her",
    });
    await cross(of);
    for (const office of [a, b]) {
      expect(await conflicts(office, of)).toEqual([]);
      expect(await value(office, of, reach)).toEqual({ contact: { wish: "only-by-her" } });
    }
  });

  test("is ended by setting another value; a part that wrote none of them settles nothing", async () => {
    const of = await apart();
    const path = ["contact", "wish"];
    const settle = (how: Parameters<typeof a.ask<"cases.settle">>[1]["settle"]) => ({
      case: of,
      section: reach,
      path,
      settle: how,
      reason: "asked her",
    });
    expect(await a.refused("cases.settle", settle({ keep: "f".repeat(64) }))).toEqual({ type: "NoConflict" });
    expect(await a.refused("cases.settle", settle({ set: "whenever" }))).toMatchObject({
      type: "SectionInvalid",
    });
    await a.ask("cases.settle", settle({ set: "as-listed" }));
    expect(await a.refused("cases.settle", settle({ set: "as-listed" }))).toEqual({ type: "NoConflict" });
    await cross(of);
    expect(await conflicts(b, of)).toEqual([]);
  });

  test("two who settle it differently are in conflict again, and nothing is hidden", async () => {
    const of = await apart();
    for (const [office, set] of [
      [a, "as-listed"],
      [b, "only-by-her"],
    ] as const)
      await office.ask("cases.settle", {
        case: of,
        section: reach,
        path: ["contact", "wish"],
        settle: { set },
        reason: "asked her",
      });
    await cross(of);
    for (const office of [a, b])
      expect((await conflicts(office, of))[0]?.values.map((one) => one.value).toSorted()).toEqual([
        "as-listed",
        "only-by-her",
      ]);
  });

  test("refuses striking, so that nobody's value is lost unseen", async () => {
    const of = await apart();
    expect(
      await a.refused("cases.strike", { case: of, section: reach, paths: [["channels"]] }),
    ).toMatchObject({ type: "ConflictsStand" });
  });
});

describe("a struck fact", () => {
  test("is gone here and, after the recall, there; other fields stay; nothing of it is found", async () => {
    const of = await held("axolotlwords");
    expect(await finds(a, "axolotl")).toEqual([of]);
    expect(await finds(b, "axolotlwords")).toEqual([of]);
    const late = await (async () => {
      await saved(b, of, work, [{ path: ["about"], set: "axolotlwords again" }]);
      return send(b, a, of);
    })();
    const { recalls } = await a.ask("cases.strike", { case: of, section: work, paths: [["about"]] });
    expect(recalls).toBe(1);
    expect(await value(a, of, work)).toEqual({ callsHerself: "teacher" });
    expect(await finds(a, "axolotl")).toEqual([]);
    expect((await a.ask("cases.history", { case: of, section: work })).changes).toHaveLength(1);
    // What comes for the old section is dropped unread.
    expect(await all.give(late)).toMatchObject({ outcome: "taken" });
    expect(await finds(a, "axolotl")).toEqual([]);

    const recall = await a.ask("exchange.recall", { contact: await a.knows(b), folder: "drive" });
    expect(await all.give({ to: b, file: recall.file })).toMatchObject({ erased: [{ kind: "work" }] });
    expect(await finds(b, "axolotl")).toEqual([]);
    await all.give(await send(a, b, of));
    expect(await value(b, of, work)).toEqual({ callsHerself: "teacher" });
    expect(await finds(b, "axolotl")).toEqual([]);
    const confirmed = await b.ask("exchange.acknowledge", { contact: await b.knows(a), folder: "drive" });
    expect((await all.give({ to: a, file: confirmed.file }))?.confirmed).toHaveLength(1);
  });
});

describe("an erased section", () => {
  test("is gone with its words, and stays gone whatever comes", async () => {
    const of = await held();
    const late = await (async () => {
      await saved(b, of, work, [{ path: ["about"], set: "pomegranate" }]);
      return send(b, a, of);
    })();
    await a.ask("cases.erase", { case: of, section: work, why: "her-wish" });
    expect(await a.refused("cases.section", { case: of, section: work })).toEqual({ type: "UnknownSection" });
    await all.give(late);
    expect(await finds(a, "pomegranate")).toEqual([]);
    expect(await a.refused("cases.section", { case: of, section: work })).toEqual({ type: "UnknownSection" });
    expect((await a.ask("cases.get", { case: of })).sections.map(({ name }) => name.kind).toSorted()).toEqual(
      ["identity", "reach"],
    );
    // A new section of that kind may begin; it has nothing of the old one.
    await saved(a, of, work, [{ path: ["callsHerself"], set: "organiser" }]);
    expect(await value(a, of, work)).toEqual({ callsHerself: "organiser" });
    expect(await a.refused("cases.erase", { case: idOf("no case"), section: work, why: "mistake" })).toEqual({
      type: "UnknownCase",
    });
    expect(await a.refused("cases.erase", { case: of, section: journal, why: "mistake" })).toEqual({
      type: "UnknownSection",
    });
  });
});

describe("search", () => {
  test("finds names, text, codes and journal entries after the save, and nothing after their end", async () => {
    const of = await held();
    const { row } = await a.ask("cases.get", { case: of });
    const [one, other] = [idOf("entry one", of), idOf("entry two", of)];
    await saved(a, of, journal, [
      { path: ["entries", one, "text"], set: "The river crossing was closed" },
      { path: ["entries", other, "text"], set: "A river boat waits" },
    ]);
    await saved(a, of, identity, [
      { path: ["names", "ownScript"], set: { full: "آنا ماریا", script: "Arab", language: "fa-AF" } },
    ]);
    expect(await finds(a, row.code)).toContain(of);
    expect(await finds(a, "آنا")).toEqual([of]);
    expect((await finds(a, "river")).toSorted()).toEqual([one, other].toSorted());
    expect(await finds(a, "river cross")).toEqual([one]);
    await saved(a, of, journal, [{ path: ["entries", one, "text"], set: "It is open" }]);
    expect(await finds(a, "river")).toEqual([other]);
    await saved(a, of, journal, [{ path: ["entries", other, "text"], remove: true }]);
    expect(await finds(a, "river")).toEqual([]);
    await a.ask("cases.erase", { case: of, section: journal, why: "retention" });
    expect(await finds(a, "open")).toEqual([]);
    await a.ask("cases.erase", { case: of, section: identity, why: "retention" });
    expect(await finds(a, "آنا")).toEqual([]);
  });

  test("whatever is typed is no operator and no error", async () => {
    for (const text of [
      '"',
      "*",
      'a" OR "b',
      "NEAR(a b)",
      "names:a",
      "🙂",
      "a",
      "آ",
      "\0",
      "'; DROP TABLE case_row; --",
    ])
      expect(await a.tried("search.find", { text })).toMatchObject({ ok: true });
  });
});

test("nothing was refused on arrival in all of this", async () => {
  for (const office of [a, b]) expect((await office.ask("cases.quarantine", {})).items).toEqual([]);
});
