// Three offices, one case, random histories over the whole app: equal rights come to equal state, and nothing saved is lost.
import { afterAll, beforeAll, expect, test } from "vitest";
import { look, play, type Play, type Seen } from "../support/crowd-play.ts";
import { crowd, sectionText, type Crowd, type Member } from "../support/crowd.ts";

const runs = Number(process.env["CROWD_RUNS"] ?? 4);
const steps = Number(process.env["CROWD_STEPS"] ?? 50);
/** The suite plays the same steps each time (keys and identifiers still differ); another CROWD_SEED and CROWD_RUNS look further. */
const first = Number(process.env["CROWD_SEED"] ?? 1);
const seeds = Array.from({ length: runs }, (_, index) => first + index);

let all: Crowd;
let compared = 0;
beforeAll(async () => {
  all = await crowd(3);
});
afterAll(() => all[Symbol.asyncDispose]());
afterAll(() => console.log(`${compared} sections compared between two offices`));

test.each(seeds)("seed %i (CROWD_SEED plays it again)", { timeout: 600_000 }, async (seed) => {
  const played = await play(all, seed, steps);
  const open = await standing(played);
  const seen = new Map<Member, Seen>();
  for (const office of all.offices) {
    const one = await look(office, played.case);
    if (one !== undefined) seen.set(office, one);
  }
  console.log(`seed ${seed}: ${JSON.stringify(played.counts)}`);
  for (const [office, one] of seen) alone(office, one, played);
  equal(played, seen, open);
});

/** What must hold in each vault by itself. */
function alone(office: Member, seen: Seen, { edits, allowed }: Play): void {
  expect(seen.rebuiltEqual, `${office.name}: rebuilt is not what was kept`).toBe(true);
  expect(seen.wordsRebuilt, `${office.name}: search made anew is not what was kept`).toEqual(
    seen.wordsBefore,
  );
  expect(seen.quarantined, `${office.name}: honest work was refused`).toEqual([]);
  expect(seen.stopped, `${office.name}: the chain stopped among honest offices`).toBe(false);
  for (const section of seen.sections) {
    expect(allowed.get(office)?.has(section.name), `${office.name} holds ${section.name}`).toBe(true);
    // A value that stands no more was replaced by somebody who saw it; what nobody replaced stands or is in conflict.
    for (const { path, after } of section.history) {
      const stands =
        leafAt(section.value, path) === after ||
        section.conflicts.some((one) => one.path === path && one.values.includes(after));
      const replaced = section.history.some((one) => one.path === path && one.before.includes(after));
      expect(stands || replaced, `${office.name}: ${after} vanished from ${section.name} ${path}`).toBe(true);
    }
  }
  const shown = seen.sections.filter(({ state }) => state === "live");
  expect(seen.row.conflicts).toBe(shown.reduce((sum, { conflicts }) => sum + conflicts.length, 0));
  expect(seen.row.held).toBe(seen.sections.reduce((sum, { held }) => sum + held.length, 0));
  // Every save this office was told is kept: in the history, held with a reason, or in a section erased on record.
  for (const edit of edits.filter(({ by }) => by === office)) {
    const value = JSON.stringify(edit.value);
    const kept =
      seen.gone.has(edit.section) ||
      seen.sections.some(
        ({ history, held }) =>
          history.some(({ after }) => after === value) || held.some(({ values }) => values.includes(value)),
      );
    expect(kept, `${office.name} lost its own ${edit.value} in ${edit.section}`).toBe(true);
  }
}

/** For each office, the sections that go between it and the answering office now, there and back where it may write. */
async function standing({ case: of, active }: Play): Promise<ReadonlyMap<Member, ReadonlySet<string>>> {
  const rows = new Map<Member, string>();
  for (const office of active) {
    const seen = await office.tried("cases.get", { case: of });
    if (seen.ok) rows.set(office, seen.value.row.role);
  }
  const steward = active.find((office) => rows.get(office) === "steward");
  const open = new Map<Member, ReadonlySet<string>>();
  if (steward === undefined) return open;
  const { offices } = await steward.ask("cases.get", { case: of });
  const working = new Set<string>(offices.map(({ office }) => office));
  const may = async (from: Member, to: Member) => {
    const { choices, refused } = await from.ask("consent.choices", {
      case: of,
      contact: await from.knows(to),
      purpose: "joint-protection",
    });
    if (refused !== undefined) return new Set<string>();
    return new Set(choices.filter((one) => one.may).map(({ section }) => sectionText(section)));
  };
  for (const [office, role] of rows) {
    if (office === steward || !working.has(office.office)) continue;
    const there = await may(steward, office);
    const back = role === "viewer" ? there : await may(office, steward);
    open.set(office, new Set([...there].filter((name) => back.has(name))));
  }
  return open;
}

/** Where two offices hold the same section, and both may have it now, they hold the same. */
function equal(
  { active }: Play,
  seen: ReadonlyMap<Member, Seen>,
  open: ReadonlyMap<Member, ReadonlySet<string>>,
): void {
  const steward = active.find((office) => seen.get(office)?.role === "steward");
  const told = steward && seen.get(steward);
  expect(told, "nobody answers for the case").toBeDefined();
  if (told === undefined) return;
  for (const office of active) {
    const mine = seen.get(office);
    if (mine === undefined || office === steward) continue;
    // One that was removed or left is told nothing more.
    const here = open.get(office);
    if (here === undefined) continue;
    expect(mine.head, `${office.name} was not told the chain`).toBe(told.head);
    for (const section of mine.sections) {
      const theirs = told.sections.find(({ id }) => id === section.id);
      if (section.state !== "live" || !here.has(section.name)) continue;
      expect(theirs, `${office.name} holds ${section.name} and the answering office does not`).toBeDefined();
      if (theirs === undefined) continue;
      compared += 1;
      const { name: _name, history: _history, ...state } = section;
      const { name: _theirName, history: _theirHistory, ...theirState } = theirs;
      expect(state, `${office.name}, ${section.name}`).toEqual(theirState);
    }
  }
}

function leafAt(value: string, path: string): string {
  let at: unknown = JSON.parse(value === "" ? "{}" : value);
  for (const step of path.split(".")) at = (at as Record<string, unknown> | undefined)?.[step];
  return at === undefined ? "" : JSON.stringify(at);
}
