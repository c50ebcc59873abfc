// The check of kept rows that runs behind the work after unlock: an old page put back is told without being asked for.
import { setImmediate } from "node:timers/promises";
import type { Result } from "../../../shared/result.ts";
import type { Log } from "../ports.ts";
import type { CheckCourse, CheckError, Course, MerkleTree, Vault } from "../vault/index.ts";
import type { Session } from "./session.ts";

/** What is known of the vault's rows: `running` until everything was read once since it was opened. */
export type CheckState = "running" | "good" | "old-page" | "damaged";

export type CheckTold =
  | { readonly type: "vault.checked"; readonly rows: number }
  | { readonly type: "vault.oldPage"; readonly tree: MerkleTree | "head"; readonly bucket: number }
  | { readonly type: "vault.damaged" };

export type Checking = {
  readonly state: () => CheckState;
  /** Checks now, for somebody who waits for it; what it finds is told and kept like what the first check finds. */
  readonly run: (course: Course) => Promise<Result<{ readonly rows: number }, CheckError>>;
  /** Resolves when the check behind the work has let go of the vault; to be called before it is locked. */
  readonly stop: () => Promise<void>;
};

/** Starts after the caller's turn, so that unlocking does not wait for it. */
export function startCheck(vault: Vault, log: Log, tell: (told: CheckTold) => void): Checking {
  let state: CheckState = "running";
  const ending = new AbortController();
  const found = (next: CheckState, told: CheckTold) => {
    state = next;
    tell(told);
  };
  const run = async (course: CheckCourse) => {
    const checked = await vault.checkMerkle(course);
    if (checked.ok) found("good", { type: "vault.checked", rows: checked.value.rows });
    else if (checked.error.type === "OldPage")
      found("old-page", {
        type: "vault.oldPage",
        tree: checked.error.tree,
        bucket: checked.error.bucket,
      });
    else if (checked.error.type === "DamagedPage") found("damaged", { type: "vault.damaged" });
    return checked;
  };
  const behind = async () => {
    await setImmediate();
    if (ending.signal.aborted) return;
    try {
      await run({ signal: ending.signal, behind: true });
    } catch {
      log.note("vault.check-failed");
    }
  };
  const running = behind();
  return {
    state: () => state,
    run,
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}

/** The open vault as its door shows it. */
export function statusOf({ vault, office, member }: Session, checking: Checking) {
  return {
    state: "open" as const,
    vault: vault.info.id,
    kind: vault.info.kind,
    office,
    openedBy: vault.info.openedBy.kind,
    check: checking.state(),
    ...(member === undefined ? {} : { member: { id: member.id, name: member.name } }),
  };
}
