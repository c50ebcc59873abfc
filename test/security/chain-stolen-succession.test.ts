// Attack: an office takes a case over with too few votes, votes of others, old votes, or a succession that names somebody else.
import { expect, it } from "vitest";
import type { Wanted } from "../../main/core/chain/index.ts";
import type { ChainHash } from "../../shared/vocabulary/ids.ts";
import { commitment, consentId, office } from "../support/chain.ts";
import { deliver, forge, roleFor, signedCase, writer } from "../support/signed-chain.ts";
import { testVault } from "../support/vault.ts";

const vote = (successor: number): Wanted => ({ type: "vote", body: { successor: office(successor) } });
const byVotes = (...votes: { readonly hash: ChainHash }[]): Wanted => ({
  type: "succession",
  body: { by: "co-managers", votes: votes.map(({ hash }) => hash), heads: {} },
});

it("leaves the case with its steward", async () => {
  await using home = await testVault();
  const [steward, second, third, thief] = await Promise.all([writer(1), writer(2), writer(3), writer(4)]);
  const chain = await signedCase([steward]);
  for (const one of [second, third, thief]) await chain.write(steward, roleFor(one, "co-manager"));
  const coManagers = [office(2), office(3), office(4)];
  await chain.write(steward, { type: "successor", body: { k: 2, coManagers } });
  const old = await chain.write(second, vote(4));
  const older = await chain.write(third, vote(4));
  const head = await chain.write(steward, {
    type: "consent",
    body: { consent: consentId(1), commitment: commitment(1) },
  });
  const own = await chain.write(thief, vote(4));
  const forOther = await chain.write(third, vote(2));
  const attempts: Wanted[] = [
    byVotes(own),
    byVotes(own, own),
    byVotes(own, old),
    byVotes(old, older),
    byVotes(own, forOther),
    { type: "succession", body: { by: "named", votes: [], heads: {} } },
  ];
  const forged = await Promise.all(
    attempts.map((one) => forge(thief, { ...one, number: head.entry.number + 1, parent: head.hash })),
  );
  const { state } = await deliver(home.vault, [...chain.entries, ...forged]);
  expect(state?.steward).toBe(office(1));
  expect(state?.head).toBe(head.hash);
  expect(state?.ignored).toHaveLength(attempts.length);

  const real = await chain.write(second, vote(4));
  await chain.write(thief, byVotes(own, real));
  const after = await deliver(home.vault, chain.entries);
  expect(after.state?.steward).toBe(office(4));
});

it("by a successor who was replaced stops the chain instead of moving the case", async () => {
  await using home = await testVault();
  const [steward, second, third] = await Promise.all([writer(1), writer(2), writer(3)]);
  const chain = await signedCase([steward]);
  for (const one of [second, third]) await chain.write(steward, roleFor(one, "co-manager"));
  const named = await chain.write(steward, { type: "successor", body: { office: office(2) } });
  await chain.write(steward, { type: "successor", body: { office: office(3) } });
  const late = await forge(second, {
    type: "succession",
    body: { by: "named", votes: [], heads: {} },
    number: 4,
    parent: named.hash,
  });
  const { state } = await deliver(home.vault, [...chain.entries, late]);
  expect(state?.steward).toBe(office(1));
  expect(state?.stopped?.parent).toBe(named.hash);
});
