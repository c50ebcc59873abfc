// The caseload by what needs us first, the file of a case, and Today: tasks, papers, consents, changes, what waits for whom.
import { expect, test } from "vitest";
import type { CaseId } from "../../shared/vocabulary/ids.ts";
import { openBehind } from "../support/vault.ts";
import {
  acknowledge,
  began,
  both,
  consent,
  giveRole,
  save,
  share,
  sharedCase,
  smallCase,
  takeIn,
  twoOffices,
  type Office,
} from "../support/offices.ts";

const day = 86_400_000;
const on = (days: number) => ({
  value: new Date(began + days * day).toISOString().slice(0, 10),
  precision: "day" as const,
  calendar: "gregorian" as const,
});
const id = (letter: string) => letter.repeat(32);

const task = (at: Office, of: CaseId, name: string, fields: Readonly<Record<string, unknown>>) =>
  at.ask("cases.save", {
    case: of,
    reason: "planned",
    edits: [
      {
        section: { kind: "plan" },
        edits: Object.entries(fields).map(([field, set]) => ({
          path: ["tasks", id(name), field],
          set: set as string,
        })),
      },
    ],
  });

test("who last said each leaf, also after another office wrote it, and in a conflict", async () => {
  await using made = await twoOffices();
  const { mission, network, toMission } = made;
  const of = await sharedCase(made);
  mission.clock.advance(5 * day);
  await save(mission, of, { kind: "identity" }, ["title"], "Dr");
  const said = async () =>
    (await mission.ask("cases.section", { case: of, section: { kind: "identity" } })).said.map((one) => [
      one.path.join("."),
      one.author.office,
      one.at,
    ]);
  const now = mission.clock.now();
  expect(await said()).toEqual([["title", "Practice Mission", now]]);
  network.clock.advance(7 * day);
  await save(network, of, { kind: "reach" }, ["ifAnotherAnswers"], "Say it is the library.");
  await mission.take(await share(network, toMission, of));
  const { sections } = await mission.ask("cases.file", { case: of });
  expect(sections.map(({ name }) => name.kind).toSorted()).toEqual(["identity", "reach"]);
  const reach = sections.find(({ name }) => name.kind === "reach");
  expect(reach?.said).toEqual([
    {
      path: ["ifAnotherAnswers"],
      author: expect.objectContaining({ office: "Practice Network" }) as unknown,
      at: network.clock.now(),
    },
  ]);
  for (const one of sections)
    expect(one).toEqual(await mission.ask("cases.section", { case: of, section: one.name }));
  await save(network, of, { kind: "reach" }, ["ifAnotherAnswers"], "Say nothing.");
  await save(mission, of, { kind: "reach" }, ["ifAnotherAnswers"], "Hang up.");
  await mission.take(await share(network, toMission, of));
  const view = await mission.ask("cases.section", { case: of, section: { kind: "reach" } });
  const shown = view.conflicts[0]?.values.find(
    ({ value }) => value === (view.value as { ifAnotherAnswers?: string }).ifAnotherAnswers,
  );
  expect(view.said).toEqual([{ path: ["ifAnotherAnswers"], author: shown?.author, at: shown?.at }]);
  expect(await mission.refused("cases.file", { case: id("0") as CaseId })).toEqual({ type: "UnknownCase" });
});

test("the caseload: overdue, soon, a conflict, then the last changed; each with the task due first", async () => {
  await using made = await twoOffices();
  const { mission, network, toMission } = made;
  const apart = await sharedCase(made);
  await save(mission, apart, { kind: "identity" }, ["title"], "Dr");
  await save(network, apart, { kind: "identity" }, ["title"], "Prof.");
  await mission.take(await share(network, toMission, apart));
  const [late, soon, far, plain] = [
    await smallCase(mission),
    await smallCase(mission),
    await smallCase(mission),
    await smallCase(mission),
  ];
  await task(mission, late, "a", { what: "Ask for biometrics", due: on(-2), state: "open" });
  await task(mission, late, "b", { what: "Done long ago", due: on(-9), state: "done" });
  await task(mission, soon, "a", { what: "Call her", due: on(3), state: "accepted" });
  await task(mission, soon, "b", { what: "Without a day", state: "open" });
  await task(mission, far, "a", {
    what: "Renew",
    due: { value: "2031", precision: "year", calendar: "gregorian" },
  });
  await task(mission, far, "b", { what: "Dropped", due: on(-1), state: "dropped" });
  mission.clock.advance(1_000);
  await save(mission, plain, { kind: "identity" }, ["title"], "Mx");
  const { cases, total, stages, groups } = await mission.ask("cases.list", {});
  expect(cases.map((one) => one.case)).toEqual([late, soon, apart, plain, far]);
  expect([total, stages]).toEqual([5, { intake: 5 }]);
  expect(groups).toEqual([
    { group: "now", count: 3 },
    { group: "intake", count: 2 },
  ]);
  expect(cases.map((one) => [one.attention, one.next?.what, one.next?.days])).toEqual([
    ["overdue", "Ask for biometrics", -2],
    ["soon", "Call her", 3],
    ["conflict", undefined, undefined],
    [undefined, undefined, undefined],
    [undefined, "Renew", expect.any(Number)],
  ]);
  expect(cases[4]?.next?.due).toEqual({ value: "2031", precision: "year", calendar: "gregorian" });
  const only = async (filter: Parameters<typeof mission.ask<"cases.list">>[1]) =>
    (await mission.ask("cases.list", filter)).cases.map((one) => one.case);
  expect(await only({ attention: "overdue" })).toEqual([late]);
  expect(await only({ attention: "soon" })).toEqual([soon]);
  expect(await only({ attention: "conflict" })).toEqual([apart]);
  expect(await only({ attention: "stopped" })).toEqual([]);
  expect((await mission.ask("cases.list", { attention: "soon" })).groups).toEqual([
    { group: "now", count: 1 },
  ]);
  await save(mission, far, { kind: "plan" }, ["stage"], "contact-lost");
  expect((await mission.ask("cases.list", {})).groups).toEqual([
    { group: "now", count: 3 },
    { group: "contact-lost", count: 1 },
    { group: "intake", count: 1 },
  ]);
  expect((await mission.ask("cases.list", {})).cases[3]?.case).toBe(far);
  const dentist = await mission.ask("cases.list", { text: "dentist" });
  expect([dentist.total, dentist.cases.length]).toEqual([5, 5]);
  expect(await only({ text: "dentist", attention: "overdue" })).toEqual([late]);
  expect(await only({ text: "dentist", limit: 2, offset: 4 })).toHaveLength(1);
  expect(await only({ text: cases[1]?.code ?? "" })).toEqual([soon]);
  expect(await only({ text: "nowhere" })).toEqual([]);
  mission.clock.advance(20 * day);
  expect(new Set(await only({ attention: "overdue" }))).toEqual(new Set([late, soon]));
});

test("tasks that come again are due again; a task belongs to the office the plan names", async () => {
  await using made = await twoOffices();
  const { mission, network } = made;
  const of = await smallCase(mission);
  const { row } = await network.ask("cases.get", { case: await smallCase(network) });
  await task(mission, of, "a", {
    what: "Call her",
    due: on(-7),
    repeat: "weekly",
    state: "done",
    doneOn: on(-4),
  });
  await task(mission, of, "b", { what: "Write", due: on(-30), repeat: "monthly", state: "done" });
  await task(mission, of, "c", { what: "Review", due: on(2), everyDays: 10, doneOn: on(-10), state: "open" });
  await task(mission, of, "d", { what: "Find a room", office: row.steward, state: "accepted" });
  await task(mission, of, "e", { what: "Pay", due: on(1), who: "Amina" });
  await task(mission, of, "f", { what: "Later", due: on(60), state: "open" });
  const { tasks, counts } = await mission.ask("overview.today", {});
  expect(tasks.map((one) => [one.what, one.days, one.state, one.turn])).toEqual([
    ["Write", expect.any(Number), "open", "nobody"],
    ["Pay", 1, "open", "ours"],
    ["Review", 2, "open", "nobody"],
    ["Call her", 3, "open", "nobody"],
    ["Find a room", undefined, "accepted", "theirs"],
  ]);
  expect(tasks[0]?.due?.value).toBe("2026-02-28");
  expect(tasks[1]?.who).toBe("Amina");
  expect(counts).toMatchObject({ overdue: 1, soon: 3 });
  const limited = await mission.ask("overview.today", { limit: 1 });
  expect([limited.tasks.length, limited.counts.soon]).toEqual([1, 3]);
});

test("papers and consents about to end, and those that just did", async () => {
  await using made = await twoOffices();
  const { mission, toNetwork } = made;
  const of = await smallCase(mission);
  const paper = (name: string, kind: string, expires: object, state = "held") =>
    mission.ask("cases.save", {
      case: of,
      reason: "seen",
      edits: [
        {
          section: { kind: "identity" },
          edits: [
            { path: ["papers", "held", id(name), "kind"], set: kind },
            { path: ["papers", "held", id(name), "state"], set: state },
            { path: ["papers", "held", id(name), "expires"], set: expires as never },
          ],
        },
      ],
    });
  await paper("a", "passport", on(170));
  await paper("b", "passport", on(200));
  await paper("c", "national-id", on(20));
  await paper("d", "national-id", on(40));
  await paper("e", "passport", on(5), "lost");
  await paper("f", "visa", on(-3));
  await giveRole(mission, of, toNetwork);
  const ends = async (days: number) =>
    consent(mission, of, toNetwork, both, { until: { day: on(days).value } });
  const [soon, gone] = [await ends(1), await ends(6)];
  await ends(9);
  await mission.ask("consent.withdraw", { case: of, consent: gone, by: { who: "her" }, how: "spoken" });
  const { ending } = await mission.ask("overview.today", {});
  expect(ending.map((one) => [one.what === "paper" ? one.paper : one.consent, one.days])).toEqual([
    [id("f"), -3],
    [soon, 1],
    [id("c"), 20],
    [id("a"), 170],
  ]);
  expect(ending[1]).toMatchObject({ with: { office: "Practice Network" }, on: on(1).value });
  expect(ending[2]).toMatchObject({ section: { kind: "identity" }, kind: "national-id", on: on(20).value });
});

test("what was received and changed, by whom; what waits; backup, held, refused", async () => {
  await using made = await twoOffices();
  const { mission, network, toNetwork, toMission } = made;
  const of = await sharedCase(made);
  const first = await mission.ask("overview.today", {});
  expect(first.backup).toEqual({});
  expect(first.waiting).toEqual([
    expect.objectContaining({
      contact: toNetwork,
      office: "Practice Network",
      recalls: 0,
      acknowledgements: 0,
      cases: 1,
    }),
  ]);
  await mission.take(await acknowledge(network, toMission));
  expect((await mission.ask("overview.today", {})).waiting).toEqual([]);
  mission.clock.advance(3 * day);
  expect((await mission.ask("overview.today", {})).changed).toEqual([]);
  await save(network, of, { kind: "reach" }, ["ifAnotherAnswers"], "Say it is the library.");
  await mission.take(await share(network, toMission, of));
  await save(mission, of, { kind: "identity" }, ["title"], "Dr");
  await save(mission, of, { kind: "reach" }, ["ifAnotherAnswers"], "Say nothing.");
  await mission.ask("vault.backup", { folder: "copy" });
  mission.clock.advance(2 * day);
  const { received, changed, waiting, backup, counts, conflicts, held, quarantine } = await mission.ask(
    "overview.today",
    {},
  );
  const { code } = (await mission.ask("cases.get", { case: of })).row;
  expect(received.filter((one) => one.kind === "share")).toEqual([
    expect.objectContaining({
      from: expect.objectContaining({ office: "Practice Network" }) as unknown,
      cases: [{ case: of, code }],
    }),
  ]);
  expect(counts.received).toBe(received.length);
  expect(changed).toEqual([]);
  expect(waiting).toMatchObject([{ acknowledgements: 1, cases: 1 }]);
  expect(backup).toEqual({ at: mission.clock.now() - 2 * day, days: 2 });
  expect([conflicts, held, quarantine]).toEqual([[], [], 0]);
  mission.clock.advance(-day);
  expect((await mission.ask("overview.today", {})).changed).toMatchObject([
    { case: of, code, ours: true, sections: [{ kind: "identity" }, { kind: "reach" }] },
    { case: of, code, ours: false, author: { office: "Practice Network" }, sections: [{ kind: "reach" }] },
  ]);
});

test("a conflict stands in Today until it is settled; what is erased leaves no row", async () => {
  await using made = await twoOffices();
  const { mission, network, toMission } = made;
  const of = await sharedCase(made);
  await task(mission, of, "a", { what: "Ask for biometrics", due: on(1) });
  await save(mission, of, { kind: "identity" }, ["title"], "Dr");
  await save(network, of, { kind: "identity" }, ["title"], "Prof.");
  await mission.take(await share(network, toMission, of));
  const before = await mission.ask("overview.today", {});
  expect(before.conflicts).toMatchObject([{ case: of, section: { kind: "identity" }, path: ["title"] }]);
  expect(before.counts.conflicts).toBe(1);
  await mission.ask("cases.settle", {
    case: of,
    section: { kind: "identity" },
    path: ["title"],
    settle: { set: "Dr" },
    reason: "asked her",
  });
  await mission.ask("cases.erase", { case: of, section: { kind: "plan" }, why: "her-wish" });
  const after = await mission.ask("overview.today", {});
  expect([after.conflicts, after.tasks, after.counts.conflicts]).toEqual([[], [], 0]);
  expect((await mission.ask("cases.list", {})).cases[0]?.next).toBeUndefined();
});

test("rows made anew equal those that grew with the saves", async () => {
  await using made = await twoOffices();
  const { mission } = made;
  const of = await takeIn(mission);
  await task(mission, of, "a", { what: "Call her", due: on(-7), repeat: "weekly", state: "done" });
  await task(mission, of, "a", { state: "open" });
  await task(mission, of, "b", { what: "Over", state: "open", due: on(4) });
  await task(mission, of, "b", { state: "dropped" });
  const rows = async (change = "SELECT 1") => {
    await mission.ask("vault.lock", {});
    const db = await openBehind(mission.vault, "seven lanterns over the northern road");
    const found = ["task_row", "paper_row", "projection"].map((name) =>
      db.prepare(`SELECT * FROM ${name} ORDER BY 1, 2`).all(),
    );
    const next = db.prepare("SELECT id, next_day FROM case_row").all();
    for (const one of change.split(";")) if (!one.startsWith("SELECT")) db.prepare(one).run();
    db.close();
    await mission.ask("vault.unlock", {
      folder: "mission",
      passphrase: "seven lanterns over the northern road",
    });
    return { found, next };
  };
  const grown = await rows(
    "DELETE FROM task_row;DELETE FROM paper_row;DELETE FROM projection;UPDATE case_row SET next_day = NULL",
  );
  expect(grown.found[0]?.length).toBeGreaterThan(1);
  expect(grown.found[1]?.length).toBeGreaterThan(0);
  await expect
    .poll(async () => (await mission.ask("cases.list", {})).cases[0]?.next?.days, { timeout: 20_000 })
    .toBe(-7);
  expect(await rows()).toEqual(grown);
});
