// Chain entries as bytes: read from the vault, signed here, or checked when they come from others.
import { createHash } from "node:crypto";
import type { Brand, Milliseconds } from "../../../shared/brand.ts";
import { limits } from "../../../shared/bundle/limits.ts";
import type { LimitBroken } from "../../../shared/bundle/limits.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { ChainBody, ChainEntry, NamedCertificate } from "../../../shared/vocabulary/chain.ts";
import type { CaseId, ChainHash, Fingerprint } from "../../../shared/vocabulary/ids.ts";
import { readCertificate, verify } from "../pgp/index.ts";
import type { Certificate, Signer } from "../pgp/index.ts";
import type { ReadDb } from "../vault/sql.ts";
import { entriesOf } from "./chain.store.ts";
import type { StoredEntry } from "./chain.store.ts";
import type { EntryRefused } from "./rights.rules.ts";
import type { ChainState } from "./state.rules.ts";
import { firstEntry, nextEntry, readEntry } from "./text.rules.ts";
import type { EntryMalformed, UnsignedEntry, Wanted } from "./text.rules.ts";

/** An entry whose signature is good: made here or checked here, by nothing else. */
export type SignedEntry = Brand<StoredEntry & { readonly entry: ChainEntry }, "SignedEntry">;

export type BadEntryWhy =
  | "too-large"
  | "malformed"
  | "other-case"
  /** The case has begun with another entry here, or came with two beginnings at once. */
  | "second-open"
  /** No certificate of its author stands in the chain as far as it is held. */
  | "author-unknown"
  /** A certificate it names is not one, or not the one it says. */
  | "certificate-unsound"
  | "signature-bad";

export type CheckedEntries = {
  readonly good: readonly SignedEntry[];
  /** Held already. */
  readonly known: readonly ChainHash[];
  readonly bad: readonly { readonly hash: ChainHash; readonly why: BadEntryWhy }[];
};

/** Entries of a case as the vault holds them; they were checked before they were stored. */
export function heldEntries(read: ReadDb, caseId: CaseId): ChainEntry[] {
  return entriesOf(read, caseId).map(({ hash, signed }) => {
    const entry = readBytes(signed, hash);
    if (!entry.ok) throw new Error(`a stored chain entry cannot be read: ${entry.error.why}`);
    return entry.value;
  });
}

/** Signs the first entry of a case. */
export async function prepareFirst(request: {
  readonly case: CaseId;
  readonly body: ChainBody<"open">;
  readonly signer: Signer;
  readonly at: Milliseconds;
}): Promise<Result<SignedEntry, EntryRefused>> {
  const { signer, ...first } = request;
  return signed(firstEntry({ ...first, author: signer.fingerprint }), signer);
}

/** Signs the next entry after `state`, or says why it would have no effect. Store it only while the head is the same. */
export async function prepareEntry(request: {
  readonly state: ChainState;
  readonly wanted: Wanted;
  readonly signer: Signer;
  readonly at: Milliseconds;
}): Promise<Result<SignedEntry, EntryRefused>> {
  const { state, wanted, signer, at } = request;
  return signed(nextEntry(state, { ...wanted, author: signer.fingerprint, at }), signer);
}

/**
 * Checks entries of one case that came from others: size, form, case, and the signature by a certificate that the
 * chain itself names, beginning with those of its `open` entry. Whether an entry had the right to be written is the
 * fold's to say. More entries than a case may have refuse all.
 */
export async function verifyEntries(request: {
  readonly read: ReadDb;
  readonly case: CaseId;
  readonly entries: readonly { readonly signed: Uint8Array; readonly signature: Uint8Array }[];
}): Promise<Result<CheckedEntries, LimitBroken>> {
  const held = heldEntries(request.read, request.case);
  const bad: { hash: ChainHash; why: BadEntryWhy }[] = [];
  const fresh = new Map<ChainHash, Received>();
  const known = new Set(held.map(({ hash }) => hash));
  const seen = new Set<ChainHash>();
  for (const { signed: bytes, signature } of request.entries) {
    const hash = hashOf(bytes);
    if (known.has(hash)) seen.add(hash);
    if (known.has(hash) || fresh.has(hash)) continue;
    const entry = admitted(bytes, hash, request.case);
    if (entry.ok) fresh.set(hash, { hash, signed: bytes, signature, entry: entry.value });
    else bad.push({ hash, why: entry.error });
  }
  if (held.length + fresh.size > limits.chainEntriesPerCase) {
    return err({ type: "LimitBroken", limit: "chainEntriesPerCase" });
  }
  const openings = [...fresh.values()].filter(({ entry }) => entry.type === "open");
  if (held.length + openings.length > 1) {
    for (const { hash } of openings) {
      if (held.length === 0 && openings.length === 1) continue;
      fresh.delete(hash);
      bad.push({ hash, why: "second-open" });
    }
  }
  const judged = await judge(held, [...fresh.values()]);
  return ok({ good: judged.good, known: [...seen], bad: [...bad, ...judged.bad] });
}

type Received = StoredEntry & { readonly entry: ChainEntry };

function admitted(bytes: Uint8Array, hash: ChainHash, caseId: CaseId): Result<ChainEntry, BadEntryWhy> {
  if (bytes.length > limits.chainEntryBytes) return err("too-large");
  const entry = readBytes(bytes, hash);
  if (!entry.ok) return err("malformed");
  return entry.value.case === caseId ? entry : err("other-case");
}

/** Goes from certificate to certificate: an entry is judged when one already good has named its author. */
async function judge(held: readonly ChainEntry[], fresh: readonly Received[]) {
  const good: SignedEntry[] = [];
  const bad: { hash: ChainHash; why: BadEntryWhy }[] = [];
  const certificates = new Map<Fingerprint, Certificate[]>();
  const later = Map.groupBy(fresh, ({ entry }) => entry.author);
  const ready: Received[] = [];
  const learn = (named: readonly Certificate[]) => {
    for (const certificate of named) {
      const { fingerprint } = certificate;
      certificates.set(fingerprint, [...(certificates.get(fingerprint) ?? []), certificate]);
      ready.push(...(later.get(fingerprint) ?? []));
      later.delete(fingerprint);
    }
  };
  for (const entry of held) learn((await namedBy(entry)) ?? []);
  for (const opening of fresh.filter(({ entry }) => entry.type === "open")) ready.push(opening);
  const done = new Set<ChainHash>();
  for (let at = ready.pop(); at !== undefined; at = ready.pop()) {
    if (done.has(at.hash)) continue;
    done.add(at.hash);
    const named = await namedBy(at.entry);
    const { author } = at.entry;
    const own = named?.filter(({ fingerprint }) => fingerprint === author) ?? [];
    const { signed: bytes, signature } = at;
    const signer = await verify({
      kind: "waypost/chain/1",
      signed: bytes,
      signature,
      certificates: [...(certificates.get(author) ?? []), ...own],
    });
    const why =
      named === undefined
        ? "certificate-unsound"
        : signer.ok && signer.value === author
          ? undefined
          : "signature-bad";
    if (why !== undefined) bad.push({ hash: at.hash, why });
    else {
      good.push(at as SignedEntry);
      learn(named ?? []);
    }
  }
  for (const { hash } of fresh) if (!done.has(hash)) bad.push({ hash, why: "author-unknown" });
  return { good, bad };
}

/**
 * The certificates an entry names, or `undefined` where one is not what it says. They are judged at the entry's own time:
 * what is found must not depend on when a laptop looks.
 */
async function namedBy(entry: ChainEntry): Promise<readonly Certificate[] | undefined> {
  const certificates: Certificate[] = [];
  for (const { fingerprint, certificate } of namedIn(entry)) {
    const read = await readCertificate(certificate, { at: entry.at, past: true });
    if (!read.ok || read.value.fingerprint !== fingerprint) return undefined;
    certificates.push(read.value);
  }
  return certificates;
}

function namedIn(entry: ChainEntry): readonly NamedCertificate[] {
  if (entry.type === "open" || entry.type === "role") return entry.body.certificates;
  return entry.type === "certificate" ? [entry.body.add] : [];
}

async function signed(
  made: Result<UnsignedEntry, EntryRefused>,
  signer: Signer,
): Promise<Result<SignedEntry, EntryRefused>> {
  if (!made.ok) return made;
  const bytes = new TextEncoder().encode(made.value.text);
  const hash = hashOf(bytes);
  const entry = { ...made.value.claim, hash } as ChainEntry;
  const signature = await signer.sign("waypost/chain/1", bytes);
  return ok({ hash, signed: bytes, signature, entry } as SignedEntry);
}

function readBytes(bytes: Uint8Array, hash: ChainHash): Result<ChainEntry, EntryMalformed> {
  try {
    return readEntry(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), hash);
  } catch {
    return err({ type: "EntryMalformed", why: "not UTF-8" });
  }
}

const hashOf = (bytes: Uint8Array): ChainHash =>
  createHash("sha256").update(bytes).digest("hex") as ChainHash;
