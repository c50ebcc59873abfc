// Two offices that never met each begin a section for the same relative: both are seen, and a person settles which stays.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import type { CaseId, PersonId, SectionId } from "../../shared/vocabulary/ids.ts";
import { crowd, idOf, save, send, yes, type Crowd, type Member } from "../support/crowd.ts";

let all: Crowd;
let a: Member;
let b: Member;
const identity: SectionName = { kind: "identity" };
const person = idOf<PersonId>("brother");
const brother: SectionName = { kind: "family", person };
const by = { who: "person", person } as const;

beforeAll(async () => {
  all = await crowd(2);
  [a, b] = all.offices as [Member, Member];
});
afterAll(() => all[Symbol.asyncDispose]());

/** A case on which both began a section for her brother, and each has the other's. */
async function withTwins(): Promise<CaseId> {
  const { case: of } = await a.ask("cases.create", {
    reason: "taken in",
    edits: [{ section: identity, edits: [{ path: ["title"], set: "Ms" }] }],
  });
  const toB = await a.knows(b);
  await a.ask("cases.giveRole", { case: of, contact: toB, role: "co-manager", mayRecordYes: true });
  await a.ask("consent.record", { case: of, consent: yes(toB, [identity]) });
  await all.give(await send(a, b, of));
  // Two saves each: a share begins each of them anew from its present state.
  for (const title of ["Dr", "Mr"]) await save(a, of, brother, [{ path: ["title"], set: title }]);
  await save(b, of, brother, [{ path: ["sex"], set: "M" }]);
  await b.ask("consent.record", { case: of, consent: yes(await b.knows(a), [brother], { by }) });
  await all.give(await send(b, a, of, [brother]));
  await a.ask("consent.record", { case: of, consent: yes(toB, [brother], { by, past: false }) });
  expect(await all.give(await send(a, b, of))).toMatchObject({ outcome: "taken" });
  const { file } = await b.ask("exchange.acknowledge", { contact: await b.knows(a), folder: "drive" });
  expect(await all.give({ to: a, file })).toMatchObject({ outcome: "taken" });
  return of;
}

const twinsAt = async (at: Member, of: CaseId): Promise<SectionId[]> =>
  (await at.ask("cases.get", { case: of })).sections
    .filter(({ twin }) => twin === true)
    .map(({ section }) => section);
const seen = (at: Member, of: CaseId, which?: SectionId) =>
  at.ask("cases.section", { case: of, section: brother, ...(which === undefined ? {} : { which }) });
const saveIn = (at: Member, of: CaseId, which: SectionId, title: string) =>
  at.ask("cases.save", {
    case: of,
    reason: "carried over",
    edits: [{ section: brother, which, edits: [{ path: ["title"], set: title }] }],
  });

test("both are seen by both, and no change goes to either until a person says which she means", async () => {
  const of = await withTwins();
  const twins = await twinsAt(a, of);
  expect(twins).toHaveLength(2);
  expect((await twinsAt(b, of)).toSorted()).toEqual(twins.toSorted());
  const views = await Promise.all([a, b].map((at) => seen(at, of)));
  expect(views[0]?.section).toBe(views[1]?.section);
  expect(new Set([views[0]?.section, ...(views[0]?.twins ?? [])])).toEqual(new Set(twins));
  const values = await Promise.all(twins.map(async (which) => (await seen(b, of, which)).value));
  expect(values).toEqual(expect.arrayContaining([{ title: "Mr" }, { sex: "M" }]));
  for (const at of [a, b]) {
    const refused = await save(at, of, brother, [{ path: ["title"], set: "Prof" }]);
    expect(refused).toMatchObject({ ok: false, error: { type: "TwinsStand" } });
    expect(
      await at.refused("cases.save", {
        case: of,
        reason: "x",
        edits: [
          { section: brother, which: idOf<SectionId>("none"), edits: [{ path: ["title"], set: "Prof" }] },
        ],
      }),
    ).toEqual({ type: "UnknownSection" });
  }
  for (const refused of [
    await a.refused("cases.erase", { case: of, section: brother, why: "mistake" }),
    await a.refused("cases.strike", { case: of, section: brother, paths: [["title"]] }),
  ])
    expect(refused.type).toBe("TwinsStand");
  const [first, second] = twins;
  if (first === undefined || second === undefined) throw new Error("two sections");
  await saveIn(b, of, second, "Prof");
  await all.give(await send(b, a, of));
  expect((await seen(a, of, second)).value).toMatchObject({ title: "Prof" });
  expect((await seen(a, of, first)).value).not.toMatchObject({ title: "Prof" });
});

test("one is carried over and the other erased: both offices go on with the one that stays", async () => {
  const of = await withTwins();
  const twins = await twinsAt(a, of);
  const titled = await Promise.all(twins.map(async (which) => (await seen(a, of, which)).value));
  const first = twins[titled.findIndex((value) => "title" in (value as object))];
  const second = twins.find((one) => one !== first);
  if (first === undefined || second === undefined) throw new Error("two sections");
  await a.ask("cases.save", {
    case: of,
    reason: "carried over",
    edits: [{ section: brother, which: first, edits: [{ path: ["sex"], set: "M" }] }],
  });
  expect(
    await b.refused("cases.erase", { case: of, section: brother, which: second, why: "mistake" }),
  ).toMatchObject({ type: "MayNot" });
  expect(
    await a.ask("cases.erase", { case: of, section: brother, which: second, why: "mistake" }),
  ).toMatchObject({ recalls: 1 });
  await all.give(await send(a, b, of));
  for (const at of [a, b]) {
    expect(await twinsAt(at, of)).toEqual([]);
    expect(await seen(at, of)).toMatchObject({
      section: first,
      twins: [],
      value: { title: "Mr", sex: "M" },
    });
  }
  expect(await save(b, of, brother, [{ path: ["title"], set: "Dr" }])).toMatchObject({ ok: true });
  await all.give(await send(b, a, of));
  expect((await seen(a, of)).value).toEqual({ title: "Dr", sex: "M" });
});

test("a release does not choose between them", async () => {
  const of = await withTwins();
  const contact = await a.knows(b);
  const fields = [{ section: brother, pattern: "title" }];
  await a.ask("consent.record", {
    case: of,
    consent: yes(contact, [brother], {
      act: "release",
      purpose: "visa",
      by,
      fields: [{ section: brother, fields: ["title"] }],
    }),
  });
  expect(await a.refused("exchange.preview", { contact, case: of, purpose: "visa", fields })).toEqual({
    type: "SettleFirst",
  });
});
