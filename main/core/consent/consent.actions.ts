// Recording her yes and her no in the steward chain, and gathering what a decision needs.
import { createHash } from "node:crypto";
import { err, ok, type Result } from "../../../shared/result.ts";
import { canonicalJson, parseCanonicalJson } from "../../../shared/signed-text.ts";
import {
  ConsentBody,
  type ConsentBy,
  type ConsentWithdrawal,
  type SectionName,
} from "../../../shared/vocabulary/consent.ts";
import type { PartialDate } from "../../../shared/vocabulary/dates.ts";
import type {
  CaseId,
  ChainHash,
  ConsentId,
  ContactId,
  Fingerprint,
  PersonId,
} from "../../../shared/vocabulary/ids.ts";
import { problemsOf, type Problem } from "../../../shared/vocabulary/problems.ts";
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import type { Role } from "../../../shared/vocabulary/roles.ts";
import { consentExtracts } from "../../../shared/bundle/notices.ts";
import {
  chainOf,
  enter,
  namesOf,
  ourRole,
  sectionsOf,
  standingAt,
  type ChainProblem,
  type UnknownCase,
} from "../cases/index.ts";
import type { ChainState } from "../chain/index.ts";
import { contactById, type ContactRow, type UnknownContact } from "../contacts/index.ts";
import { membersOf, newId, type NoSigner, type Session } from "../safety/index.ts";
import type { WriteError } from "../vault/index.ts";
import type { ReadDb } from "../vault/sql.ts";
import { releaseChoices, shareChoices } from "./consent.rules.ts";
import { herWordElsewhere } from "./covering.rules.ts";
import { grownOn } from "./grown.rules.ts";
import {
  dayOf,
  sameSection,
  type HeldConsent,
  type HeldExtract,
  type RefusalReason,
  type Situation,
} from "./situation.rules.ts";
import { extractsFor, keepOpening, keepWithdrawal, openingsOf, withdrawalOf } from "./consent.store.ts";

export type ConsentInvalid = { readonly type: "ConsentInvalid"; readonly problems: readonly Problem[] };

/** What a person records of her yes; identifiers, time and recorder are added here. */
export type ConsentDraft = Omit<ConsentBody, "id" | "case" | "recipient" | "given" | "begins"> & {
  readonly contact: ContactId;
  readonly given: Omit<ConsentBody["given"], "at" | "recordedBy">;
};

/** Her yes, as a salted commitment in the chain; what opens it stays with those it concerns. */
export async function recordConsent(
  session: Session,
  input: { readonly case: CaseId; readonly consent: ConsentDraft },
): Promise<
  Result<
    { consent: ConsentId; head: ChainHash },
    UnknownCase | UnknownContact | NoSigner | ChainProblem | ConsentInvalid | WriteError
  >
> {
  const { ports, vault, member } = session;
  if (member === undefined) return err({ type: "NoSigner" });
  const contact = contactById(vault.read, input.consent.contact);
  if (contact === undefined) return err({ type: "UnknownContact" });
  const { contact: _contact, given, ...rest } = input.consent;
  const id = newId<ConsentId>(ports);
  const judged = ConsentBody.safeParse({
    ...rest,
    id,
    case: input.case,
    recipient: { kind: "contact", fingerprint: contact.fingerprint },
    given: { ...given, at: ports.clock.now(), recordedBy: member.fingerprint },
  });
  if (!judged.success) return err({ type: "ConsentInvalid", problems: problemsOf(judged.error) });
  const state = chainOf(vault.read, input.case);
  if (state === undefined) return err({ type: "UnknownCase" });
  const { by } = judged.data;
  const elsewhere =
    by.who === "her-word-for" &&
    herWordElsewhere(situationOf(session, vault.read, state, contact), by.person);
  if (elsewhere)
    return err({ type: "ConsentInvalid", problems: [{ at: ["contact"], why: "one-authority" }] });
  const text = canonicalJson(judged.data);
  const salt = Buffer.from(ports.random.bytes(32)).toString("hex");
  const body = { consent: id, commitment: commitmentOf(salt, text) };
  const entered = await enter(
    session,
    input.case,
    (state) => ({ type: standsOnMainLine(state, member.fingerprint) ? "consent" : "yes", body }),
    (db) => keepOpening(db, input.case, { consent: id, salt, body: text }),
  );
  return entered.ok ? ok({ consent: id, head: entered.value }) : entered;
}

export type UnknownConsent = { readonly type: "UnknownConsent" } | { readonly type: "AlreadyWithdrawn" };

/**
 * Her no. Anyone who works on the case may record it; it is in force the moment it is seen. With `sections` she takes back
 * only those: what she still agrees to is recorded anew in the same commit, by whoever may record her yes.
 */
export async function withdrawConsent(
  session: Session,
  input: {
    readonly case: CaseId;
    readonly consent: ConsentId;
    readonly by: ConsentBy;
    readonly how: ConsentWithdrawal["how"];
    readonly words?: string;
    readonly sections?: readonly SectionName[];
  },
): Promise<
  Result<{ entry: ChainHash }, UnknownCase | NoSigner | ChainProblem | UnknownConsent | WriteError>
> {
  const { ports, member, vault } = session;
  if (member === undefined) return err({ type: "NoSigner" });
  const state = chainOf(vault.read, input.case);
  if (state === undefined) return err({ type: "UnknownCase" });
  const standing = state.consents.get(input.consent);
  if (standing === undefined) return err({ type: "UnknownConsent" });
  if (standing.withdrawn !== undefined) return err({ type: "AlreadyWithdrawn" });
  const held = consentsOf(vault.read, state).find(({ body }) => body.id === input.consent)?.body;
  if (held === undefined && input.sections !== undefined) return err({ type: "UnknownConsent" });
  const rest =
    held === undefined || input.sections === undefined ? undefined : remainder(session, held, input.sections);
  const entered = await enter(
    session,
    input.case,
    (now) => [
      ...(rest === undefined
        ? []
        : [
            {
              type: standsOnMainLine(now, member.fingerprint) ? ("consent" as const) : ("yes" as const),
              body: rest.entry,
            },
          ]),
      { type: "withdrawal", body: { consent: input.consent } },
    ],
    (db) => {
      if (rest !== undefined) keepOpening(db, input.case, rest.opening);
      keepWithdrawal(db, input.case, {
        consent: input.consent,
        by: input.by,
        at: ports.clock.now(),
        how: input.how,
        recordedBy: member.fingerprint,
        ...(input.words === undefined ? {} : { words: input.words }),
      });
    },
  );
  return entered.ok ? ok({ entry: entered.value }) : entered;
}

/** What is left of a consent without some sections, under a new name; `undefined` where nothing is. */
function remainder(session: Session, body: ConsentBody, without: readonly SectionName[]) {
  const gone = (name: SectionName) => without.some((one) => sameSection(one, name));
  const sections = body.sections.filter((name) => !gone(name));
  if (sections.length === 0) return undefined;
  const { ports } = session;
  const consent = newId<ConsentId>(ports);
  const fields = body.fields?.filter(({ section }) => !gone(section));
  const text = canonicalJson({ ...body, id: consent, sections, ...(fields === undefined ? {} : { fields }) });
  const salt = Buffer.from(ports.random.bytes(32)).toString("hex");
  return {
    entry: { consent, commitment: commitmentOf(salt, text) },
    opening: { consent, salt, body: text },
  };
}

type ReadableConsent = HeldConsent & {
  readonly withdrawnAt?: number;
  readonly withdrawal?: ConsentWithdrawal;
};

/** The consents of a case that this vault can read, each checked against its commitment in the chain. */
export function consentsOf(read: ReadDb, state: ChainState): readonly ReadableConsent[] {
  return openingsOf(read, state.case).flatMap(({ consent, salt, body }): ReadableConsent[] => {
    const standing = state.consents.get(consent);
    if (standing === undefined || standing.commitment !== commitmentOf(salt, body)) return [];
    const json = parseCanonicalJson(body);
    const judged = json.ok ? ConsentBody.safeParse(json.value) : undefined;
    if (!judged?.success || judged.data.id !== consent) return [];
    const { withdrawn } = standing;
    if (withdrawn === undefined) return [{ body: judged.data, withdrawn: false }];
    const how = withdrawalOf(read, consent);
    return [
      {
        body: judged.data,
        withdrawn: true,
        withdrawnAt: withdrawn.at,
        ...(how === undefined ? {} : { withdrawal: how }),
      },
    ];
  });
}

/** SHA-256 over salt and canonical JSON: shows that a consent was recorded then, and nothing of what it says. */
export const commitmentOf = (salt: string, body: string): string =>
  createHash("sha256").update(Buffer.from(salt, "hex")).update(body).digest("hex");

/** A decision asks the same of a person for each field. */
function oncePerPerson<T>(find: (person: PersonId) => T): (person: PersonId) => T {
  const found = new Map<PersonId, T>();
  return (person) => {
    if (!found.has(person)) found.set(person, find(person));
    return found.get(person) as T;
  };
}

/** All that `decideShare` and `decideRelease` need to know about a case and a contact at this moment. */
export function situationOf(
  session: Session,
  read: ReadDb,
  state: ChainState,
  contact: ContactRow,
): Situation {
  const now = session.ports.clock.now();
  // Of one person there may be two sections, begun apart by two offices: what either says counts.
  const family = Map.groupBy(sectionsOf(session, state.case, read), ({ name }) => name.person);
  const sectionsOfPerson = (person: PersonId, ...path: readonly string[]) =>
    (family.get(person) ?? []).map(({ section }) => standingAt(session, section, path));
  const standing = (person: PersonId, ...path: readonly string[]) => sectionsOfPerson(person, ...path).flat();
  /** Every date that either noted; a twin that notes none says nothing. */
  const births = (person: PersonId) =>
    sectionsOfPerson(person, "birth", "date")
      .filter((some) => some.some((birth) => birth !== undefined))
      .flat() as readonly (PartialDate | undefined)[];
  return {
    now,
    case: state.case,
    chainHead: state.head,
    chainStopped: state.stopped !== undefined,
    ourRole: ourRole(session, state),
    named: session.member !== undefined && state.certificates.has(session.member.fingerprint),
    recipient: {
      fingerprint: contact.fingerprint,
      trust: contact.trust,
      role: roleOf(state, contact.fingerprint),
    },
    consents: consentsOf(read, state),
    extracts: heldExtracts(read, state),
    grown: oncePerPerson((person) => grownOn(dayOf(now), births(person))),
    asked: oncePerPerson(
      (person) =>
        standing(person, "asked", "how").includes("alone") ||
        standing(person, "asked", "decides").some((decides) => decides === "yes" || decides === "no"),
    ),
  };
}

/** What may go to a contact now and what may not, section by section; of a release also which fields. */
export function choices(
  session: Session,
  input: {
    readonly case: CaseId;
    readonly contact: ContactId;
    readonly purpose: Purpose;
    readonly act?: "share" | "release";
  },
): Result<
  {
    readonly choices: readonly {
      readonly section: SectionName;
      readonly may: boolean;
      readonly why?: RefusalReason;
      readonly fields?: readonly string[];
    }[];
    readonly refused?: "ContactNotVerified" | "NoRole" | "NotNamed" | "ChainStopped";
  },
  UnknownCase | UnknownContact
> {
  const { read } = session.vault;
  const state = chainOf(read, input.case);
  if (state === undefined) return err({ type: "UnknownCase" });
  const contact = contactById(read, input.contact);
  if (contact === undefined) return err({ type: "UnknownContact" });
  const situation = situationOf(session, read, state, contact);
  const sections = namesOf(sectionsOf(session, input.case));
  const release = input.act === "release";
  const barred = barredFrom(situation, release);
  const chosen = release
    ? releaseChoices(situation, sections, input.purpose)
    : shareChoices(situation, sections, input.purpose).map((one) => ({ ...one, fields: undefined }));
  return ok({
    choices: chosen.map(({ section, refused, fields }) => ({
      section,
      may: refused === undefined,
      ...(refused === undefined ? {} : { why: refused }),
      ...(fields === undefined ? {} : { fields }),
    })),
    ...(barred === undefined ? {} : { refused: barred }),
  });
}

/** What stands in the way of all of it. A release goes to anyone who was verified, with a part in the case or without. */
function barredFrom(situation: Situation, release: boolean) {
  if (situation.chainStopped) return "ChainStopped";
  if (situation.recipient.trust !== "verified") return "ContactNotVerified";
  if (release) return undefined;
  if (situation.recipient.role === "none") return "NoRole";
  return situation.named ? undefined : "NotNamed";
}

/** The role that a certificate's office has on a case now. */
export function roleOf(state: ChainState, fingerprint: Fingerprint): Role | "none" {
  const certificate = state.certificates.get(fingerprint);
  if (certificate === undefined || certificate.removed !== undefined) return "none";
  const office = state.offices.get(certificate.office);
  return office === undefined || office.removed !== undefined ? "none" : office.role;
}

/** An offered handover keeps the main line for the acceptance; her yes is entered beside it meanwhile. */
const standsOnMainLine = (state: ChainState, fingerprint: Fingerprint): boolean =>
  roleOf(state, fingerprint) === "steward" && state.handover === undefined;

/**
 * Extracts are the office's: a colleague on this laptop sends back what came for another. One by an office that answered
 * when it was signed holds out its days after a handover, so that what is worked on meanwhile reaches who answers now.
 */
function heldExtracts(read: ReadDb, state: ChainState): readonly HeldExtract[] {
  const ours = membersOf(read).filter((member) => member.active === 1);
  return ours
    .flatMap(({ fingerprint }) => extractsFor(read, state.case, fingerprint))
    .flatMap((row) => {
      const extract = consentExtracts.read(Buffer.from(row.signed).toString("utf8"));
      if (!extract.ok) return [];
      const office = state.certificates.get(extract.value.author)?.office;
      if (!state.answering.some((one) => one.office === office)) return [];
      const { covers, checkAgainBy } = extract.value;
      return covers.map(({ section, consent }) => ({
        section,
        consent,
        withdrawn: state.consents.get(consent)?.withdrawn !== undefined,
        checkAgainBy: checkAgainBy as HeldExtract["checkAgainBy"],
      }));
    });
}
