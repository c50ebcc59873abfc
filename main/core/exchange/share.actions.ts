// Locks for one contact what she does not yet have of these cases, as far as consent lets it go.
import { canonicalJson, type JsonValue } from "../../../shared/signed-text.ts";
import { writeFrames } from "../../../shared/bundle/frames.ts";
import { consentExtracts, type ConsentExtract } from "../../../shared/bundle/notices.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, ConsentId, ContactId, SectionId } from "../../../shared/vocabulary/ids.ts";
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import {
  chainOf,
  foundAnew,
  ourRole,
  sectionNamed,
  sectionsOf,
  type NamedSection,
  type UnknownCase,
} from "../cases/index.ts";
import { exportEntries, type ChainState } from "../chain/index.ts";
import {
  checkAgainDays,
  decideShare,
  openingsOf,
  sameSection,
  sectionKey,
  shareChoices,
  situationOf,
  type Cleared,
  type Refusal,
} from "../consent/index.ts";
import { contactById, type ContactRow, type UnknownContact } from "../contacts/index.ts";
import type { Signer } from "../pgp/index.ts";
import type { Session } from "../safety/index.ts";
import type { ArchiveEntry } from "./archive.ts";
import { contentsTo, partsKnown, recallsWith, type BundleContent } from "./exchange.store.ts";
import { readmeOf } from "./readme.ts";
import { writeBundle, type Job, type WriteProblem, type Written } from "./writing.ts";

export type ShareProblem =
  | WriteProblem
  | Refusal
  | UnknownCase
  | UnknownContact
  | { readonly type: "SettleFirst" };

export type Shared = Written & {
  readonly cases: readonly {
    readonly case: CaseId;
    readonly sections: readonly SectionName[];
    readonly parts: number;
  }[];
};

type Wish = { readonly case: CaseId; readonly sections?: readonly SectionName[] };
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
  const packed: Packed[] = [];
  const wishes = onceEach(input.cases);
  for (const [index, wish] of wishes.entries()) {
    if (job?.signal.aborted === true) return err({ type: "Cancelled" });
    job?.progress("gather", index, wishes.length);
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
      parts: content.parts.length,
    })),
  });
}

/** A case or a section named twice is meant once. */
const onceEach = (wishes: readonly Wish[]): Wish[] =>
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
  const first = decide(session, contact, wish, purpose);
  if (!first.ok) return first;
  const begun = await beginAnew(session, contact, first.value.cleared);
  if (!begun.ok) return begun;
  const decided = decide(session, contact, wish, purpose);
  if (!decided.ok) return decided;
  const { cleared, state } = decided.value;
  const { read } = session.vault;
  const sections = namedSections(session, cleared);
  const entries: ArchiveEntry[] = [
    { name: `chain/${wish.case}.chain`, content: chainFrames(session, wish.case) },
  ];
  const steward = ourRole(session, state) === "steward";
  // The steward opens to a contact what covers this share; whoever recorded her yes elsewhere opens it to the steward.
  const openings = openingsOf(read, wish.case).filter(({ consent }) =>
    steward ? cleared.facts.consents.includes(consent) : recordedHere(session, state, consent),
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
  const parts = [];
  for (const { section, name } of sections) {
    const all = session.sections.exportParts(section);
    const known = partsKnown(
      read,
      contact.id,
      all.map((part) => part.id),
    );
    const fresh = all.filter((part) => !known.has(part.id));
    parts.push(...fresh.map((part) => part.id));
    if (fresh.length > 0)
      entries.push({ name: `parts/${wish.case}/${section}.parts`, content: writeFrames(fresh) });
    const value = session.sections.view(section)?.value ?? {};
    entries.push({
      name: `sections/${wish.case}/${sectionKey(name).replace(".", "-")}.json`,
      content: Buffer.from(JSON.stringify(value, undefined, 2)),
    });
  }
  return ok({ entries, cleared, content: { case: wish.case, sections, parts } });
}

function recordedHere(session: Session, state: ChainState, consent: ConsentId): boolean {
  const by = state.consents.get(consent)?.by;
  return by !== undefined && state.certificates.get(by)?.office === session.office.id;
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
  const there = sectionsOf(session, wish.case).map(({ name }) => name);
  const may = shareChoices(situation, there, purpose).flatMap(({ section, refused }) =>
    refused === undefined ? [section] : [],
  );
  const sections = wish.sections ?? (may.length > 0 ? may : there);
  const decided = decideShare(situation, { sections, purpose });
  return decided.ok ? ok({ cleared: decided.value, state }) : decided;
}

const namedSections = (session: Session, { facts }: Cleared): readonly NamedSection[] => {
  const there = sectionsOf(session, facts.case);
  return facts.sections.flatMap((name) => sectionNamed(there, name) ?? []);
};

/**
 * A share begins from the present state: a section she never had, with a past that consent does not name, or one she
 * erased, is founded anew, and the old one closed for its holders. Only the steward founds.
 */
async function beginAnew(
  session: Session,
  contact: ContactRow,
  cleared: Cleared,
): Promise<Result<void, ShareProblem>> {
  const { read } = session.vault;
  const state = chainOf(read, cleared.facts.case);
  if (state === undefined || ourRole(session, state) !== "steward") return ok(undefined);
  const had = new Set(
    contentsTo(read, contact.id).flatMap(({ cases }) =>
      cases.flatMap(({ sections }) => sections.map((one) => one.section)),
    ),
  );
  const gone = recalledSections(session, contact.id);
  for (const { section, name } of namedSections(session, cleared)) {
    const pastStays =
      had.has(section) || cleared.facts.past || session.sections.exportParts(section).length <= 1;
    if (pastStays && !gone.has(section)) continue;
    const founded = await foundAnew(session, {
      case: cleared.facts.case,
      section: name,
      without: [],
      past: "closed",
      reason: "a share begins from the present state",
    });
    if (founded.ok) continue;
    const { error } = founded;
    switch (error.type) {
      case "ConflictsStand":
        return err({ type: "SettleFirst" });
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
  return ok(undefined);
}

/** Sections this contact was asked to erase. */
const recalledSections = (session: Session, contact: ContactId): ReadonlySet<SectionId> =>
  new Set(
    recallsWith(session.vault.read, contact, "out", ["due", "sent", "confirmed", "impossible"]).flatMap(
      (row) => (JSON.parse(row.sections) as readonly NamedSection[]).map((one) => one.section),
    ),
  );

async function extractFrame(
  session: Session,
  signer: Signer,
  contact: ContactRow,
  cleared: Cleared,
): Promise<Uint8Array> {
  const { read } = session.vault;
  const made = session.ports.clock.now();
  const state = chainOf(read, cleared.facts.case);
  const situation = state === undefined ? undefined : situationOf(session, read, state, contact);
  const consentFor = (section: SectionName): ConsentId | undefined =>
    situation?.consents.find(
      ({ body }) =>
        cleared.facts.consents.includes(body.id) && body.sections.some((name) => sameSection(name, section)),
    )?.body.id;
  const extract: ConsentExtract = {
    case: cleared.facts.case,
    author: signer.fingerprint,
    recipient: contact.fingerprint,
    head: cleared.facts.chainHead,
    purpose: cleared.facts.purpose,
    covers: cleared.facts.sections.flatMap((section) => {
      const consent = consentFor(section);
      return consent === undefined ? [] : [{ section, consent }];
    }),
    made,
    checkAgainBy: made + checkAgainDays * 86_400_000,
  };
  const signed = Buffer.from(consentExtracts.write(extract));
  const signature = await signer.sign("waypost/consent-extract/1", signed);
  return writeFrames([{ signed, signature, changes: new Uint8Array() }]);
}
