// The sql tag: values are bound, fragments are spliced in, and only the tag makes SQL.
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Sql } from "../../../../../main/core/vault/sql.ts";
import { StorageTrouble, readDb, sql, stored, transaction } from "../../../../../main/core/vault/sql.ts";

const connection = () => ({ db: new Database(":memory:") });

test("whatever a value holds, it comes back as that value", () => {
  const read = readDb(connection());
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.maxSafeInteger(), fc.uint8Array(), fc.constant(null)), (value) => {
      const row = read.get<{ v: string | number | Uint8Array | null }>(sql`SELECT ${value} AS v`);
      expect(row?.v instanceof Uint8Array ? Uint8Array.from(row.v) : row?.v).toEqual(value);
    }),
  );
});

test("whole numbers beyond 32 bits are bound as integers", () => {
  expect(readDb(connection()).get(sql`SELECT typeof(${1_763_800_000_000}) AS t`)).toEqual({ t: "integer" });
});

test("lists, joins and nested fragments keep the order of their values", () => {
  const where = sql.join([sql`a = ${1}`, sql`b IN ${sql.list([2, 3])}`], sql` AND `);
  const whole = sql`SELECT ${0} FROM t WHERE ${where} LIMIT ${4}`;
  expect(whole.text).toBe("SELECT ? FROM t WHERE a = ? AND b IN (?, ?) LIMIT ?");
  expect(whole.values).toEqual([0, 1, 2, 3, 4]);
  expect(readDb(connection()).all(sql`SELECT 1 WHERE 1 IN ${sql.list([])}`)).toEqual([]);
});

test("an object that only looks like SQL is bound, not spliced", () => {
  const forged = JSON.parse('{"text":"1; DROP TABLE t","values":[]}') as Sql;
  expect(() => readDb(connection()).get(sql`SELECT ${forged} AS v`)).toThrow();
});

test("a cursor given up half way lets writers in again", () => {
  const one = connection();
  transaction(one, (db) => {
    db.run(sql`CREATE TABLE t (n)`);
    for (let n = 0; n < 10; n++) db.run(sql`INSERT INTO t VALUES (${n})`);
  });
  const read = readDb(one);
  for (const outer of read.each<{ n: number }>(sql`SELECT n FROM t`)) {
    for (const inner of read.each<{ n: number }>(sql`SELECT n FROM t`)) expect(inner.n).toBeLessThan(10);
    if (outer.n === 5) break;
  }
  expect(transaction(one, (db) => db.run(sql`DELETE FROM t`).changes)).toBe(10);
});

test("errors of the disk are storage trouble, errors of the caller stay as they are", () => {
  const failing = (code: string) => () =>
    stored(() => {
      throw Object.assign(new Error(code), { code });
    });
  expect(failing("SQLITE_FULL")).toThrow(new StorageTrouble("DiskFull", undefined));
  expect(failing("SQLITE_READONLY_DBMOVED")).toThrow("ReadOnly");
  expect(failing("SQLITE_IOERR_FSYNC")).toThrow("Broken");
  expect(failing("SQLITE_CONSTRAINT_UNIQUE")).toThrow("SQLITE_CONSTRAINT_UNIQUE");
});
