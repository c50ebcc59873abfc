// Sending through the window: an extract that GnuPG opens, and a share of which a section is kept here.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { openPractice } from "../support/practice.ts";
import { ask, browserHere } from "../support/window.ts";
import { gnupgPartner } from "./demo/gnupg.ts";

const here = describe.skipIf(browserHere === undefined);
const patient = { timeout: 240_000 };

type Row = { case: string; code: string };
type Contact = { contact: string; officeName: string; name: string };
type Choice = { section: { kind: string }; may: boolean; why?: string; fields?: string[] };

const valueOf = async <T>(page: Page, method: string, input: unknown = {}): Promise<T> => {
  const answer = await ask(page, method, input);
  if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer)}`);
  return answer.value as T;
};

const choose = async (page: Page, label: string, option: string | RegExp) => {
  await page.getByRole("button", { name: new RegExp(`${label}$`) }).click();
  await page.getByRole("option", { name: option }).click();
};

/** The practice case whose consents an office may act on: the one with work, visa and a place agreed to. */
const shared = async (page: Page, office: RegExp) => {
  const { contacts } = await valueOf<{ contacts: Contact[] }>(page, "contacts.list");
  const contact = contacts.find(({ officeName }) => office.test(officeName));
  const { cases } = await valueOf<{ cases: Row[] }>(page, "cases.list");
  for (const row of cases) {
    const { choices } = await valueOf<{ choices: Choice[] }>(page, "consent.choices", {
      case: row.case,
      contact: contact?.contact,
      purpose: "joint-protection",
    });
    const may = choices.filter((one) => one.may).map(({ section }) => section.kind);
    if (contact !== undefined && may.includes("work")) return { contact, row, may };
  }
  throw new Error("no practice case may be shared");
};

here("sending", () => {
  test(
    "a partner with GnuPG gets what her yes names, and of free text what was read and ticked",
    patient,
    async () => {
      await using window = await openPractice();
      const { page, folder } = window;
      const partner = gnupgPartner(join(folder, "partner"), "Consular Officer (Practice Consulate)");
      if (partner === undefined) return console.log("skipped: gpg or tar is not on this machine");
      mkdirSync(join(folder, "USB"));
      mkdirSync(join(folder, "opened"));
      writeFileSync(join(folder, "partner.asc"), partner.certificate);
      const { contact } = await valueOf<{ contact: Contact }>(page, "contacts.add", {
        file: "partner.asc",
        name: "Consular Officer",
        officeName: "Practice Consulate",
      });
      await valueOf(page, "contacts.verify", {
        contact: contact.contact,
        heard: { fingerprint: partner.fingerprint },
        how: "fingerprint",
      });
      const { row } = await shared(page, /Network/);
      const kinds = ["identity", "work"] as const;
      await valueOf(page, "consent.record", {
        case: row.case,
        consent: {
          act: "release",
          by: { who: "her" },
          contact: contact.contact,
          sections: kinds.map((kind) => ({ kind })),
          fields: [
            { section: { kind: "identity" }, fields: ["names", "nationality"] },
            { section: { kind: "work" }, fields: ["*"] },
          ],
          past: false,
          purpose: "visa",
          until: { day: "2099-12-31" },
          given: { how: "spoken", language: "en", alone: "yes", risksTold: "yes" },
        },
      });
      const { leaves } = await valueOf<{
        leaves: { section: { kind: string }; freeText: boolean; value: unknown }[];
      }>(page, "exchange.preview", {
        contact: contact.contact,
        case: row.case,
        purpose: "visa",
        fields: [
          { section: { kind: "identity" }, pattern: "names" },
          { section: { kind: "identity" }, pattern: "nationality" },
          { section: { kind: "work" }, pattern: "*" },
        ],
      });
      const written = leaves.filter(({ freeText }) => freeText).map(({ value }) => String(value));
      expect(written.length).toBeGreaterThan(1);

      await page.keyboard.press("g");
      await page.keyboard.press("e");
      await page
        .getByRole("listitem")
        .filter({ hasText: "Consular Officer" })
        .getByRole("button", { name: "Send" })
        .click();
      await page.getByText("She has another OpenPGP program").waitFor();
      await choose(page, "Which case", row.code);
      await choose(page, "What for", "A visa");
      const chips = page.getByRole("list", { name: "What may go and what stays" });
      await chips.getByText("Only what her yes names.").waitFor();
      expect(await chips.getByText("stays here:").count()).toBeGreaterThan(0);
      await page.getByRole("button", { name: "Show what leaves" }).click();
      await page.getByRole("heading", { name: "What leaves for Practice Consulate" }).waitFor();
      for (const words of written) await page.getByText(words).first().waitFor();
      const boxes = page.getByRole("checkbox", { name: "I have read these lines" });
      await expect.poll(() => boxes.count()).toBe(written.length);
      await page.locator("label").filter({ hasText: "I have read these lines" }).first().click();

      await page.getByRole("button", { name: "Choose where…" }).click();
      await page.getByRole("option", { name: /^USB/ }).click();
      await page.getByRole("button", { name: "Use this folder" }).click();
      const count = leaves.length - written.length + 1;
      await page.getByRole("button", { name: `Lock for Practice Consulate (${count} facts)` }).click();
      await page.getByRole("heading", { name: "Locked for Practice Consulate" }).waitFor();
      await page.getByText(`${count} facts in a dossier`).waitFor();

      const [file = ""] = readdirSync(join(folder, "USB"));
      const own = await valueOf<{ certificate: string }>(page, "contacts.ownCertificate");
      const opened = partner.open(join(folder, "USB", file), own.certificate, join(folder, "opened"));
      expect(opened.listing).toContain("dossier.html");
      const dossier = readFileSync(join(folder, "opened", "dossier.html"), "utf8");
      expect(written.filter((words) => dossier.includes(words))).toEqual([written[0]]);
    },
  );

  test(
    "a section whose tick is taken away stays here, and the ledger names the others",
    patient,
    async () => {
      await using window = await openPractice();
      const { page, folder } = window;
      mkdirSync(join(folder, "USB"));
      const { contact, row, may } = await shared(page, /Network/);
      await page.keyboard.press("g");
      await page.keyboard.press("e");
      await page
        .getByRole("listitem")
        .filter({ hasText: contact.name })
        .getByRole("button", { name: "Send" })
        .click();
      await choose(page, "Which case", row.code);
      await choose(page, "What for", "Protecting her together");
      await page.getByRole("button", { name: "Show what leaves" }).click();
      const titles = page.getByRole("heading", { level: 2 }).getByRole("checkbox");
      await expect.poll(() => titles.count()).toBe(may.length);
      await page.getByRole("heading", { level: 2 }).locator("label").filter({ hasText: "Work" }).click();
      await page.getByText("You keep it here").waitFor();
      await page.getByRole("button", { name: "Choose where…" }).click();
      await page.getByRole("option", { name: /^USB/ }).click();
      await page.getByRole("button", { name: "Use this folder" }).click();
      await page.getByRole("button", { name: /^Lock for .*facts/ }).click();
      await page.getByText(`${may.length - 1} sections`).waitFor();
      const { entries } = await valueOf<{ entries: { entry?: unknown }[] }>(page, "ledger.read", {
        case: row.case,
      });
      expect(entries.map(({ entry }) => entry)).toContainEqual(
        expect.objectContaining({ way: "share", sections: may.filter((kind) => kind !== "work") }),
      );
    },
  );
});
