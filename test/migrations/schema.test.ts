// The schema: schema.sql is what the migrations make, a failing migration leaves nothing, every statement of the program prepares.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { knownMigrations, migrate, versionOf } from "../../main/core/vault/migrations.ts";
import { schemaText } from "../../main/core/vault/schema-dump.ts";
import { readDb, runScript, sql } from "../../main/core/vault/sql.ts";
import { INCOMING_SCHEMA } from "../../main/core/vault/staging.ts";
import { PROJECT, projectFiles } from "../support/files.ts";
import { statementsOf } from "../support/statements.ts";

test("schema.sql is current", () => {
  expect(readFileSync(join(PROJECT, "main/core/vault/schema.sql"), "utf8")).toBe(schemaText());
});

test("every table is STRICT", () => {
  const connection = { db: new Database(":memory:") };
  migrate(connection, knownMigrations());
  const loose = readDb(connection).all(
    sql`SELECT name FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
  );
  expect(loose).toEqual([]);
});

test("a migration that fails leaves version and schema as they were; those before it stay", () => {
  const connection = { db: new Database(":memory:") };
  const known = knownMigrations();
  const next = known.length + 1;
  const good = { number: next, script: "CREATE TABLE one (a INTEGER) STRICT; INSERT INTO one VALUES (1);" };
  const bad = {
    number: next + 1,
    script: "CREATE TABLE two (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1);",
  };
  expect(() => migrate(connection, [...known, good, bad])).toThrow("nowhere");
  expect(versionOf(connection)).toBe(next);
  expect(readDb(connection).all(sql`SELECT name FROM sqlite_schema WHERE name IN ('one', 'two')`)).toEqual([
    { name: "one" },
  ]);
  migrate(connection, [...known, good]);
  expect(versionOf(connection)).toBe(next);
});

test("every statement of the program prepares against the migrated schema", () => {
  const db = new Database(":memory:");
  migrate({ db }, knownMigrations());
  runScript(db, INCOMING_SCHEMA);
  const failures: string[] = [];
  let prepared = 0;
  for (const path of projectFiles("main").filter((name) => name.endsWith(".ts"))) {
    for (const variants of statementsOf(readFileSync(join(PROJECT, path), "utf8"))) {
      const errors = variants.map((text) => problem(db, text));
      if (errors.includes(undefined)) prepared++;
      else failures.push(`${path}: ${variants[0]}: ${errors[0]}`);
    }
  }
  expect(failures).toEqual([]);
  expect(prepared).toBeGreaterThan(40);
});

function problem(db: Database.Database, text: string): string | undefined {
  try {
    db.prepare(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
