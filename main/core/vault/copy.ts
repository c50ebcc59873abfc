// A consistent copy of an open vault for a backup: the database file stands still while it is copied, saves go to the WAL.
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Bytes } from "../../../shared/brand.ts";
import type { Result } from "../../../shared/result.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Files } from "../ports.ts";
import { FileTrouble } from "../ports.ts";
import { AUTOMATIC, checkpoint } from "./database.ts";
import type { Session } from "./session.ts";
import { queued, storageFailure } from "./session.ts";
import { KEYSLOTS, databaseName } from "./slots-file.ts";
import type { CopiedFile, CopyError, Vault } from "./types.ts";

/** keyslots.json is written last: a copy that was cut off is no vault. */
export function copyTo(session: Session): Vault["copyTo"] {
  return async (folder, course = {}) => {
    const { files } = session.ports;
    const { promise, resolve } = Promise.withResolvers<void>();
    try {
      const begun = await queued(session, async () => {
        await session.copying;
        checkpoint(session.connection.db);
        session.connection.db.pragma("wal_autocheckpoint = 0");
        session.copying = promise;
        const slots = await files.read(join(session.folder, KEYSLOTS), (1024 * 1024) as Bytes);
        return ok({ slots, name: databaseName(session.slots.generation) });
      });
      if (!begun.ok) return err({ type: begun.error.type === "DiskFull" ? "DiskFull" : "VaultBroken" });
      await files.makeFolder(folder);
      if ((await files.list(folder)).length > 0) return err({ type: "FolderNotEmpty" });
      const path = join(session.folder, begun.value.name);
      const size = (await files.entry(path))?.size ?? 0;
      const total = size + begun.value.slots.length;
      if ((await files.freeSpace(folder)) < total) return err({ type: "DiskFull" });
      const signals = [session.ending.signal, ...(course.signal === undefined ? [] : [course.signal])];
      const signal = AbortSignal.any(signals);
      const database = await copyFile(files, folder, begun.value.name, files.stream(path), {
        signal,
        progress: (done) => course.progress?.(done, total),
      });
      if (!database.ok) return database;
      const slots = await copyFile(files, folder, KEYSLOTS, [begun.value.slots], {
        signal,
        progress: (done) => course.progress?.(size + done, total),
      });
      return slots.ok ? ok([database.value, slots.value]) : slots;
    } catch (error) {
      const failure = copyFailure(error);
      if (failure === undefined) throw error;
      return err(failure);
    } finally {
      if (session.copying === promise) {
        session.copying = undefined;
        if (session.connection.db.open) session.connection.db.pragma(`wal_autocheckpoint = ${AUTOMATIC}`);
      }
      resolve();
    }
  };
}

async function copyFile(
  files: Files,
  folder: string,
  name: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { progress, signal }: { readonly progress: (done: number) => void; readonly signal: AbortSignal },
): Promise<Result<CopiedFile, CopyError>> {
  const draft = await files.draft(folder);
  const hash = createHash("sha256");
  let size = 0;
  try {
    for await (const chunk of content) {
      if (signal.aborted) {
        await draft.discard();
        return err({ type: "Cancelled" });
      }
      await draft.write(chunk);
      hash.update(chunk);
      size += chunk.length;
      progress(size);
    }
    await draft.commit(name);
  } catch (error) {
    await draft.discard().catch(() => undefined);
    throw error;
  }
  return ok({ name, size: size as Bytes, sha256: hash.digest("hex") });
}

function copyFailure(error: unknown): CopyError | undefined {
  if (error instanceof FileTrouble && (error.problem === "Vanished" || error.problem === "NotFound")) {
    return { type: "FolderVanished" };
  }
  return storageFailure(error);
}
