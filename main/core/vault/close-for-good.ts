// Closing a vault for good: its slots are overwritten and gone within moments, then all else its folder holds.
import { join } from "node:path";
import { err, ok } from "../../../shared/result.ts";
import type { Files } from "../ports.ts";
import { FileTrouble } from "../ports.ts";
import { normalPassphrase } from "./kdf.ts";
import { unwrapSlot } from "./keyslots.ts";
import { ownSlot } from "./members.ts";
import type { Session } from "./session.ts";
import { storageFailure } from "./session.ts";
import { KEYSLOTS, databaseName, loadKeySlots } from "./slots-file.ts";
import { INCOMING } from "./staging.ts";
import type { Vault } from "./types.ts";

/** What the folder held of a vault that was closed for good. */
export type Destroyed = "slots" | "slots-draft" | "database" | "lock";

const draft = /^\.[0-9a-f-]{36}\.tmp$/;
const database = /^vault-\d+\.db(-wal|-shm|-journal)?$/;

/**
 * Does not wait in the queue: what runs there is stopped, and what it might still write opens nothing. Once the slots are
 * overwritten there is no way back, even where the power fails before they are removed.
 */
export function destroySlots(session: Session): Vault["destroySlots"] {
  return async (passphrase) => {
    if (session.openedBy.kind !== "member") return err({ type: "OpenedByWords" });
    const before = session.slots;
    using normal = normalPassphrase(passphrase);
    const opened = await unwrapSlot(before.vault, ownSlot(session), normal);
    if (!opened.ok) return opened;
    if (opened.value === undefined) return err({ type: "WrongPassphrase" });
    opened.value[Symbol.dispose]();
    const { files } = session.ports;
    try {
      await files.destroy(join(session.folder, KEYSLOTS));
    } catch (error) {
      const failure = storageFailure(error);
      if (failure === undefined) throw error;
      // Overwritten and not removed is closed as well; a drive that was pulled out is not.
      if (!(await surelyClosed(session)))
        return err(failure.type === "FolderReadOnly" ? { type: "VaultReadOnly" } : failure);
    }
    session.ending.abort();
    return ok(undefined);
  };
}

/** The database is where it was, and no slots beside it open anything. */
async function surelyClosed({ ports, folder, slots }: Session): Promise<boolean> {
  try {
    const there = await ports.files.entry(join(folder, databaseName(slots.generation)));
    return there !== undefined && !(await loadKeySlots(ports.files, folder)).ok;
  } catch {
    return false;
  }
}

/**
 * What is left in the folder after the vault was locked. A change of slots that was under way may have put its file there
 * once more. A file that resists is left, and not among what was destroyed.
 */
export async function clearFolder(files: Files, folder: string): Promise<ReadonlySet<Destroyed>> {
  const destroyed = new Set<Destroyed>(["slots"]);
  const left = new Set<Destroyed>();
  const gone = async (name: string, what: Destroyed, work: (path: string) => Promise<void>) => {
    try {
      await work(join(folder, name));
      destroyed.add(what);
    } catch (error) {
      if (!(error instanceof FileTrouble)) throw error;
      left.add(what);
    }
  };
  for (const { name } of await files.list(folder).catch(() => [])) {
    if (name === KEYSLOTS) await gone(name, "slots", files.destroy);
    else if (draft.test(name)) await gone(name, "slots-draft", files.destroy);
    else if (database.test(name) || name.startsWith(INCOMING)) await gone(name, "database", files.remove);
    else if (name === "lock") await gone(name, "lock", files.remove);
  }
  return new Set([...destroyed].filter((what) => !left.has(what)));
}
