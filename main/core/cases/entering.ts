// The one way an entry gets into a case's chain, and under whose name a save is signed.
import { err, ok, type Result } from "../../../shared/result.ts";
import type { CaseId, ChainHash, OpeningId } from "../../../shared/vocabulary/ids.ts";
import {
  appendEntries,
  loadChainWith,
  prepareEntry,
  type ChainState,
  type SignedEntry,
  type Wanted,
} from "../chain/index.ts";
import { newId, type NoSigner, type Session } from "../safety/index.ts";
import type { Author } from "../sections/index.ts";
import type { WriteError } from "../vault/index.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import { lookForRecalls } from "./cases.store.ts";
import { isNamed, namingColleagues } from "./colleagues.ts";
import { chainOf, noteCase, settleRow, type ChainProblem, type UnknownCase } from "./standing.ts";

/**
 * Signs and appends entries to a case's chain, one after another in one commit; brings sections and row to what the chain
 * says then, and runs `also`. The hash is that of the last entry: the new head when it stands on the main line.
 */
export async function enter(
  session: Session,
  caseId: CaseId,
  want: (state: ChainState) => Wanted | readonly Wanted[],
  also: (db: WriteDb, state: ChainState) => void = () => undefined,
): Promise<Result<ChainHash, UnknownCase | NoSigner | ChainProblem | WriteError>> {
  const { signer, ports } = session;
  if (signer === undefined) return err({ type: "NoSigner" });
  return session.vault.write(async (read) => {
    let state = chainOf(read, caseId);
    if (state === undefined) return err({ type: "UnknownCase" });
    if (!isNamed(session, state)) return err({ type: "NotNamed" });
    const entries: SignedEntry[] = [];
    for (const wanted of [want(state)].flat()) {
      const entry = await prepareEntry({ state, wanted, signer, at: ports.clock.now() });
      if (!entry.ok) return refusedEntry(state, entry.error.why);
      entries.push(entry.value);
      state = loadChainWith(read, caseId, entries) ?? state;
    }
    const last = entries.at(-1);
    if (last === undefined) throw new Error("nothing to enter");
    const naming = await namingColleagues(session, read, state, entries);
    return ok((db: WriteDb) => {
      appendEntries(db, [...entries, ...naming]);
      const after = chainOf(db, caseId);
      if (after === undefined) throw new Error("a chain vanished");
      session.sections.reconsider(db, after);
      also(db, after);
      lookForRecalls(db, caseId);
      settleRow(session, db, after);
      noteCase(session, db, caseId, "chain-entered", {
        types: entries.map(({ entry }) => entry.type),
        head: after.head,
      });
      return last.hash;
    });
  });
}

/** A refused entry as callers show it. */
export function refusedEntry(state: ChainState, why: string) {
  return state.stopped !== undefined
    ? err({ type: "ChainStopped" as const })
    : err({ type: "MayNot" as const, why });
}

/**
 * Who saves. Where work of this case is held, what she wrote in this opening may be among it, and her next save would begin
 * at the same place of her sequence and be its rival: she goes on under a name of its own.
 */
export function author(
  session: Session,
  signer: NonNullable<Session["signer"]>,
  chain: ChainState,
  read: ReadDb,
): Author {
  const held = session.sections.list(chain.case, read).some((head) => head.held > 0);
  return { signer, chain, opening: held ? newId<OpeningId>(session.ports) : session.vault.info.opening };
}
