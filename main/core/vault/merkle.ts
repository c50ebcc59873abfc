// Merkle trees over the rows that must never change unnoticed: an old page put back into a newer vault is found.
import { createHash } from "node:crypto";
import { setImmediate, setTimeout as wait } from "node:timers/promises";
import type { Result } from "../../../shared/result.ts";
import { err, ok } from "../../../shared/result.ts";
import type { ReadDb, Row, Sql, WriteDb } from "./sql.ts";
import { StorageTrouble, sql } from "./sql.ts";
import type { CheckCourse, CheckError, MerkleTree } from "./types.ts";

/** Rows under a leaf, and leaves under a node. */
const WIDTH = 256;
const TREES = ["part", "chain", "ledger", "secret_key"] as const satisfies readonly MerkleTree[];

/** The rows of each tree from `first` up to and without `end`, every column. */
const ROWS: Readonly<Record<MerkleTree, (first: number, end: number) => Sql>> = {
  part: (first, end) =>
    sql`SELECT seq, id, save, case_id, section, kind, author, actor, at, signed, signature, changes
        FROM part WHERE seq >= ${first} AND seq < ${end} ORDER BY seq`,
  chain: (first, end) =>
    sql`SELECT seq, hash, case_id, signed, signature FROM chain WHERE seq >= ${first} AND seq < ${end} ORDER BY seq`,
  ledger: (first, end) =>
    sql`SELECT seq, case_id, at, entry, previous, hash FROM ledger WHERE seq >= ${first} AND seq < ${end} ORDER BY seq`,
  secret_key: (first, end) =>
    sql`SELECT seq, member, use, slot, key_id, secret, made FROM secret_key
        WHERE seq >= ${first} AND seq < ${end} ORDER BY seq`,
};

/** The number of the last row ever put into each tree. */
export type Marks = ReadonlyMap<string, number>;

/** To be taken at the beginning of a transaction that `updateMerkle` ends. */
export function merkleMarks(db: ReadDb): Marks {
  const rows = db.all<{ name: string; seq: number }>(sql`SELECT name, seq FROM sqlite_sequence`);
  return new Map(rows.map(({ name, seq }) => [name, seq]));
}

/** Brings leaves, nodes and head up to date with the rows this transaction added, deleted or changed. */
export function updateMerkle(db: WriteDb, before: Marks): void {
  const touched = new Map<MerkleTree, Set<number>>();
  const touch = (tree: MerkleTree, bucket: number) =>
    touched.set(tree, (touched.get(tree) ?? new Set()).add(Math.floor(bucket / WIDTH)));
  const dirty = db.all<{ tree: MerkleTree; bucket: number }>(sql`SELECT tree, bucket FROM merkle_dirty`);
  const anew = new Set(dirty.map(({ tree, bucket }) => `${tree} ${bucket}`));
  for (const { tree, bucket } of dirty) {
    put(db, tree, 0, bucket, leaf(db, tree, bucket).digest);
    touch(tree, bucket);
  }
  if (dirty.length > 0) db.run(sql`DELETE FROM merkle_dirty`);
  const after = merkleMarks(db);
  for (const tree of TREES) {
    const last = after.get(tree) ?? 0;
    for (let first = (before.get(tree) ?? 0) + 1; first <= last;) {
      const bucket = Math.floor(first / WIDTH);
      const end = Math.min(last + 1, (bucket + 1) * WIDTH);
      if (!anew.has(`${tree} ${bucket}`)) {
        put(db, tree, 0, bucket, fold(stored(db, tree, 0, bucket), db.all(ROWS[tree](first, end))));
        touch(tree, bucket);
      }
      first = end;
    }
  }
  for (const [tree, nodes] of touched) {
    for (const node of nodes) put(db, tree, 1, node, nodeDigest(db, tree, node));
  }
  if (touched.size > 0) db.run(sql`UPDATE vault SET merkle_head = ${computeHead(db)}`);
}

/** SHA-256 over the nodes of all trees, in hex. */
export function merkleHead(db: ReadDb): string {
  return db.get<{ merkle_head: string }>(sql`SELECT merkle_head FROM vault`)?.merkle_head ?? "";
}

/** Milliseconds between two buckets of a check that nobody waits for: a bucket takes about five of the whole process. */
const rest = 50;

/** Reads every row and compares; other work goes on between buckets. Whatever changes meanwhile is checked as it is then. */
export async function checkMerkle(
  db: ReadDb,
  course: CheckCourse,
): Promise<Result<{ readonly rows: number }, CheckError>> {
  let rows = 0;
  let checked = 0;
  try {
    const ends = TREES.map((tree) => ({ tree, buckets: bucketsOf(db, tree) }));
    const total = ends.reduce((sum, { buckets }) => sum + buckets, 0);
    for (const { tree, buckets } of ends) {
      for (let bucket = 0; bucket < buckets; bucket++) {
        if (course.signal?.aborted === true) return err({ type: "Cancelled" });
        const found = leaf(db, tree, bucket);
        if (!same(found.digest, stored(db, tree, 0, bucket))) return err({ type: "OldPage", tree, bucket });
        rows += found.rows;
        course.progress?.(++checked, total);
        if (course.behind === true)
          await wait(rest, undefined, { signal: course.signal }).catch(() => undefined);
        else await setImmediate();
      }
      for (let node = 0; node * WIDTH < buckets; node++) {
        if (course.signal?.aborted === true) return err({ type: "Cancelled" });
        if (!same(nodeDigest(db, tree, node), stored(db, tree, 1, node))) {
          return err({ type: "OldPage", tree, bucket: node * WIDTH });
        }
      }
    }
    return computeHead(db) === merkleHead(db)
      ? ok({ rows })
      : err({ type: "OldPage", tree: "head", bucket: 0 });
  } catch (error) {
    if (error instanceof StorageTrouble) return err({ type: "DamagedPage" });
    throw error;
  }
}

function bucketsOf(db: ReadDb, tree: MerkleTree): number {
  const last = merkleMarks(db).get(tree) ?? 0;
  const leaves = db.get<{ end: number }>(
    sql`SELECT coalesce(max(bucket) + 1, 0) AS end FROM merkle WHERE tree = ${tree} AND level = 0`,
  );
  return Math.max(Math.floor(last / WIDTH) + 1, leaves?.end ?? 0);
}

type Digest = Uint8Array | undefined;

const same = (a: Digest, b: Digest) => Buffer.from(a ?? []).equals(b ?? new Uint8Array());

function leaf(
  db: ReadDb,
  tree: MerkleTree,
  bucket: number,
): { readonly digest: Digest; readonly rows: number } {
  const rows = db.all(ROWS[tree](bucket * WIDTH, (bucket + 1) * WIDTH));
  return { digest: fold(undefined, rows), rows: rows.length };
}

/** A leaf grows by one row at a time, so that a save need not read the rows before it. */
const fold = (start: Digest, rows: readonly Row[]): Digest =>
  rows.reduce<Digest>(
    (digest, row) =>
      createHash("sha256")
        .update("waypost/merkle-leaf/1\n")
        .update(digest ?? new Uint8Array(32))
        .update(rowDigest(row))
        .digest(),
    start,
  );

/** Every value with its type and length: no two different rows have one encoding. */
function rowDigest(row: Row): Uint8Array {
  const hash = createHash("sha256").update("waypost/merkle-row/1\n");
  for (const value of Object.values(row)) {
    if (value === null) hash.update("null\n");
    else if (typeof value === "number" || typeof value === "bigint") hash.update(`integer ${value}\n`);
    else {
      const bytes = typeof value === "string" ? Buffer.from(value) : value;
      hash.update(`${typeof value === "string" ? "text" : "blob"} ${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest();
}

function nodeDigest(db: ReadDb, tree: MerkleTree, node: number): Digest {
  const children = db.all<{ bucket: number; digest: Uint8Array }>(
    sql`SELECT bucket, digest FROM merkle WHERE tree = ${tree} AND level = 0
        AND bucket >= ${node * WIDTH} AND bucket < ${(node + 1) * WIDTH} ORDER BY bucket`,
  );
  if (children.length === 0) return undefined;
  const hash = createHash("sha256").update("waypost/merkle-node/1\n");
  for (const { bucket, digest } of children) hash.update(`${bucket}\n`).update(digest);
  return hash.digest();
}

function computeHead(db: ReadDb): string {
  const nodes = db.all<{ tree: string; bucket: number; digest: Uint8Array }>(
    sql`SELECT tree, bucket, digest FROM merkle WHERE level = 1 ORDER BY tree, bucket`,
  );
  const hash = createHash("sha256").update("waypost/merkle-head/1\n");
  for (const { tree, bucket, digest } of nodes) hash.update(`${tree} ${bucket}\n`).update(digest);
  return hash.digest("hex");
}

const stored = (db: ReadDb, tree: MerkleTree, level: number, bucket: number): Digest =>
  db.get<{ digest: Uint8Array }>(
    sql`SELECT digest FROM merkle WHERE tree = ${tree} AND level = ${level} AND bucket = ${bucket}`,
  )?.digest;

function put(db: WriteDb, tree: MerkleTree, level: number, bucket: number, digest: Digest): void {
  if (digest === undefined) {
    db.run(sql`DELETE FROM merkle WHERE tree = ${tree} AND level = ${level} AND bucket = ${bucket}`);
  } else {
    db.run(sql`INSERT INTO merkle (tree, level, bucket, digest) VALUES (${tree}, ${level}, ${bucket}, ${digest})
               ON CONFLICT (tree, level, bucket) DO UPDATE SET digest = excluded.digest`);
  }
}
