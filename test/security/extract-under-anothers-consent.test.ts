// Her brother's yes names a section of hers too: it never stands for her own, and her no ends what the receiver may send back.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PersonId } from "../../shared/vocabulary/ids.ts";
import {
  consent,
  giveRole,
  save,
  share,
  sharing,
  smallCase,
  twoOffices,
  withdraw,
} from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

test("the extract rests on the consent that decided", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const person = "b".repeat(32) as PersonId;
  const brother = { kind: "family" as const, person };
  const identity = { kind: "identity" } as const;
  const of = await smallCase(mission);
  await giveRole(mission, of, toNetwork);
  await save(mission, of, brother, ["relation", "kind"], "brother");
  await consent(mission, of, toNetwork, [brother, identity], { by: { who: "person", person } });
  const hers = await consent(mission, of, toNetwork, [identity]);
  await network.take(await share(mission, toNetwork, of));
  await save(network, of, identity, ["title"], "Dr");
  await withdraw(mission, of, hers);
  const told = await mission.ask("exchange.tell", { contact: toNetwork, cases: [of], folder: "drive" });
  await network.take(`drive/${told.file}`);
  expect(
    await network.refused("exchange.share", {
      ...sharing(toMission),
      cases: [{ case: of, sections: [identity] }],
    }),
  ).toEqual({ type: "NotCleared", refused: [{ section: identity, why: "withdrawn" }] });
});
