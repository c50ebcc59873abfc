// Makes the golden vault of the present schema: committed once a version, it must open for ever. Usage: node test/support/golden-vault.ts
import { existsSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createVault } from "../../main/core/vault/index.ts";
import { knownMigrations } from "../../main/core/vault/migrations.ts";
import { sql } from "../../main/core/vault/sql.ts";
import { ok } from "../../shared/result.ts";
import type { OfficeId } from "../../shared/vocabulary/ids.ts";
import { PROJECT } from "./files.ts";
import { seededPorts } from "./ports.ts";
import { FLOOR, newMember, putPart, randomHex } from "./vault.ts";

const PASSPHRASE = "golden passphrase, used nowhere else";

async function make(): Promise<void> {
  const version = String(knownMigrations().length).padStart(4, "0");
  const golden = join(PROJECT, "test/migrations/golden");
  const folder = join(golden, `vault-${version}`);
  if (existsSync(folder)) throw new Error(`${folder} is there: a golden vault is never made again`);
  const ports = seededPorts(`golden ${version}`);
  const created = await createVault(ports, {
    folder,
    kind: "practice",
    office: { id: randomHex(ports.random, 16) as OfficeId, name: "Golden practice office" },
    member: newMember(ports.random, PASSPHRASE),
    kdf: FLOOR,
  });
  if (!created.ok) throw new Error(created.error.type);
  const { vault, words } = created.value;
  for (let n = 0; n < 3; n++) {
    await vault.write(async () =>
      ok((db) => {
        for (let row = 0; row < 100; row++) putPart(db, `golden ${n} ${row}`, `row ${row}`, 30);
        db.run(sql`INSERT INTO search_row (seq, case_id, entry) VALUES (${n + 1}, 'golden', ${n})`);
        db.run(
          sql`INSERT INTO search (rowid, code, names, body) VALUES (${n + 1}, 'G-1', 'Golden Name', 'a story')`,
        );
      }),
    );
  }
  await vault.write(async () =>
    ok((db) => vault.erase(db, () => db.run(sql`DELETE FROM part WHERE id = 'golden 1 7'`))),
  );
  const head = vault.merkleHead();
  await vault.lock();
  await rm(join(folder, "lock"));
  writeFileSync(
    join(golden, `vault-${version}.md`),
    [
      `A practice vault at schema version ${version}, made by test/support/golden-vault.ts. It holds no person's data.`,
      `passphrase: ${PASSPHRASE}`,
      `words: ${words}`,
      `merkle: ${head}`,
      "",
    ].join("\n\n"),
  );
}

await make();
