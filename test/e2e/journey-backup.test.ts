// A backup is made on a drive and tried; then another laptop brings it back and opens it.
import { describe, expect, test } from "vitest";
import type { Way } from "../support/hand.ts";
import { answer, laptops, openCase, passphrases, patient, sitDown } from "../support/journey.ts";
import { browserHere } from "../support/window.ts";

const journey = async (way: Way) => {
  await using room = await laptops("laptop", "another");
  let code = "";
  {
    await using window = await sitDown(room.of(0), way, "backup");
    const { hand } = window;
    await hand.press(/^Practise first/);
    await hand.press("New folder");
    await hand.press("Make it and use it");
    await hand.fill("Your name", "Ada Specimen");
    await hand.fill("Passphrase", passphrases.mission);
    await hand.press("Begin");
    await hand.see("PRACTICE: nothing here is real");
    ({ code } = (await answer<{ cases: [{ code: string }] }>(hand.page, "cases.list")).cases[0]);

    await hand.to("Settings");
    await hand.press("Backup and checks");
    await hand.see("No backup was made yet.");
    await hand.press("Make a backup");
    await hand.enter("USB");
    await hand.press("New folder");
    await hand.fill("Name of the new folder", "Tuesday");
    await hand.press("Make it");
    await hand.page.getByRole("heading", { level: 3, name: "Tuesday" }).waitFor();
    await hand.press("Use this folder");
    await hand.see(/^The backup is written: /);
    await hand.see("The last one was made today");

    await hand.press("Try a backup");
    await hand.enter("USB", "Tuesday");
    await hand.fill("The passphrase, or the 24 words, of when it was made", passphrases.network);
    await hand.press("Try it");
    await hand.see("Nothing was changed.");
    await hand.fill("The passphrase, or the 24 words, of when it was made", passphrases.mission);
    await hand.press("Try it");
    await hand.see("It opens.");
    await hand.press("Check now");
    await hand.see("as written.");
  }
  await using window = await sitDown(room.of(1), way, "restore");
  const { hand } = window;
  await hand.press(/^Bring back a backup/);
  await hand.enter("USB", "Tuesday");
  await hand.press("New folder");
  await hand.press("Make it and use it");
  await hand.fill("Passphrase", passphrases.mission);
  await hand.press("Bring it back");
  await hand.see("It holds 6 cases.");
  await hand.press("Go to the door");
  await hand.fill("Passphrase", passphrases.mission);
  await hand.press("Unlock");
  await openCase(hand, code);
  expect(await answer(hand.page, "cases.list")).toMatchObject({ cases: { length: 6 } });
};

describe.skipIf(browserHere === undefined)("a backup", () => {
  test("by mouse", patient, async () => await journey("mouse"));
  test("by keys alone", patient, async () => await journey("keys"));
});
