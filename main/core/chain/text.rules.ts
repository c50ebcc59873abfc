// The text of a chain entry that is signed, both ways, and the next entry of a chain.
import type { Milliseconds } from "../../../shared/brand.ts";
import { limits } from "../../../shared/bundle/limits.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import {
  canonicalJson,
  parseCanonicalJson,
  parseSignedText,
  signedText,
} from "../../../shared/signed-text.ts";
import {
  ChainLines,
  chainBodies,
  chainKeys,
  isSideType,
  sidesPerEntry,
} from "../../../shared/vocabulary/chain.ts";
import type { ChainBody, ChainEntry, ChainEntryType } from "../../../shared/vocabulary/chain.ts";
import type { CaseId, ChainHash, Fingerprint } from "../../../shared/vocabulary/ids.ts";
import { entryRefusal, mayEnter } from "./rights.rules.ts";
import type { Claim, EntryRefused } from "./rights.rules.ts";
import type { ChainState } from "./state.rules.ts";

export type EntryMalformed = { readonly type: "EntryMalformed"; readonly why: string };

/** An entry to be signed: its text, and what it says. */
export type UnsignedEntry = { readonly claim: Claim; readonly text: string };

/** An entry's type and body, of all types. */
export type Wanted = {
  [T in ChainEntryType]: { readonly type: T; readonly body: ChainBody<T> };
}[ChainEntryType];

/** Reads the text of an entry; its hash is the caller's, who has the bytes. */
export function readEntry(text: string, hash: ChainHash): Result<ChainEntry, EntryMalformed> {
  const malformed = (why: string) => err({ type: "EntryMalformed" as const, why });
  const lines = parseSignedText("waypost/chain/1", chainKeys, text);
  if (!lines.ok) return malformed(lines.error.why);
  const { body: json, ...rest } = lines.value;
  const head = ChainLines.safeParse(rest);
  if (!head.success) return malformed(`the value of "${String(head.error.issues[0]?.path[0])}"`);
  const { line, ...claim } = head.data;
  const side = isSideType(claim.type);
  if ((line === "side") !== side) return malformed("a type that does not stand on this line");
  if (side && claim.sides.length > 0) return malformed("a side entry folds nothing in");
  if ((claim.type === "open") !== (claim.parent === undefined))
    return malformed("open has no parent, all others have");
  const parsed = parseCanonicalJson(json);
  if (!parsed.ok) return malformed(parsed.error.why);
  const body = chainBodies[claim.type].safeParse(parsed.value);
  if (!body.success) return malformed("the body");
  return ok({ ...claim, body: body.data, hash } as ChainEntry);
}

/** The text that is signed. */
export function entryText(claim: Claim): string {
  return signedText("waypost/chain/1", [
    ["case", claim.case],
    ["type", claim.type],
    ["number", String(claim.number)],
    ["parent", claim.parent ?? "none"],
    ["line", isSideType(claim.type) ? "side" : "main"],
    ["author", claim.author],
    ["at", String(claim.at)],
    ["sides", claim.sides.length === 0 ? "-" : claim.sides.join(",")],
    ["body", canonicalJson(claim.body)],
  ]);
}

/** The first entry of a case: the office that answers for it, and its members. */
export function firstEntry(first: {
  readonly case: CaseId;
  readonly body: ChainBody<"open">;
  readonly author: Fingerprint;
  readonly at: Milliseconds;
}): Result<UnsignedEntry, EntryRefused> {
  if (!first.body.certificates.some(({ fingerprint }) => fingerprint === first.author)) {
    return err({ type: "EntryRefused", why: "author-unknown" });
  }
  return unsigned({ ...first, type: "open", number: 0, parent: undefined, sides: [] });
}

/**
 * The next entry after a state, or why it would have no effect. A main entry folds in the side entries not folded in
 * yet, but a yes by someone it removes.
 */
export function nextEntry(
  state: ChainState,
  wanted: Wanted & { readonly author: Fingerprint; readonly at: Milliseconds },
): Result<UnsignedEntry, EntryRefused> {
  const may = mayEnter(state, wanted.type, wanted.author);
  if (!may.ok) return may;
  const side = isSideType(wanted.type);
  const claim = {
    ...wanted,
    case: state.case,
    number: side ? state.number : state.number + 1,
    parent: state.head,
    sides: side ? [] : foldedBy(state, wanted).slice(0, sidesPerEntry),
  } as Claim;
  const why = entryRefusal(state, claim);
  return why === undefined ? unsigned(claim) : err({ type: "EntryRefused", why });
}

function foldedBy(state: ChainState, wanted: Wanted): readonly ChainHash[] {
  if (wanted.type !== "remove") return state.pendingSides;
  const { office, fingerprint } = wanted.body;
  const distrusted = [...state.consents.values()].filter(
    ({ by }) => by === fingerprint || state.certificates.get(by)?.office === office,
  );
  const theirs = new Set(distrusted.map(({ entry }) => entry));
  return state.pendingSides.filter((hash) => !theirs.has(hash));
}

function unsigned(claim: Claim): Result<UnsignedEntry, EntryRefused> {
  if (!chainBodies[claim.type].safeParse(claim.body).success)
    return err({ type: "EntryRefused", why: "body-unsound" });
  const text = entryText(claim);
  // The schemas let nothing but ASCII into an entry: a character is an octet.
  if (text.length > limits.chainEntryBytes) return err({ type: "EntryRefused", why: "too-large" });
  return ok({ claim, text });
}
