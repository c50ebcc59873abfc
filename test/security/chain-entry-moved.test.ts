// Attack: an entry that is good in one case is put into another, or under another beginning of the same case.
import { expect, it } from "vitest";
import { caseId, commitment, consentId } from "../support/chain.ts";
import { deliver, signedCase, writer } from "../support/signed-chain.ts";
import { testVault } from "../support/vault.ts";

it("is refused in the other case", async () => {
  await using home = await testVault();
  const steward = await writer(1);
  const hers = await signedCase([steward], caseId(1));
  const consent = await hers.write(steward, {
    type: "consent",
    body: { consent: consentId(1), commitment: commitment(1) },
  });
  const other = await signedCase([steward], caseId(2));
  const { bad, state } = await deliver(home.vault, [...other.entries, consent], caseId(2));
  expect(bad).toEqual([{ hash: consent.hash, why: "other-case" }]);
  expect(state?.consents.size).toBe(0);

  const text = Buffer.from(consent.signed).toString().replace(caseId(1), caseId(2));
  const moved = await deliver(
    home.vault,
    [{ signed: Buffer.from(text), signature: consent.signature }],
    caseId(2),
  );
  expect(moved.bad.map(({ why }) => why)).toEqual(["signature-bad"]);
});

it("cannot begin a case a second time", async () => {
  await using home = await testVault();
  const [steward, thief] = await Promise.all([writer(1), writer(9)]);
  const chain = await signedCase([steward]);
  await deliver(home.vault, chain.entries);
  const stolen = await signedCase([thief]);
  await stolen.write(thief, { type: "consent", body: { consent: consentId(1), commitment: commitment(1) } });
  const { bad, state } = await deliver(home.vault, stolen.entries);
  expect(bad.map(({ why }) => why).toSorted()).toEqual(["author-unknown", "second-open"]);
  expect(state?.head).toBe(chain.entries[0]?.hash);

  await using fresh = await testVault();
  const both = await deliver(fresh.vault, [...stolen.entries, ...chain.entries]);
  expect(both.state).toBeUndefined();
  expect(both.good).toEqual([]);
});
