// A copy of an office's vault is opened beside it: the receiver of bundles from both is told, also where colleagues opened them.
import { cpSync } from "node:fs";
import { expect, test } from "vitest";
import { save, share, sharedCase, twoOffices } from "../support/offices.ts";

test("two openings with one parent", async () => {
  await using made = await twoOffices();
  const { mission, network, toNetwork } = made;
  const of = await sharedCase(made);
  await mission.ask("vault.lock", {});
  cpSync(mission.vault, `${mission.vault}-copy`, { recursive: true });
  await mission.reopen();
  await save(mission, of, { kind: "identity" }, ["title"], "Dr");
  const first = await network.take(await share(mission, toNetwork, of));
  expect(first).toMatchObject({ outcome: "taken" });
  expect(first.clone).toBeUndefined();
  await mission.reopen(`${mission.vault}-copy`);
  await save(mission, of, { kind: "identity" }, ["title"], "Prof");
  const second = await network.take(await share(mission, toNetwork, of));
  expect(second).toMatchObject({ outcome: "taken", clone: true });
  const { conflicts } = await network.ask("cases.section", { case: of, section: { kind: "identity" } });
  expect(conflicts.map(({ path }) => path)).toEqual([["title"]]);
});

test("opening again and again is no clone", async () => {
  await using made = await twoOffices();
  const { mission, network, toNetwork } = made;
  const of = await sharedCase(made);
  for (let n = 0; n < 3; n++) {
    await mission.reopen();
    const taken = await network.take(await share(mission, toNetwork, of));
    expect(taken).toMatchObject({ outcome: "taken" });
    expect(taken.clone).toBeUndefined();
    expect(taken.missing).toBeUndefined();
  }
});
