// The numbered migrations and how a database is brought to the newest: each in one transaction, forward only.
import { readFileSync, readdirSync } from "node:fs";
import type { Connection } from "./sql.ts";
import { runScript, transaction } from "./sql.ts";

export type Migration = { readonly number: number; readonly script: string };

/** All migrations of this program, found by listing their folder: 0001 upward without a gap. */
export function knownMigrations(): readonly Migration[] {
  const folder = new URL("./migrations/", import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name, index) => {
      const number = Number(/^(\d{4})_[a-z_]+\.sql$/.exec(name)?.[1]);
      if (number !== index + 1) throw new Error(`migration ${name} should be number ${index + 1}`);
      return { number, script: readFileSync(new URL(name, folder), "utf8") };
    });
}

/** The version a database was brought to: the number of its last migration. */
export function versionOf({ db }: Connection): number {
  return Number(db.pragma("user_version", { simple: true }));
}

/** Applies what is missing. A crash leaves the version before or after a migration, never between. */
export function migrate(connection: Connection, migrations: readonly Migration[]): void {
  for (const { number, script } of migrations.slice(versionOf(connection))) {
    transaction(connection, () => {
      runScript(connection.db, script);
      connection.db.pragma(`user_version = ${number}`);
    });
  }
}
