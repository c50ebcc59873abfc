// What the steward chain says after each kind of entry.
import { describe, expect, it } from "vitest";
import {
  entryText,
  firstEntry,
  foldChain,
  mayEnter,
  mayWrite,
  nextEntry,
  readEntry,
  standing,
} from "../../../../../main/core/chain/chain.rules.ts";
import type { PartClaim, Wanted } from "../../../../../main/core/chain/chain.rules.ts";
import type { ChainEntry } from "../../../../../shared/vocabulary/chain.ts";
import type { ChainHash } from "../../../../../shared/vocabulary/ids.ts";
import {
  author,
  branched,
  caseId,
  changeHash,
  coManager,
  commitment,
  consentId,
  folded,
  forged,
  growing,
  named,
  now,
  office,
  opening,
  partId,
  personId,
  sectionId,
  unknownHash,
  viewer,
} from "../../../../support/chain.ts";

const found = (number: number, kind = "identity"): Wanted => ({
  type: "found",
  body: { section: sectionId(number), kind, past: "none" },
});
const consent = (number: number): Wanted => ({
  type: "consent",
  body: { consent: consentId(number), commitment: commitment(number) },
});
const erase = (number: number): Wanted => ({
  type: "erase",
  body: { section: sectionId(number), why: "her-wish" },
});
const withdrawal = (number: number): Wanted => ({ type: "withdrawal", body: { consent: consentId(number) } });
const offer = (to: number, then: "co-manager" | "leave" = "co-manager"): Wanted => ({
  type: "handover-offered",
  body: { to: office(to), agreed: { how: "telephone", at: now }, then },
});
const part = (by: number, chain: ChainHash, more: Partial<PartClaim> = {}): PartClaim => ({
  id: partId(1),
  section: sectionId(1),
  kind: "identity",
  author: author(by),
  chain,
  ...more,
});
const never = () => false;
const why = (result: { ok: boolean; error?: { why: string } }) => (result.ok ? undefined : result.error?.why);

describe("opening", () => {
  it("makes the office the steward with its members' certificates", () => {
    const state = growing().state();
    expect(state.steward).toBe(office(1));
    expect([...state.certificates.keys()]).toEqual([author(1, 1), author(1, 2)]);
    expect(state.number).toBe(0);
  });

  it("is unsound where its author is not among its certificates", () => {
    const first = { ...opening(), author: author(9) };
    expect(foldChain(first.hash, [first])).toBeUndefined();
    expect(why(firstEntry({ case: caseId(), body: first.body, author: author(9), at: now }))).toBe(
      "author-unknown",
    );
  });

  it("counts once: another open entry has no effect", () => {
    const chain = growing();
    const other = opening(7);
    chain.add(other);
    expect(chain.state().steward).toBe(office(1));
    expect(chain.state().ignored).toEqual([{ hash: other.hash, why: "second-open" }]);
  });
});

describe("roles", () => {
  it("are given by the steward alone", () => {
    const chain = growing();
    chain.write(author(1), coManager(2));
    chain.write(author(1), viewer(3));
    const state = chain.state();
    expect(state.offices.get(office(2))?.role).toBe("co-manager");
    expect(why(mayEnter(state, "role", author(2)))).toBe("not-steward");
    expect(why(mayEnter(state, "role", author(8)))).toBe("author-unknown");
    expect(mayWrite(state, author(2), "family").ok).toBe(true);
    expect(why(mayWrite(state, author(3), "family"))).toBe("viewer");
  });

  it("let only the steward begin a kind that exists once a case", () => {
    const chain = growing();
    chain.write(author(1), coManager(2));
    expect(why(mayWrite(chain.state(), author(2), "identity"))).toBe("not-founded");
    expect(mayWrite(chain.state(), author(1), "identity").ok).toBe(true);
    chain.write(author(1), found(1));
    expect(mayWrite(chain.state(), author(2), "identity").ok).toBe(true);
    expect(() => chain.write(author(1), found(2))).toThrow("kind-founded");
  });

  it("cannot take a certificate of another office", () => {
    const chain = growing();
    expect(() => chain.write(author(1), coManager(2, { certificates: [named(1)] }))).toThrow(
      "certificate-taken",
    );
  });

  it("keep what a co-manager wrote before it became a viewer, as far as it was accepted", () => {
    const chain = growing();
    chain.write(author(1), found(1));
    const given = chain.write(author(1), coManager(2));
    expect(() => chain.write(author(1), { ...viewer(2) })).toThrow("heads-missing");
    const lowered = chain.write(author(1), {
      type: "role",
      body: {
        office: office(2),
        role: "viewer",
        certificates: [],
        heads: { [sectionId(1)]: [changeHash(1)] },
      },
    });
    const precedes = (_: unknown, heads: readonly string[]) => heads.includes(changeHash(1));
    expect(standing(chain.state(), part(2, given.hash), precedes)).toEqual({ as: "allowed" });
    expect(standing(chain.state(), part(2, given.hash), never)).toEqual({ as: "held", why: "after-removal" });
    expect(standing(chain.state(), part(2, lowered.hash), precedes)).toEqual({
      as: "held",
      why: "after-removal",
    });
  });
});

describe("removal", () => {
  it("holds what does not precede the accepted heads until the steward accepts it", () => {
    const chain = growing();
    chain.write(author(1), found(1));
    const given = chain.write(author(1), coManager(2));
    chain.write(author(1), {
      type: "remove",
      body: { office: office(2), reason: "force", heads: { [sectionId(1)]: [changeHash(1)] } },
    });
    const precedes = (_: unknown, heads: readonly string[]) => heads.includes(changeHash(1));
    expect(standing(chain.state(), part(2, given.hash), precedes)).toEqual({ as: "allowed" });
    expect(standing(chain.state(), part(2, given.hash), never)).toEqual({ as: "held", why: "after-removal" });
    chain.write(author(1), { type: "accept", body: { parts: [partId(1)] } });
    expect(standing(chain.state(), part(2, given.hash), never)).toEqual({ as: "allowed" });
  });

  it("leaves the steward's office its last certificate", () => {
    const chain = growing(opening(1, 1));
    const remove: Wanted = { type: "remove", body: { fingerprint: author(1), reason: "lost", heads: {} } };
    expect(() => chain.write(author(1), remove)).toThrow("last-certificate");
    chain.write(author(1), { type: "certificate", body: { office: office(1), add: named(1, 2) } });
    chain.write(author(1), remove);
    expect(why(mayEnter(chain.state(), "consent", author(1)))).toBe("author-removed");
    expect(mayEnter(chain.state(), "consent", author(1, 2)).ok).toBe(true);
  });

  it("can be followed by a new role; what was written between stays held", () => {
    const chain = growing();
    chain.write(author(1), found(1));
    const given = chain.write(author(1), coManager(2));
    const removed = chain.write(author(1), {
      type: "remove",
      body: { office: office(2), reason: "left", heads: {} },
    });
    const again = chain.write(author(1), coManager(2));
    const state = chain.state();
    expect(standing(state, part(2, given.hash), never)).toEqual({ as: "held", why: "after-removal" });
    expect(standing(state, part(2, removed.hash), never)).toEqual({ as: "held", why: "after-removal" });
    expect(standing(state, part(2, again.hash), never)).toEqual({ as: "allowed" });
  });
});

describe("parts", () => {
  it("wait for the chain their author saw", () => {
    const chain = growing();
    expect(standing(chain.state(), part(1, unknownHash(1)), never)).toEqual({
      as: "held",
      why: "chain-ahead",
    });
  });

  it("of strangers, viewers and sections nobody founded are held", () => {
    const chain = growing();
    chain.write(author(1), viewer(3));
    const { head } = chain.state();
    expect(standing(chain.state(), part(8, head), never)).toEqual({ as: "held", why: "author-unknown" });
    expect(standing(chain.state(), part(3, head), never)).toEqual({ as: "held", why: "no-right" });
    expect(standing(chain.state(), part(1, head), never)).toEqual({ as: "held", why: "not-founded" });
    const family = part(1, head, { kind: "family", person: personId(1) });
    expect(standing(chain.state(), family, never)).toEqual({ as: "allowed" });
    chain.write(author(1), found(1, "visa"));
    expect(standing(chain.state(), part(1, head), never)).toEqual({ as: "held", why: "other-kind" });
  });

  it("of a closed section are late, of an erased one dropped", () => {
    const chain = growing();
    chain.write(author(1), found(1));
    const { head } = chain.state();
    chain.write(author(1), {
      type: "found",
      body: {
        section: sectionId(2),
        kind: "identity",
        from: sectionId(1),
        past: "closed",
        heads: [changeHash(1)],
      },
    });
    expect(standing(chain.state(), part(1, head), never)).toEqual({ as: "late", why: "closed" });
    expect(standing(chain.state(), part(1, head), () => true)).toEqual({ as: "allowed" });
    chain.write(author(1), erase(1));
    expect(standing(chain.state(), part(1, head), () => true)).toEqual({ as: "dropped", why: "erased" });
  });

  it("of a section struck by founding anew are dropped", () => {
    const chain = growing();
    chain.write(author(1), found(1));
    const { head } = chain.state();
    chain.write(author(1), {
      type: "found",
      body: { section: sectionId(2), kind: "identity", from: sectionId(1), past: "erased" },
    });
    expect(chain.state().erased.get(sectionId(1))).toMatchObject({ why: "struck", settled: true });
    expect(standing(chain.state(), part(1, head), never)).toEqual({ as: "dropped", why: "erased" });
    expect(() => chain.write(author(1), found(1, "visa"))).toThrow("section-known");
  });
});

describe("side entries", () => {
  it("take effect when seen and are folded in by the next main entry", () => {
    const chain = growing();
    chain.write(author(1), viewer(3));
    chain.write(author(1), consent(1));
    const no = chain.write(author(3), withdrawal(1));
    expect(chain.state().consents.get(consentId(1))?.withdrawn).toEqual({
      entry: no.hash,
      by: author(3),
      at: now,
    });
    expect(chain.state().pendingSides).toEqual([no.hash]);
    const next = chain.write(author(1), consent(2));
    expect(next.sides).toEqual([no.hash]);
    expect(chain.state().pendingSides).toEqual([]);
    expect(chain.state().consents.get(consentId(1))?.withdrawn).toBeDefined();
    expect(chain.state([no.hash]).missing).toEqual([no.hash]);
  });

  it("never count as a second child", () => {
    const chain = growing();
    chain.write(author(1), coManager(2));
    chain.write(author(1), consent(1));
    const elsewhere = branched(chain);
    elsewhere.write(author(2), withdrawal(1));
    chain.write(author(1), consent(2));
    chain.add(...elsewhere.entries);
    expect(chain.state().stopped).toBeUndefined();
    expect(chain.state().pendingSides).toHaveLength(1);
  });

  it("let a co-manager she named record her yes, and no other", () => {
    const chain = growing();
    chain.write(author(1), coManager(2));
    const yes = { type: "yes", body: { consent: consentId(1), commitment: commitment(1) } } as const;
    expect(() => chain.write(author(2), yes)).toThrow("no-right");
    chain.write(author(1), coManager(2, { certificates: [], mayRecordYes: true }));
    chain.write(author(2), yes);
    expect(chain.state().consents.get(consentId(1))?.by).toBe(author(2));
  });

  it("of a yes give way to the steward's consent of the same name", () => {
    const chain = growing();
    chain.write(author(1), coManager(2, { mayRecordYes: true }));
    const apart = branched(chain);
    apart.write(author(2), { type: "yes", body: { consent: consentId(1), commitment: commitment(2) } });
    chain.write(author(1), consent(1));
    chain.add(...apart.entries);
    expect(chain.state().consents.get(consentId(1))?.commitment).toBe(commitment(1));
  });

  it("of one name and two meanings count neither", () => {
    const chain = growing();
    for (const number of [2, 3]) chain.write(author(1), coManager(number, { mayRecordYes: true }));
    const apart = branched(chain);
    chain.write(author(2), { type: "yes", body: { consent: consentId(1), commitment: commitment(1) } });
    apart.write(author(3), { type: "yes", body: { consent: consentId(1), commitment: commitment(2) } });
    chain.add(...apart.entries);
    expect(chain.state().consents.has(consentId(1))).toBe(false);
    expect(chain.state().pendingSides).toEqual([]);
  });

  it("of a yes do not outlive a removal that had not folded them in", () => {
    const chain = growing();
    chain.write(author(1), coManager(2, { mayRecordYes: true }));
    chain.write(author(2), { type: "yes", body: { consent: consentId(1), commitment: commitment(1) } });
    chain.write(author(1), { type: "remove", body: { office: office(2), reason: "force", heads: {} } });
    expect(chain.state().consents.has(consentId(1))).toBe(false);
    expect(chain.state().ignored).toMatchObject([{ why: "author-removed" }]);
  });
});

describe("her no", () => {
  it("outlives the removal of the colleague who recorded it", () => {
    const chain = growing();
    chain.write(author(1), viewer(3));
    chain.write(author(1), consent(1));
    const { head, number } = chain.state();
    chain.write(author(1), { type: "remove", body: { office: office(3), reason: "force", heads: {} } });
    const base = { case: caseId(), at: now, sides: [], parent: head, number, author: author(3) };
    const no = forged({ ...base, ...withdrawal(1) });
    chain.add(no);
    expect(chain.state().consents.get(consentId(1))?.withdrawn?.entry).toBe(no.hash);
    expect(chain.state().pendingSides).toEqual([no.hash]);
    chain.write(author(1), consent(2));
    expect(chain.state().consents.get(consentId(1))?.withdrawn?.entry).toBe(no.hash);
    expect(() => chain.write(author(1), consent(1))).toThrow("consent-known");
  });
});

describe("handover", () => {
  it("takes an offer and an acceptance; the old office stays as the offer says", () => {
    const chain = growing();
    chain.write(author(1), coManager(2));
    chain.write(author(1), consent(1));
    const offered = chain.write(author(1), offer(2));
    expect(() => chain.write(author(1), consent(2))).toThrow("handover-standing");
    expect(() =>
      chain.write(author(3), { type: "handover-accepted", body: { offer: offered.hash, heads: {} } }),
    ).toThrow();
    chain.write(author(2), { type: "handover-accepted", body: { offer: offered.hash, heads: {} } });
    const state = chain.state();
    expect(state.steward).toBe(office(2));
    expect(state.offices.get(office(1))?.role).toBe("co-manager");
    expect(why(mayEnter(state, "consent", author(1)))).toBe("not-steward");
    chain.write(author(2), consent(3));
  });

  it("to an office that leaves the old one behind keeps what was accepted of it", () => {
    const chain = growing();
    const begun = chain.write(author(1), found(1));
    chain.write(author(1), viewer(2));
    const offered = chain.write(author(1), offer(2, "leave"));
    chain.write(author(2), {
      type: "handover-accepted",
      body: { offer: offered.hash, heads: { [sectionId(1)]: [changeHash(1)] } },
    });
    const state = chain.state();
    expect(state.offices.get(office(1))?.removed?.reason).toBe("left");
    expect(standing(state, part(1, begun.hash), (_, heads) => heads.length > 0)).toEqual({ as: "allowed" });
    expect(standing(state, part(1, begun.hash), never)).toEqual({ as: "held", why: "after-removal" });
    expect(standing(state, part(2, state.head), never)).toEqual({ as: "allowed" });
  });

  it("can be taken back before it is accepted, and her yes is recorded meanwhile", () => {
    const chain = growing();
    chain.write(author(1), coManager(2));
    const offered = chain.write(author(1), offer(2));
    chain.write(author(1), { type: "yes", body: { consent: consentId(1), commitment: commitment(1) } });
    chain.write(author(1), { type: "handover-withdrawn", body: { offer: offered.hash } });
    expect(() =>
      chain.write(author(2), { type: "handover-accepted", body: { offer: offered.hash, heads: {} } }),
    ).toThrow("no-offer");
    expect(chain.state().consents.has(consentId(1))).toBe(true);
  });
});

describe("succession", () => {
  const named2: Wanted = { type: "succession", body: { by: "named", votes: [], heads: {} } };

  it("is the named successor's alone", () => {
    const chain = growing();
    chain.write(author(1), coManager(2));
    chain.write(author(1), coManager(3));
    chain.write(author(1), { type: "successor", body: { office: office(2) } });
    expect(() => chain.write(author(3), named2)).toThrow("not-successor");
    chain.write(author(2), named2);
    expect(chain.state().steward).toBe(office(2));
    expect(chain.state().offices.get(office(1))?.removed?.reason).toBe("succeeded");
  });

  it("needs k votes at the same head from different co-managers", () => {
    const chain = growing();
    for (const number of [2, 3, 4]) chain.write(author(1), coManager(number));
    const coManagers = [office(2), office(3), office(4)];
    chain.write(author(1), { type: "successor", body: { k: 2, coManagers } });
    const vote: Wanted = { type: "vote", body: { successor: office(4) } };
    const stale = chain.write(author(2), vote);
    chain.write(author(1), consent(1));
    const second = chain.write(author(3), vote);
    const succeed = (votes: ChainHash[]): Wanted => ({
      type: "succession",
      body: { by: "co-managers", votes, heads: {} },
    });
    expect(() => chain.write(author(4), succeed([stale.hash, second.hash]))).toThrow("votes-missing");
    expect(() => chain.write(author(4), succeed([second.hash, second.hash]))).toThrow("votes-missing");
    const third = chain.write(author(2), vote);
    const done = chain.write(author(4), succeed([second.hash, third.hash]));
    expect(chain.state().steward).toBe(office(4));
    const early = chain.state([third.hash]);
    expect(early.steward).toBe(office(1));
    expect(early.waiting).toEqual([done.hash]);
    expect(early.missing).toEqual([third.hash]);
  });
});

describe("what is missing, wrong or double", () => {
  it("waits for a missing parent", () => {
    const chain = growing();
    const first = chain.write(author(1), consent(1));
    const second = chain.write(author(1), consent(2));
    const state = chain.state([first.hash]);
    expect(state.waiting).toEqual([second.hash]);
    expect(state.missing).toEqual([first.hash]);
    expect(state.consents.size).toBe(0);
  });

  it("stops at the parent of two children; protection on both lines holds", () => {
    const chain = growing();
    chain.write(author(1), found(1));
    chain.write(author(1), coManager(2));
    const before = chain.state();
    const clone = branched(chain);
    chain.write(author(1), { type: "remove", body: { office: office(2), reason: "force", heads: {} } });
    chain.write(author(1), found(2, "visa"));
    clone.write(author(1), consent(1));
    clone.write(author(1), erase(1));
    chain.add(...clone.entries);
    const state = chain.state();
    expect(state.head).toBe(before.head);
    expect(state.stopped?.children).toHaveLength(2);
    expect(state.consents.size).toBe(0);
    expect(why(mayEnter(state, "consent", author(1)))).toBe("stopped");
    expect(why(mayWrite(state, author(2), "family"))).toBe("author-removed");
    expect(state.erased.get(sectionId(1))?.settled).toBe(false);
    expect(standing(state, part(1, state.head), never)).toEqual({ as: "held", why: "erasure-disputed" });
    const visa = part(1, state.head, { section: sectionId(2), kind: "visa" });
    expect(standing(state, visa, never)).toEqual({ as: "allowed" });
    chain.write(author(1), withdrawal(1));
  });

  it("goes on where another member of the office revokes the certificate that wrote twice", () => {
    const chain = growing();
    const clone = branched(chain);
    const kept = chain.write(author(1), consent(1));
    const dropped = clone.write(author(1), consent(2));
    chain.add(dropped);
    const own = growing(
      chain.entries[0] as ChainEntry<"open">,
      chain.entries.filter(({ hash }) => hash !== dropped.hash),
    );
    const revoked = own.write(author(1, 2), {
      type: "remove",
      body: { fingerprint: author(1), reason: "lost", heads: {} },
    });
    const state = folded(chain.root, [...chain.entries, revoked]);
    expect(state.stopped).toBeUndefined();
    expect(state.head).toBe(revoked.hash);
    expect(kept.number).toBe(1);
    expect(state.ignored).toEqual([{ hash: dropped.hash, why: "disowned" }]);
  });

  it("ignores what follows an entry without right", () => {
    const chain = growing();
    chain.write(author(1), coManager(2));
    const { head, number } = chain.state();
    const base = { case: caseId(), at: now, sides: [] };
    const bad = forged({ ...base, number: number + 1, parent: head, author: author(2), ...consent(1) });
    const after = forged({ ...base, number: number + 2, parent: bad.hash, author: author(1), ...consent(2) });
    chain.add(after, bad);
    expect(chain.state().head).toBe(head);
    expect(new Map(chain.state().ignored.map((one) => [one.hash, one.why]))).toEqual(
      new Map([
        [bad.hash, "not-steward"],
        [after.hash, "follows-ignored"],
      ]),
    );
    chain.write(author(1), consent(3));
    expect(chain.state().number).toBe(number + 1);
  });
});

describe("the text", () => {
  it("says all of an entry and is read back the same", () => {
    const chain = growing();
    chain.write(author(1), coManager(2));
    chain.write(author(1), consent(1));
    chain.write(author(2), withdrawal(1));
    chain.write(author(1), found(1));
    for (const entry of chain.entries) {
      expect(readEntry(entryText(entry), entry.hash)).toEqual({ ok: true, value: entry });
    }
  });

  it("refuses other texts for the same entry", () => {
    const chain = growing();
    const entry = chain.write(author(1), consent(1));
    const text = entryText(entry);
    const wrong = [
      text.replace("line main", "line side"),
      text.replace("number 1", "number 01"),
      text.replace("number 1", "number -1"),
      text.replace(/parent .*/u, "parent none"),
      text.replace("type consent", "type gift"),
      text.replace('{"commitment"', '{ "commitment"'),
      text.replace('"consent":', '"more":1,"consent":'),
      text.replace("sides -", `sides ${unknownHash(1)},`),
      text.slice(0, -1),
      text.replace("waypost/chain/1", "waypost/part/1"),
    ];
    for (const one of wrong) expect(readEntry(one, entry.hash).ok, one).toBe(false);
  });

  it("is not made where it would be too large or unsound", () => {
    const state = growing().state();
    const certificates = Array.from({ length: 8 }, (_, index) => ({
      ...named(2, index),
      certificate: "x".repeat(10_000),
    }));
    const large = nextEntry(state, {
      ...coManager(2, { certificates }),
      author: author(1),
      at: now,
    } as never);
    expect(why(large)).toBe("too-large");
    const unsound = nextEntry(state, {
      type: "consent",
      body: { consent: "?" },
      author: author(1),
      at: now,
    } as never);
    expect(why(unsound)).toBe("body-unsound");
  });
});
