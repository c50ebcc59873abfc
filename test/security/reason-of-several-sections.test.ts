// One save over what two recipients may hear apart: its reason, which speaks of both, goes with neither; a single section's does.
import { afterAll, beforeAll, expect, test } from "vitest";
import { consent, giveRole, share, smallCase, twoOffices } from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

const identity = { kind: "identity" } as const;
const reach = { kind: "reach" } as const;

test("what the receiver reads of the history", async () => {
  const { mission, network, toNetwork } = made;
  const of = await smallCase(mission);
  await giveRole(mission, of, toNetwork);
  await consent(mission, of, toNetwork, [identity], { past: true });
  await mission.ask("cases.save", {
    case: of,
    reason: "renamed while she hides at the dentist's",
    edits: [
      { section: identity, edits: [{ path: ["title"], set: "Dr" }] },
      { section: reach, edits: [{ path: ["ifAnotherAnswers"], set: "Ask for the dentist's wife." }] },
    ],
  });
  await mission.ask("cases.save", {
    case: of,
    reason: "as she asked",
    edits: [{ section: identity, edits: [{ path: ["title"], set: "Prof" }] }],
  });
  await network.take(await share(mission, toNetwork, of));
  const { changes } = await network.ask("cases.history", { case: of, section: identity });
  expect(changes.map(({ reason }) => reason)).toEqual(["", "", "as she asked"]);
});
