// Trouble with a drive or folder as values: what every subject that touches files answers.
import { err, type Err } from "../../../shared/result.ts";
import { FileTrouble } from "../ports.ts";
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

/** Runs `work` and turns `FileTrouble` into a value; everything else is a bug and stays thrown. */
export async function onDrive<T>(work: () => Promise<T>): Promise<T | Err<DriveProblem>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileTrouble)
      return err({ type: failedItself(error) ? "DriveBroken" : types[error.problem] });
    throw error;
  }
}

/** The device did not do what it was told; other trouble of no name lies in the file or in what was asked. */
const failedItself = ({ problem, cause }: FileTrouble) =>
  problem === "Broken" && cause instanceof Error && "code" in cause && cause.code === "EIO";

/** What a reading of the open vault met that no value told: the name of the failure a caller is given. */
export const unreadable = ({ problem }: StorageTrouble): "DiskFull" | "VaultReadOnly" | "DamagedPage" =>
  problem === "DiskFull" ? "DiskFull" : problem === "ReadOnly" ? "VaultReadOnly" : "DamagedPage";
