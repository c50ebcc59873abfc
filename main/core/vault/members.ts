// Who can open the vault: members added and removed, passphrases changed and reset, new recovery words.
import type { Result } from "../../../shared/result.ts";
import { err, ok } from "../../../shared/result.ts";
import type { MemberId } from "../../../shared/vocabulary/ids.ts";
import { normalPassphrase } from "./kdf.ts";
import type { KeySlot, KeySlotsBody, SlotKeys } from "./keyslots.ts";
import { makeSlot, unwrapSlot } from "./keyslots.ts";
import type { SigningSecret } from "./records.ts";
import { memberKnown, putMember, putSigning, putSlot, recoverySlot, signingSecrets } from "./records.ts";
import { Secret } from "./secret.ts";
import type { Session } from "./session.ts";
import { queued } from "./session.ts";
import { exchangeSlots } from "./slots-file.ts";
import type { ReadDb, WriteDb } from "./sql.ts";
import type { KdfParameters, NewMember, NotEnoughMemory, SlotInfo, Vault } from "./types.ts";
import { newWords } from "./words.ts";

type Members = Pick<
  Vault,
  "addMember" | "removeMember" | "changePassphrase" | "renewWords" | "resetPassphraseWithWords"
>;

export const slotInfo = ({ id, kind, member, since }: KeySlot): SlotInfo =>
  member === undefined ? { id, kind, since } : { id, kind, member, since };

/** The changes of slots, on an open vault. */
export function members(session: Session, read: ReadDb): Members {
  const at = () => session.ports.clock.now();

  return {
    addMember: (member) =>
      queued(session, async () => {
        if (memberKnown(read, member.id, member.certificate.fingerprint))
          return err({ type: "MemberExists" });
        const made = await memberSlot(session, member.id, member.passphrase);
        if (!made.ok) return made;
        using _ = made.value.secretKey;
        const { slot, publicKey } = made.value;
        using signing = Secret.from(Uint8Array.from(member.certificate.signing.secret));
        await exchangeSlots(session, withSlots(session, [...session.slots.slots, slot]), (db) => {
          putMember(db, member.id, member.name, member.certificate, at());
          putSlot(db, slot, publicKey);
          const secret = { member: member.id, keyId: member.certificate.signing.keyId, secret: signing };
          putSigning(db, secret, { id: slot.id, publicKey }, at());
          putForRecovery(db, secret, at());
        });
        return ok(slotInfo(slot));
      }),

    removeMember: (member) =>
      queued(session, async () => {
        if (session.openedBy.kind === "member" && session.openedBy.member === member)
          return err({ type: "OwnSlot" });
        const left = session.slots.slots.filter((slot) => slot.member !== member);
        if (left.length === session.slots.slots.length) return err({ type: "UnknownMember" });
        await exchangeSlots(session, withSlots(session, left), () => {});
        return ok(undefined);
      }),

    changePassphrase: (old, fresh) =>
      queued(session, async () => {
        const { openedBy } = session;
        if (openedBy.kind !== "member") return err({ type: "OpenedByWords" });
        const own = ownSlot(session);
        using normal = normalPassphrase(old);
        const opened = await unwrapSlot(session.slots.vault, own, normal);
        if (!opened.ok) return opened;
        if (opened.value === undefined) return err({ type: "WrongPassphrase" });
        opened.value[Symbol.dispose]();
        const made = await memberSlot(session, openedBy.member, fresh);
        if (!made.ok) return made;
        await replaceOwn(session, read, own, made.value);
        return ok(slotInfo(made.value.slot));
      }),

    renewWords: () =>
      queued(session, async () => {
        const { words, entropy } = newWords(session.ports.random);
        using held = entropy;
        const { vault, generation, slots } = session.slots;
        const made = await makeSlot(
          session.ports.random,
          { kind: "recovery", vault, generation },
          held,
          session.dataKey,
          cost(session),
        );
        if (!made.ok) return made;
        const own = ownSlot(session);
        if (own.kind === "recovery") {
          await replaceOwn(session, read, own, made.value);
          return ok(words);
        }
        const { slot, publicKey, secretKey } = made.value;
        secretKey[Symbol.dispose]();
        const left = slots.filter(({ kind }) => kind !== "recovery");
        await exchangeSlots(session, withSlots(session, [...left, slot]), (db) => {
          putSlot(db, slot, publicKey);
          withSigning(read, session, (secrets) => {
            for (const secret of secrets) putSigning(db, secret, { id: slot.id, publicKey }, at());
          });
        });
        return ok(words);
      }),

    resetPassphraseWithWords: (member, passphrase) =>
      queued(session, async () => {
        if (session.openedBy.kind !== "recovery") return err({ type: "NotOpenedByWords" });
        if (!session.slots.slots.some((slot) => slot.member === member))
          return err({ type: "UnknownMember" });
        const made = await memberSlot(session, member, passphrase);
        if (!made.ok) return made;
        const { slot, publicKey, secretKey } = made.value;
        secretKey[Symbol.dispose]();
        const left = session.slots.slots.filter((other) => other.member !== member);
        await exchangeSlots(session, withSlots(session, [...left, slot]), (db) => {
          putSlot(db, slot, publicKey);
          withSigning(read, session, (secrets) => {
            for (const secret of secrets.filter((one) => one.member === member)) {
              putSigning(db, secret, { id: slot.id, publicKey }, at());
            }
          });
        });
        return ok(slotInfo(slot));
      }),
  };
}

/** A new slot for a member, at the cost of the slot that opened. */
export async function memberSlot(
  session: Session,
  member: MemberId,
  passphrase: NewMember["passphrase"],
  generation = session.slots.generation,
  dataKey = session.dataKey,
): Promise<Result<{ readonly slot: KeySlot } & SlotKeys, NotEnoughMemory>> {
  using normal = normalPassphrase(passphrase);
  const of = { kind: "member" as const, member, vault: session.slots.vault, generation };
  return await makeSlot(session.ports.random, of, normal, dataKey, cost(session));
}

/** The slot that opened the vault. */
export function ownSlot(session: Session): KeySlot {
  const slot = session.slots.slots.find(({ id }) => id === session.openedBy.slot);
  if (slot === undefined) throw new Error("the slot that opened is not in the file");
  return slot;
}

/** The signing secrets the opening slot has, for the time of `work`. */
export function withSigning(
  read: ReadDb,
  session: Session,
  work: (secrets: readonly SigningSecret[]) => void,
): void {
  const secrets = signingSecrets(read, session.openedBy.slot, session.slotKey);
  try {
    work(secrets);
  } finally {
    for (const { secret } of secrets) secret[Symbol.dispose]();
  }
}

/** From now on the session holds the key of another slot of the same person. */
export function adoptSlot(session: Session, slot: KeySlot, secretKey: Secret): void {
  session.slotKey[Symbol.dispose]();
  session.slotKey = secretKey;
  session.openedBy = { ...session.openedBy, slot: slot.id };
}

async function replaceOwn(
  session: Session,
  read: ReadDb,
  own: KeySlot,
  { slot, publicKey, secretKey }: { readonly slot: KeySlot } & SlotKeys,
): Promise<void> {
  const left = session.slots.slots.filter((other) => other.id !== own.id);
  try {
    await exchangeSlots(session, withSlots(session, [...left, slot]), (db) => {
      putSlot(db, slot, publicKey);
      withSigning(read, session, (secrets) => {
        for (const secret of secrets)
          putSigning(db, secret, { id: slot.id, publicKey }, session.ports.clock.now());
      });
    });
  } catch (error) {
    secretKey[Symbol.dispose]();
    throw error;
  }
  adoptSlot(session, slot, secretKey);
}

/** Her signing secret for the recovery slot too: the words are a way back to her certificate. */
export function putForRecovery(db: WriteDb, secret: SigningSecret, at: number): void {
  const slot = recoverySlot(db);
  if (slot !== undefined) putSigning(db, secret, slot, at);
}

function withSlots(session: Session, slots: KeySlot[]): KeySlotsBody {
  const { mac: _, ...body } = session.slots;
  return { ...body, slots };
}

function cost(session: Session): KdfParameters {
  const { memoryKiB, passes } = ownSlot(session).kdf;
  return { memoryKiB, passes };
}
