// Golden vaults and backups of every schema version open for ever, with their passphrase and their words, and can be worked on.
import { cpSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { knownMigrations } from "../../main/core/vault/migrations.ts";
import { describe, schemaText } from "../../main/core/vault/schema-dump.ts";
import type { CaseId } from "../../shared/vocabulary/ids.ts";
import { PROJECT } from "../support/files.ts";
import { laptop, type Laptop } from "../support/laptop.ts";
import { temporaryFolder } from "../support/ports.ts";
import { openBehind } from "../support/vault.ts";

const golden = join(PROJECT, "test/migrations/golden");
const versions = readdirSync(golden).flatMap((name) => /^vault-(\d{4})$/.exec(name)?.[1] ?? []);
const noteOf = (version: string) => {
  const note = readFileSync(join(golden, `vault-${version}.md`), "utf8");
  return (what: string) => new RegExp(`^${what}: (.+)$`, "m").exec(note)?.[1] ?? "";
};

/** What the case of every golden vault holds. */
async function expectCase(on: Laptop, said: (what: string) => string): Promise<void> {
  expect(await on.ask("vault.check", {})).toEqual({ rows: Number(said("rows")), head: said("merkle") });
  const of = said("case") as CaseId;
  const identity = await on.ask("cases.section", { case: of, section: { kind: "identity" } });
  expect(identity.value).toMatchObject({
    names: { ownScript: { full: "آنا ماریا اریکسون", script: "Arab" } },
  });
  const work = await on.ask("cases.section", { case: of, section: { kind: "work" } });
  expect(work.conflicts).toMatchObject([{ path: ["about"], values: [{}, {}] }]);
  expect(new Set(work.conflicts[0]?.values.map(({ author }) => author.fingerprint)).size).toBe(2);
  const { sections, offices } = await on.ask("cases.get", { case: of });
  expect(sections.filter(({ name }) => name.kind === "family").length).toBeGreaterThanOrEqual(4);
  expect(offices.length).toBe(2);
  expect(await on.refused("cases.section", { case: of, section: { kind: "visa" } })).toEqual({
    type: "UnknownSection",
  });
  const { consents } = await on.ask("consent.list", { case: of });
  expect(consents).toMatchObject([{ body: { purpose: "joint-protection", until: { day: "2099-12-31" } } }]);
  expect(await on.ask("ledger.read", { case: of })).toMatchObject({ whole: true });
  const { found } = await on.ask("search.find", { text: "eriks" });
  expect(found.map((one) => one.case)).toContain(of);
  const { changes } = await on.ask("cases.history", { case: of, section: { kind: "work" } });
  expect(changes.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(["called her Ms", "called her Dr"]),
  );
  // Rows that the program which wrote it did not know are made in the background.
  await expect
    .poll(async () => (await on.ask("cases.list", {})).cases[0]?.next, { timeout: 20_000 })
    .toMatchObject({ what: "Ask for an appointment for biometrics", due: { value: "2026-11-24" } });
  await on.ask("cases.save", {
    case: of,
    reason: "worked on",
    edits: [{ section: { kind: "work" }, edits: [{ path: ["callsHerself"], set: "mediator" }] }],
  });
}

test("every schema version has its golden vault and its golden backup", () => {
  expect(versions).toHaveLength(knownMigrations().length);
  expect(readdirSync(golden).filter((name) => /^backup-\d{4}$/.test(name))).toHaveLength(versions.length);
});

test.each(versions)("vault %s", async (version) => {
  await using home = await temporaryFolder();
  const said = noteOf(version);
  cpSync(join(golden, `vault-${version}`), join(home.path, "vault"), { recursive: true });
  await using on = laptop(home.path);
  const open = { folder: "vault", passphrase: said("passphrase") };
  expect(await on.ask("vault.unlock", open)).toMatchObject({ kind: "practice" });
  await expectCase(on, said);
  const { members } = await on.ask("members.list", {});
  await on.ask("vault.lock", {});
  const db = await openBehind(join(home.path, "vault"), said("passphrase"));
  expect(describe({ db })).toBe(schemaText());
  db.close();
  for (const { member } of members) {
    const newPassphrase = `another passphrase for ${member}`;
    const recover = { folder: "vault", words: said("words"), newPassphrase, member };
    expect(await on.ask("vault.recover", recover)).toMatchObject({ signs: true });
    await on.ask("vault.unlock", { folder: "vault", passphrase: newPassphrase });
    await on.ask("vault.lock", {});
  }
});

test.each(versions)("backup %s", async (version) => {
  await using home = await temporaryFolder();
  const said = noteOf(version);
  await using on = laptop(home.path);
  const from = join(golden, `backup-${version}`);
  const passphrase = said("passphrase");
  expect(await on.ask("vault.restore", { from, folder: "vault", passphrase })).toMatchObject({ cases: 1 });
  await on.ask("vault.unlock", { folder: "vault", passphrase });
  await expectCase(on, said);
});
