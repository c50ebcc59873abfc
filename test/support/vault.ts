// Practice vaults for tests, at the floor of the key derivation, and ways to look into one from outside.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import type { MemberId, OfficeId } from "../../shared/vocabulary/ids.ts";
import { Fingerprint } from "../../shared/vocabulary/ids.ts";
import type { Result } from "../../shared/result.ts";
import type { Random } from "../../main/core/ports.ts";
import { openDatabase } from "../../main/core/vault/database.ts";
import type {
  MemberUnlock,
  NewMember,
  NewMemberKeys,
  NewVault,
  OpenError,
  Vault,
  VaultPorts,
} from "../../main/core/vault/index.ts";
import { createVault, openVault } from "../../main/core/vault/index.ts";
import { openDataKey, readKeySlots, unwrapSlot } from "../../main/core/vault/keyslots.ts";
import { Secret } from "../../main/core/vault/secret.ts";
import { sql } from "../../main/core/vault/sql.ts";
import type { WriteDb } from "../../main/core/vault/sql.ts";
import { seededPorts, temporaryFolder } from "./ports.ts";

export const FLOOR = { memoryKiB: 64 * 1024, passes: 3 };
export const PASSPHRASE = "correct horse battery staple";

export const randomHex = (random: Random, bytes: number) => Buffer.from(random.bytes(bytes)).toString("hex");

/** Keys as the vault sees them: bytes it never looks into. */
export function opaqueKeys(random: Random): NewMemberKeys {
  const fingerprint = Fingerprint.parse(randomHex(random, 20).toUpperCase());
  const secret = () => ({ keyId: randomHex(random, 8), secret: random.bytes(300) });
  return {
    fingerprint,
    certificate: `certificate ${fingerprint}`,
    signing: secret(),
    decryption: [secret(), secret()],
  };
}

export function newMember(random: Random, passphrase = PASSPHRASE, keys = opaqueKeys(random)): NewMember {
  return {
    id: randomHex(random, 16) as MemberId,
    name: "A. Tester",
    passphrase: Secret.fromText(passphrase),
    certificate: keys,
  };
}

/** What a test gets: an open vault, all that opens it, and an end that locks it and removes the folder. */
export type TestVault = {
  vault: Vault;
  readonly words: string;
  readonly folder: string;
  readonly ports: VaultPorts;
  readonly member: NewMember;
  /** Opens it (again); throws where it does not open. */
  reopen(unlock?: MemberUnlock): Promise<Vault>;
  /** Opens it; the caller locks what was opened. */
  tryOpen(unlock?: MemberUnlock): Promise<Result<Vault, OpenError>>;
} & AsyncDisposable;

export async function testVault(
  options: Partial<NewVault> & { readonly ports?: VaultPorts } = {},
): Promise<TestVault> {
  const home = await temporaryFolder();
  const { ports = seededPorts(), ...wanted } = options;
  const member = wanted.member ?? newMember(ports.random);
  const folder = wanted.folder ?? join(home.path, "vault");
  const created = await createVault(ports, {
    folder,
    kind: "practice",
    office: { id: randomHex(ports.random, 16) as OfficeId, name: "Practice office" },
    kdf: FLOOR,
    ...wanted,
    member,
  });
  if (!created.ok) throw new Error(created.error.type);
  const tryOpen = (unlock: MemberUnlock = { passphrase: member.passphrase }) =>
    openVault(ports, { folder, unlock });
  const opened: TestVault = {
    vault: created.value.vault,
    words: created.value.words,
    folder,
    ports,
    member,
    tryOpen,
    async reopen(unlock) {
      await opened.vault.lock();
      const again = await tryOpen(unlock);
      if (!again.ok) throw new Error(again.error.type);
      return (opened.vault = again.value);
    },
    async [Symbol.asyncDispose]() {
      await opened.vault.lock();
      await home[Symbol.asyncDispose]();
    },
  };
  return opened;
}

/** The database of a locked vault, opened by its passphrase past all of the vault's own checks. */
export async function openBehind(folder: string, passphrase = PASSPHRASE): Promise<Database.Database> {
  const file = readKeySlots(readFileSync(join(folder, "keyslots.json")));
  if (!file.ok) throw new Error(file.error.type);
  const slot = file.value.slots.find(({ kind }) => kind === "member");
  if (slot === undefined) throw new Error("no member has a slot");
  using secret = Secret.fromText(passphrase);
  const slotKey = await unwrapSlot(file.value.vault, slot, secret);
  const dataKey = slotKey.ok && slotKey.value && openDataKey(file.value, slot, slotKey.value);
  if (!dataKey) throw new Error("the passphrase does not open it");
  return openDatabase(join(folder, `vault-${file.value.generation}.db`), dataKey, "existing");
}

/** One part row whose texts are `label`; for tests that only need rows. */
export function putPart(db: WriteDb, id: string, label: string, bytes = 200): void {
  const blob = Buffer.alloc(bytes, label);
  db.run(sql`INSERT INTO part (id, save, case_id, section, kind, author, actor, at, signed, signature, changes)
             VALUES (${id}, ${label}, ${label}, ${label}, 'reach', 'A', 'B', 0, ${blob}, ${blob}, ${blob})`);
}
