// Somebody acknowledges bundles, and confirms recalls, that went to another contact: nothing of them counts as told.
import { expect, test } from "vitest";
import {
  bundleBy,
  certificateOf,
  introduceStranger,
  noticeBy,
  stranger,
} from "../support/hostile-bundles.ts";
import { refuses, sendRecalls, sharedCase, twoOffices, withdraw } from "../support/offices.ts";

test("neither bundles nor recalls; and nothing for somebody else", async () => {
  await using made = await twoOffices();
  const { mission, toNetwork } = made;
  const eve = await stranger();
  await introduceStranger(made, mission, eve);
  const of = await sharedCase(made);
  const her = (await mission.ask("consent.list", { case: of })).consents[0]?.body.id;
  if (her === undefined) throw new Error("no consent");
  const { bundles } = await mission.ask("exchange.sent", { contact: toNetwork });
  await withdraw(mission, of, her);
  await sendRecalls(mission, toNetwork);
  const { recalls } = await mission.ask("exchange.waiting", {});
  const said = {
    author: eve.certificate.fingerprint,
    recipient: (await certificateOf(mission)).fingerprint,
    bundles: bundles.map(({ bundle }) => ({ bundle, without: [] })),
    recalls: recalls.map(({ recall }) => recall),
    at: 1,
  };
  const bundle = async (body: typeof said) => {
    const content = await noticeBy(eve, "waypost/acknowledgement/1", body);
    return bundleBy(made, eve, mission, [{ name: "acknowledgement.signed", content }]);
  };
  await refuses(mission, await bundle({ ...said, recipient: eve.certificate.fingerprint }), {
    type: "NotForUs",
  });
  await refuses(mission, await bundle({ ...said, author: (await certificateOf(made.network)).fingerprint }), {
    type: "NotForUs",
  });
  expect(await mission.take(await bundle(said))).toMatchObject({ outcome: "taken", confirmed: [] });
  const states = (await mission.ask("exchange.sent", { contact: toNetwork })).bundles.map(
    ({ state }) => state,
  );
  expect(states).not.toContain("acknowledged");
  expect((await mission.ask("exchange.waiting", {})).recalls.map(({ state }) => state)).toEqual(["sent"]);
});
