// Trouble with a drive or folder as values: what every subject that touches files answers.
import { err, ok, type Err } from "../../../shared/result.ts";
import { FileTrouble, type Files } from "../ports.ts";
import type { StorageTrouble } from "../vault/index.ts";

export type DriveProblem = {
  readonly type:
    | "FileMissing"
    | "FileUnreadable"
    | "DriveFull"
    | "DriveReadOnly"
    | "DriveGone"
    | "DriveBroken"
    | "FolderNotEmpty";
};

const types = {
  DiskFull: "DriveFull",
  ReadOnly: "DriveReadOnly",
  Denied: "DriveReadOnly",
  NotFound: "FileMissing",
  Exists: "FolderNotEmpty",
  TooLarge: "FileUnreadable",
  Vanished: "DriveGone",
  Broken: "FileUnreadable",
} as const;

/**
 * Runs `work` and turns `FileTrouble` into a value; everything else is a bug and stays thrown. What is missing was taken out
 * with its drive where one of `folders`, which a person chose, is no longer there; and always where the work only `writes`.
 */
export async function onDrive<T>(
  work: () => Promise<T>,
  where?: "writes" | { readonly files: Pick<Files, "entry">; readonly folders: readonly string[] },
): Promise<T | Err<DriveProblem>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    const type = failedItself(error) ? "DriveBroken" : types[error.problem];
    if (type !== "FileMissing" || where === undefined) return err({ type });
    if (where === "writes") return err({ type: "DriveGone" });
    const there = await Promise.all(where.folders.map((folder) => isFolder(where.files, folder)));
    return err({ type: there.every((one) => one) ? type : "DriveGone" });
  }
}

async function isFolder(files: Pick<Files, "entry">, folder: string): Promise<boolean> {
  const found = await onDrive(async () => ok(await files.entry(folder)));
  return found.ok && found.value?.kind === "folder";
}

/** The device did not do what it was told; other trouble of no name lies in the file or in what was asked. */
const failedItself = ({ problem, cause }: FileTrouble) =>
  problem === "Broken" && cause instanceof Error && "code" in cause && cause.code === "EIO";

/** What a reading of the open vault met that no value told: the name of the failure a caller is given. */
export const unreadable = ({ problem }: StorageTrouble): "DiskFull" | "VaultReadOnly" | "DamagedPage" =>
  problem === "DiskFull" ? "DiskFull" : problem === "ReadOnly" ? "VaultReadOnly" : "DamagedPage";
