// What an office sent before it handed a case over is still called back: by the office that answers now, and by itself.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import type { CaseId, ConsentId } from "../../shared/vocabulary/ids.ts";
import { crowd, send, yes, type Crowd, type Member } from "../support/crowd.ts";

let all: Crowd;
let a: Member;
let b: Member;
let c: Member;
const identity: SectionName = { kind: "identity" };
const work: SectionName = { kind: "work" };
const both = [identity, work];

beforeAll(async () => {
  all = await crowd(3);
  [a, b, c] = all.offices as [Member, Member, Member];
});
afterAll(() => all[Symbol.asyncDispose]());

/** A case of A's that B and C work on; her yes for C. */
async function shared(): Promise<{ readonly of: CaseId; readonly forC: ConsentId }> {
  const { case: of } = await a.ask("cases.create", {
    reason: "taken in",
    edits: [
      {
        section: identity,
        edits: [
          { path: ["title"], set: "Ms" },
          { path: ["sex"], set: "F" },
        ],
      },
      { section: work, edits: [{ path: ["callsHerself"], set: "teacher" }] },
    ],
  });
  const consents: ConsentId[] = [];
  for (const office of [b, c]) {
    const contact = await a.knows(office);
    await a.ask("cases.giveRole", { case: of, contact, role: "co-manager", mayRecordYes: false });
    consents.push((await a.ask("consent.record", { case: of, consent: yes(contact, both) })).consent);
    expect(await all.give(await send(a, office, of))).toMatchObject({ outcome: "taken" });
  }
  const forC = consents[1];
  if (forC === undefined) throw new Error("no consent");
  return { of, forC };
}

async function tell(from: Member, to: Member, of: CaseId) {
  const contact = await from.knows(to);
  const { file } = await from.ask("exchange.tell", { contact, cases: [of], folder: "drive" });
  expect(await all.give({ to, file })).toMatchObject({ outcome: "taken" });
}

/** A hands over to B, which learns by which yeses A acted. */
async function handOver(of: CaseId, then: "co-manager" | "leave") {
  const contact = await a.knows(b);
  await a.ask("cases.offerHandover", { case: of, contact, agreed: { how: "in-person", at: 1 }, then });
  await tell(a, b, of);
  await b.ask("cases.acceptHandover", { case: of });
  await tell(b, a, of);
  await tell(a, b, of);
}

const recallTo = async (at: Member, to: Member, of: CaseId) => {
  const contact = await at.knows(to);
  return (await at.ask("exchange.waiting", {})).recalls.filter(
    (one) => one.case === of && one.contact === contact,
  );
};

/** Sends what is due to C, which carries it out and confirms. */
async function callBackFromC(from: Member, of: CaseId) {
  const { file } = await from.ask("exchange.recall", { contact: await from.knows(c), folder: "drive" });
  const report = await all.give({ to: c, file });
  expect(report).toMatchObject({ outcome: "taken" });
  const answer = await c.ask("exchange.acknowledge", { contact: await c.knows(from), folder: "drive" });
  const told = await all.give({ to: from, file: answer.file });
  expect(told).toMatchObject({ outcome: "taken" });
  expect((await recallTo(from, c, of)).map(({ state }) => state)).toEqual(["confirmed"]);
  return report?.erased ?? [];
}

const sectionsAt = async (at: Member, of: CaseId) =>
  (await at.ask("cases.get", { case: of })).sections.map(({ name }) => name.kind).toSorted();
const withdraw = (at: Member, of: CaseId, consent: ConsentId, sections?: SectionName[]) =>
  at.ask("consent.withdraw", {
    case: of,
    consent,
    by: { who: "her" },
    how: "by-telephone",
    ...(sections === undefined ? {} : { sections }),
  });

test("her no at the new office: it calls back what the old one sent, and so does the old one", async () => {
  const { of, forC } = await shared();
  await handOver(of, "co-manager");
  expect((await b.ask("consent.list", { case: of })).consents.map(({ body }) => body.id)).toContain(forC);
  expect(await withdraw(b, of, forC)).toMatchObject({ recalls: 1 });
  expect(await recallTo(b, c, of)).toMatchObject([{ state: "due", sections: both }]);
  await tell(b, a, of);
  expect(await recallTo(a, c, of)).toMatchObject([{ state: "due", sections: both }]);
  expect(await sectionsAt(c, of)).toEqual(["identity", "work"]);
  expect(await callBackFromC(b, of)).toEqual(both);
  expect(await sectionsAt(c, of)).toEqual([]);
  // Nothing is left to erase when the old office asks; it gets its answer all the same.
  expect(await callBackFromC(a, of)).toEqual([]);
  // A recall is never asked for twice, and the offices that may keep it keep it.
  for (const at of [a, b]) {
    expect(await sectionsAt(at, of)).toEqual(["identity", "work"]);
    expect(await at.refused("exchange.recall", { contact: await at.knows(c), folder: "drive" })).toEqual({
      type: "NothingToRecall",
    });
  }
});

test("where the old office is first, the new one is answered too", async () => {
  const { of, forC } = await shared();
  await handOver(of, "co-manager");
  await withdraw(b, of, forC);
  await tell(b, a, of);
  expect(await callBackFromC(a, of)).toEqual(both);
  expect(await callBackFromC(b, of)).toEqual([]);
});

test("an office that handed over and left tells what it acted on; the new one calls it back alone", async () => {
  const { of, forC } = await shared();
  await handOver(of, "leave");
  expect(await withdraw(b, of, forC)).toMatchObject({ recalls: 1 });
  expect(await callBackFromC(b, of)).toEqual(both);
  expect(await sectionsAt(c, of)).toEqual([]);
  expect(
    await a.refused("exchange.tell", { contact: await a.knows(c), cases: [of], folder: "drive" }),
  ).toEqual({ type: "NoRole" });
});

test("where the old office is lost, who holds something says so itself", async () => {
  const { of, forC } = await shared();
  await a.ask("cases.nameSuccessor", { case: of, successor: { contact: await a.knows(b) } });
  await tell(a, b, of);
  await b.ask("cases.succeed", { case: of });
  expect((await b.ask("consent.list", { case: of })).consents.map(({ body }) => body.id)).not.toContain(forC);
  await tell(b, c, of);
  await withdraw(c, of, forC);
  await tell(c, b, of);
  expect(await recallTo(b, c, of)).toMatchObject([{ state: "due", sections: both }]);
  expect(await callBackFromC(b, of)).toEqual(both);
});

test("a section erased and a fact struck by the new office are called back by both", async () => {
  const { of } = await shared();
  await handOver(of, "co-manager");
  expect(await b.ask("cases.erase", { case: of, section: work, why: "her-wish" })).toEqual({ recalls: 2 });
  expect(await b.ask("cases.strike", { case: of, section: identity, paths: [["sex"]] })).toMatchObject({
    recalls: 2,
  });
  for (const to of [a, c])
    expect(await recallTo(b, to, of)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ state: "due", sections: [work] }),
        expect.objectContaining({ state: "due", sections: [identity] }),
      ]),
    );
  await tell(b, a, of);
  const kinds = (await recallTo(a, c, of)).flatMap(({ sections }) => sections.map(({ kind }) => kind));
  expect(kinds.toSorted()).toEqual(["identity", "work"]);
  const { file } = await a.ask("exchange.recall", { contact: await a.knows(c), folder: "drive" });
  expect((await all.give({ to: c, file }))?.erased?.map(({ kind }) => kind).toSorted()).toEqual([
    "identity",
    "work",
  ]);
  const answer = await c.ask("exchange.acknowledge", { contact: await c.knows(a), folder: "drive" });
  await all.give({ to: a, file: answer.file });
  expect((await recallTo(a, c, of)).map(({ state }) => state)).toEqual(["confirmed", "confirmed"]);
});

test("of her no in part the old office, which cannot read what she still agrees to, leaves it to the new one", async () => {
  const { of, forC } = await shared();
  await handOver(of, "co-manager");
  expect(await withdraw(b, of, forC, [work])).toMatchObject({ recalls: 1 });
  await tell(b, a, of);
  expect(await recallTo(a, c, of)).toEqual([]);
  expect(await callBackFromC(b, of)).toEqual([work]);
  expect(await sectionsAt(c, of)).toEqual(["identity"]);
});

test("a release by the old office is called back by it, since only it knows of it", async () => {
  const { of } = await shared();
  const contact = await a.knows(c);
  const released = await a.ask("consent.record", {
    case: of,
    consent: yes(contact, [identity], {
      act: "release",
      purpose: "visa",
      fields: [{ section: identity, fields: ["*"] }],
    }),
  });
  const { bundle, file } = await a.ask("exchange.release", {
    contact,
    case: of,
    purpose: "visa",
    fields: [{ section: identity, pattern: "*" }],
    ticked: [],
    folder: "drive",
  });
  expect(await all.give({ to: c, file })).toMatchObject({ outcome: "taken" });
  await handOver(of, "co-manager");
  await withdraw(b, of, released.consent);
  await tell(b, a, of);
  expect(await recallTo(a, c, of)).toMatchObject([{ state: "due", sections: [identity] }]);
  await callBackFromC(a, of);
  expect((await c.refused("exchange.dossier", { bundle })).type).toBe("UnknownBundle");
  expect(await sectionsAt(c, of)).toEqual(["identity", "work"]);
});

test("of whom the new office has not met it says whom to meet, and asks her once they have met", async () => {
  await using others = await crowd(3, (one, other) => one === 0 || other === 0);
  const before = [a, b, c, all] as const;
  [a, b, c] = others.offices as [Member, Member, Member];
  all = others;
  try {
    const { of, forC } = await shared();
    await handOver(of, "leave");
    expect(await withdraw(b, of, forC)).toMatchObject({ recalls: 0 });
    const { unmet } = await b.ask("exchange.waiting", {});
    expect(unmet).toEqual([{ case: of, fingerprint: c.fingerprint, sections: both }]);
    await others.meet(b, c);
    expect(await recallTo(b, c, of)).toMatchObject([{ state: "due", sections: both }]);
    expect((await b.ask("exchange.waiting", {})).unmet).toEqual([]);
    expect(await callBackFromC(b, of)).toEqual(both);
  } finally {
    [a, b, c, all] = before;
  }
});
