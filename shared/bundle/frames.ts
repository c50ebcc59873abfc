// How signed things lie in a bundle's entries: frames of signed bytes, signature and change chunks, each behind its length.
import { err, ok, type Result } from "../result.ts";
import { limits, type LimitBroken } from "./limits.ts";

/** A signed thing as it travels: the signed bytes, the detached signature, and (of a part) its change chunks. */
export type Frame = {
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly changes: Uint8Array;
};

export type FramesDamaged = { readonly type: "FramesDamaged" };

const lengthBytes = 4;

/** Three fields a frame, each a length (u32, big-endian) and its octets. */
export function writeFrames(frames: readonly Frame[]): Uint8Array {
  const fields = frames.flatMap((frame) => [frame.signed, frame.signature, frame.changes]);
  const out = new Uint8Array(fields.reduce((sum, field) => sum + lengthBytes + field.byteLength, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const field of fields) {
    view.setUint32(at, field.byteLength);
    out.set(field, at + lengthBytes);
    at += lengthBytes + field.byteLength;
  }
  return out;
}

/** Reads `writeFrames`; refuses a cut or trailing octet, a field over `partBytes`, more than `most` frames. */
export function readFrames(
  bytes: Uint8Array,
  most: number,
): Result<readonly Frame[], FramesDamaged | LimitBroken> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Frame[] = [];
  let at = 0;
  const field = (): Result<Uint8Array, FramesDamaged | LimitBroken> => {
    if (at + lengthBytes > bytes.byteLength) return err({ type: "FramesDamaged" });
    const length = view.getUint32(at);
    if (length > limits.partBytes) return err({ type: "LimitBroken", limit: "partBytes" });
    const end = at + lengthBytes + length;
    if (end > bytes.byteLength) return err({ type: "FramesDamaged" });
    const octets = bytes.subarray(at + lengthBytes, end);
    at = end;
    return ok(octets);
  };
  while (at < bytes.byteLength) {
    if (frames.length === most) return err({ type: "LimitBroken", limit: "partsPerSection" });
    const signed = field();
    if (!signed.ok) return signed;
    const signature = field();
    if (!signature.ok) return signature;
    const changes = field();
    if (!changes.ok) return changes;
    frames.push({ signed: signed.value, signature: signature.value, changes: changes.value });
  }
  return ok(frames);
}
