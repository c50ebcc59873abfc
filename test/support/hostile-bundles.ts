// Bundles as somebody writes them who has a good key and bad intentions: any manifest, any tar, truly signed and sealed.
import { createHash, randomBytes } from "node:crypto";
import { readManifest, manifestText, manifestToSign } from "../../shared/bundle/notices.ts";
import type { Manifest } from "../../shared/bundle/manifest.ts";
import type { CaseId, ContactId, Fingerprint, OfficeId } from "../../shared/vocabulary/ids.ts";
import type { Certificate } from "../../main/core/pgp/index.ts";
import { readCertificate, seal, signInline } from "../../main/core/pgp/index.ts";
import type { JsonValue } from "../../shared/signed-text.ts";
import { canonicalJson, signedText } from "../../shared/signed-text.ts";
import { began, bytesOf, put, type Office, type Offices } from "./offices.ts";
import { member, opened, pieces, random, value, type TestMember } from "./pgp.ts";

export type TarEntry = {
  readonly name: string;
  readonly content?: Uint8Array | string;
  /** POSIX type flag; "0" is a file, "1" a link, "2" a symbolic link, "3" a device, "5" a folder, "x" a pax header. */
  readonly flag?: string;
  readonly link?: string;
  /** What the header says of the size, where it lies. */
  readonly size?: number;
};

/** One entry as it lies in a tar. */
export function tarEntry({ name, content = "", flag = "0", link = "", size }: TarEntry): Buffer {
  const bytes = Buffer.from(content as string);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write("0000644\0", 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  header.write(`${(size ?? bytes.length).toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.fill(" ", 148, 156);
  header.write(flag, 156);
  header.write(link, 157, 100);
  header.write("ustar\0", 257);
  header.write("00", 263);
  const sum = header.reduce((total, octet) => total + octet, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

export const tar = (entries: readonly TarEntry[]): Buffer =>
  Buffer.concat([...entries.map(tarEntry), Buffer.alloc(1024)]);

export const hex = (bytes: number) => randomBytes(bytes).toString("hex");

/** Somebody whose certificate an office holds, and who writes bundles by hand. */
export type Stranger = TestMember & {
  readonly office: OfficeId;
  readonly opening: string;
  forRecipient: number;
};

export async function stranger(name = "Eve Specimen"): Promise<Stranger> {
  return {
    ...(await member("compatible", name)),
    office: hex(16) as OfficeId,
    opening: hex(16),
    forRecipient: 0,
  };
}

/** What the manifest of a bundle by `from` would honestly say; `entries` are listed as they are. */
export function manifestBy(
  from: Stranger,
  to: Fingerprint | null,
  entries: readonly TarEntry[],
  more: { readonly [key in keyof Manifest]?: JsonValue } = {},
): JsonValue {
  const number = {
    opening: from.opening,
    parent: null,
    number: ++from.forRecipient,
    forRecipient: from.forRecipient,
  };
  return {
    format: "waypost/manifest/1",
    id: hex(16),
    kind: "acknowledgement",
    practice: true,
    sender: {
      fingerprint: from.certificate.fingerprint,
      office: from.office,
      officeName: "Practice Elsewhere",
      person: "Eve Specimen",
    },
    recipient: to,
    number,
    made: began,
    expires: began + 86_400_000,
    algorithms: { profile: "compatible" },
    entries: entries.map(({ name, content = "" }) => {
      const bytes = Buffer.from(content as string);
      return { name, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
    }),
    ...more,
  };
}

/** Manifest, its signature, and the entries, as a tar. `signed` is what the signature is over, where that lies. */
export async function archiveBy(
  from: Stranger,
  manifest: JsonValue,
  entries: readonly TarEntry[],
  signed: JsonValue = manifest,
): Promise<Buffer> {
  const text = manifestText(manifest as unknown as Manifest);
  const toSign = Buffer.from(manifestToSign(manifestText(signed as unknown as Manifest)));
  const signature = await from.signer.sign("waypost/manifest/1", toSign);
  return tar([
    { name: "manifest.json", content: text },
    { name: "manifest.sig", content: signature },
    ...entries,
  ]);
}

export async function sealedBy(from: TestMember, to: Certificate, content: Uint8Array): Promise<Buffer> {
  const all: Uint8Array[] = [];
  const write = async (piece: Uint8Array) => void all.push(piece);
  value(
    await seal({ to, hideRecipient: true, signer: from.signer, random, content: pieces(content), write }),
  );
  return Buffer.concat(all);
}

/** An introduction; `more` is what it lies about. */
export async function introductionBy(
  from: Stranger,
  more: { readonly [key in keyof Manifest]?: JsonValue } = {},
  certificate: string = from.certificate.armored,
): Promise<Buffer> {
  const entries = [{ name: "certificate.asc", content: certificate }];
  const manifest = manifestBy(from, null, entries, { kind: "introduction", ...more });
  return Buffer.from(await signInline(from.signer, await archiveBy(from, manifest, entries)));
}

export const certificateOf = async (at: Office): Promise<Certificate> => {
  const { certificate } = await at.ask("contacts.ownCertificate", {});
  return value(await readCertificate(certificate, { at: at.clock.now() }));
};

/** Introduces a stranger to an office and, unless told otherwise, has her verified. */
export async function introduceStranger(
  made: Pick<Offices, "folder">,
  at: Office,
  from: Stranger,
  verified = true,
): Promise<ContactId> {
  const path = put(made, `${hex(6)}.pgp`, await introductionBy(from));
  const { contact } = await at.take(path);
  if (contact === undefined) throw new Error("she was not met");
  if (verified)
    await at.ask("contacts.verify", {
      contact,
      heard: { fingerprint: from.certificate.fingerprint },
      how: "fingerprint",
    });
  return contact;
}

/** A whole bundle by a stranger on the drive. */
export async function bundleBy(
  made: Pick<Offices, "folder">,
  from: Stranger,
  to: Office,
  entries: readonly TarEntry[],
  more: { readonly [key in keyof Manifest]?: JsonValue } = {},
  lies: { readonly tar?: readonly TarEntry[]; readonly signed?: JsonValue } = {},
): Promise<string> {
  const certificate = await certificateOf(to);
  const manifest = manifestBy(from, certificate.fingerprint, entries, more);
  const archive = await archiveBy(from, manifest, lies.tar ?? entries, lies.signed ?? manifest);
  return put(made, `${hex(6)}.pgp`, await sealedBy(from, certificate, archive));
}

/** A signed notice as it lies in its entry: one frame. */
export async function noticeBy(
  from: TestMember,
  kind: "waypost/recall/1" | "waypost/acknowledgement/1" | "waypost/consent-extract/1",
  body: JsonValue,
): Promise<Buffer> {
  const signed = Buffer.from(signedText(kind, [["body", canonicalJson(body)]]));
  return frames([[signed, await from.signer.sign(kind, signed), Buffer.alloc(0)]]);
}

export const frames = (all: readonly (readonly Uint8Array[])[]): Buffer =>
  Buffer.concat(
    all.flat().flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(field.byteLength);
      return [length, field];
    }),
  );

/** What an office sent to this stranger: the entries by name, and the manifest. */
export async function openedBy(
  made: Pick<Offices, "folder">,
  to: TestMember,
  from: Office,
  path: string,
): Promise<{ readonly manifest: Manifest; readonly entries: ReadonlyMap<string, Buffer> }> {
  const { result, staged } = await opened(bytesOf(made, path), to, [await certificateOf(from)]);
  value(result);
  const entries = new Map<string, Buffer>();
  for (let at = 0; at + 512 <= staged.length;) {
    const name = staged.toString("latin1", at, at + 100).replace(/\0.*$/s, "");
    if (name === "") break;
    const size = Number.parseInt(staged.toString("latin1", at + 124, at + 135), 8);
    const prefix = staged.toString("latin1", at + 345, at + 500).replace(/\0.*$/s, "");
    entries.set(prefix === "" ? name : `${prefix}/${name}`, staged.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  const manifest = value(
    readManifest(entries.get("manifest.json") ?? Buffer.alloc(0), (bytes) => Buffer.from(bytes).toString()),
  );
  return { manifest, entries };
}

/** The chain of a case as an office would send it to this stranger. */
export const chainEntry = (of: CaseId, entries: ReadonlyMap<string, Buffer>): TarEntry => {
  const name = `chain/${of}.chain`;
  const content = entries.get(name);
  if (content === undefined) throw new Error("no chain in it");
  return { name, content };
};
