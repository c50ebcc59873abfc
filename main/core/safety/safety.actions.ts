// Creating and opening a vault, and the people who may open it.
import type { Milliseconds } from "../../../shared/brand.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { CaseId, Fingerprint, MemberId, OfficeId, SlotId } from "../../../shared/vocabulary/ids.ts";
import { note } from "../audit/index.ts";
import { makeMemberKeys, readCertificate, signer } from "../pgp/index.ts";
import type { Ports } from "../ports.ts";
import type { Sections } from "../sections/index.ts";
import {
  clearFolder,
  createVault,
  openVault,
  StorageTrouble,
  type CreateError,
  type OpenError,
  type SlotsError,
  type Vault,
  type Cancelled,
} from "../vault/index.ts";
import { Secret } from "../vault/secret.ts";
import { onDrive } from "./files.ts";
import { judgePassphrase, type PassphraseWeak } from "./safety.rules.ts";
import { broughtBackByWords, membersOf, officeOf, type MemberRow } from "./safety.store.ts";
import type { Session } from "./session.ts";

/** What opening needs from `app.ts`: the ports, and how sections are put together over a vault. */
export type Opening = { readonly ports: Ports; readonly sectionsOf: (vault: Vault) => Sections };

/** Practice is about learning, not about guarding: the floor of the key derivation keeps drills quick. */
const practiceCost = { memoryKiB: 64 * 1024, passes: 3 };

/** Sixteen random bytes in hex: an identifier of any kind. */
export const newId = <Id extends string>(ports: Pick<Ports, "random">): Id =>
  Buffer.from(ports.random.bytes(16)).toString("hex") as Id;

export type CreateRefused = CreateError | PassphraseWeak | { readonly type: "DamagedPage" };

/** A vault in a new or empty folder, with its first member, opened. `words` are shown once and confirmed by her. */
export async function create(
  opening: Opening,
  input: {
    readonly folder: string;
    readonly kind: "real" | "practice";
    readonly office: string;
    readonly person: string;
    readonly passphrase: string;
  },
): Promise<Result<{ session: Session; words: string }, CreateRefused>> {
  const { ports } = opening;
  const judged = judgePassphrase(input.passphrase);
  if (!judged.ok) return judged;
  const keys = await makeMemberKeys({
    name: input.person,
    office: input.office,
    at: ports.clock.now(),
    profile: "compatible",
  });
  using passphrase = Secret.fromText(input.passphrase);
  const made = await createVault(ports, {
    folder: input.folder,
    kind: input.kind,
    office: { id: newId<OfficeId>(ports), name: input.office },
    member: { id: newId<MemberId>(ports), name: input.person, passphrase, certificate: keys },
    ...(input.kind === "practice" ? { kdf: practiceCost } : {}),
  });
  if (!made.ok) return made;
  const session = await begin(opening, made.value.vault);
  return session.ok ? ok({ session: session.value, words: made.value.words }) : session;
}

/** Opens with a member's passphrase. */
export async function unlock(
  opening: Opening,
  input: { readonly folder: string; readonly passphrase: string },
): Promise<Result<Session, OpenError>> {
  using passphrase = Secret.fromText(input.passphrase);
  const opened = await openVault(opening.ports, { folder: input.folder, unlock: { passphrase } });
  return opened.ok ? await begin(opening, opened.value) : opened;
}

/** The session over a vault that was just opened; where its first pages cannot be read, it is locked again. */
async function begin(
  opening: Opening,
  vault: Vault,
): Promise<Result<Session, { readonly type: "DamagedPage" }>> {
  try {
    return ok(await sessionOf(opening, vault));
  } catch (error) {
    await vault.lock();
    if (error instanceof StorageTrouble) return err({ type: "DamagedPage" });
    throw error;
  }
}

export type WhichMember = {
  readonly type: "WhichMember";
  readonly members: readonly { readonly member: MemberId; readonly name: string }[];
};

/**
 * Opens with the recovery words, gives one member a new passphrase, and closes again: she unlocks with it. `signs` is
 * false where the words were made anew by a colleague and she had not opened the vault since: her certificate's secret was
 * never put under them, so she reads everything, and needs a new certificate to sign.
 */
export async function recover(
  opening: Opening,
  input: {
    readonly folder: string;
    readonly words: string;
    readonly newPassphrase: string;
    readonly member?: MemberId;
  },
): Promise<
  Result<
    { member: MemberId; name: string; signs: boolean },
    OpenError | SlotsError | PassphraseWeak | WhichMember | { type: "UnknownMember" }
  >
> {
  const judged = judgePassphrase(input.newPassphrase);
  if (!judged.ok) return judged;
  const opened = await openVault(opening.ports, { folder: input.folder, unlock: { words: input.words } });
  if (!opened.ok) return opened;
  const vault = opened.value;
  try {
    const active = membersOf(vault.read).filter((row) => row.active === 1);
    const chosen =
      input.member === undefined && active.length === 1
        ? active[0]
        : active.find((row) => row.id === input.member);
    if (chosen === undefined) {
      if (input.member !== undefined) return err({ type: "UnknownMember" });
      return err({ type: "WhichMember", members: active.map(({ id, name }) => ({ member: id, name })) });
    }
    const signs = broughtBackByWords(vault.read).has(chosen.id);
    using passphrase = Secret.fromText(input.newPassphrase);
    const reset = await vault.resetPassphraseWithWords(chosen.id, passphrase);
    if (reset.ok) return ok({ member: chosen.id, name: chosen.name, signs });
    if (reset.error.type === "NotOpenedByWords") throw new Error("the vault was opened by words");
    return err(reset.error);
  } catch (error) {
    if (error instanceof StorageTrouble) return err({ type: "DamagedPage" });
    throw error;
  } finally {
    await vault.lock();
  }
}

/** Takes a vault that was just made away again: its folder is left as it was found. */
export async function clearAway(session: Session, withFolder: boolean): Promise<void> {
  const { vault, ports } = session;
  await lock(session);
  await clearFolder(ports.files, vault.info.folder);
  if (withFolder) await onDrive(async () => ok(await ports.files.remove(vault.info.folder)));
}

/** Ends a session: the signer's secret is zeroed, the vault locked. */
export async function lock(session: Session): Promise<void> {
  session.signer?.[Symbol.dispose]();
  await session.vault.lock();
}

export function listMembers(session: Session): readonly {
  member: MemberId;
  name: string;
  fingerprint: Fingerprint;
  active: boolean;
  recovers: boolean;
  slot?: SlotId;
}[] {
  const recovered = broughtBackByWords(session.vault.read);
  const slots = new Map(
    session.vault
      .slots()
      .flatMap((slot) => (slot.member === undefined ? [] : [[slot.member, slot.id] as const])),
  );
  return membersOf(session.vault.read).map(({ id, name, fingerprint, active }) => {
    const slot = slots.get(id);
    return {
      member: id,
      name,
      fingerprint,
      active: active === 1,
      recovers: recovered.has(id),
      ...(slot === undefined ? {} : { slot }),
    };
  });
}

/** A colleague on this laptop, with her own slot and certificate. */
export async function addMember(
  session: Session,
  input: { readonly name: string; readonly newPassphrase: string },
): Promise<Result<{ member: MemberId; fingerprint: Fingerprint }, SlotsError | PassphraseWeak>> {
  const judged = judgePassphrase(input.newPassphrase);
  if (!judged.ok) return judged;
  const { ports } = session;
  const certificate = await makeMemberKeys({
    name: input.name,
    office: session.office.name,
    at: ports.clock.now(),
    profile: "compatible",
  });
  const member = newId<MemberId>(ports);
  using passphrase = Secret.fromText(input.newPassphrase);
  const added = await session.vault.addMember({ id: member, name: input.name, passphrase, certificate });
  if (added.ok) return ok({ member, fingerprint: certificate.fingerprint });
  if (added.error.type === "MemberExists") throw new Error("a random identifier came twice");
  return err(added.error);
}

export async function changePassphrase(
  session: Session,
  input: { readonly passphrase: string; readonly newPassphrase: string },
): Promise<
  Result<void, SlotsError | PassphraseWeak | { type: "WrongPassphrase" } | { type: "OpenedByWords" }>
> {
  const judged = judgePassphrase(input.newPassphrase);
  if (!judged.ok) return judged;
  using old = Secret.fromText(input.passphrase);
  using fresh = Secret.fromText(input.newPassphrase);
  const changed = await session.vault.changePassphrase(old, fresh);
  return changed.ok ? ok(undefined) : changed;
}

/**
 * A new data key in a new file, a new passphrase for her, and new words; colleagues keep theirs. `WordsNotRenewed`: the
 * passphrase and the key are new, and only the words are still the old ones.
 */
export async function somebodyKnows(
  session: Session,
  input: { readonly newPassphrase: string },
  course: { readonly progress?: (done: number, total: number) => void; readonly signal?: AbortSignal },
): Promise<
  Result<
    { words: string },
    SlotsError | PassphraseWeak | Cancelled | { type: "OpenedByWords" } | { type: "WordsNotRenewed" }
  >
> {
  const judged = judgePassphrase(input.newPassphrase);
  if (!judged.ok) return judged;
  using passphrase = Secret.fromText(input.newPassphrase);
  const rekeyed = await session.vault.rekey(passphrase, course);
  if (!rekeyed.ok) return rekeyed;
  const words = await session.vault.renewWords();
  return words.ok ? ok({ words: words.value }) : err({ type: "WordsNotRenewed" });
}

/** A row of the audit log about the vault itself, or about a case. The deed is done: where the row cannot be written it stands all the same. */
export async function noteDeed(session: Session, action: string, of?: CaseId): Promise<void> {
  const { ports, vault, member } = session;
  await vault.write(async () =>
    ok((db) =>
      note(db, {
        at: ports.clock.now(),
        ...(member === undefined ? {} : { member: member.id }),
        action,
        ...(of === undefined ? {} : { case: of }),
        detail: {},
      }),
    ),
  );
}

/** The session over an open vault. A member's certificate that expired still signs what she saves; others judge it. */
async function sessionOf(opening: Opening, vault: Vault): Promise<Session> {
  const { ports } = opening;
  const shared = {
    ports,
    vault,
    sections: opening.sectionsOf(vault),
    office: officeOf(vault.read),
    practice: vault.info.kind === "practice",
  };
  const by = vault.info.openedBy;
  const row = by.kind === "member" ? membersOf(vault.read).find((one) => one.id === by.member) : undefined;
  const secret = vault.signingSecret();
  if (row === undefined || secret === undefined) return shared;
  return { ...shared, member: sessionMember(row), signer: await signerOf(ports, row, secret) };
}

const sessionMember = ({ id, name, fingerprint, certificate }: MemberRow) => ({
  id,
  name,
  fingerprint,
  certificate,
});

async function signerOf(ports: Ports, row: MemberRow, secret: Secret) {
  const certificate = await readCertificate(row.certificate, {
    at: ports.clock.now() as Milliseconds,
    past: true,
  });
  if (!certificate.ok) throw new Error(`the member's own certificate is ${certificate.error.type}`);
  return signer(secret, certificate.value, ports.clock);
}
