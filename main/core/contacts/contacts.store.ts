// The rows of people at other offices.
import type { ContactId, Fingerprint, MemberId, OfficeId } from "../../../shared/vocabulary/ids.ts";
import type { Trust, VerifiedHow } from "../../../shared/vocabulary/trust.ts";
import { sql, type ReadDb, type WriteDb } from "../vault/sql.ts";

export type ContactRow = {
  readonly id: ContactId;
  readonly office: OfficeId;
  readonly office_name: string;
  readonly name: string;
  readonly fingerprint: Fingerprint;
  readonly certificate: string;
  readonly software: "waypost" | "other";
  readonly trust: Trust;
  readonly trust_by: MemberId | null;
  readonly trust_how: VerifiedHow | null;
  readonly trust_at: number | null;
  /** When the introduction in force was made, as its maker's laptop said. */
  readonly introduced: number;
};

const columns = sql`id, office, office_name, name, fingerprint, certificate, software, trust, trust_by, trust_how, trust_at, introduced`;

export const allContacts = (db: ReadDb): readonly ContactRow[] =>
  db.all<ContactRow>(sql`SELECT ${columns} FROM contact ORDER BY office_name, name, id`);

export const contactById = (db: ReadDb, id: ContactId): ContactRow | undefined =>
  db.get<ContactRow>(sql`SELECT ${columns} FROM contact WHERE id = ${id}`);

export const contactByFingerprint = (db: ReadDb, fingerprint: Fingerprint): ContactRow | undefined =>
  db.get<ContactRow>(sql`SELECT ${columns} FROM contact WHERE fingerprint = ${fingerprint}`);

export const contactsOfOffice = (db: ReadDb, office: OfficeId): readonly ContactRow[] =>
  db.all<ContactRow>(sql`SELECT ${columns} FROM contact WHERE office = ${office} ORDER BY name, id`);

export function addContact(
  db: WriteDb,
  row: Omit<ContactRow, "trust_by" | "trust_how" | "trust_at"> & { readonly made: number },
): void {
  db.run(sql`
    INSERT INTO contact (id, office, office_name, name, fingerprint, certificate, software, trust, introduced, made)
    VALUES (${row.id}, ${row.office}, ${row.office_name}, ${row.name}, ${row.fingerprint}, ${row.certificate}, ${row.software}, ${row.trust}, ${row.introduced}, ${row.made})`);
}

/** The newer copy of a certificate whose primary key is known: subkeys and expiry may have changed. */
export function renewCertificate(db: WriteDb, id: ContactId, certificate: string, made: number): void {
  db.run(sql`UPDATE contact SET certificate = ${certificate}, introduced = ${made} WHERE id = ${id}`);
}

export function setTrust(
  db: WriteDb,
  id: ContactId,
  trust: Trust,
  by?: { readonly member: MemberId | null; readonly how: VerifiedHow; readonly at: number },
): void {
  db.run(sql`
    UPDATE contact SET trust = ${trust}, trust_by = ${by?.member ?? null}, trust_how = ${by?.how ?? null}, trust_at = ${by?.at ?? null}
    WHERE id = ${id}`);
}
