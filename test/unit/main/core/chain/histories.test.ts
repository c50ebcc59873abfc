// Random histories by several offices, clones and strangers: the same set of entries always says the same.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  activeCertificates,
  foldChain,
  nextEntry,
  standing,
} from "../../../../../main/core/chain/chain.rules.ts";
import type { ChainState, Wanted } from "../../../../../main/core/chain/chain.rules.ts";
import { isSideType, type ChainEntry } from "../../../../../shared/vocabulary/chain.ts";
import type { ChainHash } from "../../../../../shared/vocabulary/ids.ts";
import {
  author,
  caseId,
  coManager,
  changeHash,
  commitment,
  consentId,
  folded,
  forged,
  named,
  now,
  office,
  opening,
  partId,
  plain,
  sectionId,
  unknownHash,
} from "../../../../support/chain.ts";

const small = fc.integer({ min: 1, max: 4 });
const heads = fc
  .record({ section: small, change: small })
  .map(({ section, change }) => ({ [sectionId(section)]: [changeHash(change)] }));
const reason = fc.constantFrom("left", "force", "revoked");

/** What somebody wants to enter; hashes are filled in from the entries there are. */
type Wish = (pick: (index: number) => ChainHash) => Wanted;
const wish = <T>(
  of: fc.Arbitrary<T>,
  make: (value: T, pick: (index: number) => ChainHash) => Wanted,
): fc.Arbitrary<Wish> => of.map((value) => (pick) => make(value, pick));

const certificates = fc.uniqueArray(fc.record({ office: small, member: small }), {
  maxLength: 2,
  selector: (one) => `${one.office}.${one.member}`,
});
const wishes: fc.Arbitrary<Wish> = fc.oneof(
  wish(
    fc.record({
      to: small,
      role: fc.constantFrom("co-manager", "viewer"),
      yes: fc.boolean(),
      certificates,
      heads,
    }),
    (value) => ({
      type: "role",
      body: {
        office: office(value.to),
        role: value.role as "viewer",
        mayRecordYes: value.yes,
        certificates: [
          named(value.to),
          ...value.certificates
            .filter((one) => one.office === value.to && one.member > 1)
            .map((one) => named(one.office, one.member)),
        ],
        heads: value.heads,
      },
    }),
  ),
  wish(fc.record({ to: small, member: small }), ({ to, member }) => ({
    type: "certificate",
    body: { office: office(to), add: named(to, member) },
  })),
  wish(fc.record({ to: small, reason, heads }), (value) => ({
    type: "remove",
    body: { office: office(value.to), reason: value.reason as "left", heads: value.heads },
  })),
  wish(fc.record({ to: small, member: small, reason, heads }), (value) => ({
    type: "remove",
    body: { fingerprint: author(value.to, value.member), reason: value.reason as "left", heads: value.heads },
  })),
  wish(small, (number) => ({ type: "accept", body: { parts: [partId(number)] } })),
  wish(fc.tuple(small, small), ([one, other]) => ({
    type: "consent",
    body: { consent: consentId(one), commitment: commitment(other) },
  })),
  wish(fc.tuple(small, fc.constantFrom("identity", "visa")), ([number, kind]) => ({
    type: "found",
    body: { section: sectionId(number), kind, past: "none" },
  })),
  wish(fc.tuple(small, small, fc.boolean()), ([number, from, closed]) => ({
    type: "found",
    body: closed
      ? {
          section: sectionId(number),
          kind: "identity",
          from: sectionId(from + 4),
          past: "closed",
          heads: [changeHash(1)],
        }
      : { section: sectionId(number), kind: "identity", from: sectionId(from + 4), past: "erased" },
  })),
  wish(small, (number) => ({ type: "erase", body: { section: sectionId(number), why: "her-wish" } })),
  wish(small, (number) => ({ type: "successor", body: { office: office(number) } })),
  wish(fc.constant(0), () => ({
    type: "successor",
    body: { k: 2, coManagers: [office(2), office(3), office(4)] },
  })),
  wish(fc.tuple(small, fc.boolean()), ([number, leave]) => ({
    type: "handover-offered",
    body: { to: office(number), agreed: { how: "telephone", at: 1 }, then: leave ? "leave" : "co-manager" },
  })),
  wish(fc.nat(), (index, pick) => ({ type: "handover-withdrawn", body: { offer: pick(index) } })),
  wish(fc.tuple(fc.nat(), heads), ([index, accepted], pick) => ({
    type: "handover-accepted",
    body: { offer: pick(index), heads: accepted },
  })),
  wish(
    fc.tuple(fc.boolean(), fc.array(fc.nat(), { maxLength: 3 }), heads),
    ([byName, votes, accepted], pick) => ({
      type: "succession",
      body: { by: byName ? "named" : "co-managers", votes: byName ? [] : votes.map(pick), heads: accepted },
    }),
  ),
  wish(small, (number) => ({ type: "withdrawal", body: { consent: consentId(number) } })),
  wish(fc.tuple(small, small), ([one, other]) => ({
    type: "yes",
    body: { consent: consentId(one), commitment: commitment(other) },
  })),
  wish(small, (number) => ({ type: "vote", body: { successor: office(number) } })),
);

/** Several steps that seldom happen to follow one another. */
const stories = ["handover", "named successor", "votes"] as const;

type Step = {
  wish: Wish;
  honest: boolean;
  story: (typeof stories)[number] | undefined;
  by: number;
  member: number;
  behind: number;
  slip: number;
};
const steps = fc.array(
  fc.record({
    wish: wishes,
    honest: fc.integer({ min: 0, max: 9 }).map((number) => number < 7),
    story: fc.oneof(
      { weight: 12, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...stories) },
    ),
    by: fc.integer({ min: 1, max: 5 }),
    member: small,
    /** How many entries the writer has not seen. */
    behind: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(6) }),
    slip: fc.nat(40),
  }),
  { minLength: 5, maxLength: 40 },
);

const root = opening(1, 3);

/** The offers and heads of the present are picked more often than others. */
function pickFrom(state: ChainState, entries: readonly ChainEntry[]) {
  const votes = [...state.votes.keys()];
  const likely = [...(state.handover ? [state.handover.offer] : []), ...votes];
  return (index: number) =>
    likely.length > 0 && index % 4 > 0
      ? (likely[index % likely.length] as ChainHash)
      : (entries[index % entries.length] as ChainEntry).hash;
}

const prelude = [root];
for (const number of [2, 3, 4]) {
  const next = nextEntry(folded(root.hash, prelude), {
    ...coManager(number, { mayRecordYes: number === 2 }),
    author: author(1),
    at: now,
  });
  if (next.ok) prelude.push(forged(next.value.claim) as ChainEntry<"open">);
}

function told(story: (typeof stories)[number]): Wish[] {
  const successor: Wish = () => ({ type: "successor", body: { office: office(3) } });
  const voters: Wish = () => ({
    type: "successor",
    body: { k: 2, coManagers: [office(2), office(3), office(4)] },
  });
  const vote: Wish = () => ({ type: "vote", body: { successor: office(4) } });
  const succession =
    (by: "named" | "co-managers", votes: number): Wish =>
    (pick) => ({
      type: "succession",
      body: { by, votes: Array.from({ length: votes }, (_, index) => pick(index + 5)), heads: {} },
    });
  const offered: Wish = () => ({
    type: "handover-offered",
    body: { to: office(2), agreed: { how: "telephone", at: 1 }, then: "co-manager" },
  });
  const accepted: Wish = (pick) => ({ type: "handover-accepted", body: { offer: pick(1), heads: {} } });
  if (story === "handover") return [offered, accepted];
  return story === "votes"
    ? [voters, vote, vote, succession("co-managers", 2)]
    : [successor, succession("named", 0)];
}

function play(script: readonly Step[]): ChainEntry[] {
  const entries: ChainEntry[] = [...prelude];
  for (const step of script) {
    if (step.story) {
      for (const next of told(step.story)) {
        const state = folded(root.hash, entries);
        const entry = honest(state, step, next(pickFrom(state, entries)));
        if (entry) entries.push(entry);
      }
    }
    const seen = entries.slice(0, Math.max(1, entries.length - step.behind));
    const state = folded(root.hash, seen);
    const wanted = step.wish(pickFrom(state, seen));
    const entry = step.honest ? honest(state, step, wanted) : attack(state, seen, step, wanted);
    if (entry) entries.push(entry);
  }
  return entries;
}

/** Whoever may write it writes it, if anyone may. */
function honest(state: ChainState, step: Step, wanted: Wanted): ChainEntry | undefined {
  const voted = new Set([...state.votes.values()].map((vote) => vote.office));
  const others = [office(4), office(2), office(3), office(step.by)].filter(
    (one) => !(wanted.type === "vote" && voted.has(one)),
  );
  const offices = [state.steward, ...(state.handover ? [state.handover.to] : []), ...others];
  for (const writer of offices.flatMap((one) => activeCertificates(state, one))) {
    const next = nextEntry(state, { ...wanted, author: writer, at: now });
    if (next.ok) return forged(next.value.claim);
  }
  return undefined;
}

/** Anyone, strangers too, at any parent, right or not. */
function attack(state: ChainState, seen: readonly ChainEntry[], step: Step, wanted: Wanted): ChainEntry {
  const back = seen[step.slip % seen.length] as ChainEntry;
  const head = step.slip % 3 === 0 ? { hash: state.head, number: state.number } : back;
  const side = isSideType(wanted.type);
  return forged({
    ...wanted,
    case: caseId(step.slip === 40 ? 2 : 1),
    number: head.number + (side ? 0 : 1) + (step.slip === 39 ? 1 : 0),
    parent: step.slip === 38 ? unknownHash(step.by) : head.hash,
    author: author(step.by, step.member),
    at: now,
    sides: side ? [] : state.pendingSides.slice(0, step.slip % 3),
  });
}

const history = steps.map(play);
const runs = { numRuns: 400 };

describe("random histories", () => {
  it("give one state for one set, in any order and any number of times", () => {
    fc.assert(
      fc.property(
        history,
        fc.array(fc.nat()),
        fc.array(fc.nat(), { maxLength: 10 }),
        (entries, order, doubles) => {
          const expected = plain(folded(root.hash, entries));
          const shuffled = entries
            .map((entry, index) => ({
              entry,
              key: ((order[index % (order.length || 1)] ?? 7) * 31 + index * 17) % 101,
            }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ entry }) => entry);
          const doubled = [
            ...doubles.map((index) => entries[index % entries.length] as ChainEntry),
            ...shuffled,
          ];
          expect(plain(folded(root.hash, doubled))).toEqual(expected);
          expect(plain(folded(root.hash, entries.toReversed()))).toEqual(expected);
        },
      ),
      runs,
    );
  });

  it("never revive an erased section, undo a withdrawal, or take an entry's right away by adding entries", () => {
    fc.assert(
      fc.property(history, fc.array(fc.boolean(), { minLength: 50, maxLength: 50 }), (entries, chosen) => {
        const some = folded(
          root.hash,
          entries.filter((entry, index) => entry === root || chosen[index % chosen.length]),
        );
        const all = folded(root.hash, entries);
        for (const section of some.erased.keys()) {
          expect(all.erased.has(section)).toBe(true);
          const claim = { id: partId(1), section, kind: "identity", author: author(1), chain: root.hash };
          expect(["dropped", "held"]).toContain(standing(all, claim, () => true).as);
        }
        for (const [consent, { withdrawn }] of some.consents) {
          if (withdrawn && all.consents.has(consent))
            expect(all.consents.get(consent)?.withdrawn).toBeDefined();
        }
        for (const hash of some.positions.keys()) expect(all.positions.has(hash)).toBe(true);
      }),
      runs,
    );
  });

  it("put in effect what the rules let someone write", () => {
    fc.assert(
      fc.property(history, wishes, small, (entries, make, by) => {
        const state = folded(root.hash, entries);
        const wanted = make(pickFrom(state, entries));
        for (const writer of activeCertificates(state, office(by))) {
          const next = nextEntry(state, { ...wanted, author: writer, at: now });
          if (!next.ok) continue;
          const entry = forged(next.value.claim);
          const after = folded(root.hash, [...entries, entry]);
          if (isSideType(entry.type)) {
            expect(after.ignored.map(({ hash }) => hash)).not.toContain(entry.hash);
          } else if (!entries.some((other) => other.hash === entry.hash)) {
            expect(after.positions.has(entry.hash)).toBe(true);
            expect(after.stopped ?? after.head).toEqual(entry.hash);
            for (const side of next.value.claim.sides) expect(after.pendingSides).not.toContain(side);
          }
        }
      }),
      runs,
    );
  });

  it("say the same with and without what strangers wrote", () => {
    fc.assert(
      fc.property(history, (entries) => {
        const all = folded(root.hash, entries);
        const known = new Set(all.certificates.keys());
        const own = entries.filter(
          (entry) => ![1, 2, 3, 4].some((member) => entry.author === author(5, member)),
        );
        const without = folded(root.hash, own);
        expect(known.has(author(5))).toBe(false);
        expect(without.head).toBe(all.head);
        expect(plain({ ...without, ignored: [], waiting: [], missing: [] })).toEqual(
          plain({ ...all, ignored: [], waiting: [], missing: [] }),
        );
      }),
      runs,
    );
  });

  it("reach every part of the rules", () => {
    const seen = new Set<string>();
    for (const entries of fc.sample(history, { numRuns: 400, seed: 1 })) {
      const state = foldChain(root.hash, entries);
      if (state === undefined) continue;
      if (state.stopped) seen.add("stopped");
      if (state.steward !== office(1)) seen.add("another steward");
      if (state.offices.get(office(1))?.removed?.reason === "succeeded") seen.add("succeeded");
      if (state.erased.size > 0) seen.add("erased");
      if ([...state.erased.values()].some(({ settled }) => !settled)) seen.add("erasure unsettled");
      if ([...state.consents.values()].some(({ withdrawn }) => withdrawn)) seen.add("withdrawn");
      for (const { why } of state.ignored) seen.add(why);
    }
    for (const what of [
      "stopped",
      "another steward",
      "succeeded",
      "votes-missing",
      "erased",
      "erasure unsettled",
      "withdrawn",
      "disowned",
      "author-removed",
      "follows-ignored",
    ]) {
      expect(seen, what).toContain(what);
    }
  });
});
