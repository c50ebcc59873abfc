// Looking at bundles before taking them: what each is, from whom, what it would change; nothing is kept of a look.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaseId } from "../../shared/vocabulary/ids.ts";
import type { Event } from "../../shared/ipc/events.ts";
import {
  acknowledge,
  bytesOf,
  consent,
  giveRole,
  put,
  save,
  sendRecalls,
  share,
  sharedCase,
  smallCase,
  takeIn,
  twoOffices,
  untouched,
  withdraw,
  type Office,
} from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

const identity = { kind: "identity" } as const;
const reach = { kind: "reach" } as const;

/** One file looked at, by a vault that is left as it was. */
async function looked(at: Office, from: string) {
  const { files } = await untouched(at, () => at.ask("exchange.look", { from }));
  const [only, ...others] = files;
  if (only === undefined || others.length > 0) throw new Error(`${files.length} files`);
  return only;
}

const changesIn = (file: Awaited<ReturnType<typeof looked>>) =>
  file.cases?.flatMap(({ sections }) =>
    sections.flatMap(({ section, changes }) =>
      changes.map(({ path, before, after }) => [section.kind, path.join("."), before, after]),
    ),
  );

describe("a share", () => {
  test("of a case that is not here: every field, and taking it afterwards comes to the same", async () => {
    const { mission, network, toNetwork, toMission } = made;
    const of = await takeIn(mission);
    await giveRole(mission, of, toNetwork);
    await consent(mission, of, toNetwork, [identity, { kind: "work" }]);
    const file = await looked(network, await share(mission, toNetwork, of));
    expect(file).toMatchObject({
      kind: "share",
      outcome: "ready",
      from: { contact: toMission, name: "Person of Mission", office: "Practice Mission" },
      number: 1,
      made: mission.clock.now(),
    });
    expect(file.missing).toBeUndefined();
    const [only] = file.cases ?? [];
    expect(only).toMatchObject({ case: of, fresh: true });
    expect(only?.code).toBeUndefined();
    for (const section of only?.sections ?? [])
      expect(section).toMatchObject({ more: 0, conflicts: [], known: 0, held: 0, refused: [] });
    expect(await network.refused("cases.get", { case: of })).toEqual({ type: "UnknownCase" });
    const taken = await network.take(file.token);
    expect(taken).toMatchObject({ outcome: "taken", bundle: file.bundle });
    const { sections } = await network.ask("cases.file", { case: of });
    const stands = sections.flatMap(({ name, said }) =>
      said.map(({ path }) => JSON.stringify([name.kind, path.join(".")])),
    );
    expect(
      changesIn(file)
        ?.map(([kind, path]) => JSON.stringify([kind, path]))
        .toSorted(),
    ).toEqual(stands.toSorted());
    expect(await looked(network, file.token)).toMatchObject({ outcome: "already", bundle: file.bundle });
    const { entries } = await network.ask("audit.read", { case: of });
    expect(entries.filter(({ action }) => action === "share-taken")).toHaveLength(1);
  });

  test("of a case that is here: before and after, the conflicts it makes, what is known already", async () => {
    const { mission, network, toMission } = made;
    const of = await sharedCase(made);
    await save(network, of, reach, ["ifAnotherAnswers"], "Say it is the library.");
    const older = await share(network, toMission, of);
    await save(mission, of, identity, ["title"], "Dr");
    await save(network, of, identity, ["title"], "Prof.");
    const newer = await share(network, toMission, of);
    expect(changesIn(await looked(mission, older))).toEqual([
      ["reach", "ifAnotherAnswers", "Ask for the dentist.", "Say it is the library."],
    ]);
    const { code } = (await mission.ask("cases.get", { case: of })).row;
    const file = await looked(mission, newer);
    expect(file).toMatchObject({ number: 2, missing: [1], cases: [{ case: of, code, fresh: false }] });
    const beside = await mission.ask("exchange.look", { from: "drive" });
    const inFolder = beside.files.find((one) => one.bundle === file.bundle);
    expect(inFolder).toMatchObject({ number: 2, outcome: "ready" });
    expect(inFolder?.missing).toBeUndefined();
    const section = (of: string) => file.cases?.[0]?.sections.find((one) => one.section.kind === of);
    expect(section("identity")?.conflicts).toEqual([["title"]]);
    expect((await mission.ask("cases.section", { case: of, section: identity })).conflicts).toEqual([]);
    await mission.take(older);
    const again = await looked(mission, newer);
    expect(again.missing).toBeUndefined();
    const ofReach = again.cases?.[0]?.sections.find((one) => one.section.kind === "reach");
    expect(ofReach).toMatchObject({ changes: [], known: expect.any(Number) as number });
    expect(ofReach?.known).toBeGreaterThan(0);
    await mission.take(newer);
    expect((await mission.ask("cases.section", { case: of, section: identity })).conflicts).toHaveLength(1);
  });

  test("what builds on a bundle that never came would be held; what was erased would not be kept", async () => {
    const { mission, network, toNetwork, toMission } = made;
    const of = await sharedCase(made);
    await mission.take(await acknowledge(network, toMission));
    await save(mission, of, identity, ["title"], "Dr");
    const lost = await share(mission, toNetwork, of);
    await network.take(lost);
    await mission.take(await acknowledge(network, toMission));
    await save(network, of, reach, ["ifAnotherAnswers"], "Say nothing.");
    const late = await share(network, toMission, of);
    const { recalls } = await mission.ask("cases.erase", { case: of, section: reach, why: "her-wish" });
    expect(recalls).toBe(1);
    const file = await looked(mission, late);
    expect(file.cases?.[0]?.sections.find((one) => one.section.kind === "reach")).toMatchObject({
      changes: [],
      refused: ["erased"],
    });
    expect((await mission.ask("exchange.waiting", {})).recalls.filter((one) => one.case === of)).toHaveLength(
      1,
    );
  });

  test("work of an office that was removed would be held, and why is said", async () => {
    const { mission, network, toMission } = made;
    const of = await sharedCase(made);
    await save(network, of, identity, ["title"], "Prof.");
    const late = await share(network, toMission, of);
    const { offices } = await mission.ask("cases.get", { case: of });
    const office = offices.find(({ role }) => role === "co-manager")?.office;
    if (office === undefined) throw new Error("no other office");
    await mission.ask("cases.takeRole", { case: of, from: { office }, why: "left" });
    const file = await looked(mission, late);
    const section = file.cases?.[0]?.sections.find((one) => one.section.kind === "identity");
    expect(section).toMatchObject({ changes: [], held: 1, refused: [] });
    const taken = await mission.take(late);
    expect(taken.cases?.[0]?.sections.find((one) => one.section.kind === "identity")?.held).toBe(1);
    const { parts } = await mission.ask("cases.held", { case: of });
    expect(section?.heldWhy).toBe(parts[0]?.why);
  });
});

test("a release, an acknowledgement, a recall and her no", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const of = await sharedCase(made);
  const confirming = await looked(mission, await acknowledge(network, toMission));
  expect(confirming).toMatchObject({ kind: "acknowledgement", outcome: "ready" });
  expect(confirming.confirms).toBeGreaterThan(0);
  const before = await mission.ask("exchange.sent", {});
  await mission.take(confirming.token);
  const states = ({ bundles }: typeof before) =>
    bundles.filter(({ state }) => state === "acknowledged").length;
  expect(states(await mission.ask("exchange.sent", {})) - states(before)).toBe(confirming.confirms);

  const yes = await consent(mission, of, toNetwork, [identity], {
    act: "release",
    purpose: "visa",
    fields: [{ section: identity, fields: ["*"] }],
  });
  const { file: dossier } = await mission.ask("exchange.release", {
    contact: toNetwork,
    case: of,
    purpose: "visa",
    fields: [{ section: identity, pattern: "*" }],
    ticked: [],
    folder: "drive",
  });
  const seen = await looked(network, `drive/${dossier}`);
  expect(seen).toMatchObject({ kind: "release", outcome: "ready" });
  expect(await network.refused("exchange.dossier", { bundle: seen.bundle ?? ("" as never) })).toEqual({
    type: "UnknownBundle",
  });
  await network.take(seen.token);
  await withdraw(mission, of, yes);
  await mission.ask("cases.erase", { case: of, section: reach, why: "her-wish" });
  const recall = await sendRecalls(mission, toNetwork);
  const { code } = (await network.ask("cases.get", { case: of })).row;
  expect(await looked(network, recall)).toMatchObject({
    kind: "recall",
    outcome: "ready",
    erases: expect.arrayContaining([{ case: of, code, section: reach }]) as unknown[],
    dossiers: 1,
  });
  expect((await network.ask("cases.file", { case: of })).sections).toHaveLength(2);
  const events: Event[] = [];
  const stop = network.app.events((event) => void events.push(event));
  await network.take(recall);
  stop();
  expect(events).toContainEqual({ type: "cases.changed", cases: expect.arrayContaining([of]) as CaseId[] });
  expect((await network.ask("cases.file", { case: of })).sections).toHaveLength(1);
});

test("an introduction: who says so; one from an unknown hand, and what is no bundle", async () => {
  const { mission, network } = made;
  const { file } = await network.ask("exchange.introduce", { folder: "drive" });
  expect(await looked(mission, `drive/${file}`)).toMatchObject({
    kind: "introduction",
    outcome: "already",
    from: { name: "Person of Network", office: "Practice Network", contact: made.toNetwork },
  });
  await using elsewhere = await twoOffices();
  const { file: hello } = await elsewhere.mission.ask("exchange.introduce", { folder: "drive" });
  const stranger = put(made, "hello.pgp", bytesOf(elsewhere, `drive/${hello}`));
  const seen = await looked(mission, stranger);
  expect(seen).toMatchObject({
    kind: "introduction",
    outcome: "ready",
    from: { name: "Person of Mission", office: "Practice Mission" },
  });
  expect(seen.from?.contact).toBeUndefined();
  const { contacts } = await mission.ask("contacts.list", {});
  expect(contacts).toHaveLength(1);
  expect(await looked(mission, put(made, "notes.pgp", "shopping list"))).toMatchObject({
    outcome: "refused",
  });
  await mission.ask("contacts.refuse", { contact: made.toNetwork });
  const of = await smallCase(mission);
  expect(of).toBeDefined();
});

test("a folder: each bundle by itself; only those that were chosen are taken; a look can be stopped", async () => {
  await using own = await twoOffices();
  const { mission, network, toNetwork } = own;
  const cases = [await smallCase(mission), await smallCase(mission)];
  for (const of of cases) {
    await giveRole(mission, of, toNetwork);
    await consent(mission, of, toNetwork);
    await share(mission, toNetwork, of);
  }
  const { files } = await untouched(network, () => network.ask("exchange.look", { from: "drive" }));
  const shares = files.filter(({ kind }) => kind === "share");
  expect(new Set(shares.map(({ cases: seen }) => seen?.[0]?.case))).toEqual(new Set(cases));
  expect(files.filter(({ kind }) => kind === "introduction")).toHaveLength(2);
  const [chosen, left] = shares;
  if (chosen?.bundle === undefined || left?.bundle === undefined) throw new Error("two shares");
  const taken = await network.ask("exchange.receive", { from: "drive", only: [chosen.bundle] });
  expect(taken.files.map(({ bundle, outcome }) => [bundle, outcome])).toEqual([[chosen.bundle, "taken"]]);
  const after = await network.ask("exchange.look", { from: "drive" });
  const outcome = (bundle: string | undefined) => after.files.find((one) => one.bundle === bundle)?.outcome;
  expect([outcome(chosen.bundle), outcome(left.bundle)]).toEqual(["already", "ready"]);
  expect((await network.ask("cases.list", {})).cases).toHaveLength(1);
  const stopped = network.app.handlers["exchange.look"](
    { from: "drive" },
    { job: { progress: () => undefined, signal: AbortSignal.abort() } },
  );
  expect(await stopped).toEqual({ ok: false, error: { type: "Cancelled" } });
});
