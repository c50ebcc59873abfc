// The list of screens: one walk through the window over all of them, for pictures and for what judges a screen.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@formatjs/icu-messageformat-parser";
import type { Page } from "playwright-core";
import { longer } from "../../renderer/i18n/pseudo.ts";
import type { PlainKey } from "../../shared/texts/keys.ts";
import type { PersonId } from "../../shared/vocabulary/ids.ts";
import { askingIn, beside, yesTo, type Asking, type Beside } from "./beside.ts";
import { idOf } from "./crowd.ts";
import { PROJECT } from "./files.ts";
import { flatten } from "./texts.ts";
import type { TestWindow } from "./window.ts";

const passphrase = "seven lanterns over the northern road";
const english = flatten(
  JSON.parse(readFileSync(join(PROJECT, "shared/texts/en.json"), "utf8")) as Parameters<typeof flatten>[0],
);
const settings = ["people", "words", "backup", "window", "close", "about"] as const;

export type Seen = (name: string) => Promise<void>;

/** Walks from the door over every screen of a practice office. `locale`: one of the made languages (`renderer/i18n`). */
export async function walk(window: TestWindow, seen: Seen, locale?: "ar-XB"): Promise<void> {
  const { page } = window;
  const here = askingIn(window);
  /** A text as it stands on this window's screens. */
  const w = (key: PlainKey): string => {
    const text = english.get(key) ?? "";
    const [first, ...more] = parse(text);
    if (first === undefined || more.length > 0) throw new Error(`${key} is more than words`);
    return locale === undefined ? text : longer(text);
  };
  const press = async (key: PlainKey) =>
    await page
      .getByRole("button", { name: w(key), exact: true })
      .first()
      .click();
  /** By the rail, whose words differ: Today, Cases, Exchange, Contacts, Settings. */
  const rail = async (place: number) => await page.locator("nav button").nth(place).click();
  const choose = async (label: PlainKey, option: string) => {
    await page
      .locator("button[aria-haspopup=listbox]")
      .filter({ visible: true })
      .nth(selects[label] ?? 0)
      .click();
    await page.getByRole("option", { name: option }).first().click();
  };
  const selects: Partial<Record<PlainKey, number>> = {
    "screens.send.share.case": 1,
    "screens.send.share.purpose": 2,
  };
  if (locale !== undefined)
    await page.addInitScript(
      `Object.defineProperty(navigator, "language", { get: () => ${JSON.stringify(locale)} })`,
    );
  await page.reload();
  await seen("door");
  await here("vault.createPractice", { folder: "practice", person: "Amina Specimen", passphrase });
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await seen("today");
  await rail(1);
  await seen("cases");
  await page.keyboard.press("n");
  await seen("new-case");

  const { agreed, first } = await practiceCases(here);
  await rail(1);
  await page.getByText(first, { exact: true }).first().click();
  await page.getByRole("tab").first().waitFor();
  const tabs = await page.getByRole("tab").count();
  for (let tab = 0; tab < tabs; tab += 1) {
    await page.getByRole("tab").nth(tab).click();
    await seen(`case-${tab + 1}`);
  }
  await page.getByRole("tab").first().click();
  await page.keyboard.press("s");
  await seen("case-shown");
  await page.keyboard.press("p");
  await page.locator("iframe").waitFor();
  await seen("call-sheet");
  await press("screens.common.back");
  for (const beside of ["team", "history", "erase"] as const) {
    await press("screens.case.more");
    await page.getByRole("menuitem", { name: w(`screens.case.${beside}`), exact: true }).click();
    await seen(`case-${beside}`);
  }
  await press("screens.case.more");
  await page.getByRole("menuitem", { name: w("screens.case.heldWork"), exact: true }).click();
  await seen("quarantine");

  await using at = await beside(window);
  const apart = await caseApart(at);
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  const waiting = page.getByRole("list", { name: w("screens.case.waiting") }).getByRole("button");
  await rail(1);
  await page.getByText(apart, { exact: true }).first().click();
  await waiting.nth(2).waitFor();
  await seen("case-waiting");
  for (const [row, name] of (["two-values", "twins", "held"] as const).entries()) {
    await waiting.nth(row).click();
    await page.getByRole("tab").first().waitFor({ state: "detached" });
    await seen(name);
    await press("screens.common.back");
    await waiting.nth(2).waitFor();
  }
  await page.getByRole("tab").nth(2).click();
  await page.getByRole("radio").first().waitFor({ state: "attached" });
  await seen("family-twins");

  await rail(2);
  await seen("exchange");
  for (const way of ["share", "release"] as const) {
    const { code, contact, purpose } = agreed[way];
    await rail(2);
    await page
      .getByRole("listitem")
      .filter({ hasText: contact })
      .getByRole("button", { name: w("screens.send.sendTo"), exact: true })
      .click();
    await choose("screens.send.share.case", code);
    await page
      .locator("label")
      .filter({ hasText: w(`screens.send.how.${way}`) })
      .click();
    await choose("screens.send.share.purpose", w(`purposes.${purpose}`));
    await page.getByText(w("screens.send.share.read"), { exact: true }).waitFor();
    await seen(`send-${way}`);
    await press("screens.send.share.read");
    await seen(`send-${way}-read`);
  }
  await rail(2);
  await press("screens.send.receive");
  await seen("receive");
  await press("screens.receive.folder");
  await seen("receive-choose");
  await rail(3);
  await seen("contacts");
  await page.getByText(agreed.share.contact).first().click();
  await seen("contact");
  await rail(4);
  for (const part of settings) {
    await press(`screens.settings.${part}`);
    await seen(`settings-${part}`);
  }
  await page.keyboard.press("Control+k");
  await seen("commands");
  await page.keyboard.press("Escape");
  await page.keyboard.press("F9");
  await seen("covered");
}

/** A case that two offices worked on apart: two answers to one question, two sections for one person, work after a removal. */
async function caseApart({ here, harbour, toHarbour, toHere }: Beside): Promise<string> {
  const identity = { kind: "identity" } as const;
  const brother = { kind: "family", person: idOf<PersonId>("brother") } as const;
  const titled = (section: typeof identity | typeof brother, set: string) => [
    { section, edits: [{ path: ["title"], set }] },
  ];
  const { case: of, code } = await here("cases.create", {
    reason: "taken in",
    edits: titled(identity, "Ms"),
  });
  const share = async (from: Asking, contact: typeof toHere, to: Asking) => {
    const purpose = "joint-protection" as const;
    const { file } = await from("exchange.share", { contact, cases: [{ case: of }], purpose, folder: "USB" });
    await to("exchange.receive", { from: `USB/${file}` });
  };
  await here("cases.giveRole", { case: of, contact: toHarbour, role: "co-manager", mayRecordYes: true });
  await here("consent.record", { case: of, consent: yesTo(toHarbour, [identity]) });
  await share(here, toHarbour, harbour.ask);
  const by = { who: "person", person: brother.person } as const;
  await harbour.ask("cases.save", { case: of, reason: "", edits: titled(brother, "Herr") });
  await harbour.ask("consent.record", { case: of, consent: yesTo(toHere, [brother], { by }) });
  await harbour.ask("cases.save", { case: of, reason: "", edits: titled(identity, "Dr") });
  await here("cases.save", { case: of, reason: "", edits: titled(brother, "Mr") });
  await here("cases.save", { case: of, reason: "", edits: titled(identity, "Professor") });
  await share(harbour.ask, toHere, here);
  const { contacts } = await here("contacts.list", {});
  const fingerprint = contacts.find(({ contact }) => contact === toHarbour)?.fingerprint;
  if (fingerprint === undefined) throw new Error("they have met");
  await here("cases.takeRole", { case: of, from: { fingerprint }, why: "left" });
  await harbour.ask("cases.save", { case: of, reason: "", edits: titled(identity, "Dr habil") });
  await share(harbour.ask, toHere, here);
  return code;
}

/** The first case of the list, and for each way of sending a case of which something may go so. */
async function practiceCases(here: Asking) {
  const { cases } = await here("cases.list", {});
  const { contacts } = await here("contacts.list", {});
  const find = async (act: "share" | "release", purpose: "joint-protection" | "visa") => {
    for (const row of cases)
      for (const { contact, officeName } of contacts) {
        const { choices, refused } = await here("consent.choices", { case: row.case, contact, purpose, act });
        const may = choices.filter((one) => one.may).length;
        if (refused === undefined && may > 1) return { code: row.code, contact: officeName, purpose };
      }
    throw new Error(`no practice case has a yes to a ${act}`);
  };
  return {
    first: cases[0]?.code ?? "",
    agreed: { share: await find("share", "joint-protection"), release: await find("release", "visa") },
  };
}

/** The fence names every ability there is; a browser that lacks one says so. */
const lacking = /^Error with Permissions-Policy header: Unrecognized feature: /;

/** Everything the page's console complains of from now on. */
export function complaintsOf(page: Page): readonly string[] {
  const said: string[] = [];
  page.on("console", (message) => {
    const loud = message.type() === "error" || message.type() === "warning";
    if (loud && !lacking.test(message.text())) said.push(message.text());
  });
  page.on("pageerror", (error) => void said.push(String(error)));
  return said;
}
