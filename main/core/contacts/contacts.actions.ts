// Meeting people at other offices, comparing certificates by voice, refusing them.
import type { Bytes } from "../../../shared/brand.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";
import type { ContactId, Fingerprint, OfficeId } from "../../../shared/vocabulary/ids.ts";
import type { Trust, VerifiedHow } from "../../../shared/vocabulary/trust.ts";
import { note } from "../audit/index.ts";
import {
  digits,
  mostCertificateBytes,
  readCertificate,
  words,
  type Certificate,
  type CertificateProblem,
} from "../pgp/index.ts";
import {
  membersOf,
  newId,
  onDrive,
  type DriveProblem,
  type NoSigner,
  type Session,
} from "../safety/index.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import type { WriteError } from "../vault/index.ts";
import { afterIntroduction, compareSpoken, type WordsDiffer } from "./contacts.rules.ts";
import {
  addContact,
  contactByFingerprint,
  contactById,
  contactsOfOffice,
  renewCertificate,
  setTrust,
  type ContactRow,
} from "./contacts.store.ts";

export type UnknownContact = { readonly type: "UnknownContact" };

/** The ten words and 34 digits of my own certificate, to be read aloud to the other side. */
export async function ownWords(
  session: Session,
): Promise<Result<{ words: string[]; digits: string; fingerprint: Fingerprint }, NoSigner>> {
  if (session.member === undefined) return err({ type: "NoSigner" });
  const certificate = await certificateOf(session, session.member.certificate);
  return ok({ words: words(certificate), digits: digits(certificate), fingerprint: certificate.fingerprint });
}

export type Heard =
  | { readonly words: readonly string[] }
  | { readonly digits: string }
  | { readonly fingerprint: string };

/** Compares what she read aloud of her own certificate with the one held here; only full agreement verifies. */
export async function verifyContact(
  session: Session,
  input: { readonly contact: ContactId; readonly heard: Heard; readonly how: VerifiedHow },
): Promise<Result<ContactRow, UnknownContact | NoSigner | WordsDiffer | WriteError>> {
  return verified(session, input, async (row) =>
    compareHeard(await certificateOf(session, row.certificate), input.heard),
  );
}

/** Marks a contact as verified where `compare`, given the row as it stands in the commit's turn, agrees. */
export async function verified<E extends Failure>(
  session: Session,
  input: { readonly contact: ContactId; readonly how: VerifiedHow },
  compare: (row: ContactRow) => Promise<Result<void, E>>,
): Promise<Result<ContactRow, UnknownContact | NoSigner | E | WriteError>> {
  const { vault, member, ports } = session;
  if (member === undefined) return err({ type: "NoSigner" });
  return vault.write(async (read) => {
    const row = contactById(read, input.contact);
    if (row === undefined) return err<UnknownContact | E>({ type: "UnknownContact" });
    const compared = await compare(row);
    if (!compared.ok) return err<UnknownContact | E>(compared.error);
    return ok((db: WriteDb) => {
      const at = ports.clock.now();
      setTrust(db, row.id, "verified", { member: member.id, how: input.how, at });
      note(db, {
        at,
        member: member.id,
        action: "contact-verified",
        detail: { contact: row.id, how: input.how },
      });
      return contactById(db, row.id) ?? row;
    });
  });
}

/** Someone with other OpenPGP software, by the certificate she sent. Not verified until its fingerprint was compared. */
export async function addCertificate(
  session: Session,
  input: { readonly path: string; readonly name: string; readonly officeName: string },
): Promise<
  Result<ContactRow, DriveProblem | CertificateProblem | { readonly type: "KnownCertificate" } | WriteError>
> {
  const { ports, vault } = session;
  const bytes = await onDrive(async () =>
    ok(await ports.files.read(input.path, mostCertificateBytes as Bytes)),
  );
  if (!bytes.ok) return bytes;
  const text = Buffer.from(bytes.value).toString("latin1");
  const certificate = await readCertificate(
    text.includes("-----BEGIN PGP PUBLIC KEY BLOCK-----") ? text : bytes.value,
    {
      at: ports.clock.now(),
    },
  );
  if (!certificate.ok) return certificate;
  const { fingerprint, armored } = certificate.value;
  return vault.write(async (read) => {
    if (contactByFingerprint(read, fingerprint) !== undefined) return err({ type: "KnownCertificate" });
    return ok((db: WriteDb) => {
      const row = {
        id: newId<ContactId>(ports),
        office: newId<OfficeId>(ports),
        office_name: input.officeName,
        name: input.name,
        fingerprint,
        certificate: armored,
        software: "other" as const,
        trust: "unverified" as const,
        introduced: 0,
        made: ports.clock.now(),
      };
      addContact(db, row);
      note(db, { at: row.made, ...memberOf(session), action: "contact-added", detail: { contact: row.id } });
      return { ...row, trust_by: null, trust_how: null, trust_at: null };
    });
  });
}

/** Nothing goes to her and nothing of hers is taken from now on. */
export function refuseContact(
  session: Session,
  contact: ContactId,
): Promise<Result<ContactRow, UnknownContact | WriteError>> {
  return session.vault.write(async (read) => {
    const row = contactById(read, contact);
    if (row === undefined) return err({ type: "UnknownContact" });
    return ok((db: WriteDb) => {
      setTrust(db, row.id, "refused");
      note(db, {
        at: session.ports.clock.now(),
        ...memberOf(session),
        action: "contact-refused",
        detail: { contact },
      });
      return contactById(db, contact) ?? row;
    });
  });
}

/** Who introduced herself, as her introduction says. */
export type Introduced = {
  /** As her laptop said: an older introduction never replaces a newer one. */
  readonly made: number;
  readonly office: OfficeId;
  readonly officeName: string;
  readonly person: string;
};

/**
 * Takes in a certificate, inside a commit. A known primary key is renewed; another primary key for the same person of the
 * same office marks both as changed, so that nothing is sent until somebody compares words again.
 */
export function takeIntroduction(
  db: WriteDb,
  session: Session,
  certificate: Certificate,
  from: Introduced,
): { readonly contact: ContactId; readonly trust: Trust } {
  const known = contactByFingerprint(db, certificate.fingerprint);
  if (known !== undefined) {
    if (from.made > known.introduced) renewCertificate(db, known.id, certificate.armored, from.made);
    return { contact: known.id, trust: known.trust };
  }
  const namesake = contactsOfOffice(db, from.office).find((row) => row.name === from.person);
  const trust = afterIntroduction(namesake, certificate.fingerprint);
  if (namesake !== undefined) setTrust(db, namesake.id, "changed");
  const contact = newId<ContactId>(session.ports);
  addContact(db, {
    id: contact,
    office: from.office,
    office_name: from.officeName,
    name: from.person,
    fingerprint: certificate.fingerprint,
    certificate: certificate.armored,
    software: "waypost",
    trust,
    introduced: from.made,
    made: session.ports.clock.now(),
  });
  note(db, {
    at: session.ports.clock.now(),
    ...memberOf(session),
    action: "contact-met",
    detail: { contact },
  });
  return { contact, trust };
}

const memberOf = ({ member }: Session) => (member === undefined ? {} : { member: member.id });

/** The name and office behind a fingerprint, where this vault knows them: a colleague here or a contact. */
export function whoIs(
  session: Session,
  read: ReadDb,
  fingerprint: Fingerprint,
): { fingerprint: Fingerprint; name?: string; office?: string } {
  const contact = contactByFingerprint(read, fingerprint);
  if (contact !== undefined) return { fingerprint, name: contact.name, office: contact.office_name };
  const colleague = membersOf(read).find((member) => member.fingerprint === fingerprint);
  return colleague === undefined
    ? { fingerprint }
    : { fingerprint, name: colleague.name, office: session.office.name };
}

/** A certificate held in this vault; it was judged when it came, and one that expired since still verifies the past. */
export async function certificateOf(session: Session, armored: string): Promise<Certificate> {
  const held = await readCertificate(armored, { at: session.ports.clock.now(), past: true });
  if (!held.ok) throw new Error(`a stored certificate is ${held.error.type}`);
  return held.value;
}

async function compareHeard(certificate: Certificate, heard: Heard): Promise<Result<void, WordsDiffer>> {
  if ("words" in heard) return compareSpoken(words(certificate), heard.words);
  if ("digits" in heard) return compareSpoken([digits(certificate)], [heard.digits.replace(/[\s-]/g, "")]);
  return compareSpoken([certificate.fingerprint.toLowerCase()], [heard.fingerprint.replace(/[\s:-]/g, "")]);
}
