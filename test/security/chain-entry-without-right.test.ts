// Attack: a viewer and a co-manager write entries that are the steward's to write, in her place on the main line.
import { expect, it } from "vitest";
import type { Wanted } from "../../main/core/chain/index.ts";
import { commitment, consentId, office, sectionId } from "../support/chain.ts";
import { deliver, forge, roleFor, signedCase, writer } from "../support/signed-chain.ts";
import { testVault } from "../support/vault.ts";

it("has no effect, does not stop the chain, and takes what follows it along", async () => {
  await using home = await testVault();
  const [steward, viewer, coManager, accomplice] = await Promise.all([
    writer(1),
    writer(2),
    writer(3),
    writer(4),
  ]);
  const chain = await signedCase([steward]);
  await chain.write(steward, roleFor(viewer, "viewer"));
  const head = await chain.write(steward, roleFor(coManager, "co-manager"));
  const wanted: Wanted[] = [
    roleFor(viewer, "co-manager"),
    roleFor(accomplice, "co-manager", true),
    { type: "consent", body: { consent: consentId(1), commitment: commitment(1) } },
    { type: "erase", body: { section: sectionId(1), why: "her-wish" } },
    { type: "remove", body: { office: office(1), reason: "force", heads: {} } },
    { type: "successor", body: { office: office(3) } },
    { type: "handover-offered", body: { to: office(3), agreed: { how: "telephone", at: 1 }, then: "leave" } },
    { type: "handover-accepted", body: { offer: head.hash, heads: {} } },
    { type: "succession", body: { by: "named", votes: [], heads: {} } },
  ];
  const forged = [];
  for (const by of [viewer, coManager]) {
    for (const one of wanted) forged.push(await forge(by, { ...one, number: 3, parent: head.hash }));
    forged.push(
      await forge(by, {
        type: "yes",
        body: { consent: consentId(1), commitment: commitment(1) },
        number: 2,
        parent: head.hash,
      }),
    );
    forged.push(
      await forge(by, { type: "vote", body: { successor: office(4) }, number: 2, parent: head.hash }),
    );
  }
  const first = await deliver(home.vault, [...chain.entries, ...forged]);
  expect(first.state?.ignored).toHaveLength(forged.length);

  const granted = first.good.find(
    ({ entry }) => entry.type === "role" && entry.author === viewer.named.fingerprint,
  );
  if (granted === undefined) throw new Error("the forged role was not stored");
  const next = await forge(accomplice, {
    type: "erase",
    body: { section: sectionId(1), why: "mistake" },
    number: 4,
    parent: granted.hash,
  });
  const { state } = await deliver(home.vault, [next]);
  expect(state?.head).toBe(head.hash);
  expect(state?.stopped).toBeUndefined();
  expect(state?.erased.size).toBe(0);
  expect(state?.consents.size).toBe(0);
  expect([...(state?.offices ?? [])].map(([, { role }]) => role)).toEqual([
    "steward",
    "viewer",
    "co-manager",
  ]);
  expect(state?.ignored.map(({ why }) => why)).toContain("follows-ignored");
});
