// Attack: someone who can write the database changes, moves or removes a disclosure.
import { expect, it } from "vitest";
import { checkLedger, disclose } from "../../main/core/audit/index.ts";
import { caseId, now } from "../support/chain.ts";
import { must } from "../support/signed-chain.ts";
import { openBehind, testVault } from "../support/vault.ts";

it("is seen in the case's ledger", async () => {
  await using home = await testVault();
  const { random } = home.ports;
  const prepared = home.vault.write(async () => ({
    ok: true,
    value: (db) => {
      for (const who of ["one", "two", "three"]) {
        for (const of of [1, 2, 3, 4, 5]) disclose(db, random, { case: caseId(of), at: now, entry: { who } });
      }
    },
  }));
  must(await prepared);
  await home.vault.lock();
  const db = await openBehind(home.folder);
  db.exec("INSERT INTO erasing VALUES (1)");
  const second = (of: number) =>
    `seq = (SELECT seq FROM ledger WHERE case_id = '${caseId(of)}' ORDER BY seq LIMIT 1 OFFSET 1)`;
  db.exec(`UPDATE ledger SET entry = replace(entry, 'two', 'six') WHERE ${second(1)}`);
  db.exec(`UPDATE ledger SET at = at + 1 WHERE ${second(2)}`);
  db.exec(`DELETE FROM ledger WHERE ${second(3)}`);
  db.exec(`UPDATE ledger SET entry = '{"erased":"${"0".repeat(64)}"}' WHERE ${second(4)}`);
  db.exec("DELETE FROM erasing");
  db.close();
  const vault = await home.reopen();
  for (const of of [1, 2, 3, 4])
    expect(checkLedger(vault.read, caseId(of)), String(of)).toMatchObject({ ok: false });
  expect(checkLedger(vault.read, caseId(5))).toEqual({ ok: true, value: { rows: 3, erased: 0 } });
});
