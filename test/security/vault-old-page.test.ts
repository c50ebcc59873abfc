// Pages of the vault put back from yesterday, or damaged: noticed. A whole older vault: only by a figure written down.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { StorageTrouble } from "../../main/core/vault/index.ts";
import { sql } from "../../main/core/vault/sql.ts";
import { err, ok } from "../../shared/result.ts";
import type { TestVault } from "../support/vault.ts";
import { openBehind, putPart, testVault } from "../support/vault.ts";

const PAGE = 4096;
const database = (home: TestVault) => join(home.folder, "vault-1.db");

/** Opens and checks: what was noticed, or the parts there are. */
async function look(home: TestVault): Promise<string | { id: string; signed: Uint8Array }[]> {
  const opened = await home.tryOpen();
  if (!opened.ok) return opened.error.type;
  try {
    const checked = await opened.value.checkMerkle();
    return checked.ok
      ? opened.value.read.all(sql`SELECT id, signed FROM part ORDER BY seq`)
      : checked.error.type;
  } catch (error) {
    if (error instanceof StorageTrouble) return error.problem;
    throw error;
  } finally {
    await opened.value.lock();
  }
}

test("every page that yesterday's copy has otherwise is noticed, or makes no difference to what is kept", async () => {
  await using home = await testVault();
  const save = (id: string) => home.vault.write(async () => ok((db) => putPart(db, id, id)));
  for (let n = 0; n < 20; n++) await save(`p${n}`);
  await home.vault.lock();
  const yesterday = readFileSync(database(home));
  await home.reopen();
  for (let n = 20; n < 40; n++) await save(`p${n}`);
  await home.vault.write(async () =>
    ok((db) => home.vault.erase(db, () => db.run(sql`DELETE FROM part WHERE id = 'p3'`))),
  );
  await home.vault.lock();
  const today = readFileSync(database(home));
  const truth = await look(home);
  expect(truth).toHaveLength(39);
  let noticed = 0;
  let tried = 0;
  for (let at = 0; at < yesterday.length; at += PAGE) {
    const old = yesterday.subarray(at, at + PAGE);
    if (old.equals(today.subarray(at, at + PAGE))) continue;
    const mixed = Buffer.from(today);
    old.copy(mixed, at);
    writeFileSync(database(home), mixed);
    const seen = await look(home);
    tried++;
    if (typeof seen === "string") noticed++;
    else expect(seen).toEqual(truth);
  }
  expect(tried).toBeGreaterThan(8);
  expect(noticed).toBeGreaterThan(4);
  writeFileSync(database(home), today);
  expect(await look(home)).toEqual(truth);
});

test("a changed row whose page is sealed rightly is an old page to the Merkle tree", async () => {
  await using home = await testVault();
  await home.vault.write(async () =>
    ok((db) => {
      for (let n = 0; n < 600; n++) putPart(db, `p${n}`, "x", 20);
    }),
  );
  await home.vault.lock();
  const db = await openBehind(home.folder);
  db.exec("DROP TRIGGER part_immutable; UPDATE part SET at = 1 WHERE seq = 300");
  db.close();
  const vault = await home.reopen();
  expect(await vault.checkMerkle()).toEqual(err({ type: "OldPage", tree: "part", bucket: 1 }));
});

test("a damaged page is refused and the file left as it was", async () => {
  await using home = await testVault();
  await home.vault.write(async () =>
    ok((db) => {
      for (let n = 0; n < 50; n++) putPart(db, `p${n}`, "x", 1000);
    }),
  );
  await home.vault.lock();
  const whole = readFileSync(database(home));
  const pages = whole.length / PAGE;
  const truth = await look(home);
  let noticed = 0;
  for (const page of [0, 1, 2, 5, Math.floor(pages / 2), pages - 1]) {
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(page * PAGE + 2000) ^ 1, page * PAGE + 2000);
    writeFileSync(database(home), damaged);
    const seen = await look(home);
    if (typeof seen === "string") {
      expect(["DamagedPage", "Broken"]).toContain(seen);
      noticed++;
    } else {
      expect(seen).toEqual(truth); // a page that the parts do not need
    }
    if (page === 0) {
      expect(seen).toBe("DamagedPage");
      expect(readFileSync(database(home)).equals(damaged)).toBe(true);
    }
  }
  expect(noticed).toBeGreaterThan(3);
  writeFileSync(database(home), whole.subarray(0, whole.length / 2));
  expect(["DamagedPage", "Broken"]).toContain(await look(home));
});

test("a whole older vault opens, and its head is not the one written down", async () => {
  await using home = await testVault();
  await home.vault.lock();
  copyFileSync(database(home), join(home.folder, "..", "older"));
  await home.reopen();
  await home.vault.write(async () => ok((db) => putPart(db, "p", "x")));
  const written = home.vault.merkleHead();
  await home.reopen();
  expect(home.vault.merkleHead()).toBe(written);
  await home.vault.lock();
  copyFileSync(join(home.folder, "..", "older"), database(home));
  await home.reopen();
  expect(await home.vault.checkMerkle()).toMatchObject({ ok: true });
  expect(home.vault.merkleHead()).not.toBe(written);
});
