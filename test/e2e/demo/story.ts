// The story: a case travels between two laptops that never meet, under her consent, and comes back equal.
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ConsentDraft } from "../../../shared/ipc/contract/consent.ts";
import type { z } from "../../../shared/schema.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, ContactId } from "../../../shared/vocabulary/ids.ts";
import { specimenIntake } from "../../support/specimen.ts";
import { gnupgPartner } from "./gnupg.ts";
import { startOffice, type Office } from "./office.ts";
import { check, type Teller } from "./teller.ts";

const missionPass = "seven lanterns over the northern road";
const networkPass = "harbour bells before the morning tide";
const shared: readonly SectionName[] = [{ kind: "identity" }, { kind: "work" }, { kind: "reach" }];

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;
const kib = (bytes: number) => `${Math.round(bytes / 1024)} KiB`;

/** Plays it in `folder`, leaving bundles and readable files in `out`. */
export async function playStory(teller: Teller, folder: string, out: string): Promise<void> {
  for (const name of ["drive", "sent", "late", "opened"]) mkdirSync(join(folder, name), { recursive: true });
  mkdirSync(out, { recursive: true });
  const mission = startOffice("the mission", folder);
  const network = startOffice("the network", folder);
  try {
    const met = await meet(teller, mission, network);
    const of = await takeIn(teller, mission, folder, out);
    await refuseWithoutConsent(teller, mission, met.network, of);
    await consentAndShare(teller, mission, network, met, of, folder, out);
    await editApart(teller, mission, network, met, of, folder);
    await withdraw(teller, mission, network, met, of);
    await releaseToPartner(teller, mission, of, folder, out);
  } finally {
    await mission.close();
    await network.close();
  }
}

type Met = { readonly network: ContactId; readonly mission: ContactId };

async function meet(teller: Teller, mission: Office, network: Office): Promise<Met> {
  await teller.step("A mission and a network each make a vault on their own laptop.", async () => {
    await mission.ask("vault.create", {
      folder: "mission",
      kind: "practice",
      office: "Practice Mission",
      person: "Ada Specimen",
      passphrase: missionPass,
    });
    const { words } = await network.ask("vault.create", {
      folder: "network",
      kind: "practice",
      office: "Dublin Harbour Practice Network",
      person: "Ben Specimen",
      passphrase: networkPass,
    });
    return [`recovery words: ${words.split(" ").length}`, undefined];
  });
  await teller.step("They exchange introductions on a USB drive.", async () => {
    const one = await mission.ask("exchange.introduce", { folder: "drive" });
    const other = await network.ask("exchange.introduce", { folder: "drive" });
    await mission.ask("exchange.receive", { from: `drive/${other.file}` });
    await network.ask("exchange.receive", { from: `drive/${one.file}` });
    return [`${kib(one.bytes)} and ${kib(other.bytes)}`, undefined];
  });
  return teller.step("By telephone each reads ten words aloud, and the other types them.", async () => {
    const verify = async (listener: Office, reader: Office) => {
      const { words } = await reader.ask("contacts.ownWords", {});
      const [contact] = (await listener.ask("contacts.list", {})).contacts;
      if (contact === undefined) throw new Error("nobody was met");
      const misheard = await listener.refused("contacts.verify", {
        contact: contact.contact,
        heard: { words: words.toReversed() },
        how: "words-by-telephone",
      });
      check(misheard.type === "WordsDiffer", "misheard words are refused");
      await listener.ask("contacts.verify", {
        contact: contact.contact,
        heard: { words },
        how: "words-by-telephone",
      });
      return contact.contact;
    };
    const met = { network: await verify(mission, network), mission: await verify(network, mission) };
    return ["both verified; words in another order were refused", met];
  });
}

async function takeIn(teller: Teller, mission: Office, folder: string, out: string): Promise<CaseId> {
  const file = join(folder, "intake.json");
  writeFileSync(file, JSON.stringify(specimenIntake, undefined, 2));
  copyFileSync(file, join(out, "intake.json"));
  await teller.step(
    "The mission looks at an intake file before taking it: a woman and four people of her family.",
    async () => {
      const preview = await mission.ask("intake.check", { file: "intake.json" });
      const checks = preview.passports.flatMap((passport) => passport.checks);
      check(preview.people === 4, "four people on the family list");
      check(
        checks.length === 5 && checks.every((one) => one.good),
        "five good check digits in the specimen passport",
      );
      return [`${preview.fields} facts, ${checks.length} check digits of the passport, all good`, undefined];
    },
  );
  return teller.step(
    "It takes the case in. It is called by a code; her name stays covered until someone asks.",
    async () => {
      const taken = await mission.ask("intake.take", {
        file: "intake.json",
        reason: "taken in by telephone",
      });
      const identity = await mission.ask("cases.section", {
        case: taken.case,
        section: { kind: "identity" },
      });
      const value = identity.value as {
        names: { asInPassport: { full: string }; ownScript: { full: string; script: string } };
      };
      check(
        value.names.ownScript.script === "Arab",
        "her name is kept in its own script beside the passport's",
      );
      const mother = taken.sections.find(({ name }) => name.kind === "family" && name.person !== undefined);
      check(mother !== undefined, "each member has a section of her or his own");
      const births = await Promise.all(
        taken.sections.flatMap(({ name }) =>
          name.kind === "family" ? [mission.ask("cases.section", { case: taken.case, section: name })] : [],
        ),
      );
      const years = births.flatMap(({ value: one }) => {
        const date = (one as { birth?: { date?: { value: string; precision: string } } }).birth?.date;
        return date?.precision === "year" ? [date.value] : [];
      });
      check(years.includes("1948"), "a birth known by its year stays a year");
      const found = await mission.ask("search.find", { text: "eriks" });
      check(
        found.found.some((one) => one.case === taken.case),
        "she is found by the beginning of her name",
      );
      return [
        `${taken.code}, ${taken.sections.length} sections; years kept as years: ${years.join(", ")}`,
        taken.case,
      ];
    },
  );
}

async function refuseWithoutConsent(
  teller: Teller,
  mission: Office,
  contact: ContactId,
  of: CaseId,
): Promise<void> {
  await teller.step(
    "The mission tries to share the case. She has not been asked, so it is refused, section by section.",
    async () => {
      await mission.ask("cases.giveRole", { case: of, contact, role: "co-manager", mayRecordYes: false });
      const refusal = await mission.refused("exchange.share", {
        contact,
        cases: [{ case: of }],
        purpose: "joint-protection",
        folder: "drive",
      });
      check(refusal.type === "NotCleared", "without consent nothing goes");
      const { refused } = refusal as { refused: { why: string }[] };
      check(
        refused.every((one) => one.why === "no-consent"),
        "the reason is that she was not asked",
      );
      return [
        `${plural(refused.length, "section")} held back: ${[...new Set(refused.map((one) => one.why))].join(", ")}`,
        undefined,
      ];
    },
  );
}

function spokenConsent(contact: ContactId, sections: readonly SectionName[]): z.input<typeof ConsentDraft> {
  return {
    act: "share",
    by: { who: "her" },
    contact,
    sections: [...sections],
    past: false,
    purpose: "joint-protection",
    until: { day: "2099-12-31" },
    given: { how: "by-telephone", language: "fa-AF", alone: "yes", risksTold: "yes" },
  };
}

async function consentAndShare(
  teller: Teller,
  mission: Office,
  network: Office,
  met: Met,
  of: CaseId,
  folder: string,
  out: string,
) {
  await teller.step(
    "She says yes by telephone: who she is, her work and how to reach her, for protecting her together.",
    async () => {
      await mission.ask("consent.record", { case: of, consent: spokenConsent(met.network, shared) });
      const { choices } = await mission.ask("consent.choices", {
        case: of,
        contact: met.network,
        purpose: "joint-protection",
      });
      const may = choices.filter((one) => one.may).length;
      check(may === shared.length, "only what she named may go");
      return [`${may} of ${choices.length} sections may go`, undefined];
    },
  );
  await teller.step("The case is locked for the network and travels on the drive.", async () => {
    const sent = await mission.ask("exchange.share", {
      contact: met.network,
      cases: [{ case: of }],
      purpose: "joint-protection",
      folder: "drive",
    });
    copyFileSync(join(folder, "drive", sent.file), join(out, "share.pgp"));
    const received = await network.ask("exchange.receive", { from: `drive/${sent.file}` });
    const [first] = received.files;
    check(first?.outcome === "taken", `the network takes it (${JSON.stringify(first?.why)})`);
    const again = await network.ask("exchange.receive", { from: `drive/${sent.file}` });
    check(again.files[0]?.outcome === "already", "delivered twice, taken once");
    const seen = await network.ask("cases.get", { case: of });
    check(
      seen.sections.every((one) => shared.some((name) => name.kind === one.name.kind)),
      "the network holds nothing else",
    );
    return [
      `${kib(sent.bytes)}, ${sent.cases[0]?.parts ?? 0} signed parts; delivered twice, taken once`,
      undefined,
    ];
  });
}

async function editApart(
  teller: Teller,
  mission: Office,
  network: Office,
  met: Met,
  of: CaseId,
  folder: string,
) {
  const item = "0123456789abcdef0123456789abcdef";
  await teller.step("Both edit apart: other fields, and the same field.", async () => {
    const save = (office: Office, edits: Parameters<typeof office.ask<"cases.save">>[1]["edits"]) =>
      office.ask("cases.save", { case: of, reason: "worked on", edits });
    await save(mission, [
      {
        section: { kind: "work" },
        edits: [{ path: ["about"], set: "Mediates between the valley councils." }],
      },
      { section: { kind: "reach" }, edits: [{ path: ["contact", "wish"], set: "only-by-her" }] },
    ]);
    await save(network, [
      {
        section: { kind: "work" },
        edits: [{ path: ["works", item, "what"], set: "Evening school for girls" }],
      },
      { section: { kind: "reach" }, edits: [{ path: ["contact", "wish"], set: "never" }] },
    ]);
    return ["two saves on each side, one field in common", undefined];
  });
  await teller.step("Bundles cross. One comes late, after the one that was written later.", async () => {
    const early = await network.ask("exchange.share", {
      contact: met.mission,
      cases: [{ case: of }],
      purpose: "joint-protection",
      folder: "sent",
    });
    renameSync(join(folder, "sent", early.file), join(folder, "late", early.file));
    await network.ask("cases.save", {
      case: of,
      reason: "worked on",
      edits: [{ section: { kind: "identity" }, edits: [{ path: ["title"], set: "Dr" }] }],
    });
    const later = await network.ask("exchange.share", {
      contact: met.mission,
      cases: [{ case: of }],
      purpose: "joint-protection",
      folder: "sent",
    });
    const gap = await mission.ask("exchange.receive", { from: `sent/${later.file}` });
    check(
      gap.files[0]?.outcome === "taken" && gap.files[0].missing?.length === 1,
      "the mission sees that one bundle is missing",
    );
    const late = await mission.ask("exchange.receive", { from: `late/${early.file}` });
    check(
      late.files[0]?.outcome === "taken" && late.files[0].missing === undefined,
      "and that nothing is missing when it came",
    );
    const back = await mission.ask("exchange.share", {
      contact: met.network,
      cases: [{ case: of }],
      purpose: "joint-protection",
      folder: "sent",
    });
    await network.ask("exchange.receive", { from: `sent/${back.file}` });
    return ["the gap was shown while it lasted", undefined];
  });
  await teller.step(
    "Both vaults are equal, and both show the field that two people set. The careful value is in force.",
    async () => {
      const views = await Promise.all(
        [mission, network].map((office) =>
          Promise.all(shared.map((section) => office.ask("cases.section", { case: of, section }))),
        ),
      );
      const [mine, theirs] = views;
      check(
        isDeepStrictEqual(
          mine?.map(({ value }) => value),
          theirs?.map(({ value }) => value),
        ),
        "equal on both sides",
      );
      const conflicts = views.map((side) => side.flatMap((one) => one.conflicts));
      check(
        conflicts.every((side) => side.length === 1 && side[0]?.inForce === "never"),
        "one conflict on each side; do-not-contact is in force",
      );
      return ["1 field in conflict, shown on both", undefined];
    },
  );
  await teller.step("The mission settles it with her; the answer crosses, and both agree.", async () => {
    const reach = await mission.ask("cases.section", { case: of, section: { kind: "reach" } });
    const keep = reach.conflicts[0]?.values.find((one) => one.value === "only-by-her")?.part;
    if (keep === undefined) throw new Error("the value to keep is not shown");
    await mission.ask("cases.settle", {
      case: of,
      section: { kind: "reach" },
      path: ["contact", "wish"],
      settle: { keep },
      reason: "asked her today",
    });
    const sent = await mission.ask("exchange.share", {
      contact: met.network,
      cases: [{ case: of }],
      purpose: "joint-protection",
      folder: "sent",
    });
    await network.ask("exchange.receive", { from: `sent/${sent.file}` });
    const after = await Promise.all(
      [mission, network].map((office) =>
        office.ask("cases.section", { case: of, section: { kind: "reach" } }),
      ),
    );
    check(
      after.every((one) => one.conflicts.length === 0),
      "no conflict is left",
    );
    check(isDeepStrictEqual(after[0]?.value, after[1]?.value), "equal again");
    return ["0 conflicts", undefined];
  });
}

async function withdraw(teller: Teller, mission: Office, network: Office, met: Met, of: CaseId) {
  await teller.step(
    "She takes back her consent for how to be reached. It is called back at once.",
    async () => {
      const { consents } = await mission.ask("consent.list", { case: of });
      const [consent] = consents;
      if (consent === undefined) throw new Error("the consent is not listed");
      await mission.ask("consent.record", {
        case: of,
        consent: spokenConsent(met.network, [{ kind: "identity" }, { kind: "work" }]),
      });
      const { recalls } = await mission.ask("consent.withdraw", {
        case: of,
        consent: consent.body.id,
        by: { who: "her" },
        how: "by-telephone",
      });
      check(recalls === 1, "one recall is due");
      const refusal = await mission.refused("exchange.share", {
        contact: met.network,
        cases: [{ case: of, sections: [{ kind: "reach" }] }],
        purpose: "joint-protection",
        folder: "sent",
      });
      check(refusal.type === "NotCleared", "it can no longer be sent");
      return ["1 recall due; sending it again is refused", undefined];
    },
  );
  await teller.step(
    "The recall arrives and erases the section at the network; the confirmation comes back.",
    async () => {
      const recall = await mission.ask("exchange.recall", { contact: met.network, folder: "sent" });
      const received = await network.ask("exchange.receive", { from: `sent/${recall.file}` });
      check(received.files[0]?.erased?.some((one) => one.kind === "reach") === true, "the network erased it");
      const gone = await network.refused("cases.section", { case: of, section: { kind: "reach" } });
      check(gone.type === "UnknownSection", "it cannot be looked at there any more");
      const found = await network.ask("search.find", { text: "apricots" });
      check(found.found.length === 0, "nor found by search");
      const confirmation = await network.ask("exchange.acknowledge", {
        contact: met.mission,
        folder: "sent",
      });
      const back = await mission.ask("exchange.receive", { from: `sent/${confirmation.file}` });
      check(back.files[0]?.confirmed?.length === 1, "the recall is confirmed");
      const { recalls } = await mission.ask("exchange.waiting", {});
      check(
        recalls.every((one) => one.state === "confirmed"),
        "nothing waits",
      );
      return ["confirmed", undefined];
    },
  );
}

async function releaseToPartner(teller: Teller, mission: Office, of: CaseId, folder: string, out: string) {
  const partner = gnupgPartner(join(folder, "partner"), "Consular Officer (Practice Consulate)");
  if (partner === undefined) {
    teller.skip("A partner who has only GnuPG opens a release.", "gpg or tar is not on this machine");
    return;
  }
  const contact = await teller.step(
    "A consular officer who has only GnuPG sends a certificate; its fingerprint is compared by telephone.",
    async () => {
      writeFileSync(join(folder, "partner.asc"), partner.certificate);
      const added = await mission.ask("contacts.add", {
        file: "partner.asc",
        name: "Consular Officer",
        officeName: "Practice Consulate",
      });
      const { contact: id } = added.contact;
      await mission.ask("contacts.verify", {
        contact: id,
        heard: { fingerprint: partner.fingerprint.replace(/(.{4})/g, "$1 ") },
        how: "fingerprint",
      });
      return [partner.fingerprint.replace(/(.{4})/g, "$1 ").trim(), id];
    },
  );
  const released = await teller.step(
    "She agrees that who she is goes to that officer for a visa. It is locked as a dossier.",
    async () => {
      const fields = [{ section: { kind: "identity" as const }, pattern: "*" }];
      const early = await mission.refused("exchange.release", {
        contact,
        case: of,
        purpose: "visa",
        fields,
        ticked: [],
        folder: "sent",
      });
      check(early.type === "NotCleared", "not before she agreed");
      await mission.ask("consent.record", {
        case: of,
        consent: {
          ...spokenConsent(contact, [{ kind: "identity" }]),
          act: "release",
          purpose: "visa",
          fields: [{ section: { kind: "identity" }, fields: ["*"] }],
        },
      });
      const done = await mission.ask("exchange.release", {
        contact,
        case: of,
        purpose: "visa",
        fields,
        ticked: [],
        folder: "sent",
      });
      copyFileSync(join(folder, "sent", done.file), join(out, "release.pgp"));
      return [`${plural(done.fields, "fact")}, ${kib(done.bytes)}, ${done.left} left out`, done];
    },
  );
  const printed = "The dossier is printed as a PDF, for a desk that has a printer and no time.";
  if (!released.pdf) {
    teller.skip(printed, "no Chromium, Chrome or Edge is on this machine; the dossier goes as a page");
  }
  await teller.step(
    "The officer opens it with gpg and tar, sees a good signature, and reads the dossier.",
    async () => {
      const { contacts } = await mission.ask("contacts.list", {});
      check(contacts.length > 0, "contacts are listed");
      const own = await mission.ask("contacts.ownCertificate", {});
      const opened = partner.open(
        join(folder, "sent", released.file),
        own.certificate,
        join(folder, "opened"),
      );
      check(opened.listing[0] === "manifest.json", "the manifest comes first");
      for (const name of ["README.html", "dossier.html"]) {
        check(opened.listing.includes(name), `${name} is inside`);
        copyFileSync(join(folder, "opened", name), join(out, name));
      }
      const dossier = readFileSync(join(folder, "opened", "dossier.html"), "utf8");
      check(
        dossier.includes("ERIKSSON") && dossier.includes("PRACTICE") && !dossier.includes("apricots"),
        "her name, the mark PRACTICE, and nothing she did not agree to",
      );
      return [`${opened.listing.join(", ")}; signed by ${opened.signature}`, undefined];
    },
  );
  if (!released.pdf) return;
  await teller.step(printed, async () => {
    const pdf = readFileSync(join(folder, "opened", "dossier.pdf"));
    check(pdf.subarray(0, 5).toString() === "%PDF-", "it is a PDF");
    copyFileSync(join(folder, "opened", "dossier.pdf"), join(out, "dossier.pdf"));
    return [kib(pdf.length), undefined];
  });
}
