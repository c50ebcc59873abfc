// How messages follow one another on a pipe between a shell and its decoder: each preceded by its length (u32 big-endian).

const header = 4;

export function framed(content: Uint8Array): Uint8Array {
  const whole = new Uint8Array(header + content.length);
  new DataView(whole.buffer).setUint32(0, content.length);
  whole.set(content, header);
  return whole;
}

/** Puts pieces together; `whole` gets each content when its last byte has come. `pending` is how much waits for the rest. */
export function unframed(whole: (content: Uint8Array) => void) {
  let pieces: Uint8Array[] = [];
  let size = 0;
  let wanted: number | undefined;
  return {
    pending: () => size,
    take(piece: Uint8Array): void {
      pieces.push(piece);
      size += piece.length;
      while (size >= (wanted ?? header)) {
        const all = joined(pieces, size);
        const end = wanted ?? header;
        pieces = end === all.length ? [] : [all.subarray(end)];
        size -= end;
        if (wanted === undefined) wanted = new DataView(all.buffer, all.byteOffset).getUint32(0);
        else {
          wanted = undefined;
          whole(all.subarray(0, end));
        }
      }
    },
  };
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const [only, ...others] = pieces;
  if (only !== undefined && others.length === 0) return only;
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
