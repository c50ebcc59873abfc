// The vault's door: create, open, look, lock.
import { object, optional, z } from "../../schema.ts";
import { MemberId, OfficeId, VaultId } from "../../vocabulary/ids.ts";
import { shortText } from "../../vocabulary/strings.ts";
import { failure, FileToken, method } from "../method.ts";

/** Longer than any sentence a person remembers; judged for strength by the core. */
export const Passphrase = z.string().min(1).max(1024);
const VaultKind = z.enum(["real", "practice"]);

const OpenVault = object({
  state: z.literal("open"),
  vault: VaultId,
  kind: VaultKind,
  office: object({ id: OfficeId, name: z.string() }),
  openedBy: z.enum(["member", "recovery"]),
  /** What the check of all kept rows, which runs behind the work after unlock, has found so far. */
  check: z.enum(["running", "good", "old-page", "damaged"]),
  member: optional(object({ id: MemberId, name: z.string() })),
});

/** What opening or making a vault in a folder can meet. */
export const openingErrors = [
  "UnknownFile",
  "FolderReadOnly",
  "AlreadyOpen",
  failure("SyncedFolder", { marker: z.string() }),
  failure("SlotsParameters", { memoryKiB: z.int(), passes: z.int() }),
  failure("NotEnoughMemory", { memoryKiB: z.int() }),
] as const;

export const vaultMethods = {
  /** Makes a vault in an empty or new folder and opens it. `words` are shown once and written down. */
  "vault.create": method({
    input: object({
      folder: FileToken,
      kind: VaultKind,
      office: shortText,
      person: shortText,
      passphrase: Passphrase,
    }),
    output: object({ words: z.string() }),
    errors: [
      ...openingErrors,
      "FolderNotEmpty",
      failure("PassphraseWeak", { why: z.enum(["short", "repeats", "common"]) }),
    ],
    unlocked: false,
    secrets: ["passphrase"],
    chosen: ["passphrase"],
  }),
  "vault.unlock": method({
    input: object({ folder: FileToken, passphrase: Passphrase }),
    output: OpenVault,
    errors: [
      ...openingErrors,
      "NoVault",
      "SlotsDamaged",
      "SlotsReplaced",
      "WrongPassphrase",
      "WrongWords",
      "DamagedPage",
      failure("NewerVersion", { found: z.int(), known: z.int() }),
    ],
    unlocked: false,
    secrets: ["passphrase"],
  }),
  "vault.status": method({
    input: object({}),
    output: z.discriminatedUnion("state", [object({ state: z.literal("locked") }), OpenVault]),
    errors: [],
    unlocked: false,
  }),
  /** Cancels what runs, flushes, closes, zeroes the keys. The shell then ends the core's process. */
  "vault.lock": method({
    input: object({}),
    output: object({}),
    errors: [],
    unlocked: false,
    stopsJobs: true,
  }),
};
