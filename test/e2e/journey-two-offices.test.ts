// Two windows of two offices and a drive between them: a case goes over, both edit it apart, they settle it, she takes her yes back.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Hand, Way } from "../support/hand.ts";
import {
  answer,
  laptops,
  openCase,
  passphrases,
  patient,
  receiveAll,
  sendCase,
  sitDown,
} from "../support/journey.ts";
import { browserHere } from "../support/window.ts";

const ada = { person: "Ada Specimen", office: "Mission of Utopia" };
const ben = { person: "Ben Specimen", office: "Harbour Network" };
type Contacts = { contacts: readonly { contact: string }[] };

/** Two offices that have met, and a case that one works on with the other, under her yes to two parts of it. */
async function begin(one: Hand, other: Hand, drive: string): Promise<{ of: string; code: string }> {
  const vault = { folder: "Documents/Files", kind: "practice" };
  await answer(one.page, "vault.create", { ...vault, ...ada, passphrase: passphrases.mission });
  await answer(other.page, "vault.create", { ...vault, ...ben, passphrase: passphrases.network });
  const met: string[] = [];
  for (const [listener, reader] of [
    [one, other],
    [other, one],
  ] as const) {
    const { file } = await answer<{ file: string }>(reader.page, "exchange.introduce", { folder: drive });
    await answer(listener.page, "exchange.receive", { from: join(drive, file) });
    const { words } = await answer<{ words: string[] }>(reader.page, "contacts.ownWords");
    const [contact] = (await answer<Contacts>(listener.page, "contacts.list")).contacts;
    const how = "words-by-telephone";
    await answer(listener.page, "contacts.verify", { contact: contact?.contact, heard: { words }, how });
    met.push(contact?.contact ?? "");
  }
  const [contact] = met;
  const name = { full: "Anna Maria Eriksson", script: "Latn" };
  const { case: of, code } = await answer<{ case: string; code: string }>(one.page, "cases.create", {
    reason: "taken in by telephone",
    edits: [
      { section: { kind: "identity" }, edits: [{ path: ["names", "wanted"], set: name }] },
      { section: { kind: "reach" }, edits: [{ path: ["contact", "wish"], set: "as-listed" }] },
    ],
  });
  await answer(one.page, "cases.giveRole", { case: of, contact, role: "co-manager", mayRecordYes: false });
  await answer(one.page, "consent.record", {
    case: of,
    consent: {
      act: "share",
      by: { who: "her" },
      contact,
      sections: [{ kind: "identity" }, { kind: "reach" }],
      past: false,
      purpose: "joint-protection",
      until: { day: "2099-12-31" },
      given: { how: "by-telephone", language: "en", alone: "yes", risksTold: "yes" },
    },
  });
  for (const { page } of [one, other]) await page.reload();
  return { of, code };
}

const setWish = async (hand: Hand, wish: string) => {
  await hand.to("Reach");
  await hand.edit("May we contact her");
  await hand.choose("May we contact her", wish);
  await hand.press("Keep");
  await hand.see("Kept.");
};

const journey = async (way: Way) => {
  await using room = await laptops("mission", "network");
  await using mission = await sitDown(room.of(0), way, "two-mission");
  await using network = await sitDown(room.of(1), way, "two-network");
  const [one, other] = [mission.hand, network.hand];
  const { of, code } = await begin(one, other, room.drive);
  type Seen = { conflicts: readonly unknown[]; value: { contact?: { wish?: string } } };
  const reach = async (hand: Hand) =>
    await answer<Seen>(hand.page, "cases.section", { case: of, section: { kind: "reach" } });

  await openCase(one, code);
  await sendCase(one, ben);

  await other.to("Exchange");
  await other.press("Receive");
  await other.press("Choose a folder…");
  await other.place("USB");
  await other.see("Identity and papers");
  await other.see("How she may be reached");
  await other.seeNot("Anna Maria Eriksson");
  await other.press("Show names");
  await other.see("Anna Maria Eriksson");
  expect(await answer(other.page, "cases.list")).toMatchObject({ cases: [] });
  await other.press("Take");
  await other.see(/^Taken$/);
  await other.press(/Open the case$/);
  await other.see("Mission of Utopia answers for her");
  // Each office calls her by a code of its own.
  const listed = await answer<{ cases: { code: string }[] }>(other.page, "cases.list");
  const codes = new Map([
    [one, code],
    [other, listed.cases[0]?.code ?? ""],
  ]);
  const open = async (hand: Hand) => await openCase(hand, codes.get(hand) ?? "");

  await open(one);
  await setWish(one, "Only she calls");
  await setWish(other, "Never");
  await sendCase(one, ben);
  await sendCase(other, ada);
  for (const hand of [one, other]) {
    await receiveAll(hand);
    await open(hand);
    await hand.press(/^Two answers: May we contact her/);
    await hand.see("In force until settled");
    await hand.see("Only she calls");
    await hand.see("Never");
  }
  await one.press("Keep this", "Set aside for now");
  await expect.poll(async () => (await reach(one)).conflicts, { timeout: 30_000 }).toEqual([]);
  await open(one);
  await sendCase(one, ben);
  await receiveAll(other);
  expect(await reach(other)).toMatchObject({ conflicts: [], value: { contact: { wish: "only-by-her" } } });

  await open(one);
  await one.to("Her word");
  await one.press("Record her no");
  await one.pick("She herself", "Who says no?");
  await one.pick("By telephone", "How was it said?");
  await one.press("Record her no");
  await one.see("Her no is in force.");
  await one.press("Go to Exchange");
  await one.press("Send call-backs");
  await one.place("USB");
  await one.see("It holds 1 call-back.");

  await other.to("Exchange");
  await other.press("Receive");
  await other.press("Choose a folder…");
  await other.place("USB");
  await other.see("To be erased here");
  await other.press("Take");
  await other.see(/^Taken$/);
  await other.to("Exchange");
  await other.press("Acknowledge");
  await other.place("USB");
  await other.see("1 call-back");
  expect(await reach(other).catch(() => undefined)).toBeUndefined();

  await receiveAll(one);
  await one.to("Exchange");
  await one.see("confirmed by the other side");
  expect(readdirSync(room.drive).every((name) => !name.includes(code))).toBe(true);
};

describe.skipIf(browserHere === undefined)("two offices", () => {
  test("by mouse", patient, async () => await journey("mouse"));
  test("by keys alone", patient, async () => await journey("keys"));
});
