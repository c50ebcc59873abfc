// What would leave in a share, leaf by leaf, and what may not, with the reason. Decided as the share decides; nothing is locked.
import { err, ok, type Result } from "../../../shared/result.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, ContactId } from "../../../shared/vocabulary/ids.ts";
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import { fieldAt } from "../../../shared/vocabulary/sections/index.ts";
import {
  chainOf,
  namesOf,
  sectionsNamed,
  sectionsOf,
  type NamedSection,
  type UnknownCase,
} from "../cases/index.ts";
import {
  decideShare,
  shareChoices,
  situationOf,
  type Refusal,
  type RefusalReason,
} from "../consent/index.ts";
import { contactById, type ContactRow, type UnknownContact } from "../contacts/index.ts";
import type { NoSigner, Session } from "../safety/index.ts";
import { partsKnown } from "./exchange.store.ts";
import { onceEach, toBeginAnew, type BeginProblem, type Wish } from "./share.actions.ts";

type Leaf = { readonly path: string[]; readonly value: JsonValue; readonly freeText: boolean };

export type SharePreview = {
  readonly case: CaseId;
  readonly sections: readonly {
    readonly section: SectionName;
    readonly parts: number;
    readonly first: boolean;
    readonly leaves: readonly Leaf[];
  }[];
  readonly refused: readonly { readonly section: SectionName; readonly why: RefusalReason }[];
};

export type PreviewProblem = Refusal | UnknownCase | UnknownContact | NoSigner | BeginProblem;

/** Sections not named: all there are. What stands in the way of every section is a refusal of the whole. */
export async function previewShare(
  session: Session,
  input: { readonly contact: ContactId; readonly cases: readonly Wish[]; readonly purpose: Purpose },
): Promise<Result<readonly SharePreview[], PreviewProblem>> {
  const contact = contactById(session.vault.read, input.contact);
  if (contact === undefined) return err({ type: "UnknownContact" });
  const previews: SharePreview[] = [];
  for (const wish of onceEach(input.cases)) {
    const one = await previewCase(session, contact, wish, input.purpose);
    if (!one.ok) return one;
    previews.push(one.value);
  }
  return ok(previews);
}

async function previewCase(
  session: Session,
  contact: ContactRow,
  wish: Wish,
  purpose: Purpose,
): Promise<Result<SharePreview, PreviewProblem>> {
  const { read } = session.vault;
  const state = chainOf(read, wish.case);
  if (state === undefined) return err({ type: "UnknownCase" });
  const there = sectionsOf(session, wish.case);
  const asked = wish.sections ?? namesOf(there);
  const situation = situationOf(session, read, state, contact);
  const chosen = shareChoices(situation, asked, purpose);
  const refused = chosen.flatMap(({ section, refused: why }) =>
    why === undefined ? [] : [{ section, why }],
  );
  const may = chosen.flatMap(({ section, refused: why }) => (why === undefined ? [section] : []));
  const decided = decideShare(situation, { sections: may, purpose });
  if (!decided.ok)
    return decided.error.type === "NotCleared" ? ok({ case: wish.case, sections: [], refused }) : decided;
  const { signer } = session;
  if (signer === undefined) return err({ type: "NoSigner" });
  const begins = await toBeginAnew(session, signer, contact, { cleared: decided.value, state });
  if (!begins.ok) return begins;
  const sections = may.flatMap((name) =>
    sectionsNamed(there, name).map((one) => {
      const anew = begins.value.some(({ section }) => section === one.section);
      return { section: name, ...partsFor(session, contact, one, anew), leaves: leavesOf(session, one) };
    }),
  );
  return ok({ case: wish.case, sections, refused });
}

/** A section that begins anew is one part: its present state. */
function partsFor(
  session: Session,
  contact: ContactRow,
  { section }: NamedSection,
  anew: boolean,
): { readonly parts: number; readonly first: boolean } {
  if (anew) return { parts: 1, first: true };
  const all = session.sections.exportParts(section).map(({ id }) => id);
  const known = partsKnown(session.vault.read, contact.id, all);
  return { parts: all.length - known.size, first: all.length > 0 && known.size === 0 };
}

/** Everything that stands, since a share carries the whole section to be read: of a conflict every value. */
function leavesOf(session: Session, { section, name }: NamedSection): readonly Leaf[] {
  const conflicts = new Map(
    session.sections
      .view(section)
      ?.conflicts.map(({ path, values }) => [
        path.join("."),
        values.flatMap(({ value }) => (value === undefined ? [] : [value])),
      ]),
  );
  return [...session.sections.leaves(section)].flatMap(([key, shown]) => {
    const path = key.split(".");
    const freeText = fieldAt(name.kind, path)?.meta.freeText === true;
    return (conflicts.get(key) ?? [shown]).map((value) => ({ path, value, freeText }));
  });
}
