// Attack: someone without a part in the case enters a withdrawal, a yes or a vote, with a certificate of her own or under another's name.
import { expect, it } from "vitest";
import type { Wanted } from "../../main/core/chain/index.ts";
import { commitment, consentId, office } from "../support/chain.ts";
import { deliver, forge, signedCase, writer } from "../support/signed-chain.ts";
import { testVault } from "../support/vault.ts";

it("is not taken", async () => {
  await using home = await testVault();
  const [steward, stranger] = await Promise.all([writer(1), writer(9)]);
  const chain = await signedCase([steward]);
  const head = await chain.write(steward, {
    type: "consent",
    body: { consent: consentId(1), commitment: commitment(1) },
  });
  const wanted: Wanted[] = [
    { type: "withdrawal", body: { consent: consentId(1) } },
    { type: "yes", body: { consent: consentId(2), commitment: commitment(2) } },
    { type: "vote", body: { successor: office(9) } },
  ];
  const own = await Promise.all(
    wanted.map((one) => forge(stranger, { ...one, number: 1, parent: head.hash })),
  );
  const asSteward = await Promise.all(
    wanted.map((one) =>
      forge(stranger, { ...one, number: 1, parent: head.hash, author: steward.named.fingerprint }),
    ),
  );
  const { bad, state } = await deliver(home.vault, [...chain.entries, ...own, ...asSteward]);
  expect(bad.map(({ why }) => why).toSorted()).toEqual([
    ...Array.from({ length: 3 }, () => "author-unknown"),
    ...Array.from({ length: 3 }, () => "signature-bad"),
  ]);
  expect(state?.consents.get(consentId(1))?.withdrawn).toBeUndefined();
  expect(state?.pendingSides).toEqual([]);
});
