// Writes schema.sql, the schema that all migrations together make; with `--check` it only says whether the file is current.
import { readFileSync, writeFileSync } from "node:fs";
import Database from "better-sqlite3";
import { knownMigrations, migrate, versionOf } from "./migrations.ts";
import type { Connection } from "./sql.ts";
import { readDb, sql } from "./sql.ts";

const FILE = new URL("./schema.sql", import.meta.url);

/** The text of schema.sql: the schema that all migrations make of an empty database. */
export function schemaText(): string {
  const connection = { db: new Database(":memory:") };
  migrate(connection, knownMigrations());
  const text = describe(connection);
  connection.db.close();
  return text;
}

/** A database's schema as text: every statement, in the order in which they were made. */
export function describe(connection: Connection): string {
  const rows = readDb(connection).all<{ sql: string }>(
    sql`SELECT sql FROM sqlite_schema
        WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
          AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
        ORDER BY rowid`,
  );
  const text = [
    "-- Made by schema-dump.ts from the migrations: do not edit.",
    ...rows.map((row) => `${row.sql};`),
    `PRAGMA user_version = ${versionOf(connection)};`,
  ].join("\n\n");
  return `${text}\n`;
}

if (import.meta.main) {
  if (process.argv.includes("--check")) {
    const current = readFileSync(FILE, "utf8") === schemaText();
    process.stdout.write(
      current ? "schema.sql is current\n" : "schema.sql is not what the migrations make\n",
    );
    process.exitCode = current ? 0 : 1;
  } else {
    writeFileSync(FILE, schemaText());
  }
}
