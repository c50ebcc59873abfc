// Attack: an acceptance of an old offer is used again, or an offer to one office is accepted by another.
import { expect, it } from "vitest";
import type { Wanted } from "../../main/core/chain/index.ts";
import { commitment, consentId, office } from "../support/chain.ts";
import { deliver, forge, roleFor, signedCase, writer } from "../support/signed-chain.ts";
import { testVault } from "../support/vault.ts";

const offer = (to: number): Wanted => ({
  type: "handover-offered",
  body: { to: office(to), agreed: { how: "in-person", at: 1 }, then: "co-manager" },
});
const accept = (of: { readonly hash: string }): Wanted => ({
  type: "handover-accepted",
  body: { offer: of.hash as never, heads: {} },
});

it("moves the case once, to the office it was offered to", async () => {
  await using home = await testVault();
  const [first, second, third] = await Promise.all([writer(1), writer(2), writer(3)]);
  const chain = await signedCase([first]);
  await chain.write(first, roleFor(second, "co-manager"));
  await chain.write(first, roleFor(third, "co-manager"));
  const offered = await chain.write(first, offer(2));
  const stolen = await forge(third, { ...accept(offered), number: 4, parent: offered.hash });
  const early = await deliver(home.vault, [...chain.entries, stolen]);
  expect(early.state?.steward).toBe(office(1));
  expect(early.state?.ignored.map(({ why }) => why)).toEqual(["no-offer"]);

  const accepted = await chain.write(second, accept(offered));
  await chain.write(second, offer(1));
  const back = await chain.write(first, accept(chain.entries.at(-1) as never));
  const replayed = await forge(second, { ...accept(offered), number: 7, parent: back.hash });
  const { state } = await deliver(home.vault, [...chain.entries, accepted, replayed]);
  expect(state?.steward).toBe(office(1));
  expect(state?.head).toBe(back.hash);
  expect(state?.ignored.map(({ why }) => why)).toEqual(["no-offer", "no-offer"]);
});

it("of an offer taken back stops the chain instead of moving the case", async () => {
  await using home = await testVault();
  const [first, second] = await Promise.all([writer(1), writer(2)]);
  const chain = await signedCase([first]);
  await chain.write(first, roleFor(second, "co-manager"));
  const offered = await chain.write(first, offer(2));
  await chain.write(first, { type: "handover-withdrawn", body: { offer: offered.hash } });
  await chain.write(first, { type: "consent", body: { consent: consentId(1), commitment: commitment(1) } });
  const late = await forge(second, { ...accept(offered), number: 3, parent: offered.hash });
  const { state } = await deliver(home.vault, [...chain.entries, late]);
  expect(state?.steward).toBe(office(1));
  expect(state?.stopped?.parent).toBe(offered.hash);
});
