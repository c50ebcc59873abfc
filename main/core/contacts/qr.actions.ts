// My words as a picture, and the picture of hers: what is read aloud where two people meet, without reading aloud.
import { toString } from "qrcode";
import type { Bytes } from "../../../shared/brand.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { ContactId } from "../../../shared/vocabulary/ids.ts";
import type { VerifiedHow } from "../../../shared/vocabulary/trust.ts";
import { digits } from "../pgp/index.ts";
import { onDrive, type DriveProblem, type NoSigner, type Session } from "../safety/index.ts";
import type { WriteError } from "../vault/index.ts";
import { certificateOf, ownWords, verified, type UnknownContact } from "./contacts.actions.ts";
import type { ContactRow } from "./contacts.store.ts";
import { codeText, readCodeText } from "./qr.rules.ts";

/** More than any telephone's photograph. */
const mostBytes = 24 * 1024 * 1024;

/** A picture code as a square of `size` units and the strokes in it, as the path of an SVG. */
type DrawnCode = { readonly size: number; readonly path: string };

/** The code of my own certificate. It holds nothing that the certificate does not show. */
export async function ownQr(session: Session): Promise<Result<DrawnCode, NoSigner>> {
  const own = await ownWords(session);
  if (!own.ok) return own;
  const svg = await toString(codeText(own.value), { type: "svg", errorCorrectionLevel: "M", margin: 4 });
  const [, size, path] = /viewBox="0 0 (\d+) \d+".* d="([^"]+)"\/>\s*<\/svg>/.exec(svg) ?? [];
  if (size === undefined || path === undefined) throw new Error("the picture code was drawn in another way");
  return ok({ size: Number(size), path });
}

export type PictureProblem = {
  readonly type: "PictureUnreadable" | "NoCodeInPicture" | "OtherCertificate";
};

/** The picture is read by the decoder; its code must say what the certificate held here says. */
export async function verifyQr(
  session: Session,
  input: { readonly contact: ContactId; readonly path: string; readonly how: VerifiedHow },
): Promise<Result<ContactRow, DriveProblem | UnknownContact | NoSigner | PictureProblem | WriteError>> {
  const { ports } = session;
  const picture = await onDrive(async () => {
    const entry = await ports.files.entry(input.path);
    if (entry !== undefined && entry.size > mostBytes) return err({ type: "PictureUnreadable" as const });
    return ok(await ports.files.read(input.path, mostBytes as Bytes));
  });
  if (!picture.ok) return picture;
  const seen = await ports.decoder.code(picture.value);
  if (!seen.ok || ("none" in seen.value && seen.value.none === "picture"))
    return err({ type: "PictureUnreadable" });
  const said = "code" in seen.value ? readCodeText(seen.value.code) : undefined;
  if (said === undefined) return err({ type: "NoCodeInPicture" });
  return verified(session, input, async (row) => {
    const certificate = await certificateOf(session, row.certificate);
    const same = said.digits === digits(certificate) && said.fingerprint === certificate.fingerprint;
    return same ? ok(undefined) : err<PictureProblem>({ type: "OtherCertificate" });
  });
}
