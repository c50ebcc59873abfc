// What the vault is to the rest of the core: the open vault, its errors, its staging, and what it needs from outside.
import type { Bytes } from "../../../shared/brand.ts";
import type { Err, Failure, Ok, Result } from "../../../shared/result.ts";
import type {
  Fingerprint,
  MemberId,
  OfficeId,
  OpeningId,
  SlotId,
  VaultId,
} from "../../../shared/vocabulary/ids.ts";
import type { Ports } from "../ports.ts";
import type { Secret } from "./secret.ts";
import type { ReadDb, WriteDb } from "./sql.ts";

export type VaultPorts = Pick<Ports, "clock" | "random" | "files" | "log">;
export type VaultKind = "real" | "practice";

/** Argon2id's cost. `memoryKiB` between 64 MiB and 2 GiB, `passes` between 3 and 10. */
export type KdfParameters = { readonly memoryKiB: number; readonly passes: number };

/**
 * How a person opens the vault: her passphrase, or the 24 words on the recovery sheet.
 * With `member` only that member's slot is tried (one key derivation), else one after another.
 */
export type MemberUnlock =
  | { readonly passphrase: Secret; readonly member?: MemberId }
  | { readonly words: string };

/** A member's certificate and its secrets, as pgp makes them. The vault stores them and does not look inside. */
export type NewMemberKeys = {
  readonly fingerprint: Fingerprint;
  /** armored */
  readonly certificate: string;
  readonly signing: { readonly keyId: string; readonly secret: Uint8Array };
  readonly decryption: readonly { readonly keyId: string; readonly secret: Uint8Array }[];
};

export type NewMember = {
  readonly id: MemberId;
  readonly name: string;
  readonly passphrase: Secret;
  readonly certificate: NewMemberKeys;
};

export type NewVault = {
  /** Absolute; made if absent, must be empty. */
  readonly folder: string;
  readonly kind: VaultKind;
  readonly office: { readonly id: OfficeId; readonly name: string };
  readonly member: NewMember;
  /** Tuned to about a second on this laptop where not given. */
  readonly kdf?: KdfParameters;
};

/** The disk, the drive or the folder. Nothing acknowledged is lost. */
export type StorageError =
  | { readonly type: "DiskFull" }
  | { readonly type: "FolderReadOnly" }
  | { readonly type: "VaultBroken" };

/** `marker` is what was found: a synchroniser's own file or folder name. */
export type SyncedFolder = { readonly type: "SyncedFolder"; readonly marker: string };

export type SlotsParameters = {
  readonly type: "SlotsParameters";
  readonly memoryKiB: number;
  readonly passes: number;
};

export type NotEnoughMemory = { readonly type: "NotEnoughMemory"; readonly memoryKiB: number };

export type CreateError =
  | StorageError
  | SyncedFolder
  | SlotsParameters
  | NotEnoughMemory
  | { readonly type: "FolderNotEmpty" };

export type OpenError =
  | StorageError
  | SyncedFolder
  | SlotsParameters
  | NotEnoughMemory
  | { readonly type: "NoVault" }
  /** keyslots.json cannot be read: truncated or garbled. */
  | { readonly type: "SlotsDamaged" }
  /** keyslots.json is of another vault, or an older one of this vault. */
  | { readonly type: "SlotsReplaced" }
  | { readonly type: "WrongPassphrase" }
  | { readonly type: "WrongWords" }
  | { readonly type: "AlreadyOpen" }
  | { readonly type: "NewerVersion"; readonly found: number; readonly known: number }
  | { readonly type: "DamagedPage" };

/** Why a write did not happen. The vault is as it was before. */
export type WriteError =
  | { readonly type: "DiskFull" }
  | { readonly type: "VaultReadOnly" }
  | { readonly type: "VaultBroken" }
  | { readonly type: "VaultLocked" };

/** Why a change of key slots did not happen. The slots are as they were before. */
export type SlotsError = WriteError | NotEnoughMemory;

export type Cancelled = { readonly type: "Cancelled" };

/** For long work: told how far it is, and asked to stop. Figures are rows or bytes. */
export type Course = {
  readonly progress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
};

/** `behind`: nobody waits for the check, so it goes slowly and lets every save pass. */
export type CheckCourse = Course & { readonly behind?: boolean };

export type MerkleTree = "part" | "chain" | "ledger" | "secret_key";

export type CheckError =
  | Cancelled
  /** A row is not what the Merkle tree says: an old or foreign page. `bucket` counts 256 rows. */
  | { readonly type: "OldPage"; readonly tree: MerkleTree | "head"; readonly bucket: number }
  | { readonly type: "DamagedPage" };

/** One file of a copied vault. `sha256` in lower-case hex. */
export type CopiedFile = { readonly name: string; readonly size: Bytes; readonly sha256: string };

export type CopyError =
  | Cancelled
  | StorageError
  | { readonly type: "FolderNotEmpty" }
  /** The drive was pulled out. */
  | { readonly type: "FolderVanished" };

export type OpenedBy =
  | { readonly slot: SlotId; readonly kind: "member"; readonly member: MemberId }
  | { readonly slot: SlotId; readonly kind: "recovery" };

export type SlotInfo = {
  readonly id: SlotId;
  readonly kind: "member" | "recovery";
  readonly member?: MemberId;
  /** The generation of the data key in which this slot's passphrase or words were set. */
  readonly since: number;
};

export type DecryptionSecret = {
  readonly member: MemberId;
  readonly keyId: string;
  readonly secret: Uint8Array;
};

/** What `prepare` comes to: a commit, or why there is none. */
export type Prepared = Result<(db: WriteDb) => unknown, Failure>;
export type Committed<R> = R extends Ok<(db: WriteDb) => infer T> ? T : never;
export type Refused<R> = R extends Err<infer E> ? E : never;

/** An open vault. One a folder; everything that changes it goes through `write`. */
export type Vault = {
  readonly info: {
    readonly id: VaultId;
    readonly kind: VaultKind;
    readonly generation: number;
    readonly folder: string;
    readonly opening: OpeningId;
    readonly openedBy: OpenedBy;
  };
  readonly read: ReadDb;

  /**
   * The one queue of changes. `prepare` may await (load, ask the rules, sign) and returns a synchronous commit, which is one
   * transaction; after it resolves, the change is on disk. Never call `write` inside `prepare`: it would wait for itself.
   */
  write<R extends Prepared>(
    prepare: (read: ReadDb) => Promise<R>,
  ): Promise<Result<Committed<R>, Refused<R> | WriteError>>;
  /**
   * The same, but the commit is taken back once it is done and `see` has looked: for showing what a write would come to. What
   * `afterCommit` was given does not run.
   */
  rehearse<R extends Prepared>(
    prepare: (read: ReadDb) => Promise<R>,
    see?: (db: ReadDb) => void,
  ): Promise<Result<Committed<R>, Refused<R> | WriteError>>;
  /**
   * Inside a commit: lets deletions of parts, chain and ledger through. After the commit a truncating checkpoint runs, so that
   * what was deleted is in no file of the vault.
   */
  erase<T>(db: WriteDb, work: () => T): T;
  /** The next number of this opening, for statements and bundles. */
  nextNumber(db: WriteDb): { readonly opening: OpeningId; readonly number: number };

  /** The signing secret of the member who opened; `undefined` where the vault was opened by words. The vault disposes of it. */
  signingSecret(): Secret | undefined;
  /** Decryption secrets of all members: a deputy opens what came for a colleague. */
  decryptionSecrets(): readonly DecryptionSecret[];

  slots(): readonly SlotInfo[];
  addMember(member: NewMember): Promise<Result<SlotInfo, SlotsError | { readonly type: "MemberExists" }>>;
  /**
   * Her slot and her signing secret are destroyed. The data key stays: where she may have kept a copy of the folder, `rekey` next.
   */
  removeMember(
    member: MemberId,
  ): Promise<Result<void, SlotsError | { readonly type: "UnknownMember" } | { readonly type: "OwnSlot" }>>;
  changePassphrase(
    old: Secret,
    fresh: Secret,
  ): Promise<
    Result<SlotInfo, SlotsError | { readonly type: "WrongPassphrase" } | { readonly type: "OpenedByWords" }>
  >;
  /** 24 new words; the old ones open this vault no more (backups made before still open with them). */
  renewWords(): Promise<Result<string, SlotsError>>;
  /** A new passphrase for a member who forgot hers; only where the vault was opened by words. */
  resetPassphraseWithWords(
    member: MemberId,
    passphrase: Secret,
  ): Promise<
    Result<SlotInfo, SlotsError | { readonly type: "UnknownMember" } | { readonly type: "NotOpenedByWords" }>
  >;
  /** "Somebody may know my passphrase": a new passphrase and a new data key, in a new file. Resolves to the new generation. */
  rekey(
    passphrase: Secret,
    course?: Course,
  ): Promise<Result<number, SlotsError | Cancelled | { readonly type: "OpenedByWords" }>>;

  /** SHA-256 over all rows of parts, chain, ledger and keys, in hex: a figure to write down. */
  merkleHead(): string;
  /** Reads everything and compares; yields to other work between buckets. */
  checkMerkle(course?: CheckCourse): Promise<Result<{ readonly rows: number }, CheckError>>;

  staging(): Staging;
  /** A consistent copy of the vault, still encrypted, into an empty folder. Saves go on meanwhile. */
  copyTo(folder: string, course?: Course): Promise<Result<readonly CopiedFile[], CopyError>>;
  /**
   * Closes it for good: after it only a copy made before opens. Lock it next; `clearFolder` then takes the rest away. Asks
   * for the passphrase of whoever opened it. On an error the slots are as they were.
   */
  destroySlots(
    passphrase: Secret,
  ): Promise<
    Result<void, SlotsError | { readonly type: "WrongPassphrase" } | { readonly type: "OpenedByWords" }>
  >;
  /** Waits for the queue, closes, zeroes the keys and frees the lock file. Afterwards every write is refused. */
  lock(): Promise<void>;
};

/** Where what arrives is kept until it proved good: a file under a random key that exists only in memory. */
export type Staging = {
  /**
   * One reception at a time. `quota` bounds all bytes written; free space is looked at first.
   * What was begun before and neither sealed nor discarded is discarded.
   */
  begin(
    quota: Bytes,
  ): Promise<Result<Incoming, { readonly type: "DiskFull" } | { readonly type: "FolderReadOnly" }>>;
};

/** A reception in progress: bytes go in and cannot be read. `write` throws `FileTrouble` (`DiskFull`, `TooLarge`, `Broken`). */
export type Incoming = {
  /** A new entry; names are unique. Earlier entries are closed by it. */
  entry(name: string): { write(chunk: Uint8Array): void };
  /** Call it only when integrity and signature are good: what arrived becomes readable. */
  seal(): Received;
  /** Forgets the key and removes the file. May be called at any time, more than once. */
  discard(): Promise<void>;
};

/** What arrived and proved good. */
export type Received = {
  entries(): readonly { readonly name: string; readonly size: Bytes; readonly sha256: string }[];
  /** The whole entry; throws `FileTrouble("TooLarge")` beyond `limit`, `NotFound` where there is none. */
  read(name: string, limit: Bytes): Uint8Array;
  /** The entry in the chunks in which it was written. */
  stream(name: string): IterableIterator<Uint8Array>;
  discard(): Promise<void>;
};
