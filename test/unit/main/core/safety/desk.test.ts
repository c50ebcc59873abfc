// Her desk: settings, drafts and saved views, each member's own; what is erased takes its drafts along.
import { expect, test, vi } from "vitest";
import { laptop, newVault, PHRASE, type Laptop } from "../../../../support/laptop.ts";
import { temporaryFolder } from "../../../../support/ports.ts";
import { openBehind } from "../../../../support/vault.ts";
import { join } from "node:path";

// Each passphrase costs a key derivation, at its floor a tenth of a second on a quiet machine.
vi.setConfig({ testTimeout: 60_000 });

const reopen = async (on: Laptop, passphrase = PHRASE) => {
  await on.ask("vault.lock", {});
  await on.ask("vault.unlock", { folder: "vault", passphrase });
};
const OTHERS = "harbour bells before the morning tide";

const newCase = async (on: Laptop) =>
  (
    await on.ask("cases.create", {
      reason: "taken in",
      edits: [
        { section: { kind: "identity" }, edits: [{ path: ["title"], set: "Ms" }] },
        {
          section: { kind: "work" },
          edits: [
            { path: ["callsHerself"], set: "teacher" },
            { path: ["about"], set: "Mediates." },
          ],
        },
      ],
    })
  ).case;

test("settings are kept, each member's her own", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  await newVault(on, "vault");
  const begun = { theme: "system", lockAfter: 3, paper: "a4", wordsConfirmed: false };
  expect(await on.ask("desk.settings", {})).toEqual(begun);
  const set = { ...begun, theme: "dark", paper: "letter" };
  expect(await on.ask("desk.set", { theme: "dark", paper: "letter" })).toEqual(set);
  await on.ask("members.add", { name: "Cleo Specimen", newPassphrase: OTHERS });
  await reopen(on);
  expect(await on.ask("desk.settings", {})).toEqual(set);
  await reopen(on, OTHERS);
  expect(await on.ask("desk.settings", {})).toEqual(begun);
  expect((await on.refused("desk.set", { lockAfter: 16 })).type).toBe("BadInput");
});

test("recovery words that were asked back are confirmed until there are new ones", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  await newVault(on, "vault");
  expect(await on.ask("desk.set", { wordsConfirmed: true })).toMatchObject({ wordsConfirmed: true });
  await reopen(on);
  expect(await on.ask("desk.settings", {})).toMatchObject({ wordsConfirmed: true });
  await on.ask("vault.renewWords", {});
  expect(await on.ask("desk.settings", {})).toMatchObject({ wordsConfirmed: false });
});

test("a draft stays over a lock, is replaced at its place, and is nobody else's", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  await newVault(on, "vault");
  const of = await newCase(on);
  const section = { kind: "work" } as const;
  await on.ask("desk.keepDraft", { case: of, section, place: "about", value: "Mediates s" });
  await on.ask("desk.keepDraft", { case: of, section, place: "about", value: "Mediates still" });
  await on.ask("desk.keepDraft", { place: "new-case", value: { step: 2, names: ["A"] } });
  await on.ask("members.add", { name: "Cleo Specimen", newPassphrase: OTHERS });
  await reopen(on);
  const { drafts } = await on.ask("desk.drafts", {});
  expect(drafts.map(({ at, ...rest }) => [rest, typeof at])).toEqual(
    expect.arrayContaining([
      [{ case: of, section, place: "about", value: "Mediates still" }, "number"],
      [{ place: "new-case", value: { step: 2, names: ["A"] } }, "number"],
    ]),
  );
  expect(drafts).toHaveLength(2);
  expect((await on.ask("desk.drafts", { case: of })).drafts).toHaveLength(1);
  await on.ask("desk.dropDraft", { place: "new-case" });
  expect((await on.ask("desk.drafts", {})).drafts).toHaveLength(1);
  await reopen(on, OTHERS);
  expect((await on.ask("desk.drafts", {})).drafts).toEqual([]);
});

test("a draft longer than any field is refused, and the one before it stays", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  await newVault(on, "vault");
  await on.ask("desk.keepDraft", { place: "note", value: "short" });
  expect(await on.refused("desk.keepDraft", { place: "note", value: "x".repeat(256 * 1024) })).toEqual({
    type: "DraftTooLarge",
  });
  expect((await on.ask("desk.drafts", {})).drafts).toMatchObject([{ value: "short" }]);
});

test("an erased section, and one that a fact was struck from, leave no draft; other drafts stay", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  await newVault(on, "vault");
  const of = await newCase(on);
  const other = await newCase(on);
  const places = [
    { case: of, section: { kind: "work" }, place: "about" },
    { case: of, section: { kind: "identity" }, place: "title" },
    { case: of, place: "a form over the whole case" },
    { case: other, section: { kind: "work" }, place: "about" },
    { place: "new-case" },
  ] as const;
  for (const place of places) await on.ask("desk.keepDraft", { ...place, value: "SECRET-DRAFT" });
  const left = async () =>
    (await on.ask("desk.drafts", {})).drafts.map(({ value: _v, at: _a, ...place }) => place);
  await on.ask("cases.strike", { case: of, section: { kind: "work" }, paths: [["about"]] });
  expect(await left()).toEqual(expect.arrayContaining([places[1], places[3], places[4]]));
  expect(await left()).toHaveLength(3);
  await on.ask("cases.erase", { case: of, section: { kind: "identity" }, why: "her-wish" });
  expect(await left()).toEqual(expect.arrayContaining([places[3], places[4]]));
  expect(await left()).toHaveLength(2);
  await on.ask("vault.lock", {});
  const db = await openBehind(join(home.path, "vault"), PHRASE);
  expect(db.prepare("SELECT case_id FROM draft ORDER BY case_id").pluck().all()).toEqual(["", other]);
  db.close();
});

test("who is removed leaves nothing on the desk", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  await newVault(on, "vault");
  const { member } = await on.ask("members.add", { name: "Cleo Specimen", newPassphrase: OTHERS });
  await reopen(on, OTHERS);
  await on.ask("desk.keepDraft", { place: "note", value: "hers" });
  await on.ask("desk.keepView", { name: "mine", view: { stage: "active" } });
  await on.ask("desk.set", { theme: "dark" });
  await reopen(on);
  await on.ask("members.remove", { member });
  await on.ask("vault.lock", {});
  const db = await openBehind(join(home.path, "vault"), PHRASE);
  for (const table of ["draft", "case_view", "setting"])
    expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
  db.close();
});

test("saved views by name, replaced and dropped", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  await newVault(on, "vault");
  await on.ask("desk.keepView", { name: "overdue", view: { attention: "overdue" } });
  await on.ask("desk.keepView", { name: "active", view: { stage: "active", text: "cedar" } });
  await on.ask("desk.keepView", { name: "overdue", view: { attention: "overdue", role: "steward" } });
  await reopen(on);
  expect(await on.ask("desk.views", {})).toEqual({
    views: [
      { name: "active", view: { stage: "active", text: "cedar" } },
      { name: "overdue", view: { attention: "overdue", role: "steward" } },
    ],
  });
  await on.ask("desk.dropView", { name: "overdue" });
  expect((await on.ask("desk.views", {})).views).toHaveLength(1);
});
