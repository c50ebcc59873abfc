// All rows of one database into another, empty one: how a vault gets a new data key without SQLite's rekey.
import type Database from "better-sqlite3";
import { readDb, runScript, sql, stored } from "./sql.ts";

/** Rows to a transaction: long enough to be quick, short enough to be stopped. */
const BATCH = 5000;

type Table = { readonly name: string; readonly rows: number };

/**
 * Copies definitions and rows, yielding [rows done, rows in all] after each batch, so that the caller can pause or stop.
 * Full-text indexes are copied as they are, through their shadow tables: reopen the target before using it.
 * Nothing may write to `from` meanwhile. Table names come from the schema, so these few statements are made here and not by the tag.
 */
export function* copyRows(
  from: Database.Database,
  to: Database.Database,
): Generator<readonly [number, number]> {
  const made = readDb({ db: from }).all<{ type: string; sql: string; kind: string | null }>(
    sql`SELECT s.type, s.sql, t.type AS kind FROM sqlite_schema AS s
        LEFT JOIN pragma_table_list AS t ON t.schema = 'main' AND t.name = s.name
        WHERE s.sql IS NOT NULL AND s.name NOT LIKE 'sqlite_%' ORDER BY s.rowid`,
  );
  to.pragma("foreign_keys = 0");
  to.unsafeMode(true); // lets shadow tables be written; the target is reopened without it
  const define = (wanted: (one: (typeof made)[number]) => boolean) =>
    stored(() =>
      to.transaction(() => {
        for (const one of made.filter(wanted)) runScript(to, one.sql);
      })(),
    );
  // In one transaction: a flush for each of a hundred definitions would take seconds on a slow disk.
  define(({ type, kind }) => type === "table" && kind !== "shadow");
  const tables = tablesOf(from);
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  for (const { name } of tables) {
    for (const rows of copyTable(from, to, name)) {
      done += rows;
      yield [done, total];
    }
  }
  define(({ type }) => type !== "table");
  stored(() => to.pragma(`user_version = ${Number(from.pragma("user_version", { simple: true }))}`));
}

/** Every table that holds rows of its own; the counters of AUTOINCREMENT last, because inserting moves them. */
function tablesOf(db: Database.Database): readonly Table[] {
  const names = readDb({ db })
    .all<{ name: string }>(
      sql`SELECT name FROM pragma_table_list
          WHERE schema = 'main' AND type IN ('table', 'shadow') AND name NOT IN ('sqlite_schema', 'sqlite_sequence')
            AND name NOT LIKE 'sqlite_stat%'`,
    )
    .map(({ name }) => name);
  return [...names, "sqlite_sequence"].map((name) => ({
    name,
    rows: Number(
      db
        .prepare(`SELECT count(*) FROM ${quoted(name)}`)
        .pluck()
        .get(),
    ),
  }));
}

function* copyTable(from: Database.Database, to: Database.Database, name: string): Generator<number> {
  const reading = from
    .prepare(`SELECT * FROM ${quoted(name)}`)
    .raw()
    .safeIntegers();
  const places = reading
    .columns()
    .map(() => "?")
    .join(", ");
  const columns = reading
    .columns()
    .map((column) => quoted(column.name))
    .join(", ");
  runScript(to, `DELETE FROM ${quoted(name)}`);
  const writing = to.prepare(`INSERT INTO ${quoted(name)} (${columns}) VALUES (${places})`);
  let batch: unknown[][] = [];
  const flush = () => {
    stored(() =>
      to.transaction(() => {
        for (const row of batch) writing.run(...row);
      })(),
    );
    const { length } = batch;
    batch = [];
    return length;
  };
  for (const row of reading.iterate() as IterableIterator<unknown[]>) {
    batch.push(row);
    if (batch.length === BATCH) yield flush();
  }
  yield flush();
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
