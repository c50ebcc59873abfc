// From nothing to a case that was shared: an office is set up, meets another, takes a woman in, asks her, and sends.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startOffice } from "./demo/office.ts";
import type { Way } from "../support/hand.ts";
import {
  patient,
  compareWords,
  introduce,
  laptops,
  passphrases,
  receiveAll,
  setUpOffice,
  sitDown,
} from "../support/journey.ts";
import { specimenIntake } from "../support/specimen.ts";
import { browserHere } from "../support/window.ts";

const zone = specimenIntake.sections.identity.papers.held.passport.mrz;

const journey = async (way: Way) => {
  await using room = await laptops("mission");
  await using window = await sitDown(room.of(0), way, "first");
  const { hand } = window;
  const network = startOffice("the network", room.folder);
  try {
    await setUpOffice(hand, {
      office: "Mission of Utopia",
      person: "Ada Specimen",
      passphrase: passphrases.mission,
    });

    await introduce(hand);
    await network.ask("vault.create", {
      folder: "network",
      kind: "real",
      office: "Harbour Network",
      person: "Ben Specimen",
      passphrase: passphrases.network,
    });
    const [own = ""] = readdirSync(room.drive);
    await network.ask("exchange.receive", { from: join(room.drive, own) });
    await network.ask("exchange.introduce", { folder: room.drive });
    await receiveAll(hand);
    const { words } = await network.ask("contacts.ownWords", {});
    await compareWords(hand, "Ben Specimen", words);
    const [mission] = (await network.ask("contacts.list", {})).contacts;
    expect(mission).toMatchObject({ name: "Ada Specimen", officeName: "Mission of Utopia" });

    await hand.to("Cases");
    await hand.press("New case");
    await hand.fill("What does she want to be called?", "Anna");
    await hand.choose("How may she be reached?", "Signal");
    await hand.fill("Number or address", "+999 555 0101");
    await hand.fill("What did she say, and who was there?", "She is at her sister's until Friday.");
    await hand.fill("The two or three lines at the foot of the passport or card", zone);
    await hand.see("All lines together: the check digit holds");
    await hand.press("Begin this case");

    await hand.to("Family");
    await hand.press("Add someone");
    await hand.fill("What is this person called?", "Marta");
    await hand.choose("What is this person to her?", "Mother");
    await hand.choose("Comes or stays?", "Stays at risk");
    await hand.press("Add to her family");
    await hand.see("By whose word");

    await hand.to("Her word");
    await hand.press("Record her yes");
    await hand.pick("Her own");
    await hand.press("Next");
    await hand.pick("Ben Specimen");
    await hand.press("Next");
    await hand.pick("To keep each other informed");
    await hand.press("Next");
    await hand.pick("Identity and papers");
    await hand.press("Next");
    await hand.choose("What for?", "Protecting her together");
    await hand.press("Next");
    await hand.pick("Only what stands now");
    await hand.press("Next");
    await hand.fill("Day", "31");
    await hand.fill("Month", "12");
    await hand.fill("Year", "2099");
    await hand.press("Next");
    await hand.pick("Spoken, face to face");
    await hand.choose("In which language?", "English");
    await hand.press("Next");
    await hand.pick("Yes, alone");
    await hand.press("Next");
    await hand.pick("Yes");
    await hand.fill("Her words", "They may know who I am.");
    await hand.press("Next");
    await hand.see(/Ben Specimen, Harbour Network may be kept informed.*“They may know who I am.”/);
    await hand.press("Record her yes");
    await hand.see("Her yes is recorded");

    const send = async () => {
      await hand.press("Share…");
      await hand.choose("To whom", "Ben Specimen");
      await hand.choose("What for", "Protecting her together");
    };
    await send();
    await hand.see("Harbour Network does not work on this case");
    await hand.press("Who works on it");
    await hand.choose("Whom", "Ben Specimen");
    await hand.press("Bring in");
    await hand.see("Harbour Network works on it");
    await send();
    await hand.press("Show what leaves");
    await hand.see("ERIKSSON");
    await hand.press("Choose where…");
    await hand.place("USB");
    await hand.press(/^Lock for Harbour Network \(\d+ facts\)$/);
    await hand.see("Locked for Harbour Network");
    await hand.press("To Exchange");
    await hand.see("on a drive, not known to have arrived");
  } finally {
    await network.close();
  }
};

describe.skipIf(browserHere === undefined)("from first run to a shared case", () => {
  test("by mouse", patient, async () => await journey("mouse"));
  test("by keys alone", patient, async () => await journey("keys"));
});
