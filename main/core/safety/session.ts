// The open vault with who opened it: what every subject above works with.
import type { OfficeId, MemberId, Fingerprint } from "../../../shared/vocabulary/ids.ts";
import type { Signer } from "../pgp/index.ts";
import type { Ports } from "../ports.ts";
import type { Sections } from "../sections/index.ts";
import type { Vault } from "../vault/index.ts";

export type SessionMember = {
  readonly id: MemberId;
  readonly name: string;
  readonly fingerprint: Fingerprint;
  readonly certificate: string;
};

export type Session = {
  readonly ports: Ports;
  readonly vault: Vault;
  readonly sections: Sections;
  readonly office: { readonly id: OfficeId; readonly name: string };
  readonly practice: boolean;
  /** Absent when the vault was opened by the recovery words: then nothing can be signed. */
  readonly member?: SessionMember;
  readonly signer?: Signer;
};

export type NoSigner = { readonly type: "NoSigner" };
