// Why work that arrived is not in effect, or was refused: the causes of the core, gathered into what a person is told.

const causes = {
  ahead: ["chain-ahead"],
  author: ["author-unknown", "SignerUnknown"],
  "may-not-write": ["no-right"],
  removed: ["after-removal"],
  "not-begun": ["not-founded"],
  elsewhere: ["other-kind", "other-subject", "other-case"],
  erasure: ["erasure-disputed"],
  erased: ["erased"],
  closed: ["closed"],
  copy: ["rival"],
  "on-held": ["builds-on-held"],
  incomplete: ["not-tried", "missing-dependency"],
  newer: ["newer-version", "unknown-kind"],
  beside: ["beside-refused", "builds-on-refused"],
  signature: ["other-author", "SignatureBad", "SignatureCount", "SignerNotValid", "WrongKindOfSigned"],
  "not-opened": ["decoder-time", "decoder-memory", "decoder-crash"],
  "too-large": [
    "text-too-long",
    "signature-too-long",
    "changes-too-large",
    "number-too-large",
    "too-many-dependencies",
    "too-many-operations",
    "sequence-out-of-range",
    "start-op-out-of-range",
  ],
  unsound: [
    "change-not-signed-for",
    "change-twice",
    "checksum",
    "changes-malformed",
    "chunk-length",
    "cut-off",
    "deflated-change",
    "document-chunk",
    "not-a-chunk",
    "not-as-written",
    "not-leaves",
    "other-actor",
    "other-dependencies",
    "other-id",
    "save-differs",
    "text-malformed",
    "text-not-utf8",
    "time-or-message",
    "unknown-chunk",
  ],
} as const;

/** `form`: a value its place does not allow. `unknown`: a cause this program has no words for. */
export type AsideReason = keyof typeof causes | "form" | "unknown";
export const asideReasons = [...(Object.keys(causes) as (keyof typeof causes)[]), "form", "unknown"] as const;

const reasonOf: ReadonlyMap<string, AsideReason> = new Map(
  Object.entries(causes).flatMap(([reason, all]) => all.map((cause) => [cause, reason as AsideReason])),
);

/** What a person is told of a cause. */
export function asideReason(why: string): AsideReason {
  const known = reasonOf.get(why);
  if (known !== undefined) return known;
  if (why.startsWith("schema:")) return "form";
  return why.startsWith("text-") ? "unsound" : "unknown";
}
