// Her decisions: recorded, looked at, withdrawn.
import { object, optional, z } from "../../schema.ts";
import { ConsentBody, ConsentWithdrawal, SectionName } from "../../vocabulary/consent.ts";
import { CaseId, ChainHash, ConsentId, ContactId } from "../../vocabulary/ids.ts";
import { problemCauses } from "../../vocabulary/problems.ts";
import { Purpose } from "../../vocabulary/purposes.ts";
import {
  chainStopped,
  mayNot,
  noSigner,
  notNamed,
  RefusalReason,
  unknownCase,
  unknownContact,
} from "../failures.ts";
import { failure, method } from "../method.ts";

const shape = ConsentBody.shape;
const { at: _at, recordedBy: _recordedBy, ...given } = shape.given.shape;

/** What a person records; the program adds identifiers, the time and who recorded it. */
export const ConsentDraft = object({
  act: shape.act,
  by: shape.by,
  contact: ContactId,
  sections: shape.sections,
  fields: shape.fields,
  past: shape.past,
  purpose: shape.purpose,
  purposeNote: shape.purposeNote,
  until: shape.until,
  given: object(given),
});

export const consentMethods = {
  "consent.record": method({
    input: object({ case: CaseId, consent: ConsentDraft }),
    output: object({ consent: ConsentId, head: ChainHash }),
    errors: [
      unknownCase,
      unknownContact,
      noSigner,
      mayNot,
      chainStopped,
      notNamed,
      failure("ConsentInvalid", {
        problems: z.array(object({ at: z.array(z.string()), why: z.enum(problemCauses) })),
      }),
    ],
    unlocked: true,
  }),
  /** Her no: in force here at once. What was sent is called back; what waits is destroyed. */
  "consent.withdraw": method({
    input: object({
      case: CaseId,
      consent: ConsentId,
      by: shape.by,
      how: ConsentWithdrawal.shape.how,
      words: ConsentWithdrawal.shape.words,
      /** Only these; without them all of it. What she still agrees to is recorded anew. */
      sections: optional(z.array(SectionName).min(1).max(500)),
    }),
    output: object({ entry: ChainHash, recalls: z.int(), destroyed: z.int() }),
    errors: [unknownCase, noSigner, mayNot, chainStopped, notNamed, "UnknownConsent", "AlreadyWithdrawn"],
    unlocked: true,
  }),
  "consent.list": method({
    input: object({ case: CaseId }),
    output: object({
      consents: z.array(
        object({
          body: ConsentBody,
          withdrawn: z.boolean(),
          withdrawnAt: optional(z.int()),
          withdrawal: optional(ConsentWithdrawal),
        }),
      ),
    }),
    errors: [unknownCase],
    unlocked: true,
  }),
  /** What may go to this contact now and what may not, with the reason for each. Not said otherwise: in a share. */
  "consent.choices": method({
    input: object({ case: CaseId, contact: ContactId, purpose: Purpose, act: optional(shape.act) }),
    output: object({
      choices: z.array(
        object({
          section: SectionName,
          may: z.boolean(),
          why: optional(RefusalReason),
          /** Of a release: the leaf patterns that may go; `*` where all may. */
          fields: optional(z.array(z.string())),
        }),
      ),
      refused: optional(z.enum(["ContactNotVerified", "NoRole", "NotNamed", "ChainStopped"])),
    }),
    errors: [unknownCase, unknownContact],
    unlocked: true,
  }),
};
