// Fills vaults: cases as an office writes them, by the app's own actions, or straight into the tables that search reads.
import type { CaseId, ContactId, OfficeId, SectionId } from "../../shared/vocabulary/ids.ts";
import { ok } from "../../shared/result.ts";
import { createCase, giveRole, saveCase } from "../../main/core/cases/index.ts";
import { addCase, indexStale, setEntryWords, setWords } from "../../main/core/cases/cases.store.ts";
import { recordConsent } from "../../main/core/consent/index.ts";
import { newId, type Session } from "../../main/core/safety/index.ts";
import type { WriteDb } from "../../main/core/vault/sql.ts";
import { caseCode, caseCodeBytes, type CaseCode } from "../../shared/vocabulary/codes.ts";
import { together, valueOf } from "./lab.ts";
import { drawsOf, nameOf, textOf, type Draw } from "./words.ts";

const batch = 100;

export const hexOf = (draw: Draw): string =>
  Array.from({ length: 32 }, () => Math.floor(draw() * 16).toString(16)).join("");

/** Her name, her work in forty words, two journal entries of twenty-five. */
export const editsOf = (draw: Draw) => [
  {
    section: { kind: "identity" as const },
    edits: [
      { path: ["names", "asInPassport"], set: { full: nameOf(draw), script: "Latn" } },
      { path: ["title"], set: "Ms" },
    ],
  },
  {
    section: { kind: "work" as const },
    edits: [
      { path: ["about"], set: textOf(draw, 40) },
      { path: ["callsHerself"], set: textOf(draw, 2) },
    ],
  },
];

export const entryEdits = (draw: Draw, count: number) => ({
  section: { kind: "journal" as const },
  edits: Array.from({ length: count }, () => hexOf(draw)).flatMap((entry) => [
    { path: ["entries", entry, "kind"], set: "call" },
    { path: ["entries", entry, "text"], set: textOf(draw, 25) },
  ]),
});

/** Cases of three sections and two journal entries, signed and committed as the app does, a hundred in one transaction. */
export async function fillCases(session: Session, count: number, seed = 10): Promise<void> {
  const draw = drawsOf(seed);
  for (let done = 0; done < count; done += batch) {
    const inputs = Array.from({ length: Math.min(batch, count - done) }, () => ({
      reason: "taken in by telephone",
      edits: [...editsOf(draw), entryEdits(draw, 2)],
    }));
    await settled(
      session,
      inputs.map((input) => (within: Session) => createCase(within, input)),
    );
  }
}

/** Cases that a contact may have, with their past: one save that begins them, and `saves - 1` more. */
export async function fillShared(
  session: Session,
  contact: ContactId,
  { cases, saves }: { readonly cases: number; readonly saves: number },
): Promise<CaseId[]> {
  const draw = drawsOf(20);
  const all: CaseId[] = [];
  for (let done = 0; done < cases; done += batch) {
    const made = await settled(
      session,
      Array.from({ length: Math.min(batch, cases - done) }, () => {
        const input = { reason: "taken in by telephone", edits: editsOf(draw) };
        return (within: Session) => createCase(within, input);
      }),
    );
    const ids = made.map((one) => one.case);
    await settled(
      session,
      ids.map((id) => (within: Session) => admit(within, id, contact)),
    );
    await settled(
      session,
      ids.map((id) => (within: Session) => consentTo(within, id, contact)),
    );
    for (let save = 1; save < saves; save++)
      await settled(
        session,
        ids.map((id) => {
          const input = { case: id, reason: "worked on", edits: workedOn(draw, save) };
          return (within: Session) => saveCase(within, input);
        }),
      );
    all.push(...ids);
  }
  return all;
}

/** What one save changes: a fact of her work, now and then of who she is. */
export const workedOn = (draw: Draw, save: number) =>
  save % 5 === 0
    ? [
        {
          section: { kind: "identity" as const },
          edits: [{ path: ["title"], set: `${textOf(draw, 1)} ${hexOf(draw).slice(0, 6)}` }],
        },
      ]
    : [
        {
          section: { kind: "work" as const },
          edits: [
            { path: ["works", hexOf(draw), "what"], set: textOf(draw, 6) },
            { path: ["callsHerself"], set: textOf(draw, 2) },
          ],
        },
      ];

export const admit = (session: Session, of: CaseId, contact: ContactId) =>
  giveRole(session, { case: of, contact, role: "co-manager", mayRecordYes: false });

export const consentTo = (session: Session, of: CaseId, contact: ContactId) =>
  recordConsent(session, {
    case: of,
    consent: {
      act: "share",
      by: { who: "her" },
      contact,
      sections: [{ kind: "identity" }, { kind: "work" }],
      past: true,
      purpose: "joint-protection",
      until: { day: "2099-12-31" },
      given: { how: "by-telephone", language: "fa-AF", alone: "yes", risksTold: "yes" },
    } as Parameters<typeof recordConsent>[1]["consent"],
  });

/** The rows that lists and search read, and nothing else: no parts, no chain, no signatures. One journal entry a case. */
export async function fillSearch(session: Session, count: number): Promise<void> {
  const draw = drawsOf(30);
  const codes = new Set<CaseCode>();
  const perCommit = 2_000;
  for (let done = 0; done < count; done += perCommit)
    valueOf(
      await session.vault.write(async () =>
        ok((db: WriteDb) => {
          for (let one = 0; one < Math.min(perCommit, count - done); one++)
            addSearched(session, db, draw, codes);
        }),
      ),
    );
}

function addSearched(session: Session, db: WriteDb, draw: Draw, codes: Set<CaseCode>): void {
  const id = newId<CaseId>(session.ports);
  const section = newId<SectionId>(session.ports);
  let code: CaseCode;
  do code = caseCode(session.ports.random.bytes(caseCodeBytes), 2);
  while (codes.has(code));
  codes.add(code);
  const at = session.ports.clock.now();
  addCase(db, {
    id,
    code,
    steward: session.office.id as OfficeId,
    our_role: "steward",
    state: "intake",
    chain_head: "0".repeat(64) as never,
    made: at,
    changed: at,
  });
  setWords(db, id, section, { names: nameOf(draw), body: textOf(draw, 40) });
  indexStale(db, id);
  setEntryWords(db, id, section, hexOf(draw), textOf(draw, 25));
}

/** Together where it can be; one by one where two of them drew one code. */
export async function settled<T, E extends { readonly type: string }>(
  session: Session,
  actions: readonly ((
    session: Session,
  ) => Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }>)[],
): Promise<T[]> {
  try {
    return (await together(session, actions)).map(valueOf);
  } catch (cause) {
    if (!(cause instanceof Error && /UNIQUE constraint failed: case_row.code/.test(cause.message)))
      throw cause;
    const values: T[] = [];
    for (const action of actions) values.push(valueOf(await action(session)));
    return values;
  }
}
