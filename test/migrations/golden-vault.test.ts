// Golden vaults of every schema version open for ever, with their passphrase and with their words.
import { cpSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openVault } from "../../main/core/vault/index.ts";
import { knownMigrations } from "../../main/core/vault/migrations.ts";
import { describe, schemaText } from "../../main/core/vault/schema-dump.ts";
import { Secret } from "../../main/core/vault/secret.ts";
import { sql } from "../../main/core/vault/sql.ts";
import { PROJECT } from "../support/files.ts";
import { seededPorts, temporaryFolder } from "../support/ports.ts";
import { openBehind } from "../support/vault.ts";

const golden = join(PROJECT, "test/migrations/golden");
const versions = readdirSync(golden).filter((name) => /^vault-\d{4}$/.test(name));

test("every schema version has its golden vault", () => {
  expect(versions).toHaveLength(knownMigrations().length);
});

test.each(versions)("%s", async (version) => {
  await using home = await temporaryFolder();
  const folder = join(home.path, version);
  cpSync(join(golden, version), folder, { recursive: true });
  const note = readFileSync(join(golden, `${version}.md`), "utf8");
  const read = (what: string) => new RegExp(`^${what}: (.+)$`, "m").exec(note)?.[1] ?? "";
  const ports = seededPorts();
  for (const unlock of [{ passphrase: Secret.fromText(read("passphrase")) }, { words: read("words") }]) {
    const opened = await openVault(ports, { folder, unlock });
    if (!opened.ok) throw new Error(opened.error.type);
    const vault = opened.value;
    expect(vault.info.kind).toBe("practice");
    expect(vault.merkleHead()).toBe(read("merkle"));
    expect(await vault.checkMerkle()).toMatchObject({ ok: true });
    expect(vault.read.get(sql`SELECT count(*) AS n FROM part`)).toEqual({ n: 299 });
    expect(vault.read.all(sql`SELECT rowid FROM search WHERE search MATCH 'golden'`)).toHaveLength(3);
    await vault.lock();
  }
  const db = await openBehind(folder, read("passphrase"));
  expect(describe({ db })).toBe(schemaText());
  db.close();
});
