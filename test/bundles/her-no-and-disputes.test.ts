// What a person can do about what is not in effect, and her no in part: through the contract of real offices.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CaseId } from "../../shared/vocabulary/ids.ts";
import {
  both,
  consent,
  giveRole,
  save,
  share,
  sharedCase,
  smallCase,
  twoOffices,
  valueOf,
  withdraw,
} from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
let of: CaseId;
beforeAll(async () => {
  made = await twoOffices();
  of = await sharedCase(made);
});
afterAll(() => made[Symbol.asyncDispose]());

const actions = async (id: CaseId) =>
  (await made.mission.ask("audit.read", { case: id })).entries.map((entry) => entry.action);

describe("her no in part", () => {
  it("takes back one section, keeps the others, and says how it was said", async () => {
    const { mission, network, toNetwork } = made;
    const { consents } = await mission.ask("consent.list", { case: of });
    const [first] = consents;
    if (first === undefined) throw new Error("no consent");
    const { recalls } = await mission.ask("consent.withdraw", {
      case: of,
      consent: first.body.id,
      by: { who: "her" },
      how: "by-telephone",
      words: "Not how to reach me any more.",
      sections: [{ kind: "reach" }],
    });
    expect(recalls).toBe(1);
    const { choices } = await mission.ask("consent.choices", {
      case: of,
      contact: toNetwork,
      purpose: "joint-protection",
    });
    expect(choices.map(({ section, may }) => [section.kind, may])).toEqual(
      expect.arrayContaining([
        ["identity", true],
        ["reach", false],
      ]),
    );
    const listed = (await mission.ask("consent.list", { case: of })).consents;
    expect(listed.find(({ body }) => body.id === first.body.id)).toMatchObject({
      withdrawn: true,
      withdrawal: { how: "by-telephone", words: "Not how to reach me any more." },
    });
    expect(listed.find(({ withdrawn }) => !withdrawn)?.body.sections).toEqual([{ kind: "identity" }]);
    expect(await valueOf(network, of, { kind: "identity" })).toEqual({ title: "Ms" });
  });

  it("leaves nothing of a consent when all its sections are taken back", async () => {
    const { mission, toNetwork } = made;
    const id = await smallCase(mission);
    await giveRole(mission, id, toNetwork);
    const given = await consent(mission, id, toNetwork);
    await mission.ask("consent.withdraw", {
      case: id,
      consent: given,
      by: { who: "her" },
      how: "written",
      sections: [...both],
    });
    const { consents } = await mission.ask("consent.list", { case: id });
    expect(consents.map(({ withdrawn }) => withdrawn)).toEqual([true]);
  });
});

describe("striking", () => {
  it("refuses a fact that is not there, and all that there is", async () => {
    const { mission } = made;
    const id = await smallCase(mission);
    const section = { kind: "identity" } as const;
    await expect(
      mission.refused("cases.strike", { case: id, section, paths: [["names", "wanted"]] }),
    ).resolves.toEqual({ type: "NothingToStrike" });
    await expect(mission.refused("cases.strike", { case: id, section, paths: [["title"]] })).resolves.toEqual(
      {
        type: "NothingLeft",
      },
    );
    expect(await valueOf(mission, id, section)).toEqual({ title: "Ms" });
  });

  it("leaves the other journal entries to be found", async () => {
    const { mission } = made;
    const id = await smallCase(mission);
    const [one, other] = ["1".repeat(32), "2".repeat(32)] as const;
    await mission.ask("cases.save", {
      case: id,
      reason: "called",
      edits: [
        {
          section: { kind: "journal" },
          edits: [
            { path: ["entries", one, "text"], set: "The quetzal was seen." },
            { path: ["entries", other, "text"], set: "The pangolin was seen." },
          ],
        },
      ],
    });
    await mission.ask("cases.strike", { case: id, section: { kind: "journal" }, paths: [["entries", one]] });
    const found = async (text: string) => (await mission.ask("search.find", { text })).found;
    expect(await found("pangolin")).toMatchObject([{ case: id, entry: other }]);
    expect(await found("quetzal")).toEqual([]);
  });
});

describe("what was done", () => {
  it("stands in the log of the case, whole", async () => {
    const { mission } = made;
    const id = await smallCase(mission);
    await save(mission, id, { kind: "identity" }, ["title"], "Dr");
    expect(await actions(id)).toEqual(["case-created", "saved"]);
    expect((await mission.ask("audit.read", { case: id })).whole).toBe(true);
  });

  it("says the stage of the work as the plan has it", async () => {
    const { mission } = made;
    const id = await smallCase(mission);
    await save(mission, id, { kind: "plan" }, ["stage"], "active");
    const { cases } = await mission.ask("cases.list", { state: "active" });
    expect(cases.map((row) => row.case)).toEqual([id]);
  });
});

describe("work of an office that was taken off", () => {
  it("is held, shown with who and why, and taken when it is accepted", async () => {
    const { mission, network, toNetwork, toMission } = made;
    const id = await sharedCase(made);
    const { offices } = await mission.ask("cases.get", { case: id });
    const theirs = offices.find(({ role }) => role === "co-manager")?.office;
    if (theirs === undefined) throw new Error("no co-manager");
    await save(network, id, { kind: "identity" }, ["title"], "Dr");
    const late = await share(network, toMission, id);
    await mission.ask("cases.takeRole", { case: id, from: { office: theirs }, why: "left" });
    await giveRole(mission, id, toNetwork);
    await mission.take(late);
    const { parts } = await mission.ask("cases.held", { case: id });
    expect(parts).toMatchObject([
      { section: { kind: "identity" }, why: "after-removal", leaves: [{ path: ["title"], value: "Dr" }] },
    ]);
    const [part] = parts;
    if (part === undefined) throw new Error("nothing held");
    await mission.ask("cases.acceptHeld", { case: id, parts: [part.part] });
    expect(await valueOf(mission, id, { kind: "identity" })).toEqual({ title: "Dr" });
    expect((await mission.ask("cases.held", { case: id })).parts).toEqual([]);
    expect(await mission.ask("cases.tryAgain", { case: id })).toEqual({ stored: 0 });
  });
});

describe("a withdrawal by an office that works on the case", () => {
  it("reaches the office that answers, which calls back", async () => {
    const { mission, network, toMission } = made;
    const id = await sharedCase(made);
    const [given] = (await network.ask("consent.list", { case: id })).consents;
    if (given === undefined) throw new Error("the network cannot read the consent that concerns it");
    await withdraw(network, id, given.body.id);
    const refusal = await network.refused("exchange.share", {
      contact: toMission,
      cases: [{ case: id }],
      purpose: "joint-protection",
      folder: "drive",
    });
    expect(refusal.type).toBe("NotCleared");
    const told = await network.ask("exchange.tell", { contact: toMission, cases: [id], folder: "drive" });
    expect((await mission.take(`drive/${told.file}`)).outcome).toBe("taken");
    const { recalls } = await mission.ask("exchange.waiting", {});
    expect(recalls.filter((one) => one.case === id)).toMatchObject([{ state: "due" }]);
  });
});
