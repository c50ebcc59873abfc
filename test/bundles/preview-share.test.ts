// What would leave in a share is shown as it leaves: the same sections, parts and leaves, and why the others stay.
import { expect, test } from "vitest";
import {
  acknowledge,
  both,
  consent,
  giveRole,
  save,
  share,
  smallCase,
  takeIn,
  twoOffices,
  untouched,
  withdraw,
} from "../support/offices.ts";

const identity = { kind: "identity" } as const;
const reach = { kind: "reach" } as const;
const purpose = "joint-protection" as const;

test("first, again, and after her no: as the share itself then has it", async () => {
  await using made = await twoOffices();
  const { mission, network, toNetwork, toMission } = made;
  const of = await takeIn(mission);
  await giveRole(mission, of, toNetwork);
  const preview = async () => {
    const asked = { contact: toNetwork, cases: [{ case: of }], purpose };
    const { cases } = await untouched(mission, () => mission.ask("exchange.previewShare", asked));
    const [only] = cases;
    if (only === undefined) throw new Error("a case");
    return only;
  };
  const nothing = await preview();
  expect(nothing.sections).toEqual([]);
  expect(nothing.refused).toContainEqual({ section: identity, why: "no-consent" });
  const yes = await consent(mission, of, toNetwork, both);
  const seen = await preview();
  expect(seen.sections.map(({ section, parts, first }) => [section, parts, first])).toEqual([
    [identity, 1, true],
    [reach, 1, true],
  ]);
  expect(seen.refused.map(({ section }) => section.kind)).not.toContain("identity");
  expect(seen.refused).toContainEqual({ section: { kind: "work" }, why: "no-consent" });
  const sent = await mission.ask("exchange.share", {
    contact: toNetwork,
    cases: [{ case: of }],
    purpose,
    folder: "drive",
  });
  expect(sent.cases).toEqual([{ case: of, sections: [identity, reach], parts: 2 }]);
  const file = `drive/${sent.file}`;
  const looked = await network.ask("exchange.look", { from: file });
  const arrives = looked.files[0]?.cases?.[0]?.sections.flatMap(({ section, changes }) =>
    changes.map(({ path, after }) => [section.kind, path.join("."), after]),
  );
  const leaves = seen.sections.flatMap(({ section, leaves: all }) =>
    all.map(({ path, value }) => [section.kind, path.join("."), value]),
  );
  const order = (all: readonly unknown[] | undefined) => all?.map((one) => JSON.stringify(one)).toSorted();
  expect(order(leaves)).toEqual(order(arrives));
  expect(leaves.length).toBeGreaterThan(20);
  expect(seen.sections[1]?.leaves).toContainEqual(
    expect.objectContaining({ path: ["ifAnotherAnswers"], freeText: true }),
  );
  await network.take(file);
  await mission.take(await acknowledge(network, toMission));
  expect((await preview()).sections.map(({ parts, first }) => [parts, first])).toEqual([
    [0, false],
    [0, false],
  ]);
  await save(mission, of, identity, ["title"], "Dr");
  expect((await preview()).sections.map(({ parts }) => parts)).toEqual([1, 0]);
  await withdraw(mission, of, yes);
  const after = await preview();
  expect(after.sections).toEqual([]);
  expect(after.refused).toContainEqual({ section: identity, why: "withdrawn" });
});

test("what bars every section is a refusal; values that stand apart are settled first, or both leave", async () => {
  await using made = await twoOffices();
  const { mission, network, toNetwork, toMission } = made;
  const of = await smallCase(mission);
  const asked = (sections: readonly (typeof identity | typeof reach)[] = both as never) => ({
    contact: toNetwork,
    cases: [{ case: of, sections }],
    purpose,
  });
  expect(await mission.refused("exchange.previewShare", asked())).toEqual({ type: "NoRole" });
  await giveRole(mission, of, toNetwork);
  await consent(mission, of, toNetwork, both);
  await network.take(await share(mission, toNetwork, of));
  await save(network, of, reach, ["ifAnotherAnswers"], "Say nothing.");
  await save(mission, of, reach, ["ifAnotherAnswers"], "Hang up.");
  await mission.take(await share(network, toMission, of));
  const { cases } = await mission.ask("exchange.previewShare", asked([reach]));
  expect(cases[0]?.sections[0]?.leaves.map(({ value }) => value).toSorted()).toEqual([
    "Hang up.",
    "Say nothing.",
  ]);
  expect(cases[0]?.sections).toHaveLength(1);
});
