// What comes from another office and what is owed to it, through the window: extracts, call-backs, telling, two sections for one person.
import { describe, expect, test } from "vitest";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import { openBeside, yesTo, type Beside } from "../support/beside.ts";
import { browserHere } from "../support/window.ts";
import { idOf } from "../support/crowd.ts";
import type { PersonId } from "../../shared/vocabulary/ids.ts";

const here = describe.skipIf(browserHere === undefined);
const patient = { timeout: 240_000 };
const identity: SectionName = { kind: "identity" };
const titled = (section: SectionName, title: string) => [
  { section, edits: [{ path: ["title"], set: title }] },
];

const choose = async ({ page }: Beside, label: string, option: string | RegExp) => {
  await page.getByRole("button", { name: new RegExp(`${label}$`) }).click();
  await page.getByRole("option", { name: option }).click();
};
const intoDrive = async ({ page }: Beside) => {
  await page.getByRole("option", { name: /^USB/ }).click();
  await page.getByRole("button", { name: "Use this folder" }).click();
};
const toExchange = async ({ page }: Beside) => {
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await page.getByRole("heading", { level: 1, name: "Exchange" }).waitFor();
};
/** A case of this office that the other works on, with its names. */
const sharedCase = async (at: Beside) => {
  const made = await at.here("cases.create", { reason: "taken in", edits: titled(identity, "Ms") });
  const of = made.case;
  await at.here("cases.giveRole", {
    case: of,
    contact: at.toHarbour,
    role: "co-manager",
    mayRecordYes: true,
  });
  const { consent } = await at.here("consent.record", {
    case: of,
    consent: yesTo(at.toHarbour, [identity]),
  });
  const sent = await at.here("exchange.share", {
    contact: at.toHarbour,
    cases: [{ case: of }],
    purpose: "joint-protection",
    folder: "USB",
  });
  await at.harbour.ask("exchange.receive", { from: `USB/${sent.file}` });
  return { of, code: made.code, consent };
};

here("from and to another office", () => {
  test(
    "an extract that came is taken, read where nothing else can be reached, and found again",
    patient,
    async () => {
      await using at = await openBeside();
      const { page, harbour } = at;
      const { case: of } = await harbour.ask("cases.create", {
        reason: "taken in",
        edits: titled(identity, "Professor Emerita"),
      });
      await harbour.ask("consent.record", {
        case: of,
        consent: yesTo(at.toHere, [identity], {
          act: "release",
          purpose: "visa",
          fields: [{ section: identity, fields: ["*"] }],
        }),
      });
      await harbour.ask("exchange.release", {
        contact: at.toHere,
        case: of,
        purpose: "visa",
        fields: [{ section: identity, pattern: "*" }],
        ticked: [],
        folder: "USB",
      });
      await toExchange(at);
      await page.getByRole("button", { name: "Receive" }).click();
      await page.getByRole("button", { name: "Choose a folder…" }).click();
      await intoDrive(at);
      await page.getByText("An extract to read. It changes no case.").waitFor();
      await page.getByRole("button", { name: "Take", exact: true }).click();
      await page.getByRole("button", { name: /Read the extract/ }).click();
      await page.getByText("It names people. Look around you").waitFor();
      expect(await page.locator("iframe").count()).toBe(0);
      await page.getByRole("button", { name: "Show names" }).click();
      const paper = page.frameLocator("iframe");
      await paper.getByText("Professor Emerita").first().waitFor();
      type Dressing = { getComputedStyle: (of: unknown) => { fontWeight: string } };
      const dressed = async () =>
        await paper
          .locator("h1")
          .first()
          .evaluate((heading) => (globalThis as unknown as Dressing).getComputedStyle(heading).fontWeight);
      await expect.poll(dressed).toBe("600");
      await toExchange(at);
      await page
        .getByRole("button", { name: /Berta Specimen · Harbour Practice Network/ })
        .last()
        .click();
      await page.getByText("It names people. Look around you").waitFor();
    },
  );

  test("a call-back that cannot be had is recorded, and only once she was told", patient, async () => {
    await using at = await openBeside();
    const { page } = at;
    const { of, code, consent } = await sharedCase(at);
    await at.here("consent.withdraw", { case: of, consent, by: { who: "her" }, how: "by-telephone" });
    await toExchange(at);
    await page.getByRole("button", { name: "It cannot be had back" }).click();
    await page.getByText(`${code} · Identity`).waitFor();
    await page.getByLabel("What was tried, and what they said").fill("Their law keeps it for five years.");
    const record = page.getByRole("button", { name: "Record it" });
    expect(await record.isDisabled()).toBe(true);
    await page.locator("label").filter({ hasText: "She was told that they have it still" }).click();
    await record.click();
    await page.getByText("cannot be had back", { exact: true }).waitFor();
    const { recalls } = await at.here("exchange.waiting", {});
    expect(recalls).toMatchObject([{ case: of, state: "impossible" }]);
  });

  test("an office is told who works on a case, and nothing that the case holds", patient, async () => {
    await using at = await openBeside();
    const { page } = at;
    const { code, of } = await sharedCase(at);
    await at.here("cases.save", { case: of, reason: "later", edits: titled(identity, "Dr") });
    await toExchange(at);
    await page
      .getByRole("listitem")
      .filter({ hasText: "Harbour Practice Network" })
      .getByRole("button", { name: "Send" })
      .click();
    await choose(at, "Which case", code);
    await page.locator("label").filter({ hasText: "Who works on it" }).click();
    await page.getByText("No fact of the case goes along").waitFor();
    await page.getByRole("button", { name: "Lock for Harbour Practice Network" }).click();
    await intoDrive(at);
    await page.getByText("Written and read back from the drive").waitFor();
    const { files } = await at.harbour.ask("exchange.receive", { from: "USB" });
    expect(files).toContainEqual(
      expect.objectContaining({
        outcome: "taken",
        cases: [expect.objectContaining({ case: of, sections: [] })],
      }),
    );
    const { value } = await at.harbour.ask("cases.section", { case: of, section: identity });
    expect(value).toEqual({ title: "Ms" });
  });

  test(
    "two sections for one person stand side by side, and the office that answers keeps one",
    patient,
    async () => {
      await using at = await openBeside();
      const { page, harbour } = at;
      const { of, code } = await sharedCase(at);
      const person = idOf<PersonId>("brother");
      const brother: SectionName = { kind: "family", person };
      const by = { who: "person", person } as const;
      for (const title of ["Dr", "Mr"])
        await at.here("cases.save", { case: of, reason: "x", edits: titled(brother, title) });
      await harbour.ask("cases.save", { case: of, reason: "x", edits: titled(brother, "Herr") });
      await harbour.ask("consent.record", { case: of, consent: yesTo(at.toHere, [brother], { by }) });
      const sent = await harbour.ask("exchange.share", {
        contact: at.toHere,
        cases: [{ case: of, sections: [brother] }],
        purpose: "joint-protection",
        folder: "USB",
      });
      await at.here("exchange.receive", { from: `USB/${sent.file}` });
      await page.reload();
      await page.keyboard.press("g");
      await page.keyboard.press("c");
      await page.getByText(code, { exact: true }).first().click();
      await page.getByRole("button", { name: /Two sections for one person/ }).click();
      const cards = page.getByRole("region", { name: /^Section \d/ });
      await expect.poll(() => cards.count()).toBe(2);
      // What the one to be kept lacks is typed over, into that one and not into the other.
      await page.getByRole("button", { name: "To her family" }).click();
      await page.getByRole("button", { name: "Show names" }).click();
      const says = page.getByRole("button", { name: /^What she calls this person/ });
      const twins = async () =>
        (await at.here("cases.file", { case: of })).sections.filter(({ name }) => name.person === person);
      const words: Readonly<Record<string, string>> = { Herr: "brother", Mr: "my little brother" };
      const wanted = (await twins()).map(({ value }) => {
        const { title } = value as { title: string };
        return { title, relation: { asSheSays: words[title] ?? "" } };
      });
      const section = async (number: number) =>
        await page
          .locator("label")
          .filter({ hasText: `Section ${number}` })
          .click();
      for (const [before, { relation }] of wanted.entries()) {
        await section(before + 1);
        await says.click();
        await page.keyboard.type(relation.asSheSays);
        await page.keyboard.press("Enter");
        await says.filter({ hasText: relation.asSheSays }).waitFor();
      }
      expect((await twins()).map(({ value }) => value)).toEqual(wanted);
      await section(1);
      await says.filter({ hasText: wanted[0]?.relation.asSheSays ?? "" }).press("h");
      await page.getByRole("button", { name: "Close the history" }).waitFor();
      await page.getByRole("button", { name: "Look at both" }).click();
      await cards.filter({ hasText: "Herr" }).getByRole("button", { name: "Keep this" }).click();
      await page.locator("label").filter({ hasText: "I have looked at both" }).click();
      await page.getByRole("button", { name: "Keep this one, erase the other" }).click();
      await page.getByRole("heading", { level: 1, name: code }).waitFor();
      const { sections } = await at.here("cases.file", { case: of });
      const standing = sections.filter(({ name }) => name.person === person);
      expect(standing).toMatchObject([
        { twins: [], value: { title: "Herr", relation: { asSheSays: "brother" } } },
      ]);
    },
  );
});
