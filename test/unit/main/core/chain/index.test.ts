// Chains in a vault: stored once, checked by the certificates they name, loaded again the same.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  appendEntries,
  exportEntries,
  loadChain,
  loadChainWith,
  loadLine,
  prepareEntry,
  prepareFirst,
  stateAfter,
  verifyEntries,
} from "../../../../../main/core/chain/index.ts";
import type { Wanted } from "../../../../../main/core/chain/index.ts";
import { limits } from "../../../../../shared/bundle/limits.ts";
import { sql } from "../../../../../main/core/vault/sql.ts";
import { caseId, commitment, consentId, now, office, plain, sectionId } from "../../../../support/chain.ts";
import { deliver, must, roleFor, signedCase, writer } from "../../../../support/signed-chain.ts";
import type { Writer } from "../../../../support/signed-chain.ts";
import { testVault } from "../../../../support/vault.ts";
import type { TestVault } from "../../../../support/vault.ts";

let home: TestVault;
let steward: Writer;
let deputy: Writer;
let other: Writer;
let cases = 100;
const fresh = () => caseId(cases++);
const consent = (number: number): Wanted => ({
  type: "consent",
  body: { consent: consentId(number), commitment: commitment(number) },
});

beforeAll(async () => {
  home = await testVault();
  [steward, deputy, other] = await Promise.all([writer(1), writer(1, "Deputy"), writer(2)]);
});
afterAll(() => home[Symbol.asyncDispose]());

describe("entries from others", () => {
  it("are stored once and say the same here as there, in any order and through a reopening", async () => {
    const of = fresh();
    const chain = await signedCase([steward, deputy], of);
    await chain.write(steward, roleFor(other, "co-manager"));
    await chain.write(deputy, consent(1));
    await chain.write(other, { type: "withdrawal", body: { consent: consentId(1) } });
    await chain.write(steward, consent(2));
    const first = await deliver(home.vault, chain.entries.toReversed(), of);
    expect(first.bad).toEqual([]);
    expect(first.good).toHaveLength(5);
    expect(plain(must({ ok: true, value: first.state as never }))).toEqual(plain(chain.state()));
    const again = await deliver(home.vault, [...chain.entries, ...chain.entries], of);
    expect(again.good).toEqual([]);
    expect(again.known).toHaveLength(5);
    expect(exportEntries(home.vault.read, of)).toHaveLength(5);
    const vault = await home.reopen();
    expect(plain(loadChain(vault.read, of) as never)).toEqual(plain(chain.state()));
  });

  it("that came alone are loaded from the kept state until another comes", async () => {
    const of = fresh();
    const chain = await signedCase([steward], of);
    await deliver(home.vault, chain.entries, of);
    const state = loadChain(home.vault.read, of);
    expect(loadChain(home.vault.read, of)).toBe(state);
    await chain.write(steward, consent(1));
    await deliver(home.vault, chain.entries, of);
    expect(loadChain(home.vault.read, of)?.number).toBe(1);
  });

  it("wait for the entry that names their author", async () => {
    const of = fresh();
    const chain = await signedCase([steward], of);
    const role = await chain.write(steward, roleFor(other, "co-manager"));
    await chain.write(steward, consent(1));
    const no = await chain.write(other, { type: "withdrawal", body: { consent: consentId(1) } });
    const early = await deliver(
      home.vault,
      chain.entries.filter((entry) => entry !== role),
      of,
    );
    expect(early.bad).toEqual([{ hash: no.hash, why: "author-unknown" }]);
    expect(early.state?.missing).toEqual([role.hash]);
    const late = await deliver(home.vault, [role, no], of);
    expect(late.bad).toEqual([]);
    expect(plain(late.state as never)).toEqual(plain(chain.state()));
  });

  it("with bytes turned, cut or added are refused, and the rest is taken", async () => {
    const of = fresh();
    const chain = await signedCase([steward], of);
    const entry = await chain.write(steward, consent(1));
    const turned = Uint8Array.from(entry.signed);
    const at = Buffer.from(turned).indexOf('"commitment":"') + 20;
    turned[at] = turned[at] === 0x30 ? 0x31 : 0x30;
    const signature = Uint8Array.from(entry.signature);
    signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
    const wrong = [
      { signed: turned, signature: entry.signature },
      { signed: entry.signed.subarray(0, -1), signature: entry.signature },
      { signed: Uint8Array.of(...entry.signed, 0xff), signature: entry.signature },
    ];
    const result = await deliver(home.vault, [chain.entries[0] as never, ...wrong], of);
    expect(result.good).toHaveLength(1);
    expect(result.bad.map(({ why }) => why).toSorted()).toEqual(["malformed", "malformed", "signature-bad"]);
    const forged = await deliver(home.vault, [{ signed: entry.signed, signature }], of);
    expect(forged.bad).toEqual([{ hash: entry.hash, why: "signature-bad" }]);
    const good = await deliver(home.vault, [entry], of);
    expect(good.state?.number).toBe(1);
  });

  it("naming a certificate that is not the one they say are refused", async () => {
    const of = fresh();
    const chain = await signedCase([steward], of);
    const lie = { fingerprint: deputy.named.fingerprint, certificate: other.named.certificate };
    await chain.write(steward, { type: "certificate", body: { office: office(1), add: lie } });
    const result = await deliver(home.vault, chain.entries, of);
    expect(result.bad.map(({ why }) => why)).toEqual(["certificate-unsound"]);
  });

  it("beyond the limits are refused by the limit's name", async () => {
    const of = fresh();
    const chain = await signedCase([steward], of);
    const large = { signed: new Uint8Array(limits.chainEntryBytes + 1), signature: new Uint8Array(1) };
    const result = await deliver(home.vault, [large, ...chain.entries], of);
    expect(result.bad.map(({ why }) => why)).toEqual(["too-large"]);
    const text = Buffer.from((chain.entries[0] as never as { signed: Uint8Array }).signed).toString();
    const many = Array.from({ length: limits.chainEntriesPerCase }, (_, index) => ({
      signed: Buffer.from(text.replace(/^at .*$/mu, `at ${index}`)),
      signature: new Uint8Array(1),
    }));
    const flood = await verifyEntries({ read: home.vault.read, case: of, entries: many });
    expect(flood).toEqual({ ok: false, error: { type: "LimitBroken", limit: "chainEntriesPerCase" } });
  });
});

describe("storing", () => {
  it("is forbidden to change or delete afterwards", async () => {
    const of = fresh();
    const chain = await signedCase([steward], of);
    await deliver(home.vault, chain.entries, of);
    for (const q of [sql`UPDATE chain SET case_id = ''`, sql`DELETE FROM chain`]) {
      const attempt = home.vault.write(async () => ({ ok: true, value: (db) => db.run(q) }));
      await expect(attempt).rejects.toThrow(/immutable|kept/);
    }
  });

  it("rolled back leaves no trace in what is loaded", async () => {
    const of = fresh();
    const chain = await signedCase([steward], of);
    await deliver(home.vault, chain.entries, of);
    const next = await chain.write(steward, consent(1));
    const failing = home.vault.write(async () => ({
      ok: true,
      value: (db) => {
        expect(appendEntries(db, [next])).toBe(1);
        expect(loadChain(db, of)?.number).toBe(1);
        throw new Error("the disk is gone");
      },
    }));
    await expect(failing).rejects.toThrow("the disk is gone");
    expect(loadChain(home.vault.read, of)?.number).toBe(0);
  });
});

describe("entries signed and not stored yet", () => {
  it("can be followed by the next one of the same commit", async () => {
    const of = fresh();
    const at = now;
    const body = { office: office(1), certificates: [steward.named] };
    const first = must(await prepareFirst({ case: of, body, signer: steward.signer, at }));
    const state = stateAfter(home.vault.read, [first]);
    const wanted: Wanted = { type: "found", body: { section: sectionId(1), kind: "identity", past: "none" } };
    const second = must(await prepareEntry({ state, wanted, signer: steward.signer, at }));
    const both = stateAfter(home.vault.read, [first, second]);
    expect(both.founded.has(sectionId(1))).toBe(true);
    expect(loadChain(home.vault.read, of)).toBeUndefined();
    expect(loadChainWith(home.vault.read, of, [second])).toBeUndefined();
    const { state: stored } = await deliver(home.vault, [first, second], of);
    expect(plain(stored as never)).toEqual(plain(both));
  });
});

describe("a chain that stopped", () => {
  it("goes on when another member of the office revokes the certificate that wrote twice", async () => {
    const of = fresh();
    const chain = await signedCase([steward, deputy], of);
    const clone = chain.apart();
    const kept = await chain.write(steward, consent(1));
    await clone.write(steward, consent(2));
    const { state } = await deliver(home.vault, [...chain.entries, ...clone.entries], of);
    expect(state?.stopped?.children).toContain(kept.hash);
    expect(loadLine(home.vault.read, of, kept.hash)?.head).toBe(kept.hash);
    const revoked = await chain.write(deputy, {
      type: "remove",
      body: { fingerprint: steward.named.fingerprint, reason: "lost", heads: {} },
    });
    const after = await deliver(home.vault, [revoked], of);
    expect(after.state?.stopped).toBeUndefined();
    expect(after.state?.head).toBe(revoked.hash);
  });
});
