// The gate, against an oracle of its own: whatever was recorded and taken back, nothing goes that a living consent does not cover.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Milliseconds } from "../../../../../shared/brand.ts";
import type { ConsentBody, ConsentBy, SectionName } from "../../../../../shared/vocabulary/consent.ts";
import type { PartialDate } from "../../../../../shared/vocabulary/dates.ts";
import type {
  CaseId,
  ChainHash,
  ConsentId,
  Fingerprint,
  PersonId,
} from "../../../../../shared/vocabulary/ids.ts";
import type { Purpose } from "../../../../../shared/vocabulary/purposes.ts";
import { sectionSchemas } from "../../../../../shared/vocabulary/sections/index.ts";
import { Trust } from "../../../../../shared/vocabulary/trust.ts";
import {
  clearedField,
  decideRelease,
  decideShare,
  isCleared,
  releaseChoices,
  shareChoices,
} from "../../../../../main/core/consent/consent.rules.ts";
import { covers } from "../../../../../main/core/consent/covering.rules.ts";
import { grownOn } from "../../../../../main/core/consent/grown.rules.ts";
import {
  sectionKey,
  type Grown,
  type HeldConsent,
  type HeldExtract,
  type Situation,
} from "../../../../../main/core/consent/situation.rules.ts";

const hex = (digit: string, length: number) => digit.repeat(length);
const persons = [hex("1", 32), hex("2", 32)] as PersonId[];
const cases = [hex("a", 32), hex("b", 32)] as CaseId[];
const fingerprints = [hex("A", 40), hex("B", 40)] as Fingerprint[];
const purposes: Purpose[] = ["visa", "joint-protection", "media"];
const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const dayAt = (index: number) => new Date(start + index * day).toISOString().slice(0, 10);

const sections: SectionName[] = [
  { kind: "identity" },
  { kind: "reach" },
  { kind: "plan" },
  { kind: "journal" },
  ...persons.map((person): SectionName => ({ kind: "family", person })),
];
const familyPatterns = [
  "names.asInPassport",
  "names.wanted",
  "birth.date",
  "birth.place",
  "relation.kind",
  "relation.proof",
  "papers.held.*.number",
  "papers.held.*.mrz",
  "papers.held.*.kind",
  "papers.held.*.note",
  "papers.held.*.heldBy",
  "health.line",
  "contact.wish",
];
const patterns = ["names.wanted", "birth.date", "papers.held.*.number", "channels.*.address"];
const consented = ["*", "names", "names.*", "papers.held", "papers.held.*.number", "birth.date", "health"];

type State = {
  consents: HeldConsent[];
  extracts: HeldExtract[];
  now: number;
  grown: Grown[];
  asked: boolean[];
  ourRole: Situation["ourRole"];
  trust: Situation["recipient"]["trust"];
  role: Situation["recipient"]["role"];
  recipient: Fingerprint;
  stopped: boolean;
  named: boolean;
};
type Step = (state: State) => void;

const by: fc.Arbitrary<ConsentBy> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<ConsentBy>({ who: "her" }) },
  {
    weight: 4,
    arbitrary: fc.record({
      who: fc.constantFrom("person" as const, "her-word-for" as const, "authority-over-child" as const),
      person: fc.constantFrom(...persons),
    }),
  },
  { weight: 1, arbitrary: fc.constant<ConsentBy>({ who: "named-decider", name: "n", event: "missing" }) },
);

const body = fc
  .record({
    case: fc.constantFrom(cases[0], cases[0], cases[0], cases[1]),
    act: fc.constantFrom("share" as const, "release" as const),
    by,
    recipient: fc.constantFrom(...fingerprints),
    sections: fc.subarray(sections, { minLength: 1 }),
    fields: fc.subarray(consented, { minLength: 1 }),
    past: fc.boolean(),
    purpose: fc.constantFrom(...purposes),
    begins: fc.boolean(),
    until: fc.option(fc.nat(20)),
  })
  .map(
    ({ recipient, fields, begins, until, ...rest }) =>
      ({
        ...rest,
        recipient: { kind: "contact", fingerprint: recipient },
        ...(rest.act === "release" ? { fields: rest.sections.map((section) => ({ section, fields })) } : {}),
        ...(begins ? { begins: { event: "missing", known: "by her word" } } : {}),
        until: until === null ? { event: "when she has arrived" } : { day: dayAt(until) },
        given: {
          at: 1,
          how: "spoken",
          language: "en",
          alone: "yes",
          risksTold: "yes",
          recordedBy: fingerprints[0],
        },
      }) as Omit<ConsentBody, "id">,
  );

/** What happens to a case: yes, no, days passing, ages becoming known, roles and trust changing. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: body.map((given): Step => (state) => {
      const id = state.consents.length.toString(16).padStart(32, "0") as ConsentId;
      state.consents.push({ body: { ...given, id } as ConsentBody, withdrawn: false });
    }),
  },
  {
    weight: 2,
    arbitrary: fc.nat(20).map((pick): Step => (state) => {
      const at = pick % Math.max(1, state.consents.length);
      const taken = state.consents[at];
      if (taken !== undefined) state.consents[at] = { ...taken, withdrawn: true };
    }),
  },
  {
    weight: 1,
    arbitrary: fc.nat(8).map(
      (days): Step =>
        (state) =>
          void (state.now += days * day),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(1), fc.constantFrom<Grown>("adult", "child", "unknown")).map(
      ([which, grown]): Step =>
        (state) =>
          void (state.grown[which] = grown),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(1), fc.boolean()).map(
      ([which, asked]): Step =>
        (state) =>
          void (state.asked[which] = asked),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<Situation["ourRole"]>("steward", "steward", "co-manager", "viewer", "none")
      .map(
        (role): Step =>
          (state) =>
            void (state.ourRole = role),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        role: fc.constantFrom<Situation["ourRole"]>("co-manager", "co-manager", "viewer", "steward", "none"),
        trust: fc.constantFrom(...Trust.options, "verified" as const, "verified" as const),
        recipient: fc.constantFrom(...fingerprints),
      })
      .map(
        (change): Step =>
          (state) =>
            void Object.assign(state, change),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(9).map(
      (n): Step =>
        (s) =>
          void Object.assign(s, { stopped: n === 0, named: n !== 1 }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ section: fc.constantFrom(...sections), withdrawn: fc.boolean(), days: fc.nat(20) })
      .map(({ section, withdrawn, days }): Step => (state) => {
        state.extracts.push({
          section,
          withdrawn,
          consent: hex("e", 32) as ConsentId,
          checkAgainBy: (start + days * day) as Milliseconds,
        });
      }),
  },
);

const situationOf = (state: State): Situation => ({
  now: state.now as Milliseconds,
  case: cases[0] as CaseId,
  chainHead: hex("c", 64) as ChainHash,
  chainStopped: state.stopped,
  ourRole: state.ourRole,
  named: state.named,
  recipient: { fingerprint: state.recipient, trust: state.trust, role: state.role },
  consents: state.consents,
  extracts: state.extracts,
  grown: (person) => state.grown[persons.indexOf(person)] ?? "unknown",
  asked: (person) => state.asked[persons.indexOf(person)] === true,
});

/** The oracle: the sentences of the design one by one, in none of the gate's words. */
function alive(
  state: State,
  { body: given, withdrawn }: HeldConsent,
  act: string,
  purpose: Purpose,
  toAnyone = false,
): boolean {
  if (withdrawn || given.begins !== undefined) return false;
  if (given.until.day !== undefined && new Date(`${given.until.day}T23:59:59.999Z`).getTime() < state.now)
    return false;
  return (
    given.act === act &&
    given.case === cases[0] &&
    given.purpose === purpose &&
    given.recipient.kind === "contact" &&
    (toAnyone || given.recipient.fingerprint === state.recipient)
  );
}

const names = (given: ConsentBody, section: SectionName) =>
  given.sections.some((one) => one.kind === section.kind && one.person === section.person);

function speaksFor(state: State, given: ConsentBody, section: SectionName): boolean {
  if (section.person === undefined) return given.by.who === "her";
  const age = state.grown[persons.indexOf(section.person)];
  if (!("person" in given.by) || given.by.person !== section.person) return false;
  return age === "child" ? given.by.who === "authority-over-child" : given.by.who === "person";
}

const passport = /^papers\.held\.\*\.(?!note$|heldBy$|mrz$|mrzChecked$)/;
const herWord = (pattern: string) =>
  /^(names\.(asInPassport|ownScript)|birth\.date|relation\.(kind|asPapersShow))$/.test(pattern) ||
  passport.test(pattern);

const shareable = (state: State, section: SectionName, purpose: Purpose): boolean => {
  if (state.stopped || state.trust !== "verified" || state.role === "none" || !state.named) return false;
  if ((section.kind === "plan" || section.kind === "journal") && state.role === "viewer") return false;
  const said = state.consents.some(
    (one) =>
      alive(state, one, "share", purpose) && names(one.body, section) && speaksFor(state, one.body, section),
  );
  if (state.ourRole === "steward") return said;
  if (state.role !== "steward") return false;
  const spoken = state.extracts.filter(
    (one) => one.section.kind === section.kind && one.section.person === section.person,
  );
  return spoken.length === 0 ? said : spoken.some((one) => !one.withdrawn && one.checkAgainBy >= state.now);
};

/** Her word for this relative: nobody asked yet, no child, no no of this person's own, one recipient among all her words. */
function herWordStands(state: State, person: PersonId): boolean {
  const at = persons.indexOf(person);
  const spoken = state.consents.filter((one) => one.body.case === cases[0]);
  const own = spoken.filter((one) => one.body.by.who === "person" && one.body.by.person === person);
  const words = spoken.filter(
    (one) =>
      one.body.by.who === "her-word-for" &&
      one.body.by.person === person &&
      (["share", "release"] as const).some((act) => alive(state, one, act, one.body.purpose, true)),
  );
  const told = new Set(words.map((one) => JSON.stringify(one.body.recipient)));
  const refused = own.some(
    (one) =>
      one.withdrawn &&
      JSON.stringify(one.body.recipient) ===
        JSON.stringify({ kind: "contact", fingerprint: state.recipient }),
  );
  return state.grown[at] !== "child" && state.asked[at] !== true && !refused && told.size === 1;
}

/** `year` where only her word for a relative lets it go. */
function releasable(
  state: State,
  section: SectionName,
  pattern: string,
  purpose: Purpose,
): readonly ("whole" | "year")[] {
  if (state.stopped || state.trust !== "verified" || state.ourRole !== "steward") return [];
  if (section.kind === "plan" || section.kind === "journal") return [];
  return state.consents.flatMap((one) => {
    if (!alive(state, one, "release", purpose) || !names(one.body, section)) return [];
    const listed = one.body.fields?.find((field) => sectionKey(field.section) === sectionKey(section));
    if (listed?.fields.some((field) => field === "*" || under(field, pattern)) !== true) return [];
    if (speaksFor(state, one.body, section)) return ["whole" as const];
    const asked = one.body.by;
    return asked.who === "her-word-for" &&
      asked.person === section.person &&
      herWord(pattern) &&
      herWordStands(state, asked.person)
      ? ["year" as const]
      : [];
  });
}

const under = (field: string, pattern: string): boolean => {
  const source = field.split(".").map((part) => (part === "*" ? "[^.]+" : part.replace(/[*]/g, "\\*")));
  return new RegExp(`^${source.join("\\.")}(\\.|$)`).test(pattern);
};

const fresh = (): State => ({
  consents: [],
  extracts: [],
  now: start,
  grown: ["unknown", "unknown"],
  asked: [false, false],
  ourRole: "steward",
  trust: "verified",
  role: "co-manager",
  recipient: fingerprints[0] as Fingerprint,
  stopped: false,
  named: true,
});

describe("whatever was recorded, taken back or ended", () => {
  const seen = { share: 0, release: 0, refusedShare: 0, refusedRelease: 0, year: 0 };

  test("a share goes exactly where a living consent, or an extract of one, covers every section", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
        const state = fresh();
        for (const one of steps) {
          one(state);
          const situation = situationOf(state);
          for (const purpose of purposes) {
            for (const section of sections) {
              const decided = decideShare(situation, { sections: [section], purpose });
              expect(decided.ok).toBe(shareable(state, section, purpose));
              seen[decided.ok ? "share" : "refusedShare"] += 1;
            }
            const all = decideShare(situation, { sections, purpose });
            expect(all.ok).toBe(sections.every((section) => shareable(state, section, purpose)));
            if (!all.ok && all.error.type === "NotCleared")
              expect(all.error.refused.map((one) => sectionKey(one.section))).toEqual(
                sections.filter((section) => !shareable(state, section, purpose)).map(sectionKey),
              );
            expect(
              shareChoices(situation, sections, purpose).map(({ refused }) => refused === undefined),
            ).toEqual(sections.map((section) => shareable(state, section, purpose)));
          }
        }
      }),
      { numRuns: 600 },
    );
    expect(seen.share).toBeGreaterThan(30);
    expect(seen.refusedShare).toBeGreaterThan(500);
  });

  test("a release goes exactly where a living consent covers every field, by who may say so", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
        const state = fresh();
        for (const one of steps) {
          one(state);
          const situation = situationOf(state);
          for (const purpose of purposes)
            for (const section of sections)
              for (const pattern of section.kind === "family" ? familyPatterns : patterns) {
                const ways = releasable(state, section, pattern, purpose);
                const decided = decideRelease(situation, { fields: [{ section, pattern }], purpose });
                expect([pattern, decided.ok]).toEqual([pattern, ways.length > 0]);
                seen[decided.ok ? "release" : "refusedRelease"] += 1;
                if (!decided.ok) continue;
                const [field] = decided.value.facts.fields;
                expect(field?.byHerWord).toBe(!ways.includes("whole"));
                if (field?.byHerWord === true) seen.year += 1;
              }
        }
      }),
      { numRuns: 300 },
    );
    expect(seen.release).toBeGreaterThan(30);
    expect(seen.refusedRelease).toBeGreaterThan(300);
    expect(seen.year).toBeGreaterThan(2);
  });
});

const said = (change: Partial<ConsentBody> = {}): HeldConsent => ({
  withdrawn: false,
  body: {
    id: hex("1", 32) as ConsentId,
    case: cases[0] as CaseId,
    act: "share",
    by: { who: "her" },
    recipient: { kind: "contact", fingerprint: fingerprints[0] as Fingerprint },
    sections: [{ kind: "identity" }],
    past: false,
    purpose: "visa",
    until: { day: "2026-12-31" },
    given: {
      at: 1,
      how: "spoken",
      language: "en",
      alone: "yes",
      risksTold: "yes",
      recordedBy: fingerprints[0] as Fingerprint,
    },
    ...change,
  },
});

describe("what is offered for a release", () => {
  const identity: SectionName = { kind: "identity" };
  const offered = (change: Partial<ConsentBody>, withdrawn = false) =>
    releaseChoices(
      situationOf({ ...fresh(), consents: [{ ...said({ act: "release", ...change }), withdrawn }] }),
      [identity, { kind: "reach" }],
      "visa",
    );
  const fields = (...named: string[]) => ({ fields: [{ section: identity, fields: named }] });

  test("all of a section, or just what her yes names of it, as a release then takes it", () => {
    expect(offered(fields("*"))).toEqual([
      { section: identity, fields: ["*"], refused: undefined },
      { section: { kind: "reach" }, fields: [], refused: "no-consent" },
    ]);
    const [some] = offered(fields("names"));
    const leaves = Object.keys(sectionSchemas.identity.fields);
    expect(some?.fields).toEqual(leaves.filter((pattern) => pattern.startsWith("names.")));
    expect(some?.fields.length).toBeGreaterThan(1);
  });

  test("nothing of what was taken back or ended, with that reason", () => {
    expect(offered(fields("names"), true)[0]).toMatchObject({ fields: [], refused: "withdrawn" });
    expect(offered({ ...fields("names"), until: { day: "2001-01-01" } })[0]).toMatchObject({
      fields: [],
      refused: "ended",
    });
  });
});

describe("a clearance", () => {
  const asked: SectionName[] = [{ kind: "identity" }];
  const cleared = () => {
    const decided = decideShare(situationOf({ ...fresh(), consents: [said()] }), {
      sections: asked,
      purpose: "visa",
    });
    if (!decided.ok) throw new Error("refused");
    return decided.value;
  };

  test("cannot be made from one: look-alikes, copies, heirs, proxies, JSON, its own constructor", () => {
    const real = cleared();
    expect(isCleared(real)).toBe(true);
    const Maker = real.constructor as unknown as new (facts: unknown) => object;
    const Called = Object.getPrototypeOf(real) as { constructor: new (facts: unknown) => object };
    const forgeries: unknown[] = [
      { facts: real.facts },
      Object.fromEntries(Object.entries(real)),
      Object.create(real as object),
      Object.create(Object.getPrototypeOf(real) as object, { facts: { value: real.facts } }),
      Object.setPrototypeOf({ facts: real.facts }, Object.getPrototypeOf(real) as object),
      Object.assign(Object.create(Object.getPrototypeOf(real) as object) as object, {}),
      structuredClone({ facts: real.facts }),
      JSON.parse(JSON.stringify(real)),
      new Proxy(real, {}),
      new Maker(real.facts),
      new Called.constructor(real.facts),
      undefined,
      null,
      "cleared",
      () => real,
    ];
    expect(forgeries.map((one) => isCleared(one))).toEqual(forgeries.map(() => false));
  });

  test("cannot be widened by who asked or who holds it", () => {
    const real = cleared();
    asked.push({ kind: "reach" });
    expect(real.facts.sections).toEqual([{ kind: "identity" }]);
    asked.pop();
    for (const widen of [
      () => (real.facts.sections as SectionName[]).push({ kind: "reach" }),
      () => Object.assign(real.facts.sections[0] ?? {}, { kind: "reach" }),
      () => (real.facts.consents as unknown as string[]).push("x"),
      () => Object.assign(real.facts, { recipient: fingerprints[1] }),
      () => Object.assign(real, { facts: {} }),
    ])
      expect(widen).toThrow(TypeError);
    expect(real.facts.sections).toEqual([{ kind: "identity" }]);
  });

  test("of a release answers only for the fields it names", () => {
    const decided = decideRelease(
      situationOf({
        ...fresh(),
        consents: [
          said({
            act: "release",
            fields: [{ section: { kind: "identity" }, fields: ["names", "birth.date"] }],
          }),
        ],
      }),
      { fields: [{ section: { kind: "identity" }, pattern: "names.wanted" }], purpose: "visa" },
    );
    if (!decided.ok) throw new Error("refused");
    const may = (path: string[]) => clearedField(decided.value, { kind: "identity" }, path) !== undefined;
    expect(may(["names", "wanted"])).toBe(true);
    expect(may(["birth", "date"])).toBe(false);
    expect(may(["names"])).toBe(false);
    expect(may(["constructor"])).toBe(false);
    expect(clearedField(decided.value, { kind: "reach" }, ["names", "wanted"])).toBeUndefined();
  });

  test("says when the first of its consents ends, and lets the past go only where all name it", () => {
    const both: SectionName[] = [{ kind: "identity" }, { kind: "reach" }];
    const consents = [
      said({ past: true }),
      said({ id: hex("2", 32) as ConsentId, sections: [{ kind: "reach" }], until: { day: "2026-02-01" } }),
    ];
    const decided = decideShare(situationOf({ ...fresh(), consents }), { sections: both, purpose: "visa" });
    expect(decided.ok && decided.value.facts.until).toBe("2026-02-01");
    expect(decided.ok && decided.value.facts.past).toBe(false);
    expect(decided.ok && decided.value.facts.consents).toHaveLength(2);
  });

  test("is never given for nothing", () => {
    const situation = situationOf({ ...fresh(), consents: [said()] });
    expect(decideShare(situation, { sections: [], purpose: "visa" }).ok).toBe(false);
    expect(decideRelease(situation, { fields: [], purpose: "visa" }).ok).toBe(false);
  });
});

describe("who may say yes for a person of the family", () => {
  const person = persons[0] as PersonId;
  const section: SectionName = { kind: "family", person };
  const decide = (who: ConsentBy, grown: Grown) => {
    const decided = decideShare(
      situationOf({
        ...fresh(),
        grown: [grown, "unknown"],
        consents: [said({ by: who, sections: [section] })],
      }),
      { sections: [section], purpose: "visa" },
    );
    if (decided.ok) return "goes";
    return decided.error.type === "NotCleared" ? decided.error.refused[0]?.why : decided.error.type;
  };
  const table: readonly (readonly [ConsentBy["who"], string, string, string])[] = [
    ["her", "adult-decides", "authority-decides", "adult-decides"],
    ["person", "goes", "authority-decides", "goes"],
    ["her-word-for", "adult-decides", "authority-decides", "adult-decides"],
    ["authority-over-child", "adult-decides", "goes", "adult-decides"],
    ["named-decider", "adult-decides", "authority-decides", "adult-decides"],
  ];
  test.each(table)("%s: grown %s, child %s, not known %s", (who, adult, child, unknown) => {
    const given = (
      who === "her" ? { who } : who === "named-decider" ? { who, name: "n", event: "dead" } : { who, person }
    ) as ConsentBy;
    expect([decide(given, "adult"), decide(given, "child"), decide(given, "unknown")]).toEqual([
      adult,
      child,
      unknown,
    ]);
  });

  test("another person's yes speaks for nobody else", () => {
    const other = persons[1] as PersonId;
    expect(decide({ who: "person", person: other }, "adult")).toBe("adult-decides");
    expect(decide({ who: "authority-over-child", person: other }, "child")).toBe("authority-decides");
  });
});

describe("her word for a relative who cannot be asked", () => {
  const person = persons[0] as PersonId;
  const section: SectionName = { kind: "family", person };
  let made = 0;
  const release = (who: ConsentBy, change: Partial<ConsentBody> = {}): HeldConsent =>
    said({
      id: String((made += 1)).padStart(32, "0") as ConsentId,
      act: "release",
      by: who,
      sections: [section],
      fields: [{ section, fields: ["*"] }],
      ...change,
    });
  const herWordFor: ConsentBy = { who: "her-word-for", person };
  const own: ConsentBy = { who: "person", person };
  const elsewhere = {
    recipient: { kind: "contact", fingerprint: fingerprints[1] as Fingerprint },
  } as const;
  const taken = (consent: HeldConsent): HeldConsent => ({ ...consent, withdrawn: true });
  const decide = (consents: readonly HeldConsent[], change: Partial<State> = {}) => {
    const decided = decideRelease(situationOf({ ...fresh(), consents: [...consents], ...change }), {
      fields: [{ section, pattern: "birth.date" }],
      purpose: "visa",
    });
    if (decided.ok) return decided.value.facts.fields[0]?.byHerWord === true ? "year" : "whole";
    return decided.error.type === "NotCleared" ? decided.error.refused[0]?.why : decided.error.type;
  };

  test.each<[string, readonly HeldConsent[], Partial<State>, string]>([
    ["it goes, as far as that", [release(herWordFor)], {}, "year"],
    ["not for a child", [release(herWordFor)], { grown: ["child", "unknown"] }, "authority-decides"],
    ["not once he was asked", [release(herWordFor)], { asked: [true, false] }, "adult-decides"],
    ["not over his own no", [release(herWordFor), taken(release(own))], {}, "withdrawn"],
    ["over his no to another", [release(herWordFor), taken(release(own, elsewhere))], {}, "year"],
    ["his own yes goes before it", [release(herWordFor), release(own)], {}, "whole"],
    ["in whatever order", [release(own), release(herWordFor)], {}, "whole"],
    ["for one authority", [release(herWordFor), release(herWordFor, elsewhere)], {}, "one-authority"],
    ["whichever came first", [release(herWordFor, elsewhere), release(herWordFor)], {}, "one-authority"],
    ["the other taken back", [release(herWordFor), taken(release(herWordFor, elsewhere))], {}, "year"],
    [
      "the other ended",
      [release(herWordFor), release(herWordFor, { ...elsewhere, until: { day: "2025-12-31" } })],
      {},
      "year",
    ],
    [
      "another relative elsewhere",
      [release(herWordFor), release({ who: "her-word-for", person: persons[1] as PersonId }, elsewhere)],
      {},
      "year",
    ],
  ])("%s", (_, consents, change, came) => {
    expect(decide(consents, change)).toBe(came);
  });
});

describe("grown or not", () => {
  const date = (value: string, more: Partial<PartialDate> = {}): PartialDate => ({
    value,
    precision: value.length === 4 ? "year" : value.length === 7 ? "month" : "day",
    calendar: "gregorian",
    ...more,
  });
  test.each<[string, (PartialDate | undefined)[], Grown]>([
    ["no date", [], "unknown"],
    ["not known", [undefined], "unknown"],
    ["the day before", [date("2008-06-16")], "child"],
    ["her birthday", [date("2008-06-15")], "adult"],
    ["the year alone may be either", [date("2008")], "unknown"],
    ["the year before", [date("2007")], "adult"],
    ["the year after", [date("2009")], "child"],
    ["about a year, near", [date("2010", { approximate: true })], "unknown"],
    ["about a year, far older", [date("2000", { approximate: true })], "adult"],
    ["about a year, far younger", [date("2016", { approximate: true })], "child"],
    ["born on a leap day", [date("2008-02-29")], "adult"],
    ["two offices say two things", [date("2000"), date("2010")], "unknown"],
    ["two offices agree enough", [date("2000"), date("2001")], "adult"],
    ["one office took it out", [date("2000"), undefined], "unknown"],
    ["in another calendar", [date("1387", { calendar: "solar-hijri" })], "unknown"],
  ])("%s", (_, births, grown) => {
    expect(grownOn("2026-06-15", births)).toBe(grown);
  });
});

test("a consented field covers itself and what is under it, never what is beside or above", () => {
  expect(covers("papers.held", "papers.held.*.number")).toBe(true);
  expect(covers("papers.*.*.number", "papers.held.*.number")).toBe(true);
  expect(covers("papers.held.*.number", "papers.held")).toBe(false);
  expect(covers("papers.he", "papers.held.*.number")).toBe(false);
  expect(covers(`papers.held.${hex("1", 32)}.number`, "papers.held.*.number")).toBe(false);
  expect(covers("birth.date", "birth.place")).toBe(false);
});
