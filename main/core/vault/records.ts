// The rows the vault keeps about itself: its facts, slots, openings, members and their secret keys.
import type { Fingerprint, MemberId, OpeningId, SlotId } from "../../../shared/vocabulary/ids.ts";
import type { KeySlot, KeySlots } from "./keyslots.ts";
import { sealTo, unsealWith } from "./keyslots.ts";
import type { Secret } from "./secret.ts";
import type { ReadDb, WriteDb } from "./sql.ts";
import { sql } from "./sql.ts";
import type { DecryptionSecret, NewMemberKeys } from "./types.ts";

/** The MACs of keyslots.json that the vault knows: the present one, and one being introduced. */
export function knownMacs(db: ReadDb): readonly string[] {
  const row = db.get<{ slots_mac: string; slots_mac_next: string | null }>(
    sql`SELECT slots_mac, slots_mac_next FROM vault`,
  );
  return row === undefined
    ? []
    : [row.slots_mac, ...(row.slots_mac_next === null ? [] : [row.slots_mac_next])];
}

/** Before the rename of keyslots.json: a vault found with either file, the present one or the next, is right. */
export function announceMac(db: WriteDb, present: KeySlots, next: KeySlots): void {
  db.run(sql`UPDATE vault SET slots_mac = ${present.mac}, slots_mac_next = ${next.mac}`);
}

/**
 * Brings the rows in line with the keyslots.json that is in force: what belongs to slots it does not name is deleted,
 * a member it names is one, a member it does not name is none and her signing secret is destroyed.
 */
export function followSlots(db: WriteDb, file: KeySlots): void {
  const slots = sql.list(file.slots.map((slot) => slot.id));
  const members = sql.list(file.slots.flatMap((slot) => slot.member ?? []));
  db.run(
    sql`UPDATE vault SET slots_mac = ${file.mac}, slots_mac_next = NULL, generation = ${file.generation}`,
  );
  db.run(sql`DELETE FROM secret_key WHERE slot IS NOT NULL AND slot NOT IN ${slots}`);
  db.run(sql`DELETE FROM slot WHERE id NOT IN ${slots}`);
  db.run(sql`DELETE FROM secret_key WHERE use = 'signing' AND member NOT IN ${members}`);
  db.run(sql`DELETE FROM secret_key
             WHERE member IN (SELECT id FROM member WHERE active = 2 AND id NOT IN ${members})`);
  db.run(sql`DELETE FROM member WHERE active = 2 AND id NOT IN ${members}`);
  db.run(sql`UPDATE member SET active = 1 WHERE active <> 1 AND id IN ${members}`);
  db.run(sql`UPDATE member SET active = 0 WHERE active = 1 AND id NOT IN ${members}`);
}

export function putSlot(db: WriteDb, slot: KeySlot, publicKey: Uint8Array): void {
  db.run(sql`INSERT INTO slot (id, kind, member, public_key)
             VALUES (${slot.id}, ${slot.kind}, ${slot.member ?? null}, ${publicKey})`);
}

/** Public keys by slot. */
export function slotKeys(db: ReadDb): ReadonlyMap<string, Uint8Array> {
  const rows = db.all<{ id: string; public_key: Uint8Array }>(sql`SELECT id, public_key FROM slot`);
  return new Map(rows.map((row) => [row.id, row.public_key]));
}

/** The recovery slot, as the vault knows it. */
export function recoverySlot(
  db: ReadDb,
): { readonly id: SlotId; readonly publicKey: Uint8Array } | undefined {
  const row = db.get<{ id: SlotId; public_key: Uint8Array }>(
    sql`SELECT id, public_key FROM slot WHERE kind = 'recovery'`,
  );
  return row === undefined ? undefined : { id: row.id, publicKey: row.public_key };
}

/** Writes the new opening after the last one. */
export function putOpening(db: WriteDb, nonce: OpeningId, member: MemberId | undefined, at: number): void {
  db.run(sql`INSERT INTO opening (nonce, parent, member, at)
             VALUES (${nonce}, (SELECT nonce FROM opening ORDER BY seq DESC LIMIT 1), ${member ?? null}, ${at})`);
}

/** The next number of this opening. */
export function issueNumber(db: WriteDb, opening: OpeningId): number {
  const row = db.get<{ issued: number }>(
    sql`UPDATE opening SET issued = issued + 1 WHERE nonce = ${opening} RETURNING issued`,
  );
  if (row === undefined) throw new Error("the opening has no row");
  return row.issued;
}

/** Her row and her decryption secrets; she counts as a member once keyslots.json names her. */
export function putMember(db: WriteDb, id: MemberId, name: string, keys: NewMemberKeys, at: number): void {
  db.run(sql`INSERT INTO member (id, name, fingerprint, certificate, active)
             VALUES (${id}, ${name}, ${keys.fingerprint}, ${keys.certificate}, 2)`);
  for (const { keyId, secret } of keys.decryption) {
    db.run(sql`INSERT INTO secret_key (member, use, slot, key_id, secret, made)
               VALUES (${id}, 'decryption', NULL, ${keyId}, ${secret}, ${at})`);
  }
}

/** Whether the vault knows her, by identifier or certificate, member still or not. */
export function memberKnown(db: ReadDb, id: MemberId, fingerprint?: Fingerprint): boolean {
  return (
    db.get(sql`SELECT 1 FROM member WHERE id = ${id} OR fingerprint = ${fingerprint ?? null}`) !== undefined
  );
}

export type SigningSecret = { readonly member: MemberId; readonly keyId: string; readonly secret: Secret };

/** Her signing secret for one slot alone. */
export function putSigning(
  db: WriteDb,
  { member, keyId, secret }: SigningSecret,
  slot: { readonly id: SlotId; readonly publicKey: Uint8Array },
  at: number,
): void {
  db.run(sql`INSERT INTO secret_key (member, use, slot, key_id, secret, made)
             VALUES (${member}, 'signing', ${slot.id}, ${keyId}, ${sealTo(slot.publicKey, secret.reveal())}, ${at})`);
}

/** The signing secrets that a slot opens: one for a member's slot, all for the recovery slot. The caller disposes of them. */
export function signingSecrets(db: ReadDb, slot: SlotId, slotKey: Secret): readonly SigningSecret[] {
  return db
    .all<{ member: MemberId; key_id: string; secret: Buffer }>(
      sql`SELECT member, key_id, secret FROM secret_key WHERE use = 'signing' AND slot = ${slot}`,
    )
    .flatMap(({ member, key_id, secret }) => {
      const opened = unsealWith(slotKey, secret);
      return opened === undefined ? [] : [{ member, keyId: key_id, secret: opened }];
    });
}

/** Whether the recovery slot has her signing secret: after new words it has not, until she opens the vault again. */
export function hasSigning(db: ReadDb, member: MemberId, slot: SlotId): boolean {
  return (
    db.get(sql`SELECT 1 FROM secret_key WHERE use = 'signing' AND member = ${member} AND slot = ${slot}`) !==
    undefined
  );
}

export function decryptionSecrets(db: ReadDb): readonly DecryptionSecret[] {
  return db
    .all<{ member: MemberId; key_id: string; secret: Uint8Array }>(
      sql`SELECT member, key_id, secret FROM secret_key WHERE use = 'decryption' ORDER BY seq DESC`,
    )
    .map(({ member, key_id, secret }) => ({ member, keyId: key_id, secret }));
}
