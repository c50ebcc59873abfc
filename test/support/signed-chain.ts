// Chains signed by real certificates, and a vault they are delivered to.
import type { Milliseconds } from "../../shared/brand.ts";
import type { ChainEntry, NamedCertificate } from "../../shared/vocabulary/chain.ts";
import type { CaseId, ChainHash } from "../../shared/vocabulary/ids.ts";
import {
  appendEntries,
  entryText,
  loadChain,
  prepareEntry,
  prepareFirst,
  verifyEntries,
} from "../../main/core/chain/index.ts";
import type { ChainState, CheckedEntries, SignedEntry, Wanted } from "../../main/core/chain/index.ts";
import { makeMemberKeys, readCertificate, signer } from "../../main/core/pgp/index.ts";
import type { Signer } from "../../main/core/pgp/index.ts";
import type { Vault } from "../../main/core/vault/index.ts";
import { caseId, folded, now, office } from "./chain.ts";

export type Writer = { readonly number: number; readonly signer: Signer; readonly named: NamedCertificate };
export type Sent = { readonly signed: Uint8Array; readonly signature: Uint8Array };

/** A member of office `number` with a certificate of her own. */
export async function writer(number: number, name = `Member of ${number}`): Promise<Writer> {
  const keys = await makeMemberKeys({ name, office: `Office ${number}`, at: now, profile: "compatible" });
  const certificate = await readCertificate(keys.certificate, { at: now });
  if (!certificate.ok) throw new Error(certificate.error.type);
  return {
    number,
    signer: await signer(keys.signing.secret, certificate.value, { now: () => now }),
    named: { fingerprint: keys.fingerprint, certificate: keys.certificate },
  };
}

/** A case as one laptop writes it. */
export type SignedCase = {
  readonly entries: SignedEntry[];
  state(): ChainState;
  write(by: Writer, wanted: Wanted): Promise<SignedEntry>;
  /** The same case on a laptop that has seen as much. */
  apart(): SignedCase;
};

export async function signedCase(
  members: readonly [Writer, ...Writer[]],
  of = caseId(),
): Promise<SignedCase> {
  const [first] = members;
  const body = { office: office(first.number), certificates: members.map(({ named }) => named) };
  return caseOf([must(await prepareFirst({ case: of, body, signer: first.signer, at: now }))]);
}

function caseOf(entries: SignedEntry[]): SignedCase {
  const state = () =>
    folded(
      (entries[0] as SignedEntry).hash,
      entries.map(({ entry }) => entry),
    );
  return {
    entries,
    state,
    async write(by, wanted) {
      const entry = must(await prepareEntry({ wanted, state: state(), signer: by.signer, at: now }));
      entries.push(entry);
      return entry;
    },
    apart: () => caseOf([...entries]),
  };
}

/** An entry that nobody's program would write, signed with a real key. */
export async function forge(
  by: Writer,
  claim: Wanted &
    Partial<Omit<ChainEntry<"erase">, "type" | "body" | "parent">> & {
      readonly number: number;
      readonly parent: ChainHash;
    },
): Promise<Sent> {
  const whole = {
    case: caseId(),
    at: now as Milliseconds,
    sides: [],
    author: by.named.fingerprint,
    ...claim,
  };
  const signed = new TextEncoder().encode(entryText(whole as ChainEntry));
  return { signed, signature: await by.signer.sign("waypost/chain/1", signed) };
}

/** What a bundle's import does with chain entries: check, store what is good, say what came of it. */
export async function deliver(
  vault: Vault,
  entries: readonly Sent[],
  of: CaseId = caseId(),
): Promise<CheckedEntries & { readonly state: ChainState | undefined }> {
  const checked = must(await verifyEntries({ read: vault.read, case: of, entries }));
  const stored = await vault.write(async () => ({
    ok: true,
    value: (db) => appendEntries(db, checked.good),
  }));
  if (!stored.ok) throw new Error(stored.error.type);
  return { ...checked, state: loadChain(vault.read, of) };
}

export function must<T, E extends { readonly type: string }>(
  result: { ok: true; value: T } | { ok: false; error: E },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** A role for the office of a writer, with her certificate. */
export const roleFor = (of: Writer, role: "co-manager" | "viewer", mayRecordYes = false): Wanted => ({
  type: "role",
  body: {
    office: office(of.number),
    role,
    certificates: [of.named],
    ...(mayRecordYes ? { mayRecordYes } : {}),
  },
});
