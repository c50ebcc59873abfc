// Locks for one contact what she does not yet have of these cases, as far as consent lets it go.
import { canonicalJson, type JsonValue } from "../../../shared/signed-text.ts";
import { writeFrames } from "../../../shared/bundle/frames.ts";
import { consentExtracts, type ConsentExtract } from "../../../shared/bundle/notices.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, ContactId, SectionId } from "../../../shared/vocabulary/ids.ts";
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import {
  chainOf,
  foundAnew,
  namesOf,
  ourRole,
  sectionsNamed,
  sectionsOf,
  type NamedSection,
  type UnknownCase,
  inForce,
} from "../cases/index.ts";
import { exportEntries, prepareEntry, type ChainState } from "../chain/index.ts";
import {
  checkAgainDays,
  decideShare,
  openingsOf,
  sectionKey,
  shareChoices,
  situationOf,
  standingSince,
  type Cleared,
  type Refusal,
  sameSection,
} from "../consent/index.ts";
import { contactById, type ContactRow, type UnknownContact } from "../contacts/index.ts";
import type { Signer } from "../pgp/index.ts";
import { onDrive, type DriveProblem, type Session } from "../safety/index.ts";
import type { ArchiveEntry } from "./archive.ts";
import {
  askedBack,
  bundlesTo,
  partsKnown,
  sectionsBack,
  sectionsHeldBy,
  type BundleContent,
} from "./exchange.store.ts";
import { readmeOf } from "./readme.ts";
import { writeBundle, type Job, type WriteProblem, type Written } from "./writing.ts";

export type ShareProblem = WriteProblem | Refusal | UnknownCase | UnknownContact | BeginProblem;

/** A section would have to begin anew. */
export type BeginProblem =
  | { readonly type: "SettleFirst" }
  /** The chain takes no entry now: an offered handover stands. */
  | { readonly type: "MayNot"; readonly why: string };

export type Shared = Written & {
  readonly cases: readonly {
    readonly case: CaseId;
    readonly sections: readonly SectionName[];
    readonly parts: number;
  }[];
};

export type Wish = { readonly case: CaseId; readonly sections?: readonly SectionName[] };
type Packed = {
  readonly entries: readonly ArchiveEntry[];
  readonly content: BundleContent["cases"][number];
  readonly cleared: Cleared;
};

/**
 * One bundle with every named case. Sections not named: all that may go now; where none may, the refusal says why for
 * each. A section she never had goes from its present state on, unless consent names its past.
 */
export async function share(
  session: Session,
  input: {
    readonly contact: ContactId;
    readonly cases: readonly Wish[];
    readonly purpose: Purpose;
    readonly folder: string;
  },
  job?: Job,
): Promise<Result<Shared, ShareProblem>> {
  const { signer, vault } = session;
  if (signer === undefined) return err({ type: "NoSigner" });
  const contact = contactById(vault.read, input.contact);
  if (contact === undefined) return err({ type: "UnknownContact" });
  const there = await reachable(session, input.folder);
  if (!there.ok) return there;
  const wishes = onceEach(input.cases);
  // Every case is decided before the first is changed: what one of them refuses leaves the others as they are.
  const anew: (NamedSection & { readonly case: CaseId })[] = [];
  for (const [index, wish] of wishes.entries()) {
    if (job?.signal.aborted === true) return err({ type: "Cancelled" });
    job?.progress("gather", index, wishes.length);
    const decided = decide(session, contact, wish, input.purpose);
    if (!decided.ok) return decided;
    const begins = await toBeginAnew(session, signer, contact, decided.value);
    if (!begins.ok) return begins;
    anew.push(...begins.value.map((one) => ({ case: wish.case, ...one })));
  }
  if (job?.signal.aborted === true) return err({ type: "Cancelled" });
  for (const one of anew) {
    const begun = await beginAnew(session, one);
    if (!begun.ok) return begun;
  }
  const packed: Packed[] = [];
  for (const wish of wishes) {
    const one = await packCase(session, signer, contact, wish, input.purpose);
    if (!one.ok) return one;
    packed.push(one.value);
  }
  const entries = packed.flatMap((one) => one.entries);
  const written = await writeBundle(session, {
    contact,
    kind: "share",
    purpose: input.purpose,
    entries: [readmeOf(session, "share", contact, entries, { purpose: input.purpose }), ...entries],
    content: { cases: packed.map((one) => one.content), recalls: [], acknowledges: [] },
    folder: input.folder,
    cleared: packed.map((one) => one.cleared),
    disclosures: packed.map(({ cleared }) => ({
      case: cleared.facts.case,
      entry: disclosureOf(contact, cleared),
    })),
    ...(job === undefined ? {} : { job }),
  });
  if (!written.ok) return written;
  return ok({
    ...written.value,
    cases: packed.map(({ content, cleared }) => ({
      case: content.case,
      sections: cleared.facts.sections,
      parts: content.sections.reduce((sum, one) => sum + one.parts.length, 0),
    })),
  });
}

/** Below this nothing fits on a drive. */
const leastSpace = 1024 * 1024;

/** Whether the folder can be written, before anything is changed for what will lie in it. */
const reachable = ({ ports: { files } }: Session, folder: string): Promise<Result<void, DriveProblem>> =>
  onDrive(async () => {
    if ((await files.freeSpace(folder)) < leastSpace) return err({ type: "DriveFull" as const });
    const draft = await files.draft(folder);
    await draft.discard();
    return ok(undefined);
  }, "writes");

/** A case or a section named twice is meant once. */
export const onceEach = (wishes: readonly Wish[]): Wish[] =>
  [...Map.groupBy(wishes, (wish) => wish.case)].map(([of, all]) => {
    const named = all.flatMap((wish) => wish.sections ?? []);
    if (all.some((wish) => wish.sections === undefined)) return { case: of };
    return { case: of, sections: [...new Map(named.map((name) => [sectionKey(name), name])).values()] };
  });

/** What the ledger says of a decision that let something go. */
export const disclosureOf = (contact: ContactRow, { facts }: Cleared): JsonValue => ({
  way: facts.act,
  to: contact.fingerprint,
  office: contact.office_name,
  person: contact.name,
  purpose: facts.purpose,
  sections: facts.sections.map(sectionKey),
  consents: [...facts.consents],
  ...(facts.until === undefined ? {} : { until: facts.until }),
});

async function packCase(
  session: Session,
  signer: Signer,
  contact: ContactRow,
  wish: Wish,
  purpose: Purpose,
): Promise<Result<Packed, ShareProblem>> {
  const decided = decide(session, contact, wish, purpose);
  if (!decided.ok) return decided;
  const { cleared, state } = decided.value;
  const { read } = session.vault;
  const entries: ArchiveEntry[] = [
    { name: `chain/${wish.case}.chain`, content: chainFrames(session, wish.case) },
  ];
  const steward = ourRole(session, state) === "steward";
  // The steward opens to a contact what covers this share; to the steward every office opens the yeses that it can read.
  const openings = openingsOf(read, wish.case).filter(
    ({ consent }) => !steward || cleared.facts.consents.includes(consent),
  );
  if (openings.length > 0)
    entries.push({
      name: `consents/${wish.case}.json`,
      content: Buffer.from(canonicalJson(openings.map((one) => ({ ...one })))),
    });
  if (steward) {
    entries.push({
      name: `extracts/${wish.case}.extract`,
      content: await extractFrame(session, signer, contact, cleared),
    });
  }
  const sections: BundleContent["cases"][number]["sections"][number][] = [];
  for (const { section, name } of namedSections(session, cleared)) {
    const all = session.sections.exportParts(section);
    const known = partsKnown(
      read,
      contact.id,
      all.map((part) => part.id),
    );
    const fresh = all.filter((part) => !known.has(part.id));
    sections.push({ section, name, parts: fresh.map((part) => part.id) });
    if (fresh.length > 0)
      entries.push({ name: `parts/${wish.case}/${section}.parts`, content: writeFrames(fresh) });
    const file = sectionKey(name).replace(".", "-");
    const isTwin = sections.filter((one) => sameSection(one.name, name)).length > 1;
    entries.push({
      name: `sections/${wish.case}/${isTwin ? `${file}-${section}` : file}.json`,
      content: Buffer.from(JSON.stringify(readable(session, section, name), undefined, 2)),
    });
  }
  return ok({ entries, cleared, content: { case: wish.case, sections } });
}

/** A section for who opens the bundle without Waypost: the careful value where one rules, and all values where none does. */
function readable(session: Session, section: SectionId, name: SectionName): JsonValue {
  const view = session.sections.view(section);
  const { value, unsettled } = inForce(name.kind, (view?.value ?? {}) as JsonValue, view?.conflicts ?? []);
  if (unsettled.length === 0) return value;
  return {
    ...(value as { readonly [key: string]: JsonValue }),
    unsettled: unsettled.map(({ path, values }) => ({ path: [...path], values: [...values] })),
  };
}

/** The chain of a case as it travels. */
export const chainFrames = (session: Session, of: CaseId): Uint8Array =>
  writeFrames(
    exportEntries(session.vault.read, of).map(({ signed, signature }) => ({
      signed,
      signature,
      changes: new Uint8Array(),
    })),
  );

function decide(
  session: Session,
  contact: ContactRow,
  wish: Wish,
  purpose: Purpose,
): Result<{ cleared: Cleared; state: ChainState }, Refusal | UnknownCase> {
  const { read } = session.vault;
  const state = chainOf(read, wish.case);
  if (state === undefined) return err({ type: "UnknownCase" });
  const situation = situationOf(session, read, state, contact);
  const there = namesOf(sectionsOf(session, wish.case));
  const may = shareChoices(situation, there, purpose).flatMap(({ section, refused }) =>
    refused === undefined ? [section] : [],
  );
  const sections = wish.sections ?? (may.length > 0 ? may : there);
  const decided = decideShare(situation, { sections, purpose });
  return decided.ok ? ok({ cleared: decided.value, state }) : decided;
}

const namedSections = (session: Session, { facts }: Cleared): readonly NamedSection[] => {
  const there = sectionsOf(session, facts.case);
  return facts.sections.flatMap((name) => sectionsNamed(there, name));
};

/**
 * A share begins from the present state: a section she never had, or had under a consent that ended before the present one
 * was given, with a past that consent does not name, or one she erased, is founded anew, and the old one closed for its holders. Only the steward founds.
 */
export async function toBeginAnew(
  session: Session,
  signer: Signer,
  contact: ContactRow,
  { cleared, state }: { readonly cleared: Cleared; readonly state: ChainState },
): Promise<Result<readonly NamedSection[], BeginProblem>> {
  if (ourRole(session, state) !== "steward") return ok([]);
  const { had, gone } = pastWith(session, contact.id, state);
  const situation = situationOf(session, session.vault.read, state, contact);
  const begins = namedSections(session, cleared).filter(({ section, name }) => {
    const since = standingSince(situation, name);
    const pastStays =
      lineOf(state, section).some((one) => (had.get(one) ?? -1) >= since && !gone.has(one)) ||
      cleared.facts.past ||
      session.sections.exportParts(section).length <= 1;
    return !pastStays || gone.has(section);
  });
  for (const { section, name } of begins) {
    if ((session.sections.head(section)?.conflicts ?? 0) > 0) return err({ type: "SettleFirst" });
    const { kind, person } = name;
    const body = {
      section: session.sections.newId(),
      kind,
      ...(person === undefined ? {} : { person }),
      from: section,
      past: "closed" as const,
      heads: [],
    };
    const may = await prepareEntry({
      state,
      wanted: { type: "found", body },
      signer,
      at: session.ports.clock.now(),
    });
    if (!may.ok) return err({ type: "MayNot", why: may.error.why });
  }
  return ok(begins);
}

async function beginAnew(
  session: Session,
  { case: of, section, name }: NamedSection & { readonly case: CaseId },
): Promise<Result<void, ShareProblem>> {
  const founded = await foundAnew(session, {
    case: of,
    section: name,
    which: section,
    without: [],
    past: "closed",
    reason: "a share begins from the present state",
  });
  if (founded.ok) return ok(undefined);
  const { error } = founded;
  switch (error.type) {
    case "ConflictsStand":
      return err({ type: "SettleFirst" });
    case "MayNot":
      return err(error);
    case "UnknownCase":
    case "NoSigner":
    case "ChainStopped":
    case "DiskFull":
    case "VaultReadOnly":
    case "VaultBroken":
    case "VaultLocked":
      return err({ type: error.type });
    default:
      throw new Error(`a section could not begin anew: ${error.type}`);
  }
}

/** A section and those it was founded from, one after another. */
function lineOf(state: ChainState, section: SectionId): readonly SectionId[] {
  const line = new Set<SectionId>();
  let at: SectionId | undefined = section;
  while (at !== undefined && !line.has(at)) {
    line.add(at);
    at = state.founded.get(at)?.from;
  }
  return [...line];
}

/** Sections that a contact has, with when she was last sent each, and those she was asked to erase. */
type Past = { readonly had: ReadonlyMap<SectionId, number>; readonly gone: ReadonlySet<SectionId> };

function pastWith(session: Session, contact: ContactId, state: ChainState): Past {
  const { read } = session.vault;
  // What she sent herself and was never sent is hers.
  const had = new Map(sectionsHeldBy(read, contact, state.case).map(({ section }) => [section, Infinity]));
  const sent = bundlesTo(read, contact).toSorted((a, b) => a.made - b.made);
  for (const { made, cases } of sent)
    for (const { section } of cases.flatMap(({ sections }) => sections)) had.set(section, made);
  return {
    had,
    gone: new Set(askedBack(read, contact).flatMap((row) => sectionsBack(row).map((one) => one.section))),
  };
}

/** An extract never outlives the consent it rests on: it holds until the end of that day in UTC. */
function checkAgainBy(made: number, until: string | undefined): number {
  const again = made + checkAgainDays * 86_400_000;
  return until === undefined ? again : Math.min(again, Date.parse(`${until}T23:59:59.999Z`));
}

async function extractFrame(
  session: Session,
  signer: Signer,
  contact: ContactRow,
  cleared: Cleared,
): Promise<Uint8Array> {
  const made = session.ports.clock.now();
  const extract: ConsentExtract = {
    case: cleared.facts.case,
    author: signer.fingerprint,
    recipient: contact.fingerprint,
    head: cleared.facts.chainHead,
    purpose: cleared.facts.purpose,
    covers: cleared.facts.covers.map((cover) => ({ ...cover })),
    made,
    checkAgainBy: checkAgainBy(made, cleared.facts.until),
  };
  const signed = Buffer.from(consentExtracts.write(extract));
  const signature = await signer.sign("waypost/consent-extract/1", signed);
  return writeFrames([{ signed, signature, changes: new Uint8Array() }]);
}
