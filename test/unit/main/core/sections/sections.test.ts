// Saves, exchange, conflicts, undo, founding anew and erasure, over real vaults and real signatures.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { err, ok } from "../../../../../shared/result.ts";
import type { PersonId, SectionId } from "../../../../../shared/vocabulary/ids.ts";
import { sectionSchemas } from "../../../../../shared/vocabulary/sections/index.ts";
import type { Edit, Value } from "../../../../../main/core/sections/index.ts";
import { sql } from "../../../../../main/core/vault/sql.ts";
import { desks, sectionOf, testCase, trialHere } from "../../../../support/sections.ts";
import type { Desk, TestCase } from "../../../../support/sections.ts";

type Seen = {
  readonly section: SectionId;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
};

const projected: Seen[] = [];
let all: Awaited<ReturnType<typeof desks>>;
let a: Desk;
let b: Desk;
let c: Desk;

beforeAll(async () => {
  const project = (_db: unknown, { section, before, after }: Seen) =>
    void projected.push({ section, before, after });
  all = await desks(3, { projectors: () => ({ identity: project, journal: project }) });
  [a, b, c] = all as unknown as [Desk, Desk, Desk];
});
afterAll(() => all[Symbol.asyncDispose]());

const title = (value: string): Edit => ({ path: ["title"], set: value });
const view = (of: Desk, on: TestCase, kind = "identity") => {
  const seen = of.sections.view(sectionOf(on.section, kind));
  if (seen === undefined) throw new Error("no such section");
  return seen;
};
const cross = async (on: TestCase, ...between: Desk[]) => {
  for (const to of between) for (const from of between) if (to !== from) await on.give(to, on.partsOf(from));
};

describe("a save", () => {
  test("stores one part a section it touches, under one save, and tells the projectors", async () => {
    const on = testCase(all);
    projected.length = 0;
    const saved = await on.save(a, [
      { section: sectionOf(on.section, "identity"), kind: "identity", edits: [title("Dr")] },
      {
        section: sectionOf(on.section, "journal"),
        kind: "journal",
        edits: [{ path: ["entries", "0".repeat(32)], set: { kind: "call", text: "She called.", at: 5 } }],
      },
    ]);
    expect(saved.ok).toBe(true);
    expect(on.partsOf(a)).toHaveLength(2);
    expect(view(a, on).value).toEqual({ title: "Dr" });
    expect(view(a, on, "journal").value).toEqual({
      entries: { ["0".repeat(32)]: { kind: "call", text: "She called.", at: 5 } },
    });
    expect(projected).toHaveLength(2);
    expect(projected[0]).toEqual({
      section: sectionOf(on.section, "identity"),
      before: undefined,
      after: { title: "Dr" },
    });
  });

  test("that changes nothing is refused, and so is one the schema refuses, with the path", async () => {
    const on = testCase(all);
    await on.saved(a, "identity", [title("Dr")]);
    const edit = (edits: readonly Edit[]) =>
      on.save(a, [{ section: sectionOf(on.section, "identity"), kind: "identity", edits }]);
    expect(await edit([title("Dr")])).toMatchObject({ error: { type: "NothingChanged" } });
    expect(await edit([title("x".repeat(10_000))])).toMatchObject({
      error: { type: "SectionInvalid", problems: [{ path: ["title"], why: "too-long" }] },
    });
    expect(await edit([title("a\0b")])).toMatchObject({ error: { problems: [{ why: "nul" }] } });
    expect(await edit([title("a\ud800b")])).toMatchObject({
      error: { problems: [{ why: "broken-character" }] },
    });
    expect(await edit([title("\u202egnp")])).toMatchObject({
      error: { problems: [{ why: "direction-override" }] },
    });
    expect(await edit([{ path: ["nowhere"], set: 1 }])).toMatchObject({
      error: { problems: [{ why: "no-such-field" }] },
    });
    expect(await edit([{ path: ["__proto__", "x"], set: 1 }])).toMatchObject({
      error: { problems: [{ why: "no-such-field" }] },
    });
    expect(view(a, on).value).toEqual({ title: "Dr" });
  });

  test("keeps long text, direction marks and emoji exactly, here and at the other side", async () => {
    const on = testCase(all);
    const text = `${"‮قصة טקסט 👩‍👧‍👦 é e\u0301 \u200f".repeat(400)}end`;
    expect(text.length).toBeGreaterThan(10_000);
    await on.saved(a, "journal", [{ path: ["entries", "1".repeat(32), "text"], set: text }]);
    await cross(on, a, b);
    for (const of of [a, b])
      expect(view(of, on, "journal").value).toEqual({ entries: { ["1".repeat(32)]: { text } } });
  });

  test("that was prepared on another state is not committed, and memory stays with the vault", async () => {
    const on = testCase(all);
    await on.saved(a, "identity", [title("Dr")]);
    const wanted = (value: string) => ({
      case: on.id,
      reason: "late",
      edits: [{ section: sectionOf(on.section, "identity"), kind: "identity", edits: [title(value)] }],
      signer: a.signer,
      opening: a.opening,
      chain: on.state(a),
    });
    const early = await a.sections.prepareSave(wanted("Ms"));
    if (!early.ok) throw new Error("refused");
    await on.saved(a, "identity", [title("Mrs")]);
    await expect(a.write((db) => early.value.commit(db))).rejects.toThrow("another section");

    const good = await a.sections.prepareSave(wanted("Prof"));
    if (!good.ok) throw new Error("refused");
    const failed = a.write((db) => {
      good.value.commit(db);
      throw new Error("the disk, say");
    });
    await expect(failed).rejects.toThrow("the disk, say");
    expect(view(a, on).value).toEqual({ title: "Mrs" });
    expect(a.restarted().stateHash(on.id)).toBe(a.sections.stateHash(on.id));
  });

  test("by an office without a right is refused", async () => {
    const on = testCase([a, b]);
    const edits = [{ section: sectionOf(on.section, "identity"), kind: "identity", edits: [title("Dr")] }];
    expect(await on.save(c, edits)).toMatchObject({ error: { type: "NotAllowed", why: "author-unknown" } });
  });

  test("survives the program's end: loaded again it is the same, after few changes and after many", async () => {
    const on = testCase(all);
    for (let index = 0; index < 60; index += 1)
      await on.saved(a, "journal", [
        { path: ["entries", "2".repeat(32), "text"], set: `${index} `.repeat(900) },
      ]);
    expect(a.restarted().stateHash(on.id)).toBe(a.sections.stateHash(on.id));
    expect(a.restarted().view(sectionOf(on.section, "journal"))).toEqual(view(a, on, "journal"));
  });
});

describe("two offices", () => {
  test("end equal in any order and with doubles; other fields merge, the same field is a conflict on both sides", async () => {
    const on = testCase(all);
    await on.saved(a, "identity", [title("Ms")]);
    await cross(on, a, b);
    const byA = await on.saved(a, "identity", [
      title("Dr"),
      { path: ["languages", "f0".repeat(16), "language"], set: "fa-AF" },
    ]);
    const byB = await on.saved(b, "identity", [title("Prof")]);
    const parts = [...on.partsOf(a), ...on.partsOf(b)];
    await on.give(b, parts.toReversed());
    await on.give(a, [...parts, ...parts]);
    expect(a.sections.stateHash(on.id)).toBe(b.sections.stateHash(on.id));
    const [conflict] = view(a, on).conflicts;
    expect(conflict?.path).toEqual(["title"]);
    expect(conflict?.values.map(({ value, author, part }) => ({ value, author, part }))).toEqual(
      expect.arrayContaining([
        { value: "Dr", author: a.signer.fingerprint, part: byA },
        { value: "Prof", author: b.signer.fingerprint, part: byB },
      ]),
    );
    expect(view(b, on).conflicts).toEqual(view(a, on).conflicts);
  });

  test("settle a conflict by a save, also to the value shown; an edit made apart from the settling is a conflict again", async () => {
    for (const settled of ["Dr", "Prof"]) {
      const on = testCase(all);
      await on.saved(a, "identity", [title("Ms")]);
      await cross(on, a, b, c);
      await on.saved(a, "identity", [title("Dr")]);
      await on.saved(b, "identity", [title("Prof")]);
      await cross(on, a, b, c);
      expect(view(c, on).conflicts).toHaveLength(1);
      await on.saved(a, "identity", [title(settled)]);
      expect(view(a, on)).toMatchObject({ value: { title: settled }, conflicts: [] });
      await on.saved(c, "identity", [title("Eng")]);
      await cross(on, a, b, c);
      for (const of of [a, b, c])
        expect(
          view(of, on)
            .conflicts[0]?.values.map(({ value }) => value)
            .toSorted(),
        ).toEqual(["Eng", settled].toSorted());
    }
  });

  test("a record removed while another edits it: the edit stays in sight and the removal is shown", async () => {
    const on = testCase(all);
    const entry = ["entries", "3".repeat(32)];
    await on.saved(a, "journal", [{ path: entry, set: { text: "one", kind: "note" } }]);
    await cross(on, a, b);
    await on.saved(a, "journal", [{ path: entry, remove: true }]);
    expect(view(a, on, "journal").value).toEqual({});
    await on.saved(b, "journal", [{ path: [...entry, "text"], set: "two" }]);
    await cross(on, a, b);
    for (const of of [a, b]) {
      expect(view(of, on, "journal").value).toEqual({ entries: { ["3".repeat(32)]: { text: "two" } } });
      expect(view(of, on, "journal").conflicts[0]?.values.map(({ value }) => value)).toEqual(
        expect.arrayContaining([undefined, "two"]),
      );
    }
  });

  test("who write the same value apart have no conflict", async () => {
    const on = testCase(all);
    await on.saved(a, "identity", [title("Ms")]);
    await cross(on, a, b);
    await on.saved(a, "identity", [title("Dr")]);
    await on.saved(b, "identity", [title("Dr")]);
    await cross(on, a, b);
    expect(view(a, on)).toMatchObject({ value: { title: "Dr" }, conflicts: [] });
    expect(a.sections.stateHash(on.id)).toBe(b.sections.stateHash(on.id));
  });

  test("a date is one value: two dates make a conflict of two dates, never a third date", async () => {
    const on = testCase(all);
    const birth = (value: string, calendar: string) => ({
      path: ["birth", "date"],
      set: { value, precision: "year", calendar },
    });
    await on.saved(a, "identity", [title("Ms")]);
    await cross(on, a, b);
    await on.saved(a, "identity", [birth("1974", "gregorian")]);
    await on.saved(b, "identity", [birth("1353", "solar-hijri")]);
    await cross(on, a, b);
    expect(view(a, on).conflicts[0]?.values.map(({ value }) => value)).toEqual(
      expect.arrayContaining([birth("1974", "gregorian").set, birth("1353", "solar-hijri").set]),
    );
  });

  test("a part that comes before what it builds on waits, is counted, and takes effect when that comes", async () => {
    const on = testCase(all);
    await on.saved(a, "identity", [title("Ms")]);
    await on.saved(a, "identity", [title("Dr")]);
    const [first, second] = on.partsOf(a);
    if (first === undefined || second === undefined) throw new Error("two parts");
    expect((await on.give(b, [second])).outcomes).toEqual([
      { part: second.id, section: sectionOf(on.section, "identity"), outcome: "held", why: "not-tried" },
    ]);
    expect(view(b, on)).toMatchObject({ value: {}, held: 1 });
    await on.give(b, [first]);
    expect(view(b, on)).toMatchObject({ value: { title: "Dr" }, held: 0 });
    expect(a.sections.stateHash(on.id)).toBe(b.sections.stateHash(on.id));
    expect((await on.give(b, [first, second])).outcomes.map(({ outcome }) => outcome)).toEqual([
      "known",
      "known",
    ]);
  });

  test("a family member's section is founded by anyone who may write, with its person", async () => {
    const on = testCase(all);
    const person = "ab".repeat(16) as PersonId;
    const section = b.sections.newId();
    const saved = await on.save(b, [
      { section, kind: "family", person, edits: [{ path: ["sex"], set: "F" }] },
    ]);
    expect(saved.ok, JSON.stringify(saved)).toBe(true);
    await on.give(a, on.partsOf(b));
    expect(a.sections.view(section)).toMatchObject({ person, value: { sex: "F" } });
  });
});

describe("an import", () => {
  test("of a long history is tried in pieces, in any order, and of many cases together in one", async () => {
    const long = testCase(all);
    const short = testCase(all);
    for (let index = 0; index < 450; index += 1) await long.saved(a, "identity", [title(`${index}`)]);
    await short.saved(a, "identity", [title("Ms")]);
    let runs = 0;
    const { trial } = trialHere();
    const counted = b.restarted({ decoder: { trial: (request) => ((runs += 1), trial(request)) } });
    const came = [long, short].map((on) => ({
      case: on.id,
      parts: on.partsOf(a).toReversed(),
      certificateOf: on.certificateOf,
    }));
    const examined = await counted.examineAll(came, "a bundle");
    expect(runs).toBe(2);
    const taken = await b.write((db) =>
      examined.map((one) => counted.take(db, one, (one.case === long.id ? long : short).state(b))),
    );
    expect(new Set(taken.flatMap(({ outcomes }) => outcomes.map(({ outcome }) => outcome)))).toEqual(
      new Set(["stored"]),
    );
    for (const on of [long, short]) expect(counted.stateHash(on.id)).toBe(a.sections.stateHash(on.id));
  });

  test("whose decoder fails names nobody for good: tried again alone it is taken", async () => {
    const on = testCase(all);
    await on.saved(a, "identity", [title("Ms")]);
    const slow = b.restarted({ decoder: { trial: async () => err({ type: "DecoderFailed", why: "time" }) } });
    const came = { case: on.id, parts: on.partsOf(a), certificateOf: on.certificateOf };
    const failed = await slow.examine(came);
    const taken = await b.write((db) => slow.take(db, failed, on.state(b)));
    expect(taken.outcomes).toMatchObject([{ outcome: "quarantined", why: "decoder-time" }]);
    expect((await on.give(b, on.partsOf(a))).outcomes).toMatchObject([{ outcome: "quarantined" }]);
    expect((await on.give(b, [])).outcomes).toMatchObject([{ outcome: "stored" }]);
    expect(view(b, on).value).toEqual({ title: "Ms" });
  });

  test("committed after another import of the same parts stores nothing twice", async () => {
    const on = testCase(all);
    await on.saved(a, "identity", [title("Ms")]);
    await on.saved(a, "identity", [title("Dr")]);
    const [first, second] = on.partsOf(a);
    if (first === undefined || second === undefined) throw new Error("two parts");
    const { certificateOf } = on;
    const early = await b.sections.examine({ case: on.id, parts: [second], certificateOf });
    const both = await b.sections.examine({ case: on.id, parts: [first], certificateOf });
    await b.write((db) => b.sections.take(db, both, on.state(b)));
    const late = await b.write((db) => b.sections.take(db, early, on.state(b)));
    expect(late).toMatchObject({ outcomes: [{ outcome: "held" }], again: true });
    await on.give(b, []);
    expect(view(b, on)).toMatchObject({ value: { title: "Dr" }, held: 0 });
    const again = await b.write((db) => b.sections.take(db, both, on.state(b)));
    expect(again.outcomes).toMatchObject([{ outcome: "known" }]);
  });
});

describe("rights", () => {
  test("after a removal what does not precede the accepted heads is held with what builds on it, until accepted", async () => {
    const on = testCase(all);
    await on.saved(a, "identity", [title("Ms")]);
    await cross(on, a, b, c);
    await on.saved(b, "identity", [title("Dr")]);
    await cross(on, a, b, c);
    const section = sectionOf(on.section, "identity");
    const heads = a.sections.head(section)?.heads ?? [];
    const late = await on.saved(b, "identity", [title("Prof")]);
    await on.give(c, on.partsOf(b));
    const onLate = await on.saved(c, "identity", [{ path: ["sex"], set: "F" }]);
    on.chain.write(a.signer.fingerprint, {
      type: "remove",
      body: { office: b.office, reason: "left", heads: { [section]: [...heads] } },
    });
    for (const of of [a, c]) {
      await of.write((db) => of.sections.reconsider(db, on.state(of)));
      await on.give(of, [...on.partsOf(b), ...on.partsOf(c)]);
      expect(view(of, on)).toMatchObject({ value: { title: "Dr" }, held: 2 });
      expect(of.sections.held(section, on.state(of)).map(({ part, why }) => ({ part, why }))).toEqual(
        expect.arrayContaining([
          { part: late, why: "after-removal" },
          { part: onLate, why: "builds-on-held" },
        ]),
      );
    }
    expect(a.sections.held(section, on.state(a)).find(({ part }) => part === late)?.leaves).toEqual([
      { path: ["title"], value: "Prof" },
    ]);
    on.chain.write(a.signer.fingerprint, { type: "accept", body: { parts: [late] } });
    for (const of of [a, c]) {
      await of.write((db) => of.sections.reconsider(db, on.state(of)));
      expect(view(of, on)).toMatchObject({ value: { title: "Prof", sex: "F" }, held: 0 });
    }
    expect(a.sections.stateHash(on.id)).toBe(c.sections.stateHash(on.id));
  });

  test("a part under a chain not known yet is held until the chain comes", async () => {
    const on = testCase([a, b]);
    on.known.set(b, on.chain.entries.length);
    on.chain.write(a.signer.fingerprint, {
      type: "role",
      body: { office: c.office, role: "viewer", certificates: [c.named] },
    });
    await on.saved(a, "identity", [title("Ms")]);
    await on.give(b, on.partsOf(a));
    expect(b.sections.held(sectionOf(on.section, "identity"), on.state(b))[0]?.why).toBe("chain-ahead");
    on.known.delete(b);
    await b.write((db) => b.sections.reconsider(db, on.state(b)));
    expect(view(b, on)).toMatchObject({ value: { title: "Ms" }, held: 0 });
  });

  test("a part of an author nobody vouched for yet is set aside, refuses nobody else, and is taken when she is known", async () => {
    const on = testCase([a, b]);
    const full = testCase([a, b, c]);
    await full.saved(a, "identity", [title("Ms")]);
    await full.give(c, full.partsOf(a));
    const byC = await full.saved(c, "identity", [title("Dr")]);
    const narrow = { ...full, certificateOf: on.certificateOf };
    const given = async (certificateOf: typeof on.certificateOf) => {
      const examined = await b.sections.examine({ case: full.id, parts: full.partsOf(c), certificateOf });
      return b.write((db) => b.sections.take(db, examined, full.state(b)));
    };
    const { outcomes } = await given(narrow.certificateOf);
    expect(outcomes.map((one) => one.outcome).toSorted()).toEqual(["quarantined", "stored"]);
    expect(b.sections.quarantined(full.id)).toMatchObject([{ part: byC, why: "author-unknown" }]);
    const examined = await b.sections.examine({
      case: full.id,
      parts: [],
      certificateOf: full.certificateOf,
    });
    await b.write((db) => b.sections.take(db, examined, full.state(b)));
    expect(view(b, full)).toMatchObject({ value: { title: "Dr" } });
    expect(b.sections.quarantined(full.id)).toEqual([]);
  });
});

describe("undo", () => {
  const undo = async (on: TestCase, by: Desk, save: Parameters<Desk["sections"]["prepareUndo"]>[0]["save"]) =>
    by.home.vault.write(async (read) => {
      const { signer, opening } = by;
      const wanted = { save, reason: "undo", signer, opening, chain: on.state(by) };
      const prepared = await by.sections.prepareUndo(wanted, read);
      return prepared.ok ? ok(prepared.value.commit) : prepared;
    });
  const save = async (on: TestCase, by: Desk, edits: readonly Edit[]) => {
    const done = await on.save(by, [{ section: sectionOf(on.section, "identity"), kind: "identity", edits }]);
    if (!done.ok) throw new Error(done.error.type);
    return done.value;
  };

  test("sets back the last save, and undone again brings it back", async () => {
    const on = testCase(all);
    await save(on, a, [title("Ms")]);
    const last = await save(on, a, [title("Dr"), { path: ["sex"], set: "F" }]);
    expect((await undo(on, a, last)).ok).toBe(true);
    expect(view(a, on).value).toEqual({ title: "Ms" });
    const [again] = a.home.vault.read.all<{ save: typeof last }>(
      sql`SELECT save FROM part WHERE case_id = ${on.id} ORDER BY seq DESC LIMIT 1`,
    );
    if (again === undefined) throw new Error("no save");
    expect((await undo(on, a, again.save)).ok).toBe(true);
    expect(view(a, on).value).toEqual({ title: "Dr", sex: "F" });
  });

  test("is refused where someone wrote since, where it is not her last, and where it settled a conflict", async () => {
    const on = testCase(all);
    const first = await save(on, a, [title("Ms")]);
    await cross(on, a, b);
    const second = await save(on, a, [title("Dr")]);
    expect(await undo(on, a, first)).toMatchObject({ error: { type: "NotYourLast" } });
    expect(await undo(on, b, second)).toMatchObject({ error: { type: "UnknownSave" } });
    await save(on, b, [title("Prof")]);
    await cross(on, a, b);
    expect(await undo(on, a, second)).toMatchObject({ error: { type: "ChangedSince", paths: [["title"]] } });
    expect(await undo(on, b, second)).toMatchObject({ error: { type: "NotYourLast" } });
    const settling = await save(on, a, [title("Eng")]);
    expect(await undo(on, a, settling)).toMatchObject({
      error: { type: "SettledConflict", paths: [["title"]] },
    });
  });
});

describe("a section", () => {
  test("tells its history: who, when, why, before and after, the same on both sides", async () => {
    const on = testCase(all);
    await on.saved(a, "identity", [title("Ms")]);
    await cross(on, a, b);
    await on.saved(a, "identity", [title("Dr")]);
    await on.saved(b, "identity", [title("Prof"), { path: ["sex"], set: "F" }]);
    await cross(on, a, b);
    await on.saved(b, "identity", [title("Eng")]);
    await cross(on, a, b);
    const section = sectionOf(on.section, "identity");
    const history = a.sections.history(section, ["title"]);
    expect(history).toEqual(b.sections.history(section, ["title"]));
    expect(history).toHaveLength(4);
    expect(history[0]).toMatchObject({
      before: [],
      after: "Ms",
      author: a.signer.fingerprint,
      reason: "test",
    });
    expect(history.at(-1)?.before.toSorted()).toEqual(["Dr", "Prof"]);
    expect(a.sections.history(section, ["sex"])).toMatchObject([{ before: [], after: "F" }]);
  });

  test("founded anew goes on without the struck leaves; the closed one shows late parts as held", async () => {
    const on = testCase(all);
    const old = sectionOf(on.section, "identity");
    await on.saved(a, "identity", [title("Ms"), { path: ["sex"], set: "F" }]);
    await cross(on, a, b);
    const late = await on.saved(b, "identity", [title("Dr")]);
    const heads = a.sections.head(old)?.heads ?? [];
    const as = a.sections.newId();
    on.known.set(b, on.chain.entries.length);
    on.chain.write(a.signer.fingerprint, {
      type: "found",
      body: { section: as, kind: "identity", from: old, past: "closed", heads: [...heads] },
    });
    const founded = await a.home.vault.write(async (read) => {
      const wanted = {
        section: old,
        as,
        without: [["sex"]],
        reason: "anew",
        signer: a.signer,
        opening: a.opening,
      };
      const prepared = await a.sections.prepareFoundAnew({ ...wanted, chain: on.state(a) }, read);
      if (!prepared.ok) return prepared;
      expect(prepared.value.heads).toEqual(heads);
      return ok((db: Parameters<typeof prepared.value.commit>[0]) => {
        prepared.value.commit(db);
        a.sections.reconsider(db, on.state(a));
      });
    });
    expect(founded.ok).toBe(true);
    expect(a.sections.view(as)?.value).toEqual({ title: "Ms" });
    await on.give(a, on.partsOf(b));
    expect(a.sections.view(old)).toMatchObject({
      state: "closed",
      value: { title: "Ms", sex: "F" },
      held: 1,
    });
    expect(a.sections.held(old, on.state(a))).toEqual([
      { part: late, why: "closed", leaves: [{ path: ["title"], value: "Dr" }] },
    ]);
    on.known.delete(b);
    await b.write((db) => b.sections.reconsider(db, on.state(b)));
    await on.give(b, on.partsOf(a));
    expect(b.sections.stateHash(on.id)).toBe(a.sections.stateHash(on.id));
    const edits = [{ section: old, kind: "identity", edits: [title("Mrs")] }];
    expect(await on.save(b, edits)).toMatchObject({ error: { type: "NotAllowed", why: "closed" } });
  });

  test("is not founded anew over a conflict, which it would settle in silence", async () => {
    const on = testCase(all);
    await on.saved(a, "identity", [title("Ms")]);
    await cross(on, a, b);
    await on.saved(a, "identity", [title("Dr")]);
    await on.saved(b, "identity", [title("Prof")]);
    await cross(on, a, b);
    const wanted = { section: sectionOf(on.section, "identity"), as: a.sections.newId(), reason: "anew" };
    const by = { signer: a.signer, opening: a.opening, chain: on.state(a) };
    expect(await a.sections.prepareFoundAnew({ ...wanted, without: [], ...by })).toMatchObject({
      error: { type: "ConflictsStand", paths: [["title"]] },
    });
  });

  test("erased leaves its tombstone and no row; what comes for it later is dropped unread", async () => {
    const on = testCase(all);
    const section = sectionOf(on.section, "identity");
    const part = await on.saved(a, "identity", [title("Ms")]);
    await cross(on, a, b);
    projected.length = 0;
    await b.write((db) => b.sections.erase(db, section, a.signer.fingerprint, "withdrawn", on.id));
    expect(projected).toEqual([{ section, before: { title: "Ms" }, after: undefined }]);
    expect(b.sections.view(section)).toBeUndefined();
    expect(b.sections.erased(on.id)).toMatchObject([{ section, by: a.signer.fingerprint, why: "withdrawn" }]);
    for (const table of ["part", "change", "quarantine"] as const) {
      const counts = {
        part: sql`SELECT count(*) AS n FROM part WHERE section = ${section}`,
        change: sql`SELECT count(*) AS n FROM change WHERE section = ${section}`,
        quarantine: sql`SELECT count(*) AS n FROM quarantine WHERE section = ${section}`,
      };
      expect(b.home.vault.read.get(counts[table])).toEqual({ n: 0 });
    }
    expect((await on.give(b, on.partsOf(a))).outcomes).toEqual([
      { part, section, outcome: "dropped-erased" },
    ]);
    const edits = [{ section, kind: "identity", edits: [title("Dr")] }];
    expect(await on.save(b, edits)).toMatchObject({ error: { type: "SectionErased" } });
  });

  test("of a newer version, or of a kind this program does not know, waits for the program", async () => {
    const on = testCase(all);
    await on.saved(a, "identity", [title("Ms")]);
    const { identity, ...others } = sectionSchemas;
    const older = b.restarted({ schemas: others });
    const examined = await older.examine({
      case: on.id,
      parts: on.partsOf(a),
      certificateOf: on.certificateOf,
    });
    const taken = await b.write((db) => older.take(db, examined, on.state(b)));
    expect(taken.outcomes).toMatchObject([{ outcome: "held", why: "not-tried" }]);
    const updated = b.restarted({ schemas: { ...others, identity } });
    const again = await updated.examine({ case: on.id, parts: [], certificateOf: on.certificateOf });
    await b.write((db) => updated.take(db, again, on.state(b)));
    expect(updated.view(sectionOf(on.section, "identity"))?.value).toEqual({ title: "Ms" });
  });
});
