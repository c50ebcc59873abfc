// Judges the manifest of a bundle that is whole and signed: is it for us, from who signed it, of our kind of vault, in time.
import { manifestFormat, type Manifest } from "../../../shared/bundle/manifest.ts";
import { manifestToSign, readManifest } from "../../../shared/bundle/notices.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";
import { verify, type Certificate } from "../pgp/index.ts";
import { membersOf, type Session } from "../safety/index.ts";

/**
 * A bundle is for one receiver: the manifest, signed by whoever signed the message, must name a certificate of this
 * office. OpenPGP alone would let a receiver seal a signed message again for somebody else.
 */
export async function acceptManifest(
  session: Session,
  text: Uint8Array,
  signature: Uint8Array,
  certificate: Certificate,
): Promise<Result<Manifest, Failure>> {
  const signed = utf8(text);
  const read = readManifest(text, utf8);
  if (!read.ok || signed === undefined) return read.ok ? err({ type: "ManifestMalformed" }) : read;
  const good = await verify({
    kind: manifestFormat,
    signed: Buffer.from(manifestToSign(signed)),
    signature,
    certificates: [certificate],
  });
  if (!good.ok) return good;
  const manifest = read.value;
  if (manifest.sender.fingerprint !== certificate.fingerprint) return err({ type: "SenderNotSigner" });
  const sealed = manifest.kind !== "introduction";
  const ours = membersOf(session.vault.read).some((member) => member.fingerprint === manifest.recipient);
  if (sealed ? !ours : manifest.recipient !== null) return err({ type: "NotForUs" });
  if (manifest.practice !== session.practice)
    return err({ type: manifest.practice ? "PracticeBundle" : "RealBundle" });
  if (manifest.expires < session.ports.clock.now())
    return err({ type: "BundleExpired", since: manifest.expires });
  return ok(manifest);
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Reading an archive ends well only after its manifest was accepted; anything else is a bug. */
export function unseen(): never {
  throw new Error("an archive without its manifest was accepted");
}
