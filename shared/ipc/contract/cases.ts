// Cases: taken in, edited, looked at; who works on them; who answers for them.
import { object, optional, z } from "../../schema.ts";
import { AfterHandover, AgreedHow, ErasureReason, RemovalReason } from "../../vocabulary/chain.ts";
import { SectionName } from "../../vocabulary/consent.ts";
import { PartialDate } from "../../vocabulary/dates.ts";
import {
  CaseId,
  ChainHash,
  ContactId,
  MemberId,
  Fingerprint,
  OfficeId,
  PartId,
  SaveId,
  SectionId,
} from "../../vocabulary/ids.ts";
import { GivenRole } from "../../vocabulary/roles.ts";
import { lineText } from "../../vocabulary/strings.ts";
import {
  chainStopped,
  fileFailures,
  Json,
  mayNot,
  meant,
  noSigner,
  notNamed,
  Path,
  SectionEdits,
  saveFailures,
  twinsStand,
  unknownCase,
  unknownContact,
  unknownSection,
  Who,
} from "../failures.ts";
import { failure, FileToken, method } from "../method.ts";

/** Empty, or one line without characters that deceive. */
const reason = z.union([z.literal(""), lineText]);
const OurRole = z.enum(["steward", "co-manager", "viewer", "none"]);

export const CaseRow = object({
  case: CaseId,
  code: z.string(),
  state: z.string(),
  role: OurRole,
  steward: OfficeId,
  conflicts: z.int(),
  held: z.int(),
  stopped: z.boolean(),
  made: z.int(),
  changed: z.int(),
  /** The open task that is due first, in its own words. */
  next: optional(object({ what: z.string(), due: optional(PartialDate), days: optional(z.int()) })),
  attention: optional(z.enum(["overdue", "soon", "conflict", "held", "stopped"])),
});

const SectionHead = object({
  section: SectionId,
  name: SectionName,
  state: z.enum(["live", "closed"]),
  held: z.int(),
  conflicts: z.int(),
  /** Another one lives under this name: a person carries over what she wants, and the other is erased. */
  twin: optional(z.literal(true)),
});

export const Conflict = object({
  path: z.array(z.string()),
  values: z.array(object({ value: Json, author: Who, at: z.int(), part: PartId })),
  /** The value that rules until a person settles it, where the field knows a careful one. */
  inForce: optional(Json),
});

const SectionView = object({
  section: SectionId,
  /** Others that live under the same name. */
  twins: z.array(SectionId),
  name: SectionName,
  value: Json,
  conflicts: z.array(Conflict),
  held: z.int(),
  /** Who said what stands in each leaf, and when by her laptop. */
  said: z.array(object({ path: z.array(z.string()), author: Who, at: z.int() })),
});

const Saved = object({ save: SaveId, sections: z.array(object({ section: SectionId, name: SectionName })) });
const writing = [
  unknownCase,
  noSigner,
  mayNot,
  chainStopped,
  notNamed,
  unknownSection,
  twinsStand,
  ...saveFailures,
] as const;
const chaining = [unknownCase, noSigner, mayNot, chainStopped, notNamed] as const;

const elsewhere = <const T extends string>(type: T) =>
  failure(type, { section: SectionId, paths: z.array(z.array(z.string())) });
const intakeFailures = [
  failure("IntakeInvalid", { problems: z.array(object({ at: z.array(z.string()), why: z.string() })) }),
  failure("IntakeTooLarge", { limit: z.int() }),
  failure("IntakeFormat", { expected: z.string() }),
  "IntakeNotJson",
] as const;

/** What a passport's machine-readable zone leaves to look at. `paper` names the record within its section. */
const noted = { section: SectionName, paper: z.string() };
const Notes = z.array(
  z.discriminatedUnion("type", [
    object({
      type: z.literal("CheckDigitBad"),
      ...noted,
      field: z.string(),
      perhaps: z.array(object({ line: z.int(), column: z.int(), read: z.string(), perhaps: z.string() })),
    }),
    object({ type: z.literal("ZoneDiffers"), ...noted, path: z.array(z.string()) }),
    object({ type: z.literal("NameCut"), ...noted }),
  ]),
);

const Checks = z.array(
  object({ paper: z.string(), checks: z.array(object({ field: z.string(), good: z.boolean() })) }),
);

export const casesMethods = {
  "cases.create": method({
    input: object({ reason, edits: z.array(SectionEdits).min(1).max(600) }),
    output: object({ case: CaseId, code: z.string(), ...Saved.shape }),
    errors: writing,
    unlocked: true,
  }),
  "cases.list": method({
    input: object({
      state: optional(z.string().max(40)),
      role: optional(OurRole),
      attention: optional(z.enum(["overdue", "soon", "conflict", "held", "stopped"])),
      /** Only cases with these words, best first; else what needs us first, then by stage. */
      text: optional(z.string().min(1).max(200)),
      limit: optional(z.int().min(1).max(1_000)),
      offset: optional(z.int().min(0)),
    }),
    output: object({
      total: z.int(),
      cases: z.array(CaseRow),
      /** Of all cases, whatever was asked for. */
      stages: z.record(z.string(), z.int()),
      /** In the order of the cases, with how many of those asked for: `now` needs us, the others are stages. None with words. */
      groups: z.array(object({ group: z.string(), count: z.int() })),
    }),
    errors: [],
    unlocked: true,
  }),
  /** All sections of a case at once, as `cases.section` gives each. */
  "cases.file": method({
    input: object({ case: CaseId }),
    output: object({ sections: z.array(SectionView) }),
    errors: [unknownCase],
    unlocked: true,
  }),
  "cases.get": method({
    input: object({ case: CaseId }),
    output: object({
      row: CaseRow,
      sections: z.array(SectionHead),
      /** Sections of the case of which nothing came here: who holds one can send it, or it is begun anew by a save. */
      elsewhere: z.array(object({ section: SectionId, name: SectionName })),
      offices: z.array(
        object({
          office: OfficeId,
          name: optional(z.string()),
          role: z.enum(["steward", "co-manager", "viewer"]),
          certificates: z.array(Fingerprint),
        }),
      ),
      chain: object({
        head: ChainHash,
        entries: z.int(),
        /** Entries that follow one and the same: the case stands still until it is settled. */
        stopped: optional(object({ parent: ChainHash, children: z.array(ChainHash) })),
        waiting: z.int(),
      }),
    }),
    errors: [unknownCase],
    unlocked: true,
  }),
  /** One section as it stands, with every field that two people set apart. */
  "cases.section": method({
    input: object({ case: CaseId, ...meant }),
    output: SectionView,
    errors: [unknownCase, unknownSection],
    unlocked: true,
  }),
  "cases.save": method({
    input: object({ case: CaseId, reason, edits: z.array(SectionEdits).min(1).max(600) }),
    output: Saved,
    errors: writing,
    unlocked: true,
  }),
  /** Sets back this person's last save; refused where somebody changed the same field since. */
  "cases.undo": method({
    input: object({ case: CaseId, save: SaveId }),
    output: Saved,
    errors: [
      ...writing,
      "UnknownSave",
      "NotYourLast",
      elsewhere("ChangedSince"),
      elsewhere("SettledConflict"),
    ],
    unlocked: true,
  }),
  "cases.history": method({
    input: object({ case: CaseId, ...meant, path: optional(Path) }),
    output: object({
      changes: z.array(
        object({
          part: PartId,
          author: Who,
          at: z.int(),
          reason: z.string(),
          fields: z.array(
            object({ path: z.array(z.string()), before: optional(Json), after: optional(Json) }),
          ),
        }),
      ),
    }),
    errors: [unknownCase, unknownSection],
    unlocked: true,
  }),
  /** Ends a conflict: the value of one part stays, or another one is set. */
  "cases.settle": method({
    input: object({
      case: CaseId,
      ...meant,
      path: Path,
      settle: z.union([object({ keep: PartId }), object({ set: Json })]),
      reason,
    }),
    output: Saved,
    errors: [...writing, "NoConflict"],
    unlocked: true,
  }),
  /** Strikes facts: the section is founded anew without them for all holders, and the old one erased. */
  "cases.strike": method({
    input: object({ case: CaseId, ...meant, paths: z.array(Path).min(1).max(100) }),
    output: object({ section: SectionId, recalls: z.int() }),
    errors: [...writing, elsewhere("ConflictsStand"), "NothingToStrike", "NothingLeft"],
    unlocked: true,
  }),
  /** Erases a whole section here and asks every holder to erase it. */
  "cases.erase": method({
    input: object({ case: CaseId, ...meant, why: ErasureReason }),
    output: object({ recalls: z.int() }),
    errors: [...chaining, unknownSection, twinsStand],
    unlocked: true,
  }),
  "cases.giveRole": method({
    input: object({ case: CaseId, contact: ContactId, role: GivenRole, mayRecordYes: z.boolean() }),
    output: object({ head: ChainHash }),
    errors: [...chaining, unknownContact, "ContactNotVerified"],
    unlocked: true,
  }),
  "cases.takeRole": method({
    input: object({
      case: CaseId,
      from: z.union([object({ office: OfficeId }), object({ fingerprint: Fingerprint })]),
      why: RemovalReason,
    }),
    output: object({ head: ChainHash }),
    errors: [...chaining, "UnknownOffice"],
    unlocked: true,
  }),
  "cases.acceptHeld": method({
    input: object({ case: CaseId, parts: z.array(PartId).min(1).max(1_000) }),
    output: object({ head: ChainHash }),
    errors: chaining,
    unlocked: true,
  }),
  "cases.nameSuccessor": method({
    input: object({
      case: CaseId,
      successor: z.union([
        object({ contact: ContactId }),
        object({ coManagers: z.array(OfficeId).min(2).max(50), needed: z.int().min(2).max(50) }),
      ]),
    }),
    output: object({ head: ChainHash }),
    errors: [...chaining, unknownContact, "UnknownOffice"],
    unlocked: true,
  }),
  /** She agreed; the case is offered to another office, which answers for it once it accepts. */
  "cases.offerHandover": method({
    input: object({
      case: CaseId,
      contact: ContactId,
      agreed: object({ how: AgreedHow, at: z.int().min(0) }),
      then: AfterHandover,
    }),
    output: object({ head: ChainHash }),
    errors: [...chaining, unknownContact, "ContactNotVerified"],
    unlocked: true,
  }),
  "cases.acceptHandover": method({
    input: object({ case: CaseId }),
    output: object({ head: ChainHash }),
    errors: [...chaining, "NothingOffered"],
    unlocked: true,
  }),
  /** A co-manager's voice for who shall answer for a case whose office is lost. */
  "cases.voteSuccession": method({
    input: object({ case: CaseId, successor: OfficeId }),
    output: object({ entry: ChainHash }),
    errors: chaining,
    unlocked: true,
  }),
  "cases.succeed": method({
    input: object({ case: CaseId }),
    output: object({ head: ChainHash }),
    errors: [...chaining, "NotSuccessor"],
    unlocked: true,
  }),
  /** Takes an open offer back. */
  "cases.withdrawHandover": method({
    input: object({ case: CaseId }),
    output: object({ head: ChainHash }),
    errors: chaining,
    unlocked: true,
  }),
  /** Where two entries follow one, another member of the office that wrote them says which line goes on. */
  "cases.settleFork": method({
    input: object({ case: CaseId, keep: ChainHash, remove: Fingerprint }),
    output: object({ head: ChainHash }),
    errors: [unknownCase, noSigner, mayNot, "NotStopped"],
    unlocked: true,
  }),
  /** Work that is stored and not in effect: who did it, why it waits, what it would set. */
  "cases.held": method({
    input: object({ case: CaseId }),
    output: object({
      parts: z.array(
        object({
          part: PartId,
          /** Absent for a kind this program does not know. */
          section: optional(SectionName),
          why: z.string(),
          author: optional(Who),
          at: optional(z.int()),
          leaves: z.array(object({ path: z.array(z.string()), value: optional(Json) })),
        }),
      ),
    }),
    errors: [unknownCase],
    unlocked: true,
  }),
  /** Tries again what waits or was refused, where the reason may have gone. */
  "cases.tryAgain": method({
    input: object({ case: CaseId }),
    output: object({ stored: z.int() }),
    errors: [unknownCase],
    unlocked: true,
  }),
  /** Lets go of something that was refused, after a person has seen it. */
  "cases.dismiss": method({
    input: object({ item: z.string().max(100) }),
    output: object({}),
    errors: ["UnknownItem"],
    unlocked: true,
  }),
  /** What was done with a case in this vault, and whether the log is whole. */
  "audit.read": method({
    input: object({ case: CaseId }),
    output: object({
      whole: z.boolean(),
      entries: z.array(object({ at: z.int(), member: optional(MemberId), action: z.string(), detail: Json })),
    }),
    errors: [unknownCase],
    unlocked: true,
  }),
  /** What arrived and was not taken, with the reason. */
  "cases.quarantine": method({
    input: object({ case: optional(CaseId) }),
    output: object({
      items: z.array(
        object({
          id: z.string(),
          at: z.int(),
          case: optional(CaseId),
          section: optional(SectionId),
          sender: optional(Who),
          reason: z.string(),
        }),
      ),
    }),
    errors: [],
    unlocked: true,
  }),
  /** Reads an intake file and tells what it would make, changing nothing. */
  "intake.check": method({
    input: object({ file: FileToken }),
    output: object({
      sections: z.array(SectionName),
      people: z.int(),
      fields: z.int(),
      passports: Checks,
      notes: Notes,
      doubles: z.array(z.string()),
    }),
    errors: [...fileFailures, ...intakeFailures],
    unlocked: true,
  }),
  "intake.take": method({
    input: object({ file: FileToken, reason }),
    output: object({ case: CaseId, code: z.string(), ...Saved.shape, passports: Checks }),
    errors: [...fileFailures, ...intakeFailures, ...writing],
    unlocked: true,
  }),
  /** A passport's machine-readable zone as typed or pasted, asked while it is typed. Nothing is kept. */
  "papers.readZone": method({
    input: object({ text: z.string().max(4_000) }),
    output: object({
      readable: z.boolean(),
      why: optional(z.string()),
      lines: z.array(z.string()),
      checks: z.array(object({ field: z.string(), good: z.boolean() })),
      /** Characters that are often misread, where another reading would make a check digit right. */
      perhaps: z.array(object({ line: z.int(), column: z.int(), read: z.string(), perhaps: z.string() })),
      /** What the zone says, as edits of a held paper and of the person. */
      says: optional(
        object({
          kind: z.string(),
          number: z.string(),
          issuedBy: z.string(),
          nationality: z.string(),
          surname: z.string(),
          given: z.string(),
          nameCut: z.boolean(),
          sex: optional(z.enum(["F", "M", "X"])),
          birth: optional(PartialDate),
          expires: optional(PartialDate),
        }),
      ),
    }),
    errors: [],
    unlocked: true,
  }),
  /** Cases and journal entries that hold these words, best first. Codes only, until names are asked for. */
  "search.find": method({
    input: object({ text: z.string().min(1).max(200), limit: optional(z.int().min(1).max(200)) }),
    output: object({
      found: z.array(object({ case: CaseId, code: z.string(), entry: optional(z.string()) })),
    }),
    errors: [],
    unlocked: true,
  }),
};
