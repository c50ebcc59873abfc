// Bundles: written for one contact, taken in from a folder, acknowledged, called back.
import { object, optional, z } from "../../schema.ts";
import { BundleKind } from "../../bundle/manifest.ts";
import { SectionName } from "../../vocabulary/consent.ts";
import { BundleId, CaseId, ContactId, Fingerprint, RecallId } from "../../vocabulary/ids.ts";
import { Purpose } from "../../vocabulary/purposes.ts";
import {
  fileFailures,
  Json,
  gateFailures,
  mayNot,
  noSigner,
  notNamed,
  notCleared,
  RefusalReason,
  unknownCase,
  unknownContact,
} from "../failures.ts";
import { FileToken, method } from "../method.ts";

const Written = object({ bundle: BundleId, file: z.string(), bytes: z.int() });
const writing = [
  ...fileFailures,
  /** The drive went before it could say whether the file is on it: it stands under what was sent. */
  "MayHaveLeft",
  noSigner,
  unknownContact,
  "ContactNotVerified",
  "RecipientNotValid",
  notCleared,
] as const;

const SectionOutcome = object({
  section: SectionName,
  stored: z.int(),
  known: z.int(),
  held: z.int(),
  late: z.int(),
  dropped: z.int(),
  quarantined: z.int(),
  conflicts: z.int(),
});

/** What became of one file of an inbox. */
export const Received = object({
  file: z.string(),
  bundle: optional(BundleId),
  kind: optional(BundleKind),
  from: optional(z.string()),
  outcome: z.enum(["taken", "already", "refused"]),
  /** Why it was refused: the failure's type, with its parameters. */
  why: optional(z.looseObject({ type: z.string() })),
  cases: optional(z.array(object({ case: CaseId, code: z.string(), sections: z.array(SectionOutcome) }))),
  /** Cases of it that were not taken, and why: the sender or this office has no part in them. */
  passedOver: optional(z.array(object({ case: CaseId, why: z.looseObject({ type: z.string() }) }))),
  /** Numbers of this sender that never came. */
  missing: optional(z.array(z.int())),
  /** Two openings of the sender's vault began at one point: a copy of it is in use. */
  clone: optional(z.boolean()),
  confirmed: optional(z.array(RecallId)),
  erased: optional(z.array(SectionName)),
  contact: optional(ContactId),
});

/** One file of an inbox before it is taken. `token` takes just this file. */
export const Looked = object({
  file: z.string(),
  token: FileToken,
  bytes: z.int(),
  bundle: optional(BundleId),
  kind: optional(BundleKind),
  number: optional(z.int()),
  made: optional(z.int()),
  from: optional(object({ contact: optional(ContactId), name: z.string(), office: z.string() })),
  outcome: z.enum(["ready", "already", "refused"]),
  why: optional(z.looseObject({ type: z.string() })),
  missing: optional(z.array(z.int())),
  clone: optional(z.boolean()),
  cases: optional(
    z.array(
      object({
        case: CaseId,
        code: optional(z.string()),
        fresh: z.boolean(),
        sections: z.array(
          object({
            section: SectionName,
            changes: z.array(
              object({ path: z.array(z.string()), before: optional(Json), after: optional(Json) }),
            ),
            /** Changes beyond the first two hundred. */
            more: z.int(),
            conflicts: z.array(z.array(z.string())),
            known: z.int(),
            held: z.int(),
            heldWhy: optional(z.string()),
            refused: z.array(z.string()),
          }),
        ),
        why: optional(z.looseObject({ type: z.string() })),
      }),
    ),
  ),
  /** Of a recall: what is to be erased here. Of an acknowledgement: how many bundles and recalls it confirms. */
  erases: optional(z.array(object({ case: CaseId, code: optional(z.string()), section: SectionName }))),
  confirms: optional(z.int()),
  /** Of a recall: how many dossiers that came to this office are to be erased. */
  dossiers: optional(z.int()),
});

export const exchangeMethods = {
  /** Writes my certificate for someone I have not met yet. It is signed, not locked: whoever finds it can read name and office. */
  "exchange.introduce": method({
    input: object({ folder: FileToken }),
    output: Written,
    errors: [...fileFailures, noSigner],
    unlocked: true,
  }),
  /** Locks for one contact what she does not yet have of these cases. Sections not named: all that may go. */
  "exchange.share": method({
    input: object({
      contact: ContactId,
      cases: z
        .array(object({ case: CaseId, sections: optional(z.array(SectionName).min(1).max(500)) }))
        .min(1)
        .max(2_000),
      purpose: Purpose,
      folder: FileToken,
    }),
    output: object({
      ...Written.shape,
      cases: z.array(object({ case: CaseId, sections: z.array(SectionName), parts: z.int() })),
    }),
    errors: [...writing, ...gateFailures, unknownCase, "SettleFirst", mayNot],
    unlocked: true,
    job: true,
  }),
  /** One extract, once, for one purpose. Free text goes only where it is ticked, and only as it was read then. */
  "exchange.release": method({
    input: object({
      contact: ContactId,
      case: CaseId,
      purpose: Purpose,
      fields: z
        .array(object({ section: SectionName, pattern: z.string().max(200) }))
        .min(1)
        .max(1_000),
      ticked: z
        .array(object({ section: SectionName, path: z.array(z.string().max(100)).max(10), value: Json }))
        .max(1_000),
      folder: FileToken,
    }),
    output: object({ ...Written.shape, fields: z.int(), left: z.int(), pdf: z.boolean() }),
    errors: [...writing, ...gateFailures, unknownCase, "SettleFirst"],
    unlocked: true,
    job: true,
  }),
  /** What of a release would leave, leaf by leaf, with every free text that waits for a tick. */
  "exchange.preview": method({
    input: object({
      contact: ContactId,
      case: CaseId,
      purpose: Purpose,
      fields: z
        .array(object({ section: SectionName, pattern: z.string().max(200) }))
        .min(1)
        .max(1_000),
    }),
    output: object({
      leaves: z.array(
        object({ section: SectionName, path: z.array(z.string()), value: Json, freeText: z.boolean() }),
      ),
    }),
    errors: [unknownContact, unknownCase, ...gateFailures, "SettleFirst"],
    unlocked: true,
  }),
  /** Tells a contact which of her bundles arrived and which of her recalls were carried out. */
  "exchange.acknowledge": method({
    input: object({ contact: ContactId, folder: FileToken }),
    output: object({ ...Written.shape, bundles: z.int(), recalls: z.int() }),
    errors: [...writing, "NothingToAcknowledge"],
    unlocked: true,
  }),
  /** Sends every recall that is due to this contact. */
  "exchange.recall": method({
    input: object({ contact: ContactId, folder: FileToken }),
    output: object({ ...Written.shape, recalls: z.array(RecallId) }),
    errors: [...writing, "NothingToRecall"],
    unlocked: true,
  }),
  /** Tells a contact who works on these cases: roles, votes, her yeses and noes; nothing of what a case holds. */
  "exchange.tell": method({
    input: object({ contact: ContactId, cases: z.array(CaseId).min(1).max(2_000), folder: FileToken }),
    output: Written,
    errors: [...writing, unknownCase, "NoRole", notNamed],
    unlocked: true,
  }),
  /** The office records that a recall cannot be had, and that she was told. */
  "exchange.recallImpossible": method({
    input: object({ recall: RecallId, note: z.string().min(1).max(1_000), sheWasTold: z.literal(true) }),
    output: object({}),
    errors: ["UnknownRecall"],
    unlocked: true,
  }),
  /** What would leave in a share, section by section, and what may not, with the reason. Nothing is locked. */
  "exchange.previewShare": method({
    input: object({
      contact: ContactId,
      cases: z
        .array(object({ case: CaseId, sections: optional(z.array(SectionName).max(500)) }))
        .min(1)
        .max(50),
      purpose: Purpose,
    }),
    output: object({
      cases: z.array(
        object({
          case: CaseId,
          sections: z.array(
            object({
              section: SectionName,
              parts: z.int(),
              /** She has none of it yet: it begins from the present state. */
              first: z.boolean(),
              leaves: z.array(object({ path: z.array(z.string()), value: Json, freeText: z.boolean() })),
            }),
          ),
          refused: z.array(object({ section: SectionName, why: RefusalReason })),
        }),
      ),
    }),
    errors: [unknownContact, unknownCase, noSigner, ...gateFailures, "SettleFirst", mayNot],
    unlocked: true,
  }),
  /** What a file, or each bundle of a folder, is, from whom, and what it would change. Nothing is taken. */
  "exchange.look": method({
    input: object({ from: FileToken }),
    output: object({ files: z.array(Looked) }),
    errors: fileFailures,
    unlocked: true,
    job: true,
  }),
  /** Takes in a file, or every bundle of a folder. Any order, any number of times. */
  "exchange.receive": method({
    input: object({ from: FileToken, only: optional(z.array(BundleId).min(1).max(2_000)) }),
    output: object({ files: z.array(Received) }),
    errors: fileFailures,
    unlocked: true,
    job: true,
  }),
  "exchange.sent": method({
    input: object({ contact: optional(ContactId) }),
    output: object({
      bundles: z.array(
        object({
          bundle: BundleId,
          contact: ContactId,
          kind: BundleKind,
          number: z.int(),
          made: z.int(),
          state: z.enum(["locked", "written", "acknowledged", "destroyed"]),
        }),
      ),
    }),
    errors: [],
    unlocked: true,
  }),
  /** What is owed: recalls to send, bundles to acknowledge, edits a contact does not have. */
  "exchange.waiting": method({
    input: object({}),
    output: object({
      contacts: z.array(
        object({ contact: ContactId, recalls: z.int(), acknowledgements: z.int(), cases: z.array(CaseId) }),
      ),
      recalls: z.array(
        object({
          recall: RecallId,
          case: CaseId,
          contact: ContactId,
          sections: z.array(SectionName),
          state: z.enum(["due", "sent", "confirmed", "impossible"]),
          made: z.int(),
        }),
      ),
      /** Certificates in a case that may hold what she took back, sent by an office that answered before: whom to meet. */
      unmet: z.array(object({ case: CaseId, fingerprint: Fingerprint, sections: z.array(SectionName) })),
    }),
    errors: [unknownCase],
    unlocked: true,
  }),
  /** Dossiers that came to this office and lie here, the latest first. */
  "exchange.dossiers": method({
    input: object({}),
    output: object({
      dossiers: z.array(
        object({
          bundle: BundleId,
          number: z.int(),
          at: z.int(),
          from: optional(object({ contact: ContactId, name: z.string(), office: z.string() })),
        }),
      ),
    }),
    errors: [],
    unlocked: true,
  }),
  /** A dossier that came to this office, as a page to be shown where nothing else can be reached from it. */
  "exchange.dossier": method({
    input: object({ bundle: BundleId }),
    output: object({ html: z.string() }),
    errors: ["UnknownBundle"],
    unlocked: true,
  }),
  /** Who has what about her, why, until when. */
  "ledger.read": method({
    input: object({ case: CaseId }),
    output: object({ whole: z.boolean(), entries: z.array(object({ at: z.int(), entry: optional(Json) })) }),
    errors: [unknownCase],
    unlocked: true,
  }),
};
