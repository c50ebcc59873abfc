// Opens a file into the vault's staging, and tells trouble of this vault from trouble of the drive.
import { dirname } from "node:path";
import type { LimitBroken } from "../../../shared/bundle/limits.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";
import type { Fingerprint } from "../../../shared/vocabulary/ids.ts";
import { openToStaging, type Certificate } from "../pgp/index.ts";
import { FileTrouble } from "../ports.ts";
import { onDrive, type Session } from "../safety/index.ts";
import type { Incoming, Received as Staged, WriteError } from "../vault/index.ts";
import type { Job } from "./writing.ts";

/** Opens into the staging. Trouble there is this vault's own and not the drive's. */
export async function stage(
  session: Session,
  file: { readonly path: string },
  certificates: ReadonlyMap<Fingerprint, Certificate>,
  incoming: Incoming,
  job: Job | undefined,
): Promise<Result<{ staged: Staged; signer: Fingerprint }, Failure>> {
  const { vault, ports } = session;
  const own = { trouble: undefined as FileTrouble | undefined };
  const keep = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (error instanceof FileTrouble) own.trouble = error;
      throw error;
    }
  };
  const entry = keep(() => incoming.entry("content"));
  const source = ports.files.stream(file.path)[Symbol.asyncIterator]();
  const opened = await onDrive(
    async () => {
      const message = await openToStaging({
        content: { [Symbol.asyncIterator]: () => source },
        decryption: vault.decryptionSecrets(),
        certificateOf: (signedBy) => certificates.get(signedBy),
        sink: async (piece) => keep(() => entry.write(piece)),
        ...(job === undefined ? {} : { signal: job.signal }),
      });
      if (!message.ok) return message;
      return ok({ staged: keep(() => incoming.seal()), signer: message.value.signer });
    },
    { files: ports.files, folders: [dirname(file.path)] },
  );
  await onDrive(async () => ok(await source.return?.()));
  return own.trouble === undefined ? opened : err(ownTrouble(own.trouble));
}

function ownTrouble({ problem }: FileTrouble): LimitBroken | WriteError {
  switch (problem) {
    case "DiskFull":
      return { type: "DiskFull" };
    case "ReadOnly":
    case "Denied":
      return { type: "VaultReadOnly" };
    case "TooLarge":
      return { type: "LimitBroken", limit: "bundleBytes" };
    default:
      return { type: "VaultBroken" };
  }
}
