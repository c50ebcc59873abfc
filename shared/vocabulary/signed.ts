// The kinds of signed things. Each begins with its own first line; a verifier asks for one and refuses the others.

export const signedKinds = [
  "waypost/part/1",
  "waypost/chain/1",
  "waypost/manifest/1",
  "waypost/consent-extract/1",
  "waypost/acknowledgement/1",
  "waypost/recall/1",
  "waypost/statement/1",
  "waypost/backup/1",
] as const;

/** The first line of a signed thing, without its line feed. */
export type SignedKind = (typeof signedKinds)[number];
