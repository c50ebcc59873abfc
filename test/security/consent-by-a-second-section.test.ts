// Two offices begin a section for one child apart: the one that says she is grown does not make her own yes count for both.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaseId, PersonId } from "../../shared/vocabulary/ids.ts";
import { consent, giveRole, share, smallCase, twoOffices, type Office } from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

const bornIn = (at: Office, of: CaseId, person: PersonId, year: string) =>
  at.ask("cases.save", {
    case: of,
    reason: "a child",
    edits: [
      {
        section: { kind: "family", person },
        edits: [
          { path: ["birth", "date"], set: { value: year, precision: "year", calendar: "gregorian" } },
          { path: ["relation", "kind"], set: "daughter" },
        ],
      },
    ],
  });

test.for([
  ["2019", "1980"],
  ["1980", "2019"],
] as const)("here born in %s, there in %s", async ([here, there]) => {
  const { mission, network, toNetwork, toMission } = made;
  const person = here.slice(2).repeat(16) as PersonId;
  const section = { kind: "family" as const, person };
  const of = await smallCase(mission);
  await giveRole(mission, of, toNetwork);
  await consent(mission, of, toNetwork);
  await network.take(await share(mission, toNetwork, of));
  await bornIn(mission, of, person, here);
  await bornIn(network, of, person, there);
  const who = there === "2019" ? "authority-over-child" : "person";
  await consent(network, of, toMission, [section], { by: { who, person } });
  await consent(mission, of, toNetwork, [section], { by: { who: "authority-over-child", person } });
  const choice = async () =>
    (
      await mission.ask("consent.choices", { case: of, contact: toNetwork, purpose: "joint-protection" })
    ).choices.find((one) => one.section.person === person);
  expect(await choice()).toMatchObject({ may: here === "2019" });
  expect(await mission.take(await share(network, toMission, of))).toMatchObject({ outcome: "taken" });
  // Whose decision it is is not known now: the yes of whoever holds authority over a child covers nothing.
  expect(await choice()).toMatchObject({ may: false, why: "adult-decides" });
});
