// The open vault as the rest of the core sees it, put together over one session.
import type { Err } from "../../../shared/result.ts";
import { err, ok } from "../../../shared/result.ts";
import { destroySlots } from "./close-for-good.ts";
import { copyTo } from "./copy.ts";
import { members, slotInfo } from "./members.ts";
import { checkMerkle, merkleHead } from "./merkle.ts";
import { decryptionSecrets, issueNumber } from "./records.ts";
import { rekey } from "./rekey.ts";
import type { Session } from "./session.ts";
import { commit, erase, queued, settleErasure } from "./session.ts";
import { stillThere } from "./slots-file.ts";
import type { ReadDb } from "./sql.ts";
import { readDb, rehearsal } from "./sql.ts";
import { staging } from "./staging.ts";
import type { CheckCourse, Committed, Prepared, Refused, Vault, WriteError } from "./types.ts";

/** The vault of a session that was just created or opened. */
export function assemble(session: Session): Vault {
  const read = readDb(session.connection);
  const incoming = staging(session);
  const untilLocked = (course: CheckCourse): CheckCourse => {
    const signals = [session.ending.signal, ...(course.signal === undefined ? [] : [course.signal])];
    return { ...course, signal: AbortSignal.any(signals) };
  };
  return {
    info: {
      id: session.slots.vault,
      kind: session.slots.kind,
      folder: session.folder,
      opening: session.opening,
      get generation() {
        return session.slots.generation;
      },
      get openedBy() {
        return session.openedBy;
      },
    },
    read,
    write: <R extends Prepared>(prepare: (read: ReadDb) => Promise<R>) =>
      queued(session, async () => {
        const prepared: Prepared = await prepare(read);
        if (!prepared.ok) return prepared as Err<Refused<R>>;
        const value = commit(session.connection, prepared.value) as Committed<R>;
        await settleErasure(session);
        return (await stillThere(session)) ? ok(value) : err<WriteError>({ type: "VaultBroken" });
      }),
    rehearse: <R extends Prepared>(prepare: (read: ReadDb) => Promise<R>, see?: (db: ReadDb) => void) =>
      queued(session, async () => {
        const prepared: Prepared = await prepare(read);
        if (!prepared.ok) return prepared as Err<Refused<R>>;
        const value = rehearsal(session.connection, (db) => {
          const made = prepared.value(db) as Committed<R>;
          see?.(db);
          return made;
        });
        return ok(value);
      }),
    erase: (db, work) => erase(session, db, work),
    nextNumber: (db) => ({ opening: session.opening, number: issueNumber(db, session.opening) }),
    signingSecret: () => session.signing,
    decryptionSecrets: () => decryptionSecrets(read),
    slots: () => session.slots.slots.map(slotInfo),
    ...members(session, read),
    rekey: rekey(session, read),
    merkleHead: () => merkleHead(read),
    checkMerkle: (course = {}) => checkMerkle(read, untilLocked(course)),
    staging: () => incoming,
    copyTo: copyTo(session),
    destroySlots: destroySlots(session),
    async lock() {
      if (session.state === "locked") return;
      session.ending.abort();
      await session.queue.run(async () => {
        session.state = "locked";
        await session.copying;
        await incoming.end();
        session.connection.db.close();
        for (const secret of [session.dataKey, session.slotKey, session.signing]) secret?.[Symbol.dispose]();
        session.lockFile.free();
      });
    },
  };
}
