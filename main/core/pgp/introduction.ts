// Introductions: small messages signed but not encrypted, checked against the certificate they carry themselves.
// That proves only that whoever holds the key wrote it; whose key it is, two people find out by the ten words.
import type { Milliseconds } from "../../../shared/brand.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { withoutArmor } from "./armor.ts";
import { readCertificate } from "./certificate.ts";
import type { Certificate, CertificateProblem } from "./certificate.ts";
import { byteReader, Refusal } from "./framing.ts";
import type { OpenProblem } from "./framing.ts";
import { openpgp } from "./openpgp.ts";
import { readSigned } from "./signed.ts";
import { judged, signingKeyOf } from "./signing.ts";
import type { Signer } from "./signing.ts";

export const mostIntroductionBytes = 1024 * 1024;

/** `content` inside one signed message (not armored, not compressed, without name or time of a file). */
export async function signInline(signer: Signer, content: Uint8Array): Promise<Uint8Array> {
  const { key, date } = signingKeyOf(signer);
  const message = await openpgp.createMessage({ binary: content, filename: "", date: new Date(0) });
  return (await openpgp.sign({
    message,
    signingKeys: key,
    format: "binary",
    date: date(),
  })) as unknown as Uint8Array;
}

/**
 * Opens an introduction of at most 1 MiB. `certificateIn` finds the certificate in the content, which is not yet checked:
 * it must do nothing else with it. `ok` when exactly one signature, by that certificate, covers all.
 */
export async function openIntroduction(
  bytes: Uint8Array,
  options: { readonly at: Milliseconds; certificateIn(content: Uint8Array): string | Uint8Array | undefined },
): Promise<
  Result<
    { readonly certificate: Certificate; readonly content: Uint8Array },
    OpenProblem | CertificateProblem
  >
> {
  if (bytes.length > mostIntroductionBytes) return err({ type: "TooLarge", limit: mostIntroductionBytes });
  async function* once() {
    yield bytes;
  }
  try {
    const pieces: Uint8Array[] = [];
    const reader = byteReader(withoutArmor(once()));
    const keep = async (piece: Uint8Array) => void pieces.push(piece);
    const { packet, digest } = await readSigned(reader, keep, mostIntroductionBytes);
    const content = Buffer.concat(pieces);
    const carried = options.certificateIn(content);
    if (carried === undefined) return err({ type: "SenderUnknown" });
    const certificate = await readCertificate(carried, { at: options.at });
    if (!certificate.ok) return certificate;
    const signer = await judged(packet, digest, certificate.value);
    if (signer.ok) return ok({ certificate: certificate.value, content });
    return err({ type: signer.error.type === "SignerNotValid" ? "SignerNotValid" : "SignatureBad" });
  } catch (error) {
    if (error instanceof Refusal) return err(error.problem);
    throw error;
  }
}
