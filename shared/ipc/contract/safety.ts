// Keeping the vault safe: members and their passphrases, recovery words, backups, checks.
import { object, optional, z } from "../../schema.ts";
import { Fingerprint, MemberId, SlotId } from "../../vocabulary/ids.ts";
import { shortText } from "../../vocabulary/strings.ts";
import { fileFailures, noSigner } from "../failures.ts";
import { failure, FileToken, method } from "../method.ts";
import { openingErrors, Passphrase } from "./vault.ts";

const weak = failure("PassphraseWeak", { why: z.enum(["short", "repeats", "common"]) });
const memory = failure("NotEnoughMemory", { memoryKiB: z.int() });
const opening = [
  ...openingErrors,
  "NoVault",
  "SlotsDamaged",
  "SlotsReplaced",
  "WrongPassphrase",
  "WrongWords",
  "DamagedPage",
  failure("NewerVersion", { found: z.int(), known: z.int() }),
] as const;

export const safetyMethods = {
  "members.list": method({
    input: object({}),
    output: object({
      members: z.array(
        object({
          member: MemberId,
          name: z.string(),
          fingerprint: Fingerprint,
          active: z.boolean(),
          /** Whether the recovery words bring back her certificate; false until she opens the vault once after they were made anew. */
          recovers: z.boolean(),
          slot: optional(SlotId),
        }),
      ),
    }),
    errors: [],
    unlocked: true,
  }),
  /** A colleague on this laptop: her own passphrase, her own certificate. */
  "members.add": method({
    input: object({ name: shortText, newPassphrase: Passphrase }),
    output: object({ member: MemberId, fingerprint: Fingerprint }),
    errors: [weak, memory],
    unlocked: true,
    secrets: ["newPassphrase"],
    chosen: ["newPassphrase"],
  }),
  /** Her passphrase opens nothing any more; her signed work stays. */
  "members.remove": method({
    input: object({ member: MemberId }),
    /** How many cases her certificate was taken off. */
    output: object({ cases: z.int() }),
    errors: ["UnknownMember", "OwnSlot", memory, noSigner],
    unlocked: true,
  }),
  "vault.changePassphrase": method({
    input: object({ passphrase: Passphrase, newPassphrase: Passphrase }),
    output: object({}),
    errors: ["WrongPassphrase", "OpenedByWords", weak, memory],
    unlocked: true,
    secrets: ["passphrase", "newPassphrase"],
    chosen: ["newPassphrase"],
  }),
  /** New recovery words; the old ones open nothing any more. */
  "vault.renewWords": method({
    input: object({}),
    output: object({ words: z.string() }),
    errors: [memory],
    unlocked: true,
  }),
  /** Opens with the recovery words and gives one member a new passphrase; `signs` says whether her certificate stays hers. */
  "vault.recover": method({
    input: object({
      folder: FileToken,
      words: z.string().max(1_000),
      newPassphrase: Passphrase,
      member: optional(MemberId),
    }),
    output: object({ member: MemberId, name: z.string(), signs: z.boolean() }),
    errors: [
      ...opening,
      "UnknownFile",
      "WrongWords",
      "UnknownMember",
      weak,
      failure("WhichMember", { members: z.array(object({ member: MemberId, name: z.string() })) }),
    ],
    unlocked: false,
    secrets: ["words", "newPassphrase"],
    chosen: ["newPassphrase"],
  }),
  /** Somebody may know the passphrase: a new data key in a new file, a new passphrase for this member, new words. */
  "vault.somebodyKnows": method({
    input: object({ newPassphrase: Passphrase }),
    output: object({ words: z.string() }),
    errors: ["OpenedByWords", "WordsNotRenewed", weak, memory],
    unlocked: true,
    job: true,
    secrets: ["newPassphrase"],
    chosen: ["newPassphrase"],
  }),
  /** A signed copy, encrypted as it lies; it opens with the passphrases and words valid now. */
  "vault.backup": method({
    input: object({ folder: FileToken }),
    output: object({ folder: z.string(), bytes: z.int(), head: z.string() }),
    errors: [...fileFailures, noSigner],
    unlocked: true,
    job: true,
  }),
  /**
   * Brings a backup into an empty folder after checking it; it is opened with `vault.unlock` afterwards. `passphrase` is one
   * that was valid when the backup was made, or the 24 recovery words of then (`vault.recover` sets a passphrase next).
   */
  "vault.restore": method({
    input: object({ from: FileToken, folder: FileToken, passphrase: Passphrase }),
    output: object({ made: z.int(), signedBy: Fingerprint, cases: z.int() }),
    errors: [...opening, ...fileFailures, "NoBackup", failure("BackupDamaged", { what: z.string() })],
    unlocked: false,
    job: true,
    secrets: ["passphrase"],
  }),
  /** How long a passphrase would hold against someone with a copy of the folder; asked while it is typed. */
  "vault.judge": method({
    input: object({ passphrase: z.string().max(1024) }),
    output: object({
      /** Base-ten logarithm of the guesses it takes, and of the seconds at a thousand machines. */
      guesses: z.number(),
      seconds: z.number(),
      /** The same with one more word that nobody would link to her. */
      withOneMore: z.number(),
      weak: optional(z.enum(["short", "repeats", "common"])),
    }),
    errors: [],
    unlocked: false,
    secrets: ["passphrase"],
  }),
  /** Words by chance, to be used as a passphrase. */
  "vault.suggest": method({
    input: object({}),
    output: object({ passphrase: z.string() }),
    errors: [],
    unlocked: false,
  }),
  /** A practice vault: a fictional office with six cases in different states, opened. */
  "vault.createPractice": method({
    input: object({ folder: FileToken, person: shortText, passphrase: Passphrase }),
    output: object({ cases: z.int() }),
    errors: [...openingErrors, "FolderNotEmpty", weak],
    unlocked: false,
    job: true,
    secrets: ["passphrase"],
    chosen: ["passphrase"],
  }),
  /** Whether a backup would open today: its signature, its passphrase or words, what is in it. Leaves no copy behind. */
  "vault.drill": method({
    input: object({ from: FileToken, passphrase: Passphrase }),
    output: object({ made: z.int(), signedBy: Fingerprint, cases: z.int() }),
    errors: [...opening, ...fileFailures, "NoBackup", failure("BackupDamaged", { what: z.string() })],
    unlocked: false,
    job: true,
    secrets: ["passphrase"],
  }),
  /**
   * Destroys the slots: nothing opens this vault any more. Says what was destroyed, what was not, and whom to warn; the
   * report is all that is left of it, and the vault is locked.
   */
  "vault.closeForGood": method({
    input: object({ passphrase: Passphrase }),
    output: object({
      milliseconds: z.int(),
      cases: z.int(),
      destroyed: z.array(z.enum(["slots", "slots-draft", "database", "lock"])),
      remains: z.array(z.enum(["backups", "sent", "drives", "spare-blocks", "swap", "database"])),
      /** Made from this vault and not under its power: when, as the log has it. */
      backups: z.array(z.int()),
      sent: z.array(object({ name: z.string(), office: z.string(), bundles: z.int(), cases: z.int() })),
    }),
    errors: ["WrongPassphrase", "OpenedByWords", memory],
    unlocked: true,
    secrets: ["passphrase"],
  }),
  /** Reads every kept row and compares it with the Merkle leaves: an old page in a newer vault is found. */
  "vault.check": method({
    input: object({}),
    output: object({ rows: z.int(), head: z.string() }),
    errors: [failure("OldPage", { tree: z.string(), bucket: z.int() }), "DamagedPage"],
    unlocked: true,
    job: true,
  }),
};
