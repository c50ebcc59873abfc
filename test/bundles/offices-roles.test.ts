// Who works on a case and who answers for it, played through the app by offices that only exchange bundles.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import type { CaseId, PersonId } from "../../shared/vocabulary/ids.ts";
import { look } from "../support/crowd-play.ts";
import { crowd, idOf, save, send, yes, type Crowd, type Member } from "../support/crowd.ts";

let all: Crowd;
let a: Member;
let b: Member;
let c: Member;
const identity: SectionName = { kind: "identity" };
const work: SectionName = { kind: "work" };
const plan: SectionName = { kind: "plan" };
const both = [identity, work];

beforeAll(async () => {
  all = await crowd(3);
  [a, b, c] = all.offices as [Member, Member, Member];
});
afterAll(() => all[Symbol.asyncDispose]());

/** A case of A's with identity and work. */
async function taken(): Promise<CaseId> {
  const made = await a.ask("cases.create", {
    reason: "taken in",
    edits: [
      { section: identity, edits: [{ path: ["title"], set: "Ms" }] },
      { section: work, edits: [{ path: ["callsHerself"], set: "teacher" }] },
    ],
  });
  return made.case as CaseId;
}

async function joins(of: CaseId, office: Member, role: "co-manager" | "viewer", mayRecordYes = false) {
  const contact = await a.knows(office);
  await a.ask("cases.giveRole", { case: of, contact, role, mayRecordYes });
  const { consent } = await a.ask("consent.record", { case: of, consent: yes(contact, both) });
  expect(await all.give(await send(a, office, of))).toMatchObject({ outcome: "taken" });
  return consent;
}

async function tell(from: Member, to: Member, of: CaseId) {
  const { file } = await from.ask("exchange.tell", {
    contact: await from.knows(to),
    cases: [of],
    folder: "drive",
  });
  expect(await all.give({ to, file })).toMatchObject({ outcome: "taken" });
}

const value = async (office: Member, of: CaseId, section: SectionName) =>
  (await office.ask("cases.section", { case: of, section })).value;
const row = async (office: Member, of: CaseId) => (await office.ask("cases.get", { case: of })).row;

describe("roles", () => {
  test("a viewer reads, and what it writes is refused before it is signed", async () => {
    const of = await taken();
    await joins(of, b, "viewer");
    expect(await value(b, of, identity)).toEqual({ title: "Ms" });
    expect((await row(b, of)).role).toBe("viewer");
    expect(await save(b, of, identity, [{ path: ["title"], set: "Dr" }])).toMatchObject({
      ok: false,
      error: { type: "NotAllowed", why: "no-right" },
    });
    const person = idOf<PersonId>("viewer's");
    expect(await save(b, of, { kind: "family", person }, [{ path: ["title"], set: "Mr" }])).toMatchObject({
      ok: false,
      error: { type: "NotAllowed" },
    });
    expect(await save(b, of, { kind: "reach" }, [{ path: ["ifAnotherAnswers"], set: "x" }])).toMatchObject({
      ok: false,
      error: { type: "MayNot" },
    });
    for (const refused of [
      await b.refused("cases.takeRole", { case: of, from: { office: a.office }, why: "lost" }),
      await b.refused("cases.erase", { case: of, section: identity, why: "mistake" }),
      await b.refused("consent.record", { case: of, consent: yes(await b.knows(c), both) }),
      await b.refused("cases.voteSuccession", { case: of, successor: b.office }),
    ])
      expect(refused).toMatchObject({ type: "MayNot" });
    expect(await value(b, of, identity)).toEqual({ title: "Ms" });
  });

  test("a viewer never gets plan or journal, a co-manager only with her yes", async () => {
    const of = await taken();
    await save(a, of, plan, [{ path: ["contactEvery"], set: 7 }]);
    await joins(of, b, "viewer");
    await joins(of, c, "co-manager");
    for (const office of [b, c]) {
      const contact = await a.knows(office);
      expect(
        await a.refused("exchange.share", {
          contact,
          cases: [{ case: of, sections: [plan] }],
          purpose: "joint-protection",
          folder: "drive",
        }),
      ).toMatchObject({
        type: "NotCleared",
        refused: [{ why: office === b ? "office-notes" : "other-recipient" }],
      });
      await a.ask("consent.record", { case: of, consent: yes(contact, [plan]) });
    }
    expect(
      await a.refused("exchange.share", {
        contact: await a.knows(b),
        cases: [{ case: of, sections: [plan] }],
        purpose: "joint-protection",
        folder: "drive",
      }),
    ).toMatchObject({ type: "NotCleared", refused: [{ why: "office-notes" }] });
    await all.give(await send(a, c, of, [plan]));
    expect(await value(c, of, plan)).toEqual({ contactEvery: 7 });
  });

  test("an office that was not met face to face gets no role", async () => {
    const of = await taken();
    const contact = await a.knows(b);
    await a.ask("contacts.refuse", { contact });
    expect(
      await a.refused("cases.giveRole", { case: of, contact, role: "viewer", mayRecordYes: false }),
    ).toEqual({ type: "ContactNotVerified" });
    const { words } = await b.ask("contacts.ownWords", {});
    await a.ask("contacts.verify", { contact, heard: { words }, how: "digits" });
  });

  test("of a removed office what came before stays; its later work is held everywhere until it is accepted", async () => {
    const of = await taken();
    await joins(of, b, "co-manager");
    await joins(of, c, "co-manager");
    await save(b, of, work, [{ path: ["about"], set: "before" }]);
    await all.give(await send(b, a, of));
    // Written without knowing of the removal.
    await save(b, of, work, [{ path: ["about"], set: "after" }]);
    const late = await send(b, a, of);
    await a.ask("cases.takeRole", { case: of, from: { office: b.office }, why: "left" });
    await all.give(await send(a, c, of));

    const report = await all.give(late);
    expect(report).toMatchObject({ outcome: "taken", cases: [{ sections: [{ stored: 0, held: 1 }] }] });
    expect(await value(a, of, work)).toMatchObject({ about: "before" });
    expect((await row(a, of)).held).toBe(1);
    const { sections } = await a.ask("cases.get", { case: of });
    expect(sections.find(({ name }) => name.kind === "work")?.held).toBe(1);
    const { parts } = await a.ask("cases.held", { case: of });
    expect(parts).toMatchObject([
      {
        why: "after-removal",
        section: work,
        author: { fingerprint: b.fingerprint },
        leaves: [{ path: ["about"], value: "after" }],
      },
    ]);
    await all.give(await send(a, c, of));
    expect(await value(c, of, work)).toMatchObject({ about: "before" });

    const part = parts[0]?.part;
    if (part === undefined) throw new Error("nothing is held");
    await a.ask("cases.acceptHeld", { case: of, parts: [part] });
    expect(await value(a, of, work)).toMatchObject({ about: "after" });
    expect((await row(a, of)).held).toBe(0);
    await all.give(await send(a, c, of));
    expect(await value(c, of, work)).toMatchObject({ about: "after" });

    expect(
      await a.refused("exchange.share", {
        contact: await a.knows(b),
        cases: [{ case: of }],
        purpose: "joint-protection",
        folder: "drive",
      }),
    ).toEqual({ type: "NoRole" });
  });

  test("a co-manager she named records a yes; another may only record her no", async () => {
    const of = await taken();
    const first = await joins(of, b, "co-manager", true);
    await joins(of, c, "co-manager");
    const person = idOf<PersonId>("brother of", of);
    const brother: SectionName = { kind: "family", person };
    expect(await save(b, of, brother, [{ path: ["title"], set: "Mr" }])).toMatchObject({ ok: true });
    const contact = await b.knows(a);
    const ask = {
      contact,
      cases: [{ case: of, sections: [brother] }],
      purpose: "joint-protection" as const,
      folder: "drive",
    };
    expect(await b.refused("exchange.share", ask)).toMatchObject({
      type: "NotCleared",
      refused: [{ why: "no-consent" }],
    });
    expect(
      await c.refused("consent.record", {
        case: of,
        consent: yes(await c.knows(a), [brother], { by: { who: "person", person } }),
      }),
    ).toMatchObject({ type: "MayNot", why: "no-right" });
    await b.ask("consent.record", {
      case: of,
      consent: yes(contact, [brother], { by: { who: "person", person } }),
    });
    await all.give(await send(b, a, of, [brother]));
    expect(await value(a, of, brother)).toEqual({ title: "Mr" });

    const { entry } = await c.ask("consent.withdraw", {
      case: of,
      consent: first,
      by: { who: "her" },
      how: "by-telephone",
    });
    expect(entry).toMatch(/^[0-9a-f]{64}$/);
    await all.give(await send(c, a, of));
    expect(
      await a.refused("exchange.share", {
        contact: await a.knows(b),
        cases: [{ case: of, sections: [identity] }],
        purpose: "joint-protection",
        folder: "drive",
      }),
    ).toMatchObject({ type: "NotCleared", refused: [{ why: "withdrawn" }] });
  });
});

describe("what is told without what the case holds", () => {
  test("a no reaches the answering office also when it ends all that may be sent", async () => {
    const of = await taken();
    const consent = await joins(of, b, "co-manager");
    await b.ask("consent.withdraw", { case: of, consent, by: { who: "her" }, how: "by-telephone" });
    const contact = await b.knows(a);
    expect(
      await b.refused("exchange.share", {
        contact,
        cases: [{ case: of }],
        purpose: "joint-protection",
        folder: "drive",
      }),
    ).toMatchObject({ type: "NotCleared", refused: [{ why: "withdrawn" }, { why: "withdrawn" }] });
    await tell(b, a, of);
    expect((await a.ask("consent.list", { case: of })).consents).toMatchObject([{ withdrawn: true }]);
    const { recalls } = await a.ask("exchange.waiting", {});
    expect(recalls.filter((one) => one.case === of)).toMatchObject([{ state: "due", sections: both }]);
    expect(
      await a.refused("exchange.share", {
        contact: await a.knows(b),
        cases: [{ case: of }],
        purpose: "joint-protection",
        folder: "drive",
      }),
    ).toMatchObject({ type: "NotCleared" });
  });

  test("an office learns of its role before anything was allowed, and of the case it learns nothing", async () => {
    const of = await taken();
    const contact = await a.knows(b);
    expect(await a.refused("exchange.tell", { contact, cases: [of], folder: "drive" })).toEqual({
      type: "NoRole",
    });
    await a.ask("cases.giveRole", { case: of, contact, role: "co-manager", mayRecordYes: false });
    await tell(a, b, of);
    const seen = await b.ask("cases.get", { case: of });
    expect(seen).toMatchObject({ row: { role: "co-manager", steward: a.office }, sections: [] });
    expect((await b.ask("search.find", { text: "teacher" })).found.map((one) => one.case)).not.toContain(of);
    expect((await a.ask("ledger.read", { case: of })).entries).toEqual([]);
  });
});

describe("handover", () => {
  test("is offered and accepted; the old office stays as co-manager and keeps what it holds", async () => {
    const of = await taken();
    await joins(of, b, "co-manager");
    await a.ask("cases.offerHandover", {
      case: of,
      contact: await a.knows(b),
      agreed: { how: "in-person", at: 1 },
      then: "co-manager",
    });
    expect(
      await a.refused("cases.giveRole", {
        case: of,
        contact: await a.knows(c),
        role: "viewer",
        mayRecordYes: false,
      }),
    ).toMatchObject({ type: "MayNot", why: "handover-standing" });
    expect(await b.refused("cases.acceptHandover", { case: of })).toEqual({ type: "NothingOffered" });
    await all.give(await send(a, b, of));
    expect(await c.refused("cases.acceptHandover", { case: of })).toEqual({ type: "UnknownCase" });
    await b.ask("cases.acceptHandover", { case: of });
    expect((await row(b, of)).role).toBe("steward");

    const contact = await b.knows(a);
    await b.ask("consent.record", { case: of, consent: yes(contact, both) });
    await save(b, of, work, [{ path: ["about"], set: "by B" }]);
    expect(await all.give(await send(b, a, of))).toMatchObject({ outcome: "taken" });
    expect((await row(a, of)).role).toBe("co-manager");
    expect(await value(a, of, work)).toEqual({ callsHerself: "teacher", about: "by B" });
    expect(await a.refused("cases.erase", { case: of, section: work, why: "mistake" })).toMatchObject({
      type: "MayNot",
      why: "not-steward",
    });
    // The old office goes on working with what it holds, and sends it to whom it answers to now.
    await save(a, of, identity, [{ path: ["sex"], set: "F" }]);
    expect(await all.give(await send(a, b, of))).toMatchObject({ outcome: "taken" });
    expect(await value(b, of, identity)).toEqual({ title: "Ms", sex: "F" });
  });

  test("an old office that leaves keeps what it had, reads it, and writes nothing that counts", async () => {
    const of = await taken();
    await joins(of, b, "co-manager");
    await a.ask("cases.offerHandover", {
      case: of,
      contact: await a.knows(b),
      agreed: { how: "telephone", at: 1 },
      then: "leave",
    });
    await all.give(await send(a, b, of));
    await b.ask("cases.acceptHandover", { case: of });
    await save(a, of, work, [{ path: ["about"], set: "too late" }]);
    expect(await value(a, of, identity)).toEqual({ title: "Ms" });
    const late = await a.tried("exchange.share", {
      contact: await a.knows(b),
      cases: [{ case: of }],
      purpose: "joint-protection",
      folder: "drive",
    });
    if (late.ok) await all.give({ to: b, file: late.value.file });
    expect(await value(b, of, work)).toEqual({ callsHerself: "teacher" });
    const { offices } = await b.ask("cases.get", { case: of });
    expect(offices.map(({ office }) => office)).toEqual([b.office]);
    // It is told that it has left, and not who works on the case since.
    await b.ask("cases.giveRole", {
      case: of,
      contact: await b.knows(c),
      role: "viewer",
      mayRecordYes: false,
    });
    expect((await row(a, of)).role).toBe("steward");
    await tell(b, a, of);
    expect(await row(a, of)).toMatchObject({ role: "none", steward: b.office, held: 1, stopped: false });
    expect((await a.ask("cases.get", { case: of })).offices.map(({ office }) => office)).toEqual([b.office]);
    expect(await value(a, of, identity)).toEqual({ title: "Ms" });
    expect(await value(a, of, work)).toEqual({ callsHerself: "teacher" });
    expect(
      await a.refused("cases.giveRole", {
        case: of,
        contact: await a.knows(c),
        role: "viewer",
        mayRecordYes: false,
      }),
    ).toMatchObject({ type: "MayNot", why: "author-removed" });
  });

  test("an offer taken back frees the case again", async () => {
    const of = await taken();
    await joins(of, b, "co-manager");
    await a.ask("cases.offerHandover", {
      case: of,
      contact: await a.knows(b),
      agreed: { how: "in-person", at: 1 },
      then: "leave",
    });
    await a.ask("cases.withdrawHandover", { case: of });
    await all.give(await send(a, b, of));
    expect(await b.refused("cases.acceptHandover", { case: of })).toEqual({ type: "NothingOffered" });
    expect(await save(a, of, { kind: "reach" }, [{ path: ["ifAnotherAnswers"], set: "x" }])).toMatchObject({
      ok: true,
    });
  });
});

describe("succession", () => {
  test("the office she named follows; what the lost one wrote and nobody saw is held, not lost", async () => {
    const of = await taken();
    await joins(of, b, "co-manager");
    expect(await b.refused("cases.succeed", { case: of })).toEqual({ type: "NotSuccessor" });
    await a.ask("cases.nameSuccessor", { case: of, successor: { contact: await a.knows(b) } });
    await all.give(await send(a, b, of));
    await save(a, of, work, [{ path: ["about"], set: "never seen" }]);
    const lost = await send(a, b, of, [work]);
    await b.ask("cases.succeed", { case: of });
    expect((await row(b, of)).role).toBe("steward");
    expect(await all.give(lost)).toMatchObject({
      outcome: "taken",
      cases: [{ sections: [{ held: 1, quarantined: 0 }] }],
    });
    expect(await value(b, of, work)).toEqual({ callsHerself: "teacher" });
    const { parts } = await b.ask("cases.held", { case: of });
    await b.ask("cases.acceptHeld", { case: of, parts: parts.map(({ part }) => part) });
    expect(await value(b, of, work)).toEqual({ callsHerself: "teacher", about: "never seen" });
  });

  test("who worked on something the lost office wrote goes on working: her next save is in effect and stays so", async () => {
    const of = await taken();
    await joins(of, b, "co-manager");
    await joins(of, c, "co-manager");
    await save(a, of, plan, [{ path: ["contactEvery"], set: 7 }]);
    await a.ask("consent.record", { case: of, consent: yes(await a.knows(c), [plan]) });
    await all.give(await send(a, c, of));
    await save(c, of, plan, [{ path: ["contactEvery"], set: 3 }]);
    await a.ask("cases.nameSuccessor", { case: of, successor: { contact: await a.knows(b) } });
    await tell(a, b, of);
    // B never held the plan, so nothing of A's in it is accepted, nor what C built on it.
    await b.ask("cases.succeed", { case: of });
    await tell(b, c, of);
    expect(await value(c, of, plan)).toEqual({});
    expect((await row(c, of)).held).toBe(2);
    expect(await save(c, of, plan, [{ path: ["contactEvery"], set: 1 }])).toMatchObject({ ok: true });
    expect(await value(c, of, plan)).toEqual({ contactEvery: 1 });
    const seen = await look(c, of);
    expect(seen?.rebuiltEqual).toBe(true);
    expect(
      seen?.sections
        .find(({ name }) => name === "plan")
        ?.held.map(({ why }) => why)
        .toSorted(),
    ).toEqual(["after-removal", "builds-on-held"]);
  });

  test("a section the successor never held is shown to it, comes from who holds it, and nothing of it is lost", async () => {
    const of = await taken();
    await joins(of, b, "co-manager");
    await joins(of, c, "co-manager");
    await save(a, of, plan, [{ path: ["contactEvery"], set: 7 }]);
    await a.ask("consent.record", { case: of, consent: yes(await a.knows(c), [plan]) });
    await all.give(await send(a, c, of));
    await save(c, of, plan, [{ path: ["contactEvery"], set: 3 }]);
    await a.ask("cases.nameSuccessor", { case: of, successor: { contact: await a.knows(b) } });
    await tell(a, b, of);
    await b.ask("cases.succeed", { case: of });
    const { elsewhere } = await b.ask("cases.get", { case: of });
    expect(elsewhere.map(({ name }) => name)).toEqual([plan]);
    await tell(b, c, of);
    await save(c, of, plan, [{ path: ["stage"], set: "active" }]);
    expect((await c.ask("cases.held", { case: of })).parts.map(({ why }) => why).toSorted()).toEqual([
      "after-removal",
      "builds-on-held",
    ]);
    // What C was allowed by the lost office it sends to whom it answers to now.
    expect(await all.give(await send(c, b, of))).toMatchObject({ outcome: "taken" });
    expect((await b.ask("cases.get", { case: of })).elsewhere).toEqual([]);
    expect(await value(b, of, plan)).toEqual({ stage: "active" });
    const { parts } = await b.ask("cases.held", { case: of });
    expect(parts).toHaveLength(2);
    const first = parts.find(({ why }) => why === "after-removal")?.part;
    if (first === undefined) throw new Error("nothing of the lost office is held");
    await b.ask("cases.acceptHeld", { case: of, parts: [first] });
    expect(await value(b, of, plan)).toEqual({ contactEvery: 3, stage: "active" });
    await tell(b, c, of);
    expect(await value(c, of, plan)).toEqual({ contactEvery: 3, stage: "active" });
    for (const office of [b, c]) expect((await row(office, of)).held).toBe(0);
  });

  test("where what was allowed has run out, the successor asks her, and lets it come without holding it", async () => {
    const of = await taken();
    await joins(of, b, "co-manager");
    await joins(of, c, "co-manager");
    await save(a, of, plan, [{ path: ["contactEvery"], set: 7 }]);
    await a.ask("consent.record", { case: of, consent: yes(await a.knows(c), [plan]) });
    await all.give(await send(a, c, of));
    await a.ask("cases.nameSuccessor", { case: of, successor: { contact: await a.knows(b) } });
    await tell(a, b, of);
    await b.ask("cases.succeed", { case: of });
    await tell(b, c, of);
    all.clock.advance(15 * 86_400_000);
    const ask = {
      contact: await c.knows(b),
      cases: [{ case: of, sections: [plan] }],
      purpose: "joint-protection" as const,
      folder: "drive",
    };
    expect(await c.refused("exchange.share", ask)).toMatchObject({
      type: "NotCleared",
      refused: [{ why: "check-again" }],
    });
    await b.ask("consent.record", { case: of, consent: yes(await b.knows(c), [plan]) });
    expect(await all.give(await send(b, c, of, [plan]))).toMatchObject({ outcome: "taken" });
    // Begun anew meanwhile: what comes later meets it, and neither is lost.
    expect(await save(b, of, plan, [{ path: ["contactEvery"], set: 2 }])).toMatchObject({ ok: true });
    expect(await all.give(await send(c, b, of, [plan]))).toMatchObject({ outcome: "taken" });
    const { parts } = await b.ask("cases.held", { case: of });
    await b.ask("cases.acceptHeld", { case: of, parts: parts.map(({ part }) => part) });
    const { conflicts } = await b.ask("cases.section", { case: of, section: plan });
    expect(conflicts[0]?.values.map((one) => one.value).toSorted()).toEqual([2, 7]);
  });

  test("her wish that a section be erased which the successor never held reaches who holds it", async () => {
    const of = await taken();
    await joins(of, b, "co-manager");
    await joins(of, c, "co-manager");
    await save(a, of, plan, [{ path: ["contactEvery"], set: 7 }]);
    await a.ask("consent.record", { case: of, consent: yes(await a.knows(c), [plan]) });
    await all.give(await send(a, c, of));
    await a.ask("cases.nameSuccessor", { case: of, successor: { contact: await a.knows(b) } });
    await tell(a, b, of);
    await b.ask("cases.succeed", { case: of });
    await tell(b, c, of);
    await tell(c, b, of);
    expect(await b.ask("cases.erase", { case: of, section: plan, why: "her-wish" })).toEqual({ recalls: 1 });
    expect((await b.ask("cases.get", { case: of })).elsewhere).toEqual([]);
    await tell(b, c, of);
    expect(await c.refused("cases.section", { case: of, section: plan })).toEqual({ type: "UnknownSection" });
  });

  test("two of two co-managers may; one alone may not", async () => {
    const of = await taken();
    await joins(of, b, "co-manager", true);
    await joins(of, c, "co-manager", true);
    await a.ask("cases.nameSuccessor", {
      case: of,
      successor: { coManagers: [b.office, c.office], needed: 2 },
    });
    for (const office of [b, c]) await all.give(await send(a, office, of));
    await b.ask("cases.voteSuccession", { case: of, successor: b.office });
    expect(await b.refused("cases.succeed", { case: of })).toEqual({ type: "NotSuccessor" });
    await c.ask("cases.voteSuccession", { case: of, successor: b.office });
    // Co-managers may not send case data to each other; who works on the case and who voted they may.
    const contact = await c.knows(b);
    expect(
      await c.refused("exchange.share", {
        contact,
        cases: [{ case: of }],
        purpose: "joint-protection",
        folder: "drive",
      }),
    ).toMatchObject({ type: "NotCleared" });
    await tell(c, b, of);
    await b.ask("cases.succeed", { case: of });
    expect((await row(b, of)).role).toBe("steward");
    await tell(b, c, of);
    expect((await row(c, of)).steward).toBe(b.office);
  });
});

describe("a chain with two entries after one", () => {
  test("stops sharing, says so, and a colleague decides which line goes on", async () => {
    const of = await taken();
    const deputy = "the deputy keeps another sentence";
    await a.ask("members.add", { name: "Deputy", newPassphrase: deputy });
    await joins(of, b, "co-manager");
    const copy = await a.cloned();
    const contact = await a.knows(c);
    await a.ask("cases.giveRole", { case: of, contact, role: "viewer", mayRecordYes: false });
    await copy.ask("cases.nameSuccessor", { case: of, successor: { contact: await copy.knows(b) } });
    await all.give(await send(a, b, of));
    expect((await row(b, of)).stopped).toBe(false);
    await save(copy, of, identity, [{ path: ["title"], set: "Dr" }]);
    await all.give(await send(copy, b, of));
    expect((await row(b, of)).stopped).toBe(true);
    expect(
      await b.refused("exchange.share", {
        contact: await b.knows(a),
        cases: [{ case: of }],
        purpose: "joint-protection",
        folder: "drive",
      }),
    ).toEqual({ type: "ChainStopped" });
    const { refused } = await b.ask("consent.choices", {
      case: of,
      contact: await b.knows(a),
      purpose: "joint-protection",
    });
    expect(refused).toBe("ChainStopped");
    expect(await value(b, of, identity)).toEqual({ title: "Dr" });
    expect(await save(b, of, work, [{ path: ["about"], set: "goes on" }])).toMatchObject({ ok: true });

    // The office itself is told; its deputy keeps one line and takes the certificate that was copied off the case.
    const { chain } = await a.ask("cases.get", { case: of });
    const copied = a.fingerprint;
    await tell(b, a, of);
    expect((await row(a, of)).stopped).toBe(true);
    await a.changeTo(deputy);
    await a.ask("cases.settleFork", { case: of, keep: chain.head, remove: copied });
    expect((await row(a, of)).stopped).toBe(false);
    await all.meet(a, b);
    await tell(a, b, of);
    expect((await row(b, of)).stopped).toBe(false);
    expect((await b.ask("cases.get", { case: of })).chain.head).toBe(
      (await a.ask("cases.get", { case: of })).chain.head,
    );
    await a.changeTo(a.passphrase);
  });
});
