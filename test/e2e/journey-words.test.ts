// What is rarely done and must not fail then: a new passphrase, new words, somebody may know it, a colleague who leaves, the 24 words.
import { describe, expect, test } from "vitest";
import { answer, laptops, passphrases, patient, readBackWords, sitDown } from "../support/journey.ts";
import { browserHere } from "../support/window.ts";

const later = "an orange tram beside the quiet mill";

describe.skipIf(browserHere === undefined)("passphrases and words", () => {
  test("changed, made anew, and opening what was forgotten, by mouse", patient, async () => {
    await using room = await laptops("laptop");
    let words: readonly string[] = [];
    {
      await using window = await sitDown(room.of(0), "mouse", "words");
      const { hand } = window;
      const person = { office: "Mission of Utopia", person: "Ada Specimen", passphrase: passphrases.mission };
      await answer(hand.page, "vault.create", { folder: "Documents/Files", kind: "practice", ...person });
      await hand.page.reload();

      await hand.to("Settings");
      await hand.press("Change my passphrase");
      await hand.fill("Passphrase of now", passphrases.network);
      await hand.fill("New passphrase", later);
      await hand.press("Change it");
      await hand.see("Nothing was changed.");
      await hand.fill("Passphrase of now", passphrases.mission);
      await hand.press("Change it");
      await hand.see("Your passphrase is changed.");

      await hand.press("Add a colleague");
      await hand.fill("Her or his name", "Carla Specimen");
      await hand.fill("New passphrase", passphrases.colleague);
      await hand.press("Add", "Who opens this");
      await hand.see("Carla Specimen can open it now.");
      await hand.press("Remove");
      await hand.press("Remove Carla Specimen");
      await hand.see("Carla Specimen was removed.");

      await hand.press("Words and safety");
      await hand.press("Make new words");
      await hand.see("The paper of now becomes worthless at once.");
      await hand.press("Make new words");
      await hand.see("Your 24 words");
      const first = await readBackWords(hand);
      await hand.see("The new words are on paper.");

      await hand.press("Encrypt everything anew");
      await hand.fill("New passphrase", passphrases.mission);
      await hand.press("Encrypt everything anew");
      await hand.see("Your 24 words");
      words = await readBackWords(hand);
      await hand.see("The new words are on paper.");
      expect(words).not.toEqual(first);
      await hand.to("Lock");
      await window.ended;
    }
    await using window = await sitDown(room.of(0), "mouse", "words-back");
    const { hand } = window;
    await hand.fill("Passphrase", later);
    await hand.press("Unlock");
    await hand.see("Nothing was changed.");
    await hand.press("Use the 24 words");
    await hand.fill("The 24 words, in their order", words.join(" ").toUpperCase());
    await hand.fill("New passphrase", passphrases.network);
    await hand.press("Open and set the passphrase");
    await hand.see("Ada Specimen");
    expect(await answer(hand.page, "vault.status")).toMatchObject({ state: "open" });
  });
});
