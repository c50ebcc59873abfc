// Plain chain entries for tests of the pure rules: real texts and hashes, no signatures, names from small numbers.
import { createHash } from "node:crypto";
import type { Milliseconds } from "../../shared/brand.ts";
import { entryText, foldChain, nextEntry } from "../../main/core/chain/chain.rules.ts";
import type { ChainState, Wanted } from "../../main/core/chain/chain.rules.ts";
import type { ChainBody, ChainEntry, NamedCertificate } from "../../shared/vocabulary/chain.ts";
import type {
  CaseId,
  ChainHash,
  ChangeHash,
  ConsentId,
  Fingerprint,
  OfficeId,
  PartId,
  PersonId,
  SectionId,
} from "../../shared/vocabulary/ids.ts";

const hex = (prefix: string, number: number, length: number) =>
  prefix + number.toString(16).padStart(length - prefix.length, "0");

export const caseId = (number = 1) => hex("ca5e", number, 32) as CaseId;
export const office = (number: number) => hex("0f", number, 32) as OfficeId;
/** The certificate `member` of office `number`. */
export const author = (number: number, member = 1) =>
  hex("AB", number * 256 + member, 40).toUpperCase() as Fingerprint;
export const consentId = (number: number) => hex("c0", number, 32) as ConsentId;
export const sectionId = (number: number) => hex("5e", number, 32) as SectionId;
export const personId = (number: number) => hex("9e", number, 32) as PersonId;
export const partId = (number: number) => hex("9a", number, 64) as PartId;
export const changeHash = (number: number) => hex("ce", number, 64) as ChangeHash;
export const unknownHash = (number: number) => hex("dead", number, 64) as ChainHash;
export const commitment = (number: number) => hex("c0", number, 64);
export const now = 1_700_000_000_000 as Milliseconds;

export const named = (number: number, member = 1): NamedCertificate => ({
  fingerprint: author(number, member),
  certificate: `certificate ${number}.${member}`,
});

/** An entry that says whatever it likes, as an attacker would write it. */
export function forged(claim: Wanted & Omit<ChainEntry<"erase">, "hash" | "type" | "body">): ChainEntry {
  const hash = createHash("sha256")
    .update(entryText(claim as ChainEntry))
    .digest("hex") as ChainHash;
  return { ...claim, hash } as ChainEntry;
}

/** The first entry of a case of office `number`, with so many members. */
export function opening(number = 1, members = 2, of = caseId()): ChainEntry<"open"> {
  const certificates = Array.from({ length: members }, (_, index) => named(number, index + 1));
  const body: ChainBody<"open"> = { office: office(number), certificates };
  const claim = { case: of, number: 0, parent: undefined, author: author(number), at: now, sides: [] };
  return forged({ ...claim, type: "open", body }) as ChainEntry<"open">;
}

/** A chain that grows in a test; `write` enters what the rules allow and throws what they refuse. */
export type Growing = {
  readonly entries: ChainEntry[];
  readonly root: ChainHash;
  state(without?: readonly ChainHash[]): ChainState;
  write(by: Fingerprint, wanted: Wanted): ChainEntry;
  add(...entries: ChainEntry[]): void;
};

export function growing(
  first: ChainEntry<"open"> = opening(),
  before: readonly ChainEntry[] = [first],
): Growing {
  const entries = [...before];
  const chain: Growing = {
    entries,
    root: first.hash,
    state: (without = []) =>
      folded(
        first.hash,
        entries.filter(({ hash }) => !without.includes(hash)),
      ),
    write(by, wanted) {
      const next = nextEntry(chain.state(), { ...wanted, author: by, at: now });
      if (!next.ok) throw new Error(next.error.why);
      const entry = forged(next.value.claim);
      entries.push(entry);
      return entry;
    },
    add: (...more) => void entries.push(...more),
  };
  return chain;
}

/** The same chain in another vault, from where it stands. */
export const branched = (from: Growing): Growing =>
  growing(from.entries[0] as ChainEntry<"open">, from.entries);

export function folded(root: ChainHash, entries: readonly ChainEntry[]): ChainState {
  const state = foldChain(root, entries);
  if (state === undefined) throw new Error("the root is unsound");
  return state;
}

/** A role for office `number` with one certificate. */
export const coManager = (number: number, more: Partial<ChainBody<"role">> = {}): Wanted => ({
  type: "role",
  body: { office: office(number), role: "co-manager", certificates: [named(number)], ...more },
});

export const viewer = (number: number): Wanted => ({
  type: "role",
  body: { office: office(number), role: "viewer", certificates: [named(number)] },
});

/** A state as plain data in one order, to compare two. */
export function plain(state: ChainState): unknown {
  return JSON.parse(
    JSON.stringify(state, (_, value: unknown) => {
      if (value instanceof Map)
        return [...(value as Map<string, unknown>)].toSorted(([a], [b]) => (a < b ? -1 : 1));
      return value instanceof Set ? [...(value as Set<string>)].toSorted() : value;
    }),
  );
}
