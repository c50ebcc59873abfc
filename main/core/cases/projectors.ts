// Derived rows of a case: search, its stage, tasks and papers, kept in the same commit as the sections they come from.
import type { JsonValue } from "../../../shared/signed-text.ts";
import {
  sectionKinds,
  type SectionKind,
  type SectionValue,
} from "../../../shared/vocabulary/sections/index.ts";
import type { Projector, Projectors } from "../sections/index.ts";
import { otherPlan, removeEntryWords, setEntryWords, setStage, setWords } from "./cases.store.ts";
import { endingPapers } from "./papers.rules.ts";
import { setPapers, setTasks } from "./rows.store.ts";
import { entriesOf, wordsOf } from "./search.rules.ts";
import { openTasks } from "./tasks.rules.ts";

const words: Projector = (db, { case: of, section, kind, after }) =>
  setWords(
    db,
    of,
    section,
    after === undefined ? undefined : wordsOf(kind as SectionKind, after as JsonValue),
  );

/** Each journal entry is found on its own; the case's row does not repeat them. */
const journal: Projector = (db, { case: of, section, before, after }) => {
  const old = entriesOf((before ?? {}) as JsonValue);
  const now = entriesOf((after ?? {}) as JsonValue);
  for (const entry of old.keys()) if (!now.has(entry)) removeEntryWords(db, of, section, entry);
  for (const [entry, text] of now) if (old.get(entry) !== text) setEntryWords(db, of, section, entry, text);
};

/** Where the work stands and what is due, for lists. */
const plan: Projector = (db, facts) => {
  words(db, facts);
  setTasks(db, facts.case, facts.section, openTasks((facts.after ?? {}) as SectionValue<"plan">));
  if (facts.after === undefined && otherPlan(db, facts.case, facts.section)) return;
  const { stage } = (facts.after ?? {}) as { readonly stage?: string };
  setStage(db, facts.case, stage ?? "intake");
};

/** A person: found by her names, and her papers end. */
const person: Projector = (db, facts) => {
  words(db, facts);
  setPapers(db, facts.case, facts.section, endingPapers((facts.after ?? {}) as SectionValue<"identity">));
};

const special: Projectors = { journal, plan, identity: person, family: person };

/** The version of what these write, for kinds whose rows older vaults may lack. */
export const projectorVersions: Readonly<Record<string, number>> = { plan: 1, identity: 1, family: 1 };

export const caseProjectors: Projectors = Object.fromEntries(
  sectionKinds.map((kind) => [kind, special[kind] ?? words]),
);
