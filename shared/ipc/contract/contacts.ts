// People at other offices: meeting them, comparing certificates, refusing them.
import { object, optional, z } from "../../schema.ts";
import { ContactId, Fingerprint, OfficeId } from "../../vocabulary/ids.ts";
import { Trust, VerifiedHow } from "../../vocabulary/trust.ts";
import { shortText } from "../../vocabulary/strings.ts";
import { fileFailures, noSigner, unknownContact } from "../failures.ts";
import { failure, FileToken, method } from "../method.ts";

export const Contact = object({
  contact: ContactId,
  office: OfficeId,
  officeName: z.string(),
  name: z.string(),
  fingerprint: Fingerprint,
  software: z.enum(["waypost", "other"]),
  trust: Trust,
  /** Who of this office compared or refused, and what she is called here. */
  trustBy: optional(z.string()),
  trustByName: optional(z.string()),
  trustHow: optional(VerifiedHow),
  trustAt: optional(z.int()),
});

export const contactsMethods = {
  "contacts.list": method({
    input: object({}),
    output: object({ contacts: z.array(Contact) }),
    errors: [],
    unlocked: true,
  }),
  /** What I read aloud to the other side: the ten words and the 34 digits of my own certificate. */
  "contacts.ownWords": method({
    input: object({}),
    output: object({ words: z.array(z.string()), digits: z.string(), fingerprint: Fingerprint }),
    errors: [noSigner],
    unlocked: true,
  }),
  /** My certificate as other OpenPGP software reads it, to be given to a partner. */
  "contacts.ownCertificate": method({
    input: object({}),
    output: object({ certificate: z.string(), fingerprint: Fingerprint }),
    errors: [noSigner],
    unlocked: true,
  }),
  /** What she read aloud, as I heard it. All must agree with the certificate held here. */
  "contacts.verify": method({
    input: object({
      contact: ContactId,
      heard: z.union([
        object({ words: z.array(z.string().max(40)).max(40) }),
        object({ digits: z.string().max(80) }),
        object({ fingerprint: z.string().max(100) }),
      ]),
      how: VerifiedHow,
    }),
    output: object({ contact: Contact }),
    errors: [unknownContact, noSigner, failure("WordsDiffer", { wrong: z.array(z.int()) })],
    unlocked: true,
  }),
  /** The certificate of someone who works with other OpenPGP software, as she sent it; its full fingerprint is compared before anything goes. */
  "contacts.add": method({
    input: object({ file: FileToken, name: shortText, officeName: shortText }),
    output: object({ contact: Contact }),
    errors: [
      ...fileFailures,
      failure("CertificateUnreadable", { why: z.string() }),
      failure("CertificateExpired", { since: z.int() }),
      failure("CertificateIncomplete", { why: z.string() }),
      "CertificateWeak",
      "CertificateRevoked",
      "KnownCertificate",
    ],
    unlocked: true,
  }),
  /** My own words as a picture, shown and read from a photograph by the other side: a square of so many units, and the strokes in it as the path of an SVG. */
  "contacts.ownQr": method({
    input: object({}),
    output: object({ size: z.int(), path: z.string() }),
    errors: [noSigner],
    unlocked: true,
  }),
  /** The picture of her code, as a file. It must agree with the certificate held here. */
  "contacts.verifyQr": method({
    input: object({ contact: ContactId, file: FileToken, how: VerifiedHow }),
    output: object({ contact: Contact }),
    errors: [
      ...fileFailures,
      unknownContact,
      noSigner,
      "PictureUnreadable",
      "NoCodeInPicture",
      "OtherCertificate",
    ],
    unlocked: true,
  }),
  "contacts.refuse": method({
    input: object({ contact: ContactId }),
    output: object({ contact: Contact }),
    errors: [unknownContact],
    unlocked: true,
  }),
};
