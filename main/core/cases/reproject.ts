// Makes derived rows that this vault lacks, because an older program wrote it: in the background, a few sections a commit.
import { ok } from "../../../shared/result.ts";
import type { Session } from "../safety/index.ts";
import type { WriteDb } from "../vault/sql.ts";
import { projectorVersions } from "./projectors.ts";
import { kindsBehind, noteProjected, sectionsOfKinds, setNextDay } from "./rows.store.ts";

/** Made in one commit: short enough that a save waiting behind it is not felt. */
const atOnce = 20;

/**
 * Where the rows of some kinds are behind, writes those of every section anew; ends early where the vault is locked or cannot
 * be written, and begins again at the next unlocking. Gives how many sections it went over.
 */
export async function reproject(session: Session): Promise<number> {
  const { vault, sections } = session;
  const kinds = kindsBehind(vault.read, projectorVersions);
  let done = 0;
  for (let after = ""; kinds.length > 0;) {
    const written = await vault.write(async (read) => {
      const some = sectionsOfKinds(read, kinds, after, atOnce);
      return ok((db: WriteDb) => {
        for (const { id } of some) sections.reproject(db, id);
        for (const of of new Set(some.map((one) => one.case_id))) setNextDay(db, of);
        if (some.length < atOnce)
          for (const kind of kinds) noteProjected(db, kind, projectorVersions[kind] ?? 0);
        return some;
      });
    });
    if (!written.ok) return done;
    done += written.value.length;
    const last = written.value.at(-1);
    if (last === undefined || written.value.length < atOnce) return done;
    after = last.id;
  }
  return done;
}
