// What arrived and is not in effect, or never arrived, through the window: read what it is, from whom and why, and do what can be done.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Decoder } from "../../main/core/ports.ts";
import { nodeDecoder } from "../../main/shells/node/decoder.ts";
import { err } from "../../shared/result.ts";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import type { CaseId } from "../../shared/vocabulary/ids.ts";
import { meet, openBeside, yesTo, type Beside } from "../support/beside.ts";
import { Hand } from "../support/hand.ts";
import { openCase, patient } from "../support/journey.ts";
import { browserHere } from "../support/window.ts";
import { startOffice } from "./demo/office.ts";

const identity: SectionName = { kind: "identity" };
const reach: SectionName = { kind: "reach" };
const titled = (set: string) => [{ section: identity, edits: [{ path: ["title"], set }] }];
const wished = { section: reach, edits: [{ path: ["contact", "wish"], set: "never" }] };

/** Looks at what lies on the drive and takes it, by hand. */
const receive = async (hand: Hand, says: string) => {
  await hand.to("Exchange");
  await hand.press("Receive");
  await hand.press("Choose a folder…");
  await hand.press(/^USB/);
  await hand.press("Use this folder");
  await hand.see(says);
  await hand.press("Take");
  await hand.see(/^Taken$/);
};
const titleOf = async ({ here }: Beside, of: CaseId) =>
  (await here("cases.section", { case: of, section: identity }).catch(() => undefined))?.value;
/** A case of the other office, on which this one works. */
const theirCase = async ({ harbour, toHere }: Beside, more: readonly (typeof wished)[] = []) => {
  const edits = [...titled("Ms"), ...more];
  const { case: of } = await harbour.ask("cases.create", { reason: "taken in", edits });
  await harbour.ask("cases.giveRole", { case: of, contact: toHere, role: "co-manager", mayRecordYes: false });
  await harbour.ask("consent.record", { case: of, consent: yesTo(toHere, [identity]) });
  return of;
};
const shareFrom = async ({ harbour, toHere }: Beside, of: CaseId) =>
  await harbour.ask("exchange.share", {
    contact: toHere,
    cases: [{ case: of }],
    purpose: "joint-protection",
    folder: "USB",
  });

describe.skipIf(browserHere === undefined)("set aside", () => {
  test("work of an office that was taken off is read, and taken into effect", patient, async () => {
    await using at = await openBeside();
    const { here, harbour, toHarbour } = at;
    const hand = new Hand(at.page, "mouse", "held");
    const { case: of, code } = await here("cases.create", { reason: "taken in", edits: titled("Ms") });
    await here("cases.giveRole", { case: of, contact: toHarbour, role: "co-manager", mayRecordYes: false });
    await here("consent.record", { case: of, consent: yesTo(toHarbour, [identity]) });
    const { file } = await here("exchange.share", {
      contact: toHarbour,
      cases: [{ case: of }],
      purpose: "joint-protection",
      folder: "USB",
    });
    await harbour.ask("exchange.receive", { from: `USB/${file}` });
    const { contacts } = await here("contacts.list", {});
    const fingerprint = contacts.find(({ contact }) => contact === toHarbour)?.fingerprint;
    if (fingerprint === undefined) throw new Error("they have met");
    await here("cases.takeRole", { case: of, from: { fingerprint }, why: "left" });
    await harbour.ask("cases.save", { case: of, reason: "later", edits: titled("Dr") });
    await shareFrom(at, of);

    await receive(hand, "1 part is held aside. Its author was taken off this case before.");
    await hand.see("part held aside");
    expect(await titleOf(at, of)).toEqual({ title: "Ms" });
    await hand.to("Today");
    await hand.press(new RegExp(`^${code}.*One piece of work is stored and not in effect`));
    await hand.see("It was written by somebody after they were taken off this case.");
    await hand.see(/Berta Specimen/);
    await hand.press("Show names");
    await hand.see("Dr");
    await hand.press("Take into effect");
    await hand.see("Nothing of this case waits.");
    expect(await titleOf(at, of)).toEqual({ title: "Dr" });
  });

  test("what could not be opened is tried again, or let go", patient, async () => {
    const works = nodeDecoder();
    let broken = true;
    const decoder: Decoder = {
      ...works,
      trial: async (...asked) =>
        broken ? err({ type: "DecoderFailed", why: "crash" }) : await works.trial(...asked),
    };
    await using at = await openBeside({ decoder });
    const hand = new Hand(at.page, "mouse", "not-taken");
    const of = await theirCase(at);
    await shareFrom(at, of);
    await receive(hand, "Not taken");
    expect(await titleOf(at, of)).toBeUndefined();
    await hand.to("Today");
    await hand.press(/One thing arrived and was not taken/);
    await hand.see("It could not be opened safely on this laptop.");
    await hand.see(/^From Berta Specimen/);
    await hand.press("Try again");
    await hand.see(/^Tried again: what is missing /);
    await hand.see("It could not be opened safely on this laptop.");
    broken = false;
    await hand.press("Try again");
    await hand.see("Tried again: one part was taken.");
    await hand.see("Nothing is set aside");
    expect(await titleOf(at, of)).toEqual({ title: "Ms" });

    broken = true;
    await at.harbour.ask("cases.save", { case: of, reason: "later", edits: titled("Dr") });
    await shareFrom(at, of);
    await receive(hand, "Not taken");
    await hand.to("Today");
    await hand.press(/One thing arrived and was not taken/);
    await hand.press("Let it go");
    await hand.see("Nothing is set aside");
    expect(await titleOf(at, of)).toEqual({ title: "Ms" });
  });

  test(
    "a part that is held elsewhere is named; whom nobody here has met is named, and met",
    patient,
    async () => {
      await using at = await openBeside();
      const { here, harbour, toHere } = at;
      const hand = new Hand(at.page, "mouse", "elsewhere");
      const lantern = startOffice("Lantern", at.folder);
      try {
        await lantern.ask("vault.create", {
          folder: "lantern",
          kind: "practice",
          office: "Lantern Practice House",
          person: "Carla Specimen",
          passphrase: "seven lanterns over the northern road",
        });
        // By a drive of their own: this office never sees it.
        mkdirSync(join(at.folder, "theirs"));
        const toLantern = await meet(lantern.ask, harbour.ask, "theirs");
        await meet(harbour.ask, lantern.ask, "theirs");
        const of = await theirCase(at, [wished]);
        await harbour.ask("cases.giveRole", {
          case: of,
          contact: toLantern,
          role: "co-manager",
          mayRecordYes: false,
        });
        const forLantern = await harbour.ask("consent.record", {
          case: of,
          consent: yesTo(toLantern, [identity]),
        });
        await harbour.ask("exchange.share", {
          contact: toLantern,
          cases: [{ case: of }],
          purpose: "joint-protection",
          folder: "theirs",
        });
        const agreed = { how: "telephone", at: 1 } as const;
        await harbour.ask("cases.offerHandover", { case: of, contact: toHere, agreed, then: "leave" });
        await shareFrom(at, of);
        await receive(hand, "Identity and papers");
        const { cases } = await here("cases.list", { limit: 1_000 });
        const code = cases.find((row) => row.case === of)?.code ?? "";
        await openCase(hand, code);
        await hand.see("One part is held elsewhere");
        await hand.see(
          "How she may be reached. Nothing of it came here. Ask an office that holds it to send it.",
        );

        await here("cases.acceptHandover", { case: of });
        const accepted = await here("exchange.tell", { contact: at.toHarbour, cases: [of], folder: "USB" });
        await harbour.ask("exchange.receive", { from: `USB/${accepted.file}` });
        const left = await harbour.ask("exchange.tell", { contact: toHere, cases: [of], folder: "USB" });
        await here("exchange.receive", { from: `USB/${left.file}` });
        await here("consent.withdraw", {
          case: of,
          consent: forLantern.consent,
          by: { who: "her" },
          how: "by-telephone",
        });
        await at.page.reload();
        await hand.to("Exchange");
        await hand.see("Whom you have not met");
        const { fingerprint } = await lantern.ask("contacts.ownWords", {});
        await hand.see(fingerprint.replaceAll(/(.{4})(?!$)/g, "$1 "));
        await meet(lantern.ask, here);
        await at.page.reload();
        await hand.to("Exchange");
        await hand.page.getByRole("button", { name: "Send call-backs" }).waitFor();
        await hand.seeNot("Whom you have not met");
      } finally {
        await lantern.close();
      }
    },
  );
});
