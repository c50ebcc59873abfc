// Random histories of three offices: any edits, deliveries, losses, doubles, openings and changes of roles end in one state with nothing lost.
// What must stand at each leaf is worked out here from the signed texts alone, without the merge engine.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonValue } from "../../../../../shared/signed-text.ts";
import type { ChangeHash, OpeningId, PartId } from "../../../../../shared/vocabulary/ids.ts";
import type { PartRecord, Projector, Value } from "../../../../../main/core/sections/index.ts";
import { readPartText } from "../../../../../main/core/sections/index.ts";
import { canonicalJson } from "../../../../../shared/signed-text.ts";
import { desks, sectionOf, testCase } from "../../../../support/sections.ts";
import type { Desk, TestCase } from "../../../../support/sections.ts";
import { randomHex } from "../../../../support/vault.ts";

const kinds = ["identity", "journal"] as const;
const leaves = {
  identity: [["title"], ["sex"], ["birth", "date"], ["languages", "aa".repeat(16), "language"]],
  journal: [
    ["entries", "ab".repeat(16), "text"],
    ["entries", "ab".repeat(16), "kind"],
    ["entries", "cd".repeat(16), "text"],
    ["entries", "cd".repeat(16), "at"],
  ],
} as const;
const values: Readonly<Record<string, readonly JsonValue[]>> = {
  title: ["Dr", "Prof", "Eng"],
  sex: ["F", "M", "X"],
  date: [
    { value: "1974", precision: "year", calendar: "gregorian" },
    { value: "1353", precision: "year", calendar: "solar-hijri" },
    { value: "1974-08", precision: "month", calendar: "gregorian" },
  ],
  language: ["fa-AF", "ps", "ar"],
  text: ["one", "two 👩‍👧", "‮three"],
  kind: ["call", "note", "visit"],
  at: [1, 2, 3],
};

const some = fc.nat({ max: 2 });
const step = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("edit" as const),
      by: some,
      kind: fc.constantFrom(...kinds),
      leaf: fc.nat({ max: 3 }),
      value: fc.nat({ max: 3 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("give" as const),
      by: some,
      to: some,
      keep: fc.nat({ max: 255 }),
      order: fc.nat(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("open" as const), by: some }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("tell" as const), by: some }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom("remove" as const, "rejoin" as const),
      by: fc.integer({ min: 1, max: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("accept" as const), by: fc.constant(0) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What each acknowledged part wrote. */
type Written = Map<
  PartId,
  { readonly kind: string; readonly leaf: string; readonly value: JsonValue | undefined }
>;

const projected = new Map<string, Value | undefined>();
let all: Awaited<ReturnType<typeof desks>>;

beforeAll(async () => {
  const projectors = (desk: number) => {
    const project: Projector = (_, { section, after }) => void projected.set(`${desk} ${section}`, after);
    return { identity: project, journal: project };
  };
  all = await desks(3, { projectors });
});
afterAll(() => all[Symbol.asyncDispose]());

test(
  "end in equal states with nothing lost, whatever came in which order",
  { timeout: 120_000 },
  async () => {
    const runs = Number(process.env["WAYPOST_RUNS"] ?? 15);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60, size: "max" }), history),
      { numRuns: runs, endOnFailure: true },
    );
  },
);

async function history(steps: readonly Step[]): Promise<void> {
  projected.clear();
  const on = testCase(all, [...kinds]);
  for (const one of all.slice(1)) on.known.set(one, on.chain.entries.length);
  const written: Written = new Map();
  for (const one of steps) await play(on, written, one);
  await settle(on);

  const [first] = all as unknown as [Desk];
  const hash = first.sections.stateHash(on.id);
  for (const [index, desk] of all.entries()) {
    expect(desk.sections.stateHash(on.id)).toBe(hash);
    expect(desk.sections.quarantined(on.id)).toEqual([]);
    expect(desk.restarted().stateHash(on.id)).toBe(hash);
    const has = new Set(on.partsOf(desk).map(({ id }) => id));
    expect([...written.keys()].filter((id) => !has.has(id))).toEqual([]);
    for (const { id } of desk.sections.list(on.id)) {
      const incremental = desk.sections.view(id);
      expect(projected.get(`${index + 1} ${id}`) ?? {}).toEqual(incremental?.value);
      await desk.write((db) => desk.sections.rebuild(db, id, on.state(desk)));
      expect(desk.sections.view(id)).toEqual(incremental);
    }
    expect(desk.sections.stateHash(on.id)).toBe(hash);
  }
  for (const kind of kinds) compare(on, first, kind, written);
}

async function play(on: TestCase, written: Written, one: Step): Promise<void> {
  const desk = all[one.by] as Desk;
  const [steward] = all as unknown as [Desk];
  switch (one.do) {
    case "edit":
      return edit(on, written, desk, one);
    case "give": {
      const parts = on.partsOf(desk).filter((_, index) => ((one.keep >> (index % 8)) & 1) === 1);
      const order = one.order % Math.max(1, parts.length);
      await on.give(all[one.to] as Desk, [
        ...parts.slice(order),
        ...parts.slice(0, order),
        ...parts.slice(0, 1),
      ]);
      return;
    }
    case "open":
      desk.opening = randomHex(desk.home.ports.random, 16) as OpeningId;
      return;
    case "tell":
      if (on.known.has(desk)) on.known.set(desk, on.chain.entries.length);
      return desk.write((db) => desk.sections.reconsider(db, on.state(desk)));
    case "remove": {
      const heads = Object.fromEntries(
        steward.sections.list(on.id).map((head) => [head.id, [...head.heads]]),
      );
      enter(on, { type: "remove", body: { office: desk.office, reason: "left", heads } });
      break;
    }
    case "rejoin":
      enter(on, {
        type: "role",
        body: { office: desk.office, role: "co-manager", certificates: [desk.named] },
      });
      break;
    case "accept": {
      const held = steward.sections
        .list(on.id)
        .flatMap(({ id }) => steward.sections.held(id, on.state(steward)));
      const parts = held.filter(({ why }) => why === "after-removal").map(({ part }) => part);
      if (parts.length > 0) enter(on, { type: "accept", body: { parts } });
      break;
    }
  }
  await steward.write((db) => steward.sections.reconsider(db, on.state(steward)));
}

/** Writes a chain entry where the rules allow it. */
function enter(on: TestCase, wanted: Parameters<TestCase["chain"]["write"]>[1]): void {
  try {
    on.chain.write((all[0] as Desk).signer.fingerprint, wanted);
  } catch {
    // Removing who is not there, or adding who is: no entry.
  }
}

async function edit(
  on: TestCase,
  written: Written,
  desk: Desk,
  one: Extract<Step, { do: "edit" }>,
): Promise<void> {
  const path = leaves[one.kind][one.leaf] ?? [];
  const value = one.value === 3 ? undefined : values[path.at(-1) ?? ""]?.[one.value];
  const section = sectionOf(on.section, one.kind);
  const before = new Set(on.partsOf(desk).map(({ id }) => id));
  const change = value === undefined ? { path, remove: true as const } : { path, set: value };
  const done = await on.save(desk, [{ section, kind: one.kind, edits: [change] }]);
  if (!done.ok) {
    expect(["NothingChanged", "NotAllowed"]).toContain(done.error.type);
    return;
  }
  const fresh = on.partsOf(desk).filter(({ id }) => !before.has(id));
  for (const { id } of fresh) written.set(id, { kind: one.kind, leaf: path.join("."), value });
}

/** Everyone is told the whole chain and given everything, twice: what one had only from another goes round. */
async function settle(on: TestCase): Promise<void> {
  on.known.clear();
  for (const desk of all) await desk.write((db) => desk.sections.reconsider(db, on.state(desk)));
  for (let round = 0; round < 2; round += 1)
    for (const to of all)
      for (const from of all) if (to !== from) await on.give(to, on.partsOf(from).toReversed());
}

/** What a section shows against what its signed texts say must stand there. */
function compare(on: TestCase, desk: Desk, kind: (typeof kinds)[number], written: Written): void {
  const section = sectionOf(on.section, kind);
  const seen = desk.sections.view(section);
  if (seen === undefined) return;
  const held = new Set(desk.sections.held(section, on.state(desk)).map(({ part }) => part));
  const parts = desk.sections.exportParts(section).filter(({ id }) => !held.has(id));
  const before = ancestors(parts);
  for (const leaf of leaves[kind].map((path) => path.join("."))) {
    const writers = parts.filter(
      ({ id }) => written.get(id)?.leaf === leaf && written.get(id)?.kind === kind,
    );
    const last = writers.filter(({ id }) => !writers.some((other) => before.get(other.id)?.has(id)));
    const standing = new Set(last.map(({ id }) => canonicalJson(written.get(id)?.value ?? null)));
    const conflict = seen.conflicts.find(({ path }) => path.join(".") === leaf);
    const shown = canonicalJson(leafAt(seen.value, leaf) ?? null);
    if (standing.size > 1) {
      expect(new Set(conflict?.values.map(({ value }) => canonicalJson(value ?? null)))).toEqual(standing);
      expect(standing.has(shown)).toBe(true);
    } else {
      expect(conflict).toBeUndefined();
      expect(shown).toBe([...standing][0] ?? "null");
    }
  }
}

function ancestors(parts: readonly PartRecord[]): Map<PartId, Set<PartId>> {
  const facts = parts.map(({ id, signed }) => {
    const read = readPartText(signed);
    if (!read.ok) throw new Error(read.error.why);
    return { id, ...read.value };
  });
  const owner = new Map<ChangeHash, PartId>(
    facts.flatMap(({ id, changes }) => changes.map((hash) => [hash, id])),
  );
  const parents = new Map(
    facts.map(({ id, dependencies }) => [id, dependencies.map((hash) => owner.get(hash))]),
  );
  const known = new Map<PartId, Set<PartId>>();
  const above = (id: PartId): Set<PartId> => {
    const there = known.get(id);
    if (there !== undefined) return there;
    const found = new Set<PartId>();
    for (const parent of parents.get(id) ?? [])
      if (parent !== undefined) for (const one of [parent, ...above(parent)]) found.add(one);
    known.set(id, found);
    return found;
  };
  for (const { id } of facts) above(id);
  return known;
}

function leafAt(value: Value, leaf: string): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const name of leaf.split(".")) at = (at as Value | undefined)?.[name];
  return at;
}
