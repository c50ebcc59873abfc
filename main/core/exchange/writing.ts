// Writes one bundle for one contact: numbered, signed, sealed to a temporary name, rechecked, then shown in the folder.
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Milliseconds } from "../../../shared/brand.ts";
import {
  manifestFormat,
  type BundleKind,
  type BundleNumber,
  type Manifest,
} from "../../../shared/bundle/manifest.ts";
import { manifestText, manifestToSign } from "../../../shared/bundle/notices.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { BundleId, CaseId } from "../../../shared/vocabulary/ids.ts";
import { disclose, note } from "../audit/index.ts";
import { isCleared, sameSection, type Cleared } from "../consent/index.ts";
import { certificateOf, maySendCaseData, type ContactRow, type UnknownContact } from "../contacts/index.ts";
import { seal, type Signer } from "../pgp/index.ts";
import type { FileDraft, Files } from "../ports.ts";
import {
  newId,
  onDrive,
  type DriveProblem,
  type NoSigner,
  type Session,
  type SessionMember,
} from "../safety/index.ts";
import type { Cancelled, WriteError } from "../vault/index.ts";
import type { WriteDb } from "../vault/sql.ts";
import { describe, writeArchive, type ArchiveEntry } from "./archive.ts";
import { expiryOf } from "./lifetimes.ts";
import { stillCleared, stillWanted, type NoLongerCleared } from "./still.ts";
import {
  addBundleOut,
  destroyedNumbers,
  nextForContact,
  openingParent,
  openingsSince,
  setBundleState,
  setPlace,
  voidLocked,
  type BundleContent,
} from "./exchange.store.ts";

/** A long piece of work as exchange sees it. */
export type Job = {
  readonly progress: (step: string, done: number, total: number) => void;
  readonly signal: AbortSignal;
};

export type Written = { readonly bundle: BundleId; readonly file: string; readonly bytes: number };

/** The drive went before it could say whether the file is on it: it stays in the books as sent, and can be called back. */
export type MayHaveLeft = { readonly type: "MayHaveLeft" };

export type WriteProblem =
  | DriveProblem
  | MayHaveLeft
  | NoSigner
  | UnknownContact
  | { readonly type: "ContactNotVerified" }
  | { readonly type: "RecipientNotValid" }
  | NoLongerCleared
  | Cancelled
  | WriteError;

export type Outgoing = {
  readonly contact: ContactRow;
  readonly kind: Exclude<BundleKind, "introduction">;
  readonly purpose?: string;
  readonly entries: readonly ArchiveEntry[];
  readonly content: BundleContent;
  readonly folder: string;
  /** What lets case data leave; empty only for notices that hold none. */
  readonly cleared: readonly Cleared[];
  /** For the ledger, a case each. */
  readonly disclosures: readonly { readonly case: CaseId; readonly entry: JsonValue }[];
  /** Once the file lies in the folder: what is owed no longer. */
  readonly afterwards?: (db: WriteDb, bundle: BundleId) => void;
  readonly job?: Job;
};

type CaseContent = BundleContent["cases"][number];

/** What of a case leaves; where only the chain goes, nothing about her. */
const leaving = ({ sections, released }: CaseContent): readonly SectionName[] => [
  ...sections.map(({ name }) => name),
  ...(released?.sections ?? []),
];

/** Whether a decision let exactly this go: of this case, to this contact, every section of it. */
const isClearedBy = (out: Outgoing, item: CaseContent): boolean =>
  out.cleared.some(
    (one) =>
      isCleared(one) &&
      one.facts.case === item.case &&
      one.facts.recipient === out.contact.fingerprint &&
      one.facts.act === (item.released === undefined ? "share" : "release") &&
      leaving(item).every((name) => one.facts.sections.some((section) => sameSection(section, name))),
  );

/** A neutral, random file name. */
export const randomName = (session: Session): string =>
  `${Buffer.from(session.ports.random.bytes(10)).toString("hex")}.pgp`;

/**
 * Seals and writes. The bundle is in the vault's rows before a byte is sealed, and marked written by a commit that looks
 * again at consents and contact: had either moved, the sealed file is destroyed unseen.
 */
export async function writeBundle(session: Session, out: Outgoing): Promise<Result<Written, WriteProblem>> {
  const { ports, vault, signer, member } = session;
  if (signer === undefined || member === undefined) return err({ type: "NoSigner" });
  if (!maySendCaseData(out.contact.trust)) return err({ type: "ContactNotVerified" });
  if (out.content.cases.some((item) => leaving(item).length > 0 && !isClearedBy(out, item)))
    throw new Error("case data without a clearance");
  const made = ports.clock.now();
  const id = newId<BundleId>(ports);
  const numbered = await vault.write(async () =>
    ok((db: WriteDb) => {
      const { opening, number } = vault.nextNumber(db);
      voidLocked(db, opening);
      const forRecipient = nextForContact(db, out.contact.id);
      addBundleOut(
        db,
        {
          id,
          contact: out.contact.id,
          kind: out.kind,
          case_id: out.content.cases.length === 1 ? (out.content.cases[0]?.case ?? null) : null,
          opening,
          number,
          for_contact: forRecipient,
          made,
          state: "locked",
        },
        out.content,
      );
      const voided = destroyedNumbers(db, out.contact.id);
      return {
        opening,
        parent: openingParent(vault.read, vault.info.opening),
        number,
        forRecipient,
        ...(voided.length === 0 ? {} : { voided: [...voided] }),
        openings: openingsSince(db, out.contact.id),
      };
    }),
  );
  if (!numbered.ok) return numbered;
  const manifest = manifestOf(session, member, out, { id, made, number: numbered.value });
  const giveUp = async <E>(problem: E): Promise<Result<never, E | WriteError>> => {
    const marked = await vault.write(async () => ok((db: WriteDb) => setBundleState(db, id, "destroyed")));
    return marked.ok ? err(problem) : marked;
  };
  const sealed = await onDrive(() => sealTo(session, signer, out, manifest), "writes");
  if (!sealed.ok) return giveUp(sealed.error);
  const { draft, bytes } = sealed.value;
  const file = randomName(session);
  const place = join(out.folder, file);
  const marked = await vault.write(async (read) => {
    const still = stillCleared(read, out);
    if (!still.ok) return still;
    return ok((db: WriteDb) => {
      setBundleState(db, id, "written");
      setPlace(db, id, place);
      for (const { case: of, entry } of out.disclosures)
        disclose(db, ports.random, { case: of, at: made, entry });
      note(db, {
        at: made,
        member: member.id,
        action: `bundle-${out.kind}`,
        detail: { bundle: id, contact: out.contact.id },
      });
    });
  });
  if (!marked.ok) {
    // The drive may be gone too; what could not be told there must not hide why nothing was written.
    await onDrive(async () => ok(await draft.discard()));
    return giveUp(marked.error);
  }
  const neverLeft = async <E>(problem: E): Promise<Result<never, E | WriteError>> => {
    const undone = await vault.write(async () =>
      ok((db: WriteDb) => {
        setBundleState(db, id, "destroyed");
        for (const { case: of } of out.disclosures)
          disclose(db, ports.random, {
            case: of,
            at: ports.clock.now(),
            entry: { way: "never-left", to: out.contact.fingerprint },
          });
      }),
    );
    return undone.ok ? err(problem) : undone;
  };
  const shown = await onDrive(async () => ok(await draft.commit(file)), "writes");
  if (!shown.ok) {
    await onDrive(async () => ok(await draft.discard()));
    if (await taken(ports.files, out.folder, place)) return neverLeft(shown.error);
    return err({ type: "MayHaveLeft" });
  }
  const settled = await vault.write(async (read) => {
    const still = stillWanted(read, out);
    return still.ok ? ok((db: WriteDb) => out.afterwards?.(db, id)) : still;
  });
  if (settled.ok) return ok({ bundle: id, file, bytes });
  const withdrawn = settled.error.type === "NotCleared" || settled.error.type === "ContactNotVerified";
  return withdrawn && (await taken(ports.files, out.folder, place)) ? neverLeft(settled.error) : settled;
}

/** Takes a file away again; false where the folder cannot be reached any more. */
async function taken(files: Files, folder: string, place: string): Promise<boolean> {
  const gone = await onDrive(async () => {
    await files.remove(place);
    return ok((await files.entry(folder))?.kind === "folder");
  });
  return gone.ok && gone.value;
}

/** What the manifest of a bundle says. */
export function manifestOf(
  session: Session,
  member: SessionMember,
  out:
    | (Pick<Outgoing, "kind" | "purpose" | "entries"> & Partial<Pick<Outgoing, "contact" | "content">>)
    | { readonly kind: "introduction"; readonly entries: readonly ArchiveEntry[] },
  { id, made, number }: { readonly id: BundleId; readonly made: Milliseconds; readonly number: BundleNumber },
): Manifest {
  const contact = "contact" in out ? out.contact : undefined;
  // Who gets a release never learns the case: two of them could put their dossiers together.
  const named = "content" in out && out.kind !== "release" ? out.content : undefined;
  const cases = named?.cases.map((item) => item.case) ?? [];
  const purpose = "purpose" in out ? out.purpose : undefined;
  return {
    format: manifestFormat,
    id,
    kind: out.kind,
    practice: session.practice,
    sender: {
      fingerprint: member.fingerprint,
      office: session.office.id,
      officeName: session.office.name,
      person: member.name,
    },
    recipient: contact?.fingerprint ?? null,
    number,
    ...(purpose === undefined ? {} : { purpose }),
    ...(cases.length === 0 ? {} : { cases }),
    made,
    expires: expiryOf(out.kind, made),
    algorithms: { profile: member.fingerprint.length === 64 ? "modern" : "compatible" },
    entries: out.entries.map(describe),
  };
}

/** Manifest and signature before the entries. */
export async function archiveOf(
  signer: Signer,
  manifest: Manifest,
  entries: readonly ArchiveEntry[],
): Promise<readonly ArchiveEntry[]> {
  const text = manifestText(manifest);
  const signature = await signer.sign(manifestFormat, Buffer.from(manifestToSign(text)));
  return [
    { name: "manifest.json", content: Buffer.from(text) },
    { name: "manifest.sig", content: signature },
    ...entries,
  ];
}

async function sealTo(
  session: Session,
  signer: Signer,
  out: Outgoing,
  manifest: Manifest,
): Promise<
  Result<{ draft: FileDraft; bytes: number }, DriveProblem | { type: "RecipientNotValid" } | Cancelled>
> {
  const { ports } = session;
  const to = await certificateOf(session, out.contact.certificate);
  const entries = await archiveOf(signer, manifest, out.entries);
  const total = entries.reduce((sum, entry) => sum + entry.content.byteLength, 0);
  if ((await ports.files.freeSpace(out.folder)) < total * 1.25 + 1024 * 1024)
    return err({ type: "DriveFull" });
  const draft = await ports.files.draft(out.folder);
  let bytes = 0;
  try {
    const sealed = await seal({
      to,
      hideRecipient: out.contact.software === "waypost",
      signer,
      random: ports.random,
      content: writeArchive(entries),
      write: async (piece) => {
        bytes += piece.byteLength;
        await draft.write(piece);
        out.job?.progress("seal", Math.min(bytes, total), total);
      },
      ...(out.job === undefined ? {} : { signal: out.job.signal }),
    });
    if (sealed.ok) return ok({ draft, bytes });
    await draft.discard();
    // An introduction made by other software, that only says it is Waypost's.
    return err(sealed.error.type === "CannotHideRecipient" ? { type: "RecipientNotValid" } : sealed.error);
  } catch (trouble) {
    await draft.discard();
    throw trouble;
  }
}

/** SHA-256 in hex, for identifiers of signed texts. */
export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
