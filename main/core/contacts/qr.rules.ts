// What the code says that stands for a certificate: the 110 bits that are also read aloud, and the fingerprint.

/** Capitals, digits, `-` and `:` only: a QR code holds those in half the room. */
const shape = /^WAYPOST-1:([0-9]{34}):([0-9A-F]{40}|[0-9A-F]{64})$/;

export type CodeText = { readonly digits: string; readonly fingerprint: string };

export const codeText = ({ digits, fingerprint }: CodeText): string => `WAYPOST-1:${digits}:${fingerprint}`;

/** `undefined` for a code of anything else. */
export function readCodeText(text: string): CodeText | undefined {
  const [, digits, fingerprint] = shape.exec(text) ?? [];
  return digits === undefined || fingerprint === undefined ? undefined : { digits, fingerprint };
}
