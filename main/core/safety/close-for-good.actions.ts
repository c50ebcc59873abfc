// Close for good: nothing opens this vault any more, and what that did not destroy is said.
import { ok, type Result } from "../../../shared/result.ts";
import { timesOf } from "../audit/index.ts";
import { clearFolder, type SlotsError } from "../vault/index.ts";
import { Secret } from "../vault/secret.ts";
import { countCases } from "./safety.store.ts";
import type { Session } from "./session.ts";

type Sent = {
  readonly name: string;
  readonly office: string;
  readonly bundles: number;
  readonly cases: number;
};
type Remains = "backups" | "sent" | "drives" | "spare-blocks" | "swap" | "database";

/**
 * The report is made first: afterwards nothing can be read. `milliseconds` runs from the call, key derivation included, to
 * the moment when nothing opens the vault any more. `leave` locks it. On an error nothing was destroyed.
 */
export async function closeForGood(
  session: Session,
  input: { readonly passphrase: string; readonly sent: readonly Sent[] },
  leave: () => Promise<void>,
) {
  const { vault, ports } = session;
  const begun = ports.timer.elapsed();
  const report = {
    cases: countCases(vault.read),
    backups: timesOf(vault.read, "backup-made"),
    sent: input.sent,
  };
  using passphrase = Secret.fromText(input.passphrase);
  const gone: Result<
    void,
    SlotsError | { readonly type: "WrongPassphrase" } | { readonly type: "OpenedByWords" }
  > = await vault.destroySlots(passphrase);
  if (!gone.ok) return gone;
  const milliseconds = Math.ceil(ports.timer.elapsed() - begun);
  await leave();
  const destroyed = await clearFolder(ports.files, vault.info.folder);
  await ports.places.closed(vault.info.folder);
  const remains: Remains[] = [
    // Also where the log knows of none: whoever copied the folder by hand has one.
    "backups",
    ...(report.sent.length > 0 ? (["sent"] as const) : []),
    ...(report.sent.length > 0 || report.backups.length > 0 ? (["drives"] as const) : []),
    "spare-blocks",
    "swap",
    ...(destroyed.has("database") ? [] : (["database"] as const)),
  ];
  return ok({ milliseconds, destroyed: [...destroyed], remains, ...report });
}
