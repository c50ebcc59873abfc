// Attack: a colleague whose certificate was revoked writes entries and parts that pretend to be from before.
import { expect, it } from "vitest";
import { standing } from "../../main/core/chain/index.ts";
import { commitment, consentId, office, partId, sectionId } from "../support/chain.ts";
import { deliver, forge, roleFor, signedCase, writer } from "../support/signed-chain.ts";
import { testVault } from "../support/vault.ts";

it("does not stop the chain, does not erase, and the parts are held until they are accepted", async () => {
  await using home = await testVault();
  const [steward, colleague, partner] = await Promise.all([writer(1), writer(1, "Colleague"), writer(2)]);
  const chain = await signedCase([steward, colleague]);
  await chain.write(steward, roleFor(partner, "co-manager", true));
  const found = await chain.write(colleague, {
    type: "found",
    body: { section: sectionId(1), kind: "identity", past: "none" },
  });
  const kept = await chain.write(steward, {
    type: "consent",
    body: { consent: consentId(1), commitment: commitment(1) },
  });
  const { fingerprint } = colleague.named;
  const removed = await chain.write(steward, {
    type: "remove",
    body: { fingerprint, reason: "force", heads: {} },
  });
  await chain.write(steward, { type: "remove", body: { office: office(2), reason: "force", heads: {} } });
  await deliver(home.vault, chain.entries);

  const erase = await forge(colleague, {
    type: "erase",
    body: { section: sectionId(1), why: "her-wish" },
    number: 3,
    parent: found.hash,
  });
  const late = await forge(colleague, {
    type: "consent",
    body: { consent: consentId(3), commitment: commitment(3) },
    number: 5,
    parent: removed.hash,
  });
  const yes = await forge(partner, {
    type: "yes",
    body: { consent: consentId(2), commitment: commitment(2) },
    number: 2,
    parent: found.hash,
  });
  const no = await forge(partner, {
    type: "withdrawal",
    body: { consent: consentId(1) },
    number: 3,
    parent: kept.hash,
  });
  const { state } = await deliver(home.vault, [erase, late, yes, no]);
  if (state === undefined) throw new Error("no chain");
  expect(state.stopped).toBeUndefined();
  expect(state.number).toBe(5);
  expect(state.erased.get(sectionId(1))?.settled).toBe(false);
  expect(state.consents.has(consentId(2))).toBe(false);
  expect(state.consents.has(consentId(3))).toBe(false);
  expect(state.consents.get(consentId(1))?.withdrawn).toBeDefined();
  expect(state.ignored.map(({ why }) => why).toSorted()).toEqual([
    "author-removed",
    "author-removed",
    "disowned",
  ]);

  const part = {
    id: partId(1),
    section: sectionId(2),
    kind: "family",
    author: fingerprint,
    chain: found.hash,
  };
  const family = { ...part, person: "9e".repeat(16) as never };
  expect(standing(state, family, () => false)).toEqual({ as: "held", why: "after-removal" });
  expect(standing(state, { ...family, chain: state.head }, () => true)).toEqual({
    as: "held",
    why: "after-removal",
  });
  await chain.write(steward, { type: "accept", body: { parts: [partId(1)] } });
  const accepted = await deliver(home.vault, chain.entries);
  expect(standing(accepted.state as never, family, () => false)).toEqual({ as: "allowed" });
});
