// Colleagues on this laptop: each signs with her own certificate, so the chain of each case must name it.
import type { CaseId } from "../../../shared/vocabulary/ids.ts";
import type { NamedCertificate } from "../../../shared/vocabulary/chain.ts";
import {
  appendEntries,
  loadChain,
  loadChainWith,
  prepareEntry,
  type ChainState,
  type SignedEntry,
} from "../chain/index.ts";
import { ok, type Result } from "../../../shared/result.ts";
import { membersOf, type Session } from "../safety/index.ts";
import type { WriteError } from "../vault/index.ts";
import type { ReadDb, WriteDb } from "../vault/sql.ts";
import { setHead, stewardedCases } from "./cases.store.ts";

/** Most certificates that the first entry of a chain names. */
const mostAtFirst = 32;

/** Certificates of everyone who may open this vault, the one who has it open first. */
export function ourCertificates(read: ReadDb, session: Session): NamedCertificate[] {
  const own = session.member?.fingerprint;
  return membersOf(read)
    .filter((member) => member.active === 1 || member.fingerprint === own)
    .toSorted((a, b) => Number(b.fingerprint === own) - Number(a.fingerprint === own))
    .slice(0, mostAtFirst)
    .map(({ fingerprint, certificate }) => ({ fingerprint, certificate }));
}

/** Whether the chain knows the certificate of whoever has this vault open; without it nothing of hers has effect. */
export const isNamed = (session: Session, state: ChainState): boolean =>
  session.member === undefined || state.certificates.has(session.member.fingerprint);

/**
 * Entries that name colleagues whom the chain does not know yet, after `before`: none where this office does not answer for
 * the case, or an offered handover keeps the main line. One who was taken off the case is not named again.
 */
export async function namingColleagues(
  session: Session,
  read: ReadDb,
  state: ChainState,
  before: readonly SignedEntry[],
): Promise<readonly SignedEntry[]> {
  const { signer, office, ports } = session;
  const entries: SignedEntry[] = [];
  if (signer === undefined || state.steward !== office.id) return entries;
  let now = state;
  for (const add of ourCertificates(read, session)) {
    if (state.certificates.has(add.fingerprint)) continue;
    const entry = await prepareEntry({
      state: now,
      wanted: { type: "certificate", body: { office: office.id, add } },
      signer,
      at: ports.clock.now(),
    });
    if (!entry.ok) return entries;
    entries.push(entry.value);
    now = loadChainWith(read, state.case, [...before, ...entries]) ?? now;
  }
  return entries;
}

/** Cases named in one commit: short enough that a save waiting behind it is not felt. */
const atOnce = 50;

/** Names colleagues in every case this office answers for: after a colleague was given her own slot. */
export async function nameColleagues(session: Session): Promise<Result<{ cases: number }, WriteError>> {
  const all = stewardedCases(session.vault.read);
  let named = 0;
  for (let from = 0; from < all.length; from += atOnce) {
    const done = await session.vault.write(async (read) => {
      const entries: { of: CaseId; made: readonly SignedEntry[] }[] = [];
      for (const of of all.slice(from, from + atOnce)) {
        const state = loadChain(read, of);
        const made = state === undefined ? [] : await namingColleagues(session, read, state, []);
        if (made.length > 0) entries.push({ of, made });
      }
      return ok((db: WriteDb) => {
        for (const { of, made } of entries) {
          const [last] = made.slice(-1);
          appendEntries(db, made);
          if (last !== undefined) setHead(db, of, last.hash);
        }
        return entries.length;
      });
    });
    if (!done.ok) return done;
    named += done.value;
  }
  return ok({ cases: named });
}
