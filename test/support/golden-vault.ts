// Makes the golden vault and the golden backup of the present schema, with a case that two offices worked on. Both are committed once
// a version and must open for ever. Usage: node test/support/golden-vault.ts
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { knownMigrations } from "../../main/core/vault/migrations.ts";
import { PROJECT } from "./files.ts";
import { laptop, meet, newVault, PHRASE } from "./laptop.ts";
import { temporaryFolder } from "./ports.ts";
import { specimenIntake } from "./specimen.ts";

const PASSPHRASE = "golden passphrase, used nowhere else";

async function make(): Promise<void> {
  const version = String(knownMigrations().length).padStart(4, "0");
  const golden = join(PROJECT, "test/migrations/golden");
  const places = ["vault", "backup"].map((what) => join(golden, `${what}-${version}`));
  for (const folder of places) {
    if (existsSync(folder)) throw new Error(`${folder} is there: a golden vault is never made again`);
  }
  await using home = await temporaryFolder();
  mkdirSync(join(home.path, "drive"));
  writeFileSync(join(home.path, "intake.json"), JSON.stringify(specimenIntake));
  await using one = laptop(home.path);
  await using other = laptop(home.path);
  await newVault(other, "network", "Golden practice network", "Ben Specimen");
  const words = await newVault(one, "vault", "Golden practice office");
  await one.ask("vault.changePassphrase", { passphrase: PHRASE, newPassphrase: PASSPHRASE });
  await one.ask("members.add", { name: "Cleo Specimen", newPassphrase: `${PASSPHRASE} by her` });
  const met = await meet(one, other, "drive");
  const { case: of } = await one.ask("intake.take", { file: "intake.json", reason: "taken in" });
  await one.ask("cases.giveRole", { case: of, contact: met.other, role: "co-manager", mayRecordYes: false });
  const consent = {
    act: "share",
    by: { who: "her" },
    contact: met.other,
    sections: [{ kind: "identity" }, { kind: "work" }, { kind: "reach" }],
    past: false,
    purpose: "joint-protection",
    until: { day: "2099-12-31" },
    given: { how: "by-telephone", language: "fa-AF", alone: "yes", risksTold: "yes" },
  } as const;
  await one.ask("consent.record", { case: of, consent });
  const send = async (from: typeof one, to: typeof one, contact: typeof met.one) => {
    const sent = await from.ask("exchange.share", {
      contact,
      cases: [{ case: of }],
      purpose: "joint-protection",
      folder: "drive",
    });
    const { files } = await to.ask("exchange.receive", { from: join("drive", sent.file) });
    if (files[0]?.outcome !== "taken") throw new Error(JSON.stringify(files));
  };
  await send(one, other, met.other);
  for (const [office, title] of [
    [one, "Ms"],
    [other, "Dr"],
  ] as const) {
    await office.ask("cases.save", {
      case: of,
      reason: `called her ${title}`,
      edits: [{ section: { kind: "work" }, edits: [{ path: ["about"], set: `${title}: mediates.` }] }],
    });
  }
  await send(other, one, met.one);
  await one.ask("cases.erase", { case: of, section: { kind: "visa" }, why: "her-wish" });
  const { head, rows } = await one.ask("vault.check", {});
  await one.ask("vault.backup", { folder: "backup" });
  await one.close();
  await rm(join(home.path, "vault/lock"));
  for (const [index, what] of ["vault", "backup"].entries())
    await cp(join(home.path, what), places[index] ?? "", { recursive: true });
  writeFileSync(
    join(golden, `vault-${version}.md`),
    [
      `A practice vault at schema version ${version} and its backup, made by test/support/golden-vault.ts. They hold the specimen of`,
      "test/support/specimen.ts and no person's data.",
      "",
      `passphrase: ${PASSPHRASE}`,
      `words: ${words}`,
      `merkle: ${head}`,
      `rows: ${rows}`,
      `case: ${of}`,
      "",
    ].join("\n"),
  );
}

await make();
