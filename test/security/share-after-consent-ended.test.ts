// Her yes ends, her hiding place is noted and taken out, she says yes again: the receiver does not read in the history where she hid.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Milliseconds } from "../../shared/brand.ts";
import { consent, giveRole, save, share, smallCase, twoOffices } from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

const reach = { kind: "reach" } as const;
const day = 86_400_000;
const path = ["ifAnotherAnswers"];

test.for([
  { what: "after a break", renewed: 9, past: false, told: false },
  { what: "renewed in time", renewed: 1, past: false, told: true },
  { what: "after a break, her past named", renewed: 9, past: true, told: true },
])("$what", async ({ renewed, past, told }) => {
  const { mission, network, toNetwork } = made;
  const of = await smallCase(mission);
  await giveRole(mission, of, toNetwork);
  const later = (days: number) => {
    mission.clock.advance((days * day) as Milliseconds);
    network.clock.advance((days * day) as Milliseconds);
  };
  const ends = new Date(mission.clock.now() + 4 * day).toISOString().slice(0, 10);
  await consent(mission, of, toNetwork, [reach], { until: { day: ends } });
  await network.take(await share(mission, toNetwork, of));
  later(renewed);
  if (renewed < 4) await consent(mission, of, toNetwork, [reach], { past });
  later(9 - renewed);
  await save(mission, of, reach, path, "She hides at the mill.");
  await save(mission, of, reach, path, "Ask for the dentist.");
  if (renewed > 4) await consent(mission, of, toNetwork, [reach], { past });
  expect(await network.take(await share(mission, toNetwork, of))).toMatchObject({ outcome: "taken" });
  const { changes } = await network.ask("cases.history", { case: of, section: reach });
  expect(JSON.stringify(changes).includes("mill")).toBe(told);
});
