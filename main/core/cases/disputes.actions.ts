// What is not in effect and why: parts held, what was refused, two entries with one parent; and what a person can do about each.
import { err, ok, type Result } from "../../../shared/result.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { CaseId, ChainHash, Fingerprint } from "../../../shared/vocabulary/ids.ts";
import { note } from "../audit/index.ts";
import { appendEntries, loadLine, prepareEntry, type ChainState } from "../chain/index.ts";
import { certificateOf, whoIs } from "../contacts/index.ts";
import type { Certificate } from "../pgp/index.ts";
import type { NoSigner, Session } from "../safety/index.ts";
import { readPartText } from "../sections/index.ts";
import type { WriteError } from "../vault/index.ts";
import type { WriteDb } from "../vault/sql.ts";
import { chainOf, settleRow, type UnknownCase } from "./standing.ts";
import { knownName } from "./cases.rules.ts";
import { headsOf } from "./roles.actions.ts";

/** Parts of a case that are stored and not in effect, with who wrote them, why they wait, and what they would set. */
export function heldParts(session: Session, of: CaseId) {
  const { read } = session.vault;
  const state = chainOf(read, of);
  if (state === undefined) return err({ type: "UnknownCase" as const });
  return ok(
    session.sections.list(of).flatMap((head) => {
      const records = new Map(session.sections.exportParts(head.id).map((part) => [part.id, part]));
      return session.sections.held(head.id, state).map(({ part, why, leaves }) => {
        const record = records.get(part);
        const facts = record === undefined ? undefined : readPartText(record.signed);
        const section = knownName(head.kind, head.person);
        return {
          part,
          ...(section === undefined ? {} : { section }),
          why,
          ...(facts?.ok === true
            ? { author: whoIs(session, read, facts.value.author), at: facts.value.at }
            : {}),
          leaves: leaves.map(({ path, value }) => ({
            path: [...path],
            ...(value === undefined ? {} : { value: value as JsonValue }),
          })),
        };
      });
    }),
  );
}

/** Tries again what waits or was refused for a reason that may have gone. `stored` counts what is in effect now. */
export async function tryAgain(
  session: Session,
  of: CaseId,
): Promise<Result<{ readonly stored: number }, UnknownCase | WriteError>> {
  const { vault, sections } = session;
  let stored = 0;
  for (;;) {
    const state = chainOf(vault.read, of);
    if (state === undefined) return err({ type: "UnknownCase" });
    const certificates = await certificatesIn(session, state);
    const examination = await sections.examine({
      case: of,
      parts: [],
      certificateOf: (author) => certificates.get(author),
    });
    const taken = await vault.write(async () =>
      ok((db: WriteDb) => {
        const now = chainOf(db, of) ?? state;
        const { outcomes, again } = sections.take(db, examination, now);
        sections.reconsider(db, now);
        settleRow(session, db, now);
        return { again, stored: outcomes.filter((one) => one.outcome === "stored").length };
      }),
    );
    if (!taken.ok) return taken;
    stored += taken.value.stored;
    if (!taken.value.again) return ok({ stored });
  }
}

/** The certificates a case's chain names, judged as they were when they entered it. */
export async function certificatesIn(
  session: Session,
  state: ChainState,
): Promise<ReadonlyMap<Fingerprint, Certificate>> {
  const found = new Map<Fingerprint, Certificate>();
  for (const [fingerprint, { armored }] of state.certificates)
    found.set(fingerprint, await certificateOf(session, armored));
  return found;
}

/** A person has seen what was refused and lets it go. */
export function dismiss(
  session: Session,
  id: string,
): Promise<Result<void, { readonly type: "UnknownItem" } | WriteError>> {
  return session.vault
    .write(async () =>
      ok((db: WriteDb) => {
        const gone = session.sections.dismiss(db, id);
        if (gone)
          note(db, { at: session.ports.clock.now(), action: "refused-dismissed", detail: { item: id } });
        return gone;
      }),
    )
    .then((dismissed) =>
      !dismissed.ok ? dismissed : dismissed.value ? ok(undefined) : err({ type: "UnknownItem" as const }),
    );
}

export type ForkProblem =
  | UnknownCase
  | NoSigner
  | { readonly type: "NotStopped" }
  | { readonly type: "MayNot"; readonly why: string };

/**
 * Two entries with one parent stop a chain. Another member of the office that wrote them says which line goes on, by
 * taking the certificate that wrote the other off the case.
 */
export async function settleFork(
  session: Session,
  input: { readonly case: CaseId; readonly keep: ChainHash; readonly remove: Fingerprint },
): Promise<Result<ChainHash, ForkProblem | WriteError>> {
  const { vault, signer, ports, sections } = session;
  if (signer === undefined) return err({ type: "NoSigner" });
  return vault.write(async (read) => {
    const stopped = chainOf(read, input.case);
    if (stopped === undefined) return err({ type: "UnknownCase" });
    const line =
      stopped.stopped?.children.includes(input.keep) === true
        ? loadLine(read, input.case, input.keep)
        : undefined;
    if (line === undefined) return err({ type: "NotStopped" });
    const entry = await prepareEntry({
      state: line,
      wanted: {
        type: "remove",
        body: { fingerprint: input.remove, reason: "revoked", heads: headsOf(session, input.case) },
      },
      signer,
      at: ports.clock.now(),
    });
    if (!entry.ok) return err({ type: "MayNot", why: entry.error.why });
    return ok((db: WriteDb) => {
      appendEntries(db, [entry.value]);
      const after = chainOf(db, input.case) ?? line;
      sections.reconsider(db, after);
      settleRow(session, db, after);
      note(db, {
        at: ports.clock.now(),
        action: "fork-settled",
        case: input.case,
        detail: { keep: input.keep },
      });
      return entry.value.hash;
    });
  });
}
