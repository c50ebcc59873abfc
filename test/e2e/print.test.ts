// A printer through the window: the 24 words of a new office by keys, a call sheet by mouse, and what is said where it does not work.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { handMadeCups } from "../support/cups.ts";
import { answer, laptops, passphrases, patient, setUpOffice, sitDown } from "../support/journey.ts";
import { have } from "../support/tools.ts";
import { browserHere } from "../support/window.ts";

const person = { office: "Mission of Utopia", person: "Ada Specimen", passphrase: passphrases.mission };

describe.skipIf(browserHere === undefined || !have("pdftotext"))("a printer", () => {
  test("prints the 24 words of a new office, by keys, and nothing of them is left", patient, async () => {
    await using room = await laptops("laptop");
    mkdirSync(join(room.folder, "cups"));
    using cups = handMadeCups(join(room.folder, "cups"));
    await using window = await sitDown(room.of(0), "keys", "print");
    const { hand } = window;
    const words = await setUpOffice(hand, person, async () => {
      await hand.press("Print them…");
      await hand.see("Over a network: others may see or keep it");
      await hand.press(/^Desk /);
      await hand.see("Desk has the page.");
      expect(await hand.page.locator(":focus").innerText()).toBe("Print them…");
    });
    const printed = execFileSync("pdftotext", ["-layout", "-", "-"], { input: cups.page() }).toString();
    words.forEach((word, at) => expect(printed).toMatch(new RegExp(`\\b${at + 1}\\.\\s+${word}\\b`)));
    expect(printed).not.toMatch(/waypost|utopia|specimen/i);
    const [first = "", second = ""] = words;
    const home = join(room.folder, "laptop");
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(join(parentPath, name), "latin1");
      expect(bytes.includes(`${first} ${second}`) || bytes.includes("%PDF"), name).toBe(false);
    }
    expect(JSON.stringify(await answer(hand.page, "desk.drafts"))).not.toContain(first);
  });

  test(
    "prints a call sheet by mouse; is stopped, refuses, is gone, and the way on is said",
    patient,
    async () => {
      await using room = await laptops("laptop");
      mkdirSync(join(room.folder, "cups"));
      using cups = handMadeCups(join(room.folder, "cups"));
      await using window = await sitDown(room.of(0), "mouse", "print-sheet");
      const { hand } = window;
      await answer(hand.page, "vault.create", { folder: "Documents/Files", kind: "practice", ...person });
      const made = (await answer(hand.page, "cases.create", {
        reason: "taken in",
        edits: [{ section: { kind: "identity" }, edits: [{ path: ["title"], set: "Professor" }] }],
      })) as {
        readonly code: string;
      };
      await hand.page.reload();
      await hand.to("Cases");
      await hand.press(new RegExp(made.code));
      await hand.page.getByRole("heading", { level: 1, name: made.code }).waitFor();
      await hand.page.keyboard.press("p");
      await hand.see("Call sheet");

      await hand.press("Print…");
      await hand.see("The usual one, on a cable");
      await hand.press(/^Desk /);
      await hand.see("Desk has the paper.");
      expect(execFileSync("pdftotext", ["-", "-"], { input: cups.page() }).toString()).toContain(made.code);

      cups.behave("leaves");
      await hand.press("Print…");
      await hand.press(/^Desk /);
      await hand.see("Printing on Desk.");
      await expect.poll(() => cups.waits(), { timeout: 60_000 }).toBe(true);
      await hand.press("Stop");
      await hand.see("Stopped, and taken out of the queue again.");
      expect(cups.cancelled()).toEqual(["-x Desk-7"]);

      cups.behave("refuses");
      await hand.press("Print…");
      await hand.press(/^Desk /);
      await hand.see("The printer did not take the page.");

      cups.says({ devices: "lpstat: No destinations added." });
      await hand.press("Print…");
      await hand.see("No printer is set up on this laptop");
      cups.says({ devices: "device for Hall: ipp://10.0.0.9/ipp/print" });
      await hand.press("Look again");
      await hand.see("Over a network: others may see or keep it");
    },
  );
});
