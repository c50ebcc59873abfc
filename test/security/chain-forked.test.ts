// Attack: a steward's laptop was cloned, and the clone writes another history from the same entry.
import { expect, it } from "vitest";
import { mayEnter, mayWrite, standing } from "../../main/core/chain/index.ts";
import type { Wanted } from "../../main/core/chain/index.ts";
import { commitment, consentId, office, partId, sectionId } from "../support/chain.ts";
import { deliver, roleFor, signedCase, writer } from "../support/signed-chain.ts";
import { testVault } from "../support/vault.ts";

const consent = (number: number): Wanted => ({
  type: "consent",
  body: { consent: consentId(number), commitment: commitment(number) },
});

it("stops the chain where the histories part, gives neither of them rights, and destroys nothing", async () => {
  await using home = await testVault();
  const [steward, friend, forced] = await Promise.all([writer(1), writer(2), writer(3)]);
  const chain = await signedCase([steward]);
  await chain.write(steward, roleFor(forced, "co-manager"));
  const found = await chain.write(steward, {
    type: "found",
    body: { section: sectionId(1), kind: "identity", past: "none" },
  });
  const clone = chain.apart();
  await chain.write(steward, { type: "remove", body: { office: office(3), reason: "force", heads: {} } });
  await chain.write(steward, consent(1));
  await clone.write(steward, roleFor(friend, "co-manager", true));
  await clone.write(steward, consent(2));
  await clone.write(steward, { type: "erase", body: { section: sectionId(1), why: "her-wish" } });

  const { state } = await deliver(home.vault, [...clone.entries, ...chain.entries]);
  if (state === undefined) throw new Error("no chain");
  expect(state.head).toBe(found.hash);
  expect(new Set(state.stopped?.children)).toEqual(new Set([chain.entries[3]?.hash, clone.entries[3]?.hash]));
  expect(state.consents.size).toBe(0);
  expect(mayEnter(state, "consent", steward.named.fingerprint)).toMatchObject({
    ok: false,
    error: { why: "stopped" },
  });
  expect(mayWrite(state, friend.named.fingerprint, "family")).toMatchObject({
    ok: false,
    error: { why: "author-unknown" },
  });
  expect(mayWrite(state, forced.named.fingerprint, "family")).toMatchObject({
    ok: false,
    error: { why: "author-removed" },
  });
  const part = {
    id: partId(1),
    section: sectionId(1),
    kind: "identity",
    author: steward.named.fingerprint,
    chain: found.hash,
  };
  expect(standing(state, part, () => true)).toEqual({ as: "held", why: "erasure-disputed" });
});
