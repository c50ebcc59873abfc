// Inflates a compressed data packet (RFC 9580, section 5.6) as a stream; a bomb is refused after its first few MiB.
// GnuPG compresses by default, so partners' messages come so; Waypost itself never compresses before sealing.
import { Readable } from "node:stream";
import { createInflate, createInflateRaw } from "node:zlib";
import { byteReader, Refusal } from "./framing.ts";

/**
 * The octets inside. ZIP and ZLIB only. Refused as soon as more than 1 MiB + 64 times what came in has gone out:
 * written matter compresses to a tenth, an archive padded with zeros to a fiftieth, a bomb to a thousandth.
 */
export async function* inflated(
  packet: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = byteReader(packet);
  const algorithm = (await reader.take(1))[0];
  if (algorithm !== 1 && algorithm !== 2)
    throw new Refusal({ type: "AlgorithmRefused", what: "compression" });
  let taken = 0;
  let given = 0;
  let failure: Error | undefined;
  async function* compressed() {
    try {
      for (
        let piece = await reader.some(stepSize);
        piece !== undefined;
        piece = await reader.some(stepSize)
      ) {
        taken += piece.length;
        yield piece;
      }
    } catch (error) {
      failure = error as Error;
      throw error;
    }
  }
  const unzip =
    algorithm === 1 ? createInflateRaw({ chunkSize: stepSize }) : createInflate({ chunkSize: stepSize });
  const source = Readable.from(compressed(), { objectMode: true, highWaterMark: 1 });
  source.on("error", (error) => unzip.destroy(error));
  try {
    for await (const piece of source.pipe(unzip) as AsyncIterable<Buffer>) {
      given += piece.length;
      if (given > free + mostRatio * taken) throw new Refusal({ type: "CompressionBomb" });
      yield piece;
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw failure ?? new Refusal({ type: "NotOpenPgp", why: "packet form" });
  } finally {
    source.destroy();
    unzip.destroy();
  }
}

const stepSize = 64 * 1024;
const free = 1024 * 1024;
const mostRatio = 64;
