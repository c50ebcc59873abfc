// One extract, once, for one purpose: what would leave is shown first, then locked as a dossier anyone can open with OpenPGP.
import { err, ok, type Result } from "../../../shared/result.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, ContactId } from "../../../shared/vocabulary/ids.ts";
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import { sectionSchemas } from "../../../shared/vocabulary/sections/index.ts";
import {
  chainOf,
  inForce,
  sectionsNamed,
  sectionsOf,
  type InForce,
  type UnknownCase,
} from "../cases/index.ts";
import { decideRelease, situationOf, type Cleared, type Refusal } from "../consent/index.ts";
import { contactById, type ContactRow, type UnknownContact } from "../contacts/index.ts";
import {
  dossierHtml,
  paperSizeOf,
  type DossierInput,
  type ReleasedPerson,
  type ReleasedSections,
} from "../paper/index.ts";
import type { Session } from "../safety/index.ts";
import { readmeOf } from "./readme.ts";
import { cut, isTicked, patternsUnder, shownOf, type Shown, type Ticked } from "./release.rules.ts";
import { disclosureOf } from "./share.actions.ts";
import { writeBundle, type Job, type WriteProblem, type Written } from "./writing.ts";

type Asked = {
  readonly contact: ContactId;
  readonly case: CaseId;
  readonly purpose: Purpose;
  readonly fields: readonly { readonly section: SectionName; readonly pattern: string }[];
};
type LeafName = { readonly section: SectionName; readonly path: readonly string[] };

/** Two values, or two sections, stand for something that would be shown, and neither is the careful one. */
type SettleFirst = { readonly type: "SettleFirst" };

export type ReleaseProblem = WriteProblem | Refusal | UnknownCase | UnknownContact | SettleFirst;

/** What a release would show, leaf by leaf; free text waits for a tick. Nothing is changed. */
export function previewRelease(
  session: Session,
  asked: Asked,
): Result<
  readonly (LeafName & { readonly value: JsonValue; readonly freeText: boolean })[],
  Refusal | UnknownCase | UnknownContact | SettleFirst
> {
  const decided = decide(session, asked);
  if (!decided.ok) return decided;
  const { shown } = decided.value;
  return ok(shown.flatMap(({ section, leaves }) => leaves.map((leaf) => ({ section, ...leaf }))));
}

/** Locks the dossier. Where the shell can print, a PDF goes with it. */
export async function release(
  session: Session,
  asked: Asked & { readonly ticked: readonly Ticked[]; readonly folder: string },
  job?: Job,
): Promise<
  Result<Written & { readonly fields: number; readonly left: number; readonly pdf: boolean }, ReleaseProblem>
> {
  const { member } = session;
  if (member === undefined) return err({ type: "NoSigner" });
  const decided = decide(session, asked);
  if (!decided.ok) return decided;
  const { cleared, contact, shown } = decided.value;
  const counts = { fields: 0, left: 0 };
  const sections: Record<string, JsonValue> = {};
  const family: ReleasedPerson[] = [];
  for (const { section, ...may } of shown) {
    const goes = cut(may, (leaf) => asked.ticked.some((one) => isTicked(one, section, leaf)));
    counts.fields += goes.fields;
    counts.left += goes.left;
    if (section.person === undefined) sections[section.kind] = goes.value;
    else family.push({ person: section.person, value: goes.value as ReleasedPerson["value"] });
  }
  const html = dossierHtml(
    dossierInput(session, contact, cleared, {
      sections: sections as ReleasedSections,
      family,
      withheld: counts.left > 0,
    }),
  );
  job?.progress("print", 0, 1);
  const printed = await session.ports.printer.toPdf(html);
  const entries = [
    { name: "dossier.html", content: Buffer.from(html) },
    ...(printed.ok ? [{ name: "dossier.pdf", content: printed.value }] : []),
  ];
  const { until } = cleared.facts;
  const written = await writeBundle(session, {
    contact,
    kind: "release",
    purpose: asked.purpose,
    entries: [
      readmeOf(session, "release", contact, entries, {
        purpose: asked.purpose,
        ...(until === undefined ? {} : { until }),
      }),
      ...entries,
    ],
    content: {
      cases: [
        {
          case: asked.case,
          sections: [],
          released: { sections: cleared.facts.sections, consents: cleared.facts.consents },
        },
      ],
      recalls: [],
      acknowledges: [],
    },
    folder: asked.folder,
    cleared: [cleared],
    disclosures: [{ case: asked.case, entry: disclosureOf(contact, cleared) }],
    ...(job === undefined ? {} : { job }),
  });
  return written.ok ? ok({ ...written.value, ...counts, pdf: printed.ok }) : written;
}

function decide(
  session: Session,
  asked: Asked,
): Result<
  {
    readonly cleared: Cleared;
    readonly contact: ContactRow;
    readonly shown: readonly ({ readonly section: SectionName } & Shown)[];
  },
  Refusal | UnknownCase | UnknownContact | SettleFirst
> {
  const { read } = session.vault;
  const contact = contactById(read, asked.contact);
  if (contact === undefined) return err({ type: "UnknownContact" });
  const state = chainOf(read, asked.case);
  if (state === undefined) return err({ type: "UnknownCase" });
  const fields = asked.fields.flatMap(({ section, pattern }) =>
    patternsUnder(pattern, Object.keys(sectionSchemas[section.kind].fields)).map((leaf) => ({
      section,
      pattern: leaf,
    })),
  );
  const decided = decideRelease(situationOf(session, read, state, contact), {
    fields,
    purpose: asked.purpose,
  });
  if (!decided.ok) return decided;
  const cleared = decided.value;
  const shown = cleared.facts.sections.map((section) => ({
    section,
    ...shownOf(cleared, section, valueOf(session, asked.case, section)),
  }));
  const there = sectionsOf(session, asked.case);
  const open = shown.some(({ section, unsettled }) => unsettled || sectionsNamed(there, section).length > 1);
  return open ? err({ type: "SettleFirst" }) : ok({ cleared, contact, shown });
}

function valueOf(session: Session, of: CaseId, section: SectionName): InForce {
  const [there] = sectionsNamed(sectionsOf(session, of), section);
  const view = there && session.sections.view(there.section);
  return inForce(section.kind, (view?.value ?? {}) as JsonValue, view?.conflicts ?? []);
}

/** A fresh reference for this recipient: it leads back to this bundle's office and to nothing else. */
function dossierInput(
  session: Session,
  contact: ContactRow,
  cleared: Cleared,
  shown: Pick<DossierInput, "sections" | "family" | "withheld">,
): DossierInput {
  const name = session.member?.name ?? "";
  return {
    ...shown,
    purpose: cleared.facts.purpose,
    until: cleared.facts.until === undefined ? {} : { day: cleared.facts.until },
    reference: Buffer.from(session.ports.random.bytes(4)).toString("hex").toUpperCase(),
    printed: new Date(session.ports.clock.now()).toISOString().slice(0, 10),
    practice: session.practice,
    draft: true,
    size: paperSizeOf(session),
    office: { name: session.office.name, lines: [] },
    contact: { name, askFor: name },
    recipient: { lines: [contact.name, contact.office_name] },
    replyWord: false,
  };
}
