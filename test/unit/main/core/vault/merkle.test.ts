// The Merkle trees kept save by save are what a reading of everything gives, whatever was added and erased.
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { sql } from "../../../../../main/core/vault/sql.ts";
import { ok } from "../../../../../shared/result.ts";
import { putPart, testVault } from "../../../../support/vault.ts";

vi.setConfig({ testTimeout: 60_000 }); // every opening derives a key

const step = fc.record({
  add: fc.integer({ min: 0, max: 600 }),
  erase: fc.option(fc.tuple(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 1, max: 700 }))),
  addAfter: fc.integer({ min: 0, max: 30 }),
});

test("for random histories of saves and erasures", async () => {
  await using home = await testVault();
  const { vault } = home;
  let next = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
      for (const { add, erase, addAfter } of steps) {
        const head = vault.merkleHead();
        await vault.write(async () =>
          ok((db) => {
            const put = (count: number) => {
              for (let n = 0; n < count; n++) putPart(db, `p${next++}`, "x", 10);
            };
            put(add);
            if (erase === null) return;
            const [from, count] = erase;
            vault.erase(db, () =>
              db.run(sql`DELETE FROM part WHERE seq >= ${from} AND seq < ${from + count}`),
            );
            vault.erase(db, () => db.run(sql`DELETE FROM part WHERE seq > (SELECT max(seq) - 3 FROM part)`));
            put(addAfter);
          }),
        );
        if (erase === null && add > 0) expect(vault.merkleHead()).not.toBe(head);
        const rows = vault.read.get<{ n: number }>(sql`SELECT count(*) AS n FROM part`)?.n ?? 0;
        expect(await vault.checkMerkle()).toEqual(ok({ rows: rows + 4 }));
      }
    }),
    { numRuns: 8 },
  );
});

test("a refused transaction leaves the head as it was, and checking can be stopped", async () => {
  await using home = await testVault();
  const head = home.vault.merkleHead();
  await expect(
    home.vault.write(async () =>
      ok((db) => {
        putPart(db, "p", "x");
        throw new Error("no");
      }),
    ),
  ).rejects.toThrow("no");
  expect(home.vault.merkleHead()).toBe(head);
  const stop = new AbortController();
  stop.abort();
  expect(await home.vault.checkMerkle({ signal: stop.signal })).toEqual({
    ok: false,
    error: { type: "Cancelled" },
  });
  expect(await home.vault.checkMerkle({ behind: true })).toEqual(await home.vault.checkMerkle());
  const checking = [home.vault.checkMerkle(), home.vault.checkMerkle({ behind: true })];
  await home.vault.lock();
  for (const one of await Promise.all(checking))
    expect(one).toEqual({ ok: false, error: { type: "Cancelled" } });
});
