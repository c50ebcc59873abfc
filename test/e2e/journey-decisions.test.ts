// Whose word it is: a relative's own, a child's guardian's, hers for one who cannot be asked, and her no to a part. And the other ways to know a contact.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { startOffice } from "./demo/office.ts";
import type { Hand } from "../support/hand.ts";
import { answer, laptops, openCase, passphrases, patient, receiveAll, sitDown } from "../support/journey.ts";
import { svgOf } from "../support/code.ts";
import { specimenIntake } from "../support/specimen.ts";
import { browserHere } from "../support/window.ts";

const vault = { folder: "Documents/Files", kind: "practice" } as const;
const mission = { office: "Mission of Utopia", person: "Ada Specimen", passphrase: passphrases.mission };
const network = { office: "Harbour Network", person: "Ben Specimen", passphrase: passphrases.network };

const legalDesk = { office: "Legal Desk", person: "Dora Specimen", passphrase: passphrases.colleague };

type Decisions = {
  readonly consents: readonly {
    readonly body: { readonly by: { readonly who: string }; readonly sections: readonly unknown[] };
    readonly withdrawn: boolean;
  }[];
};

/** What every decision asks at its end. */
const answerTheRest = async (hand: Hand) => {
  await hand.fill("Or until this happens", "the family is together again");
  await hand.press("Next");
  await hand.pick("By telephone");
  await hand.choose("In which language?", "English");
  await hand.press("Next");
  await hand.pick("Yes, alone");
  await hand.press("Next");
  await hand.pick("Yes");
  await hand.press("Next");
  await hand.see("Read this to her");
  await hand.press("Record her yes");
  await hand.see("Her yes is recorded.");
};
const recipient = async (hand: Hand) => {
  await hand.press("Next");
  await hand.pick("Ben Specimen");
  await hand.press("Next");
};
const purpose = async (hand: Hand, what: string) => {
  await hand.choose("What for?", what);
  await hand.press("Next");
};
const share = async (hand: Hand) => {
  await hand.pick("To keep each other informed");
  await hand.press("Next");
};
const nothingFromBefore = async (hand: Hand) => {
  await hand.pick("Only what stands now");
  await hand.press("Next");
};

describe.skipIf(browserHere === undefined)("decisions and contacts", () => {
  test("by mouse", patient, async () => {
    await using room = await laptops("mission");
    await using window = await sitDown(room.of(0), "mouse", "decisions");
    const { hand } = window;
    const partner = startOffice("the network", room.folder);
    const desk = startOffice("a legal desk", room.folder);
    try {
      await partner.ask("vault.create", { folder: "network", kind: "practice", ...network });
      await partner.ask("exchange.introduce", { folder: room.drive });
      const drawn = svgOf(await partner.ask("contacts.ownQr", {}));
      const picture = await sharp(Buffer.from(drawn)).resize(600).png().toBuffer();
      writeFileSync(join(room.drive, "code.png"), picture);
      await desk.ask("vault.create", { folder: "desk", kind: "practice", ...legalDesk });
      const other = await desk.ask("contacts.ownCertificate", {});
      writeFileSync(join(room.drive, "certificate.asc"), other.certificate);
      writeFileSync(join(room.folder, "intake.json"), JSON.stringify(specimenIntake));
      await answer(hand.page, "vault.create", { ...vault, ...mission });
      const { case: of, code } = await answer<{ case: string; code: string }>(hand.page, "intake.take", {
        file: join(room.folder, "intake.json"),
        reason: "",
      });
      await hand.page.reload();

      await hand.to("Contacts");
      await hand.press("Add a certificate");
      await hand.press("Choose a file…");
      await hand.place("USB", "certificate.asc");
      await hand.fill("Her name", legalDesk.person);
      await hand.fill("Her office", legalDesk.office);
      await hand.press("Add a certificate", "Add a certificate");
      await hand.see("Not verified: can only exchange certificates");
      await hand.fill("The whole fingerprint, as you hear it", other.fingerprint.toLowerCase());
      await hand.press("Compare");
      await hand.see("All of it agrees.");

      await receiveAll(hand);
      await hand.to("Contacts");
      await hand.press(/^Ben Specimen/);
      await hand.pick("A picture of her code");
      await hand.press("Choose the picture…");
      await hand.place("USB", "code.png");
      await hand.see("All of it agrees.");

      await openCase(hand, code);
      await hand.press("Show names");
      await hand.to("Her word");
      await hand.press("Record her yes");
      await hand.pick("Her own");
      await recipient(hand);
      await share(hand);
      await hand.pick("Identity and papers");
      await hand.pick("Work");
      await hand.press("Next");
      await purpose(hand, "Protecting her together");
      await nothingFromBefore(hand);
      await answerTheRest(hand);

      await hand.press("Record her no");
      await hand.pick("Only to some of it");
      await hand.pick("Work", "Record her no");
      await hand.pick("She herself", "Who says no?");
      await hand.pick("Through someone", "How was it said?");
      await hand.press("Record her no", "Record her no");
      await hand.see("Her no is in force.");

      await hand.press("Record her yes");
      await hand.pick("A grown person of her family");
      await hand.choose("Who is it about?", "Karin Eriksson");
      await recipient(hand);
      await share(hand);
      await purpose(hand, "Protecting her together");
      await nothingFromBefore(hand);
      await answerTheRest(hand);

      await hand.press("Record her yes");
      await hand.pick("Whoever holds authority over a child");
      await hand.choose("Who is it about?", "JON ERIKSSON");
      await hand.fill("Who holds authority over the child?", "His mother");
      await recipient(hand);
      await share(hand);
      await purpose(hand, "School");
      await nothingFromBefore(hand);
      await answerTheRest(hand);

      await hand.press("Record her yes");
      await hand.pick("Her word for a relative");
      await hand.choose("Who is it about?", "Mina");
      await hand.fill("Why can this person not be asked now?", "She is on the road.");
      await recipient(hand);
      await purpose(hand, "A visa");
      await answerTheRest(hand);

      const { consents } = await answer<Decisions>(hand.page, "consent.list", { case: of });
      const said = consents.map(({ body, withdrawn }) => `${body.by.who}${withdrawn ? ", taken back" : ""}`);
      expect(said.toSorted()).toEqual([
        "authority-over-child",
        "her",
        "her, taken back",
        "her-word-for",
        "person",
      ]);
      const left = consents.find(({ body, withdrawn }) => body.by.who === "her" && !withdrawn);
      expect(left?.body.sections).toEqual([{ kind: "identity" }]);
    } finally {
      await partner.close();
      await desk.close();
    }
  });
});
