// Lines out of a stream, one at a time and of limited length, so that a passphrase and what follows it can share one stream.
import type { Readable } from "node:stream";

export type Lines = {
  /** The next line without its end; `undefined` at the end of the stream; `"too-long"` for a line beyond the limit, which is skipped whole. */
  readonly next: () => Promise<{ readonly text: string } | "too-long" | undefined>;
  /** All that is left; `"too-long"` beyond the limit. */
  readonly rest: () => Promise<{ readonly text: string } | "too-long">;
};

const NEWLINE = 0x0a;

/** `limit` is in bytes. */
export function linesOf(stream: Readable, limit: number): Lines {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  let held: Buffer = Buffer.alloc(0);

  const more = async (): Promise<Buffer | undefined> => {
    const { done, value } = await chunks.next();
    return done ? undefined : value;
  };

  return {
    next: async () => {
      const parts: Buffer[] = [];
      let length = 0;
      let chunk: Buffer | undefined = held;
      held = Buffer.alloc(0);
      for (; chunk !== undefined; chunk = await more()) {
        const at = chunk.indexOf(NEWLINE);
        const part = at < 0 ? chunk : chunk.subarray(0, at);
        length += part.length;
        if (length <= limit) parts.push(part);
        if (at >= 0) {
          held = chunk.subarray(at + 1);
          return length > limit ? "too-long" : { text: text(parts) };
        }
      }
      if (length > limit) return "too-long";
      return length === 0 ? undefined : { text: text(parts) };
    },
    rest: async () => {
      const parts = [held];
      let length = held.length;
      for (let chunk = await more(); chunk !== undefined; chunk = await more()) {
        length += chunk.length;
        if (length > limit) return "too-long";
        parts.push(chunk);
      }
      return { text: text(parts) };
    },
  };
}

const text = (parts: Buffer[]): string => Buffer.concat(parts).toString("utf8").replace(/\r$/, "");
