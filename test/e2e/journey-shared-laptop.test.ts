// One laptop, two colleagues: each has her own drafts; and a laptop that is left alone locks with what was typed kept.
import { describe, expect, test } from "vitest";
import type { Hand, Way } from "../support/hand.ts";
import { answer, laptops, openCase, passphrases, patient, sitDown } from "../support/journey.ts";
import { browserHere } from "../support/window.ts";

const words = "She rings on Thursday after the market, from her sister's telephone.";

/** A vault with one case, made before anybody sits down. */
async function oneCase(hand: Hand): Promise<string> {
  await answer(hand.page, "vault.create", {
    folder: "Documents/Files",
    kind: "practice",
    office: "Mission of Utopia",
    person: "Ada Specimen",
    passphrase: passphrases.mission,
  });
  const { code } = await answer<{ code: string }>(hand.page, "cases.create", {
    reason: "",
    edits: [{ section: { kind: "work" }, edits: [{ path: ["about"], set: "Mediates in the valley." }] }],
  });
  await hand.page.reload();
  return code;
}

const unlock = async (hand: Hand, passphrase: string) => {
  await hand.see("Who is here?");
  await hand.fill("Passphrase", passphrase);
  await hand.press("Unlock");
};

const noteCall = async (hand: Hand, code: string) => {
  await openCase(hand, code);
  await hand.press("Note a call");
  await hand.see("Kept as you type.");
};
const typed = async (hand: Hand) => await hand.page.getByLabel("What was said and agreed").inputValue();

const shared = async (way: Way) => {
  await using room = await laptops("laptop");
  const laptop = room.of(0);
  let code = "";
  {
    await using window = await sitDown(laptop, way, "shared-ada");
    const { hand } = window;
    code = await oneCase(hand);
    await hand.to("Settings");
    await hand.press("Add a colleague");
    await hand.fill("Her or his name", "Carla Specimen");
    await hand.fill("New passphrase", passphrases.colleague);
    await hand.press("Add", "Who opens this");
    await hand.see("Carla Specimen can open it now.");
    await noteCall(hand, code);
    await hand.fill("What was said and agreed", words);
    await hand.to("Settings");
    await hand.press("Lock and change");
    expect(await window.ended).toMatchObject({ why: "locked" });
  }
  {
    await using window = await sitDown(laptop, way, "shared-carla");
    const { hand } = window;
    await unlock(hand, passphrases.colleague);
    await hand.see("Carla Specimen");
    await noteCall(hand, code);
    expect(await typed(hand)).toBe("");
    expect(await answer(hand.page, "desk.drafts")).toEqual({ drafts: [] });
    await hand.fill("What was said and agreed", "Carla's own.");
    await hand.to("Settings");
    await hand.press("Lock and change");
    await window.ended;
  }
  await using window = await sitDown(laptop, way, "shared-ada-again");
  const { hand } = window;
  await unlock(hand, passphrases.mission);
  await hand.see("Ada Specimen");
  await noteCall(hand, code);
  expect(await typed(hand)).toBe(words);
  await hand.press("Keep this entry");
  await expect.poll(async () => await typed(hand), { timeout: 30_000 }).toBe("");
};

const leftAlone = async (way: Way) => {
  await using room = await laptops("laptop");
  let code = "";
  {
    await using window = await sitDown(room.of(0), way, "idle");
    const { hand } = window;
    code = await oneCase(hand);
    await hand.to("Settings");
    await hand.press("This laptop");
    await hand.choose("Locks by itself after", "1 minute");
    await noteCall(hand, code);
    await hand.fill("What was said and agreed", words);
    // She is called away in the middle of a word; the minute passes.
    expect(await window.ended).toMatchObject({ why: "left" });
  }
  await using window = await sitDown(room.of(0), way, "idle-back");
  const { hand } = window;
  await unlock(hand, passphrases.mission);
  await noteCall(hand, code);
  expect(await typed(hand)).toBe(words);
};

describe.skipIf(browserHere === undefined)("a shared laptop", () => {
  test("two colleagues, by mouse", patient, async () => await shared("mouse"));
  test("two colleagues, by keys alone", patient, async () => await shared("keys"));
  // Side by side: most of it is the minute.
  test("left alone in the middle of a word, by mouse and by keys alone", patient, async () => {
    await Promise.all([leftAlone("mouse"), leftAlone("keys")]);
  });
});
