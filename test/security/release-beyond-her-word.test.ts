// Her word for a brother who cannot be asked: what a partner with only GnuPG finds in the bundle is name, birth year, relation and passport.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaseId, ContactId, PersonId } from "../../shared/vocabulary/ids.ts";
import { gnupgPartner, type Partner } from "../e2e/demo/gnupg.ts";
import { consent, giveRole, smallCase, twoOffices, valueOf } from "../support/offices.ts";
import { have } from "../support/tools.ts";

const person = "b".repeat(32) as PersonId;
const section = { kind: "family" as const, person };
const passport = "1".repeat(32);
const card = "2".repeat(32);
/** Nothing of these may leave: another paper, what tells the day of birth, where he is, what she says of him. */
const secrets = ["NID-70707", "810321", "1981-03", "21 March", "spring", "aunt in Utopia", "hides", "Mina"];

let made: Awaited<ReturnType<typeof twoOffices>>;
let of: CaseId;
beforeAll(async () => {
  made = await twoOffices();
  of = await smallCase(made.mission);
  const set = (path: readonly string[], value: unknown) => ({ path: [...path], set: value as never });
  await made.mission.ask("cases.save", {
    case: of,
    reason: "her brother, who hides",
    edits: [
      {
        section,
        edits: [
          set(["names", "asInPassport"], { full: "JON SPECIMEN", script: "Latn" }),
          set(["names", "wanted"], { full: "Mina", script: "Latn" }),
          set(["birth", "date"], {
            value: "1981-03-21",
            precision: "day",
            calendar: "gregorian",
            approximate: true,
            text: "the first day of spring",
          }),
          set(["relation", "kind"], "brother"),
          set(["relation", "proof"], "Her word and a photograph; he hides."),
          set(["papers", "held", passport, "kind"], "passport"),
          set(["papers", "held", passport, "number"], "L898902C3"),
          set(["papers", "held", passport, "mrz"], "P<UTOSPECIMEN<<JON\nL898902C36UTO8103210M"),
          set(["papers", "held", passport, "heldBy"], "an aunt in Utopia"),
          set(["papers", "held", card, "kind"], "national-id"),
          set(["papers", "held", card, "number"], "NID-70707"),
        ],
      },
    ],
  });
});
afterAll(() => made[Symbol.asyncDispose]());

const covered = [
  "names.asInPassport",
  "birth.date",
  "relation.kind",
  "papers.held.*.kind",
  "papers.held.*.number",
];
const asking = (contact: ContactId, patterns: readonly string[] = covered) => ({
  contact,
  case: of,
  purpose: "visa" as const,
  fields: patterns.map((pattern) => ({ section, pattern })),
});
const herWord = (contact: ContactId) =>
  consent(made.mission, of, contact, [section], {
    act: "release",
    by: { who: "her-word-for", person, why: "He cannot be reached." },
    purpose: "visa",
    fields: [{ section, fields: ["*"] }],
  });

async function officer(partner: Partner): Promise<ContactId> {
  const { mission, folder } = made;
  writeFileSync(join(folder, "partner.asc"), partner.certificate);
  const { contact } = (
    await mission.ask("contacts.add", {
      file: "partner.asc",
      name: "Consular Officer",
      officeName: "Practice Consulate",
    })
  ).contact;
  await mission.ask("contacts.verify", {
    contact,
    heard: { fingerprint: partner.fingerprint },
    how: "fingerprint",
  });
  return contact;
}

test.skipIf(!have("gpg"))("with every field consented, and read with gpg and tar", async () => {
  const { mission, folder, toNetwork } = made;
  const partner = gnupgPartner(join(folder, "partner"), "Consular Officer (Practice Consulate)");
  if (partner === undefined) throw new Error("gpg is here and tar is not");
  const contact = await officer(partner);
  await herWord(contact);
  for (const more of ["papers.held.*.mrz", "papers.held.*.heldBy", "relation.proof", "names.wanted"])
    expect(await mission.refused("exchange.preview", asking(contact, [...covered, more]))).toMatchObject({
      refused: [{ why: "adult-decides" }],
    });
  const { leaves } = await mission.ask("exchange.preview", asking(contact));
  expect(Object.fromEntries(leaves.map(({ path, value }) => [path.join("."), value]))).toEqual({
    "names.asInPassport": { full: "JON SPECIMEN", script: "Latn" },
    "birth.date": { value: "1981", precision: "year", calendar: "gregorian", approximate: true },
    "relation.kind": "brother",
    [`papers.held.${passport}.kind`]: "passport",
    [`papers.held.${passport}.number`]: "L898902C3",
  });
  const done = await mission.ask("exchange.release", { ...asking(contact), ticked: [], folder: "drive" });
  expect(done.fields).toBe(leaves.length);

  const into = join(folder, "opened");
  mkdirSync(into);
  const own = await mission.ask("contacts.ownCertificate", {});
  const { listing } = partner.open(join(folder, "drive", done.file), own.certificate, into);
  const dossier = readFileSync(join(into, "dossier.html"), "utf8");
  for (const shown of ["JON SPECIMEN", "1981", "L898902C3", "rother"]) expect(dossier).toContain(shown);
  for (const name of readdirSync(into)) {
    const bytes = readFileSync(join(into, name), "latin1");
    for (const secret of [...secrets, person, of])
      expect(bytes, `${secret} in ${name}`).not.toContain(secret);
  }
  expect(listing.join(" ")).not.toContain(person);

  expect(
    await mission.refused("consent.record", {
      case: of,
      consent: {
        act: "release",
        by: { who: "her-word-for", person },
        contact: toNetwork,
        sections: [section],
        fields: [{ section, fields: ["*"] }],
        past: false,
        purpose: "visa",
        until: { day: "2099-12-31" },
        given: { how: "spoken", language: "fa-AF", alone: "yes", risksTold: "yes" },
      },
    }),
  ).toEqual({ type: "ConsentInvalid", problems: [{ at: ["contact"], why: "one-authority" }] });
});

test("once he was asked, or said no, her word no longer holds", async () => {
  const { mission, toNetwork } = made;
  const other = await smallCase(mission);
  const save = (path: readonly string[], value: string) =>
    mission.ask("cases.save", {
      case: other,
      reason: "asked",
      edits: [{ section, edits: [{ path: [...path], set: value }] }],
    });
  await save(["relation", "kind"], "brother");
  await consent(mission, other, toNetwork, [section], {
    act: "release",
    by: { who: "her-word-for", person },
    purpose: "visa",
    fields: [{ section, fields: ["*"] }],
  });
  const asked = { ...asking(toNetwork, ["relation.kind"]), case: other };
  await mission.ask("exchange.preview", asked);
  for (const [field, value] of [
    ["how", "alone"],
    ["decides", "no"],
  ] as const) {
    await save(["asked", field], value);
    expect(await mission.refused("exchange.preview", asked)).toMatchObject({
      refused: [{ why: "adult-decides" }],
    });
    await save(["asked", field], field === "how" ? "not-possible-yet" : "later");
    await mission.ask("exchange.preview", asked);
  }
  expect(await valueOf(mission, other, section)).toMatchObject({ asked: { how: "not-possible-yet" } });
});

test("it opens no standing exchange", async () => {
  const { mission, toNetwork } = made;
  const other = await smallCase(mission);
  await giveRole(mission, other, toNetwork);
  await expect(
    consent(mission, other, toNetwork, [section], { by: { who: "her-word-for", person } }),
  ).rejects.toThrow("her-word-for-a-release-only");
});
