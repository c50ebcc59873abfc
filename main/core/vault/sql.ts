// The one way SQL runs: the `sql` tag binds every value; reading and writing handles are different types.
import type Database from "better-sqlite3";

export type SqlValue = string | number | bigint | Uint8Array | null;
/** One row, by column name. Integers come as numbers, blobs as Buffers. */
export type Row = { readonly [column: string]: SqlValue };

const made = Symbol("made by the sql tag");

/** A statement and its values. Only `sql` makes one, so no text from outside becomes SQL. */
export type Sql = { readonly text: string; readonly values: readonly SqlValue[]; readonly [made]: true };

const statement = (text: string, values: readonly SqlValue[]): Sql => ({ text, values, [made]: true });

const isSql = (value: SqlValue | Sql): value is Sql =>
  typeof value === "object" && value !== null && made in value;

/** Values are bound, never spliced into the text; a nested `Sql` is spliced in with its values. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (SqlValue | Sql)[]): Sql {
  let text = strings[0] ?? "";
  const values: SqlValue[] = [];
  for (const [index, part] of parts.entries()) {
    if (isSql(part)) {
      text += part.text;
      values.push(...part.values);
    } else {
      text += "?";
      values.push(part);
    }
    text += strings[index + 1] ?? "";
  }
  return statement(text, values);
}

/** `(?, ?, ?)` for IN. An empty list matches nothing. */
sql.list = (values: readonly SqlValue[]): Sql => statement(`(${values.map(() => "?").join(", ")})`, values);

/** The parts one after another, `separator` between them. */
sql.join = (parts: readonly Sql[], separator: Sql): Sql =>
  statement(
    parts.map((part) => part.text).join(separator.text),
    parts.flatMap((part, index) => (index === 0 ? part.values : [...separator.values, ...part.values])),
  );

/** Reading. What `each` yields must be used up before the next `await`: an open cursor keeps writers out. */
export type ReadDb = {
  all<T extends Row>(q: Sql): T[];
  get<T extends Row>(q: Sql): T | undefined;
  each<T extends Row>(q: Sql): IterableIterator<T>;
};

/** Writing, inside one transaction only: used after it, it throws. `all` and `get` may be given INSERT ... RETURNING. */
export type WriteDb = ReadDb & {
  run(q: Sql): { readonly changes: number; readonly lastId: number };
  /** Runs `effect` once the transaction is on disk, and never where it failed: for what is held in memory. */
  afterCommit(effect: () => void): void;
};

/** The disk or the file failed, not the caller. `Vault.write` turns it into an error value. */
export class StorageTrouble extends Error {
  readonly problem: "DiskFull" | "ReadOnly" | "Broken";
  constructor(problem: StorageTrouble["problem"], cause: unknown) {
    super(problem, { cause });
    this.problem = problem;
  }
}

/** A connection that can be exchanged under its users: a new data key means a new file. */
export type Connection = { db: Database.Database };

/** The reading handle of a connection. */
export function readDb(connection: Connection): ReadDb {
  return reader(connection, (q) => {
    const prepared = prepare(connection.db, q.text);
    if (!prepared.readonly) throw new Error("a reading handle was given a statement that writes");
    return prepared;
  });
}

/**
 * One transaction: all of `work` or nothing. Disk errors are thrown as `StorageTrouble`, everything else as it came.
 * `work` is synchronous: between its statements nothing else can run.
 */
export function transaction<T>(connection: Connection, work: (db: WriteDb) => T): T {
  const { db } = connection;
  const effects: (() => void)[] = [];
  let over = false;
  const prepared = (q: Sql) => {
    if (over) throw new Error("a writing handle was used after its transaction");
    return prepare(db, q.text);
  };
  const handle: WriteDb = {
    ...reader(connection, prepared),
    run(q) {
      const { changes, lastInsertRowid } = stored(() => prepared(q).run(...bound(q)));
      return { changes, lastId: Number(lastInsertRowid) };
    },
    afterCommit: (effect) => void effects.push(effect),
  };
  let value: T;
  stored(() => prepare(db, "BEGIN IMMEDIATE").run());
  try {
    value = work(handle);
    if (value instanceof Promise) throw new Error("a commit is synchronous");
    over = true;
    stored(() => prepare(db, "COMMIT").run());
  } catch (trouble) {
    over = true;
    if (db.inTransaction) prepare(db, "ROLLBACK").run();
    throw trouble;
  }
  for (const effect of effects) effect();
  return value;
}

/** Runs `work` as a transaction and takes everything back: what it saw is given, nothing of it stays. */
export function rehearsal<T>(connection: Connection, work: (db: WriteDb) => T): T {
  const back = new Error("a rehearsal is taken back");
  let seen: { readonly value: T } | undefined;
  try {
    transaction(connection, (db) => {
      seen = { value: work(db) };
      throw back;
    });
  } catch (trouble) {
    if (trouble !== back || seen === undefined) throw trouble;
    return seen.value;
  }
  throw back;
}

/** Runs a script of the program's own: migrations and table definitions, never anything a person typed. */
export function runScript(db: Database.Database, script: string): void {
  stored(() => db.exec(script));
}

/** Runs `work` and throws disk errors of SQLite as `StorageTrouble`. */
export function stored<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const problem = problemOf(error);
    throw problem === undefined ? error : new StorageTrouble(problem, error);
  }
}

function problemOf(error: unknown): StorageTrouble["problem"] | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  if (error.code === "SQLITE_FULL") return "DiskFull";
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)/.test(error.code)) return "ReadOnly";
  return /^SQLITE_(IOERR|CORRUPT|NOTADB|NOMEM|PROTOCOL)/.test(error.code) ? "Broken" : undefined;
}

function reader(connection: Connection, prepared: (q: Sql) => Database.Statement): ReadDb {
  return {
    all: <T extends Row>(q: Sql) => stored(() => prepared(q).all(...bound(q)) as T[]),
    get: <T extends Row>(q: Sql) => stored(() => prepared(q).get(...bound(q)) as T | undefined),
    *each<T extends Row>(q: Sql) {
      const rows = stored(() => prepared(q).iterate(...bound(q)) as IterableIterator<T>);
      try {
        for (;;) {
          const next = stored(() => rows.next());
          if (next.done === true) return;
          yield next.value;
        }
      } finally {
        if (connection.db.open) rows.return?.();
      }
    },
  };
}

/** Whole numbers beyond 32 bits would be bound as floating point: SQLite is given integers. */
const bound = (q: Sql): readonly SqlValue[] =>
  q.values.map((value) =>
    typeof value === "number" && Number.isSafeInteger(value) && Math.abs(value) > 0x7fff_ffff
      ? BigInt(value)
      : value,
  );

/** Prepared statements kept for each connection. */
const KEPT = 500;
const kept = new WeakMap<Database.Database, Map<string, Database.Statement>>();

function prepare(db: Database.Database, text: string): Database.Statement {
  const statements = kept.get(db) ?? new Map<string, Database.Statement>();
  kept.set(db, statements);
  const known = statements.get(text);
  if (known !== undefined && !known.busy) return known;
  const fresh = stored(() => db.prepare(text));
  statements.set(text, fresh);
  if (statements.size > KEPT) {
    for (const oldest of statements.keys()) {
      statements.delete(oldest);
      break;
    }
  }
  return fresh;
}
