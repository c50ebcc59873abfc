// A process of its own that works in a vault and says on stdout what was acknowledged: tests kill it, or fail its disk.
// Usage: vault-worker.ts <write|faults> <folder> <seed> <passphrase>
import { randomBytes } from "node:crypto";
import type { VaultPorts } from "../../main/core/vault/index.ts";
import { openVault } from "../../main/core/vault/index.ts";
import { Secret } from "../../main/core/vault/secret.ts";
import { sql } from "../../main/core/vault/sql.ts";
import { ok } from "../../shared/result.ts";
import { seededPorts, seededRandom } from "./ports.ts";
import { putPart } from "./vault.ts";

const [mode, folder = "", seed = "", passphrase = ""] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const ports: VaultPorts = { ...seededPorts(seed), random: { bytes: (count) => randomBytes(count) } };
const choose = seededRandom(`worker ${seed}`);

/** One acknowledged step after another, until killed: saves of different size, erasures, now and then a new passphrase or key. */
async function write(): Promise<void> {
  const opened = await openVault(ports, { folder, unlock: { passphrase: Secret.fromText(passphrase) } });
  if (!opened.ok) throw new Error(opened.error.type);
  const vault = opened.value;
  const mine: string[] = [];
  let secret = passphrase;
  say("open");
  for (let n = 0; ; n++) {
    const [dice = 0, size = 0] = choose.bytes(2);
    const oldest = mine[0];
    if (dice < 8 || (dice > 250 && n > 3)) {
      const next = `${passphrase.split(" ")[0]} ${n}`;
      say(`try ${next}`);
      const fresh = Secret.fromText(next);
      const changed =
        dice < 8 ? await vault.changePassphrase(Secret.fromText(secret), fresh) : await vault.rekey(fresh);
      if (!changed.ok) throw new Error(changed.error.type);
      secret = next;
      say(`passphrase ${next}`);
    } else if (dice < 40 && oldest !== undefined) {
      say(`erasing ${oldest}`);
      const erased = await vault.write(async () =>
        ok((db) => vault.erase(db, () => db.run(sql`DELETE FROM part WHERE id = ${oldest}`))),
      );
      if (!erased.ok) throw new Error(erased.error.type);
      mine.shift();
      say(`erased ${oldest}`);
    } else {
      const id = `${vault.info.opening} ${n}`;
      const written = await vault.write(async () =>
        ok((db) => putPart(db, id, `save ${n}`, 100 + 40 * size)),
      );
      if (!written.ok) throw new Error(written.error.type);
      mine.push(id);
      say(`saved ${id}`);
    }
  }
}

/** A fixed story on a disk that fails somewhere: every step is acknowledged or refused with a value, never more. */
async function faults(): Promise<void> {
  let secret = passphrase;
  for (let opening = 0; opening < 2; opening++) {
    const opened = await openVault(ports, { folder, unlock: { passphrase: Secret.fromText(secret) } });
    say(`opened ${opened.ok ? "" : opened.error.type}`);
    if (!opened.ok) continue;
    const vault = opened.value;
    for (let n = 0; n < 6; n++) {
      const id = `${opening} ${n}`;
      const written = await vault.write(async () =>
        ok((db) => putPart(db, id, `save ${n}`, n === 3 ? 20_000 : 500)),
      );
      say(written.ok ? `saved ${id}` : `refused ${id} ${written.error.type}`);
    }
    const victim = `${opening} 1`;
    say(`erasing ${victim}`);
    const erased = await vault.write(async () =>
      ok((db) => vault.erase(db, () => db.run(sql`DELETE FROM part WHERE id = ${victim}`))),
    );
    say(erased.ok ? `erased ${victim}` : `refused erasing ${erased.error.type}`);
    for (const step of opening === 0 ? (["changePassphrase", "rekey"] as const) : []) {
      const next = `${passphrase.split(" ")[0]} ${step} ${opening}`;
      say(`try ${next}`);
      const fresh = Secret.fromText(next);
      const changed =
        step === "rekey"
          ? await vault.rekey(fresh)
          : await vault.changePassphrase(Secret.fromText(secret), fresh);
      if (changed.ok) secret = next;
      say(changed.ok ? `passphrase ${next}` : `refused ${step} ${changed.error.type}`);
    }
    await vault.lock();
    say("locked");
  }
}

await (mode === "write" ? write() : faults());
