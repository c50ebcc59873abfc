// Frames read back as they were written; anything cut, trailing, too long or too many is refused by name.
import fc from "fast-check";
import { expect, test } from "vitest";
import { readFrames, writeFrames } from "../../../../shared/bundle/frames.ts";
import { limits } from "../../../../shared/bundle/limits.ts";
import { err, ok } from "../../../../shared/result.ts";

const octets = fc.uint8Array({ maxLength: 40 });
const frame = fc.record({ signed: octets, signature: octets, changes: octets });
const plain = (frames: readonly { signed: Uint8Array; signature: Uint8Array; changes: Uint8Array }[]) =>
  frames.map(({ signed, signature, changes }) => [signed, signature, changes].map((field) => [...field]));

test("what was written is read, whatever buffer it lies in", () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 5 }), fc.nat(7), (frames, offset) => {
      const bytes = writeFrames(frames);
      const within = new Uint8Array(bytes.length + offset);
      within.set(bytes, offset);
      const read = readFrames(within.subarray(offset), 5);
      expect(read.ok && plain(read.value)).toEqual(plain(frames));
    }),
  );
});

test("a cut anywhere is damage, unless it falls between two frames", () => {
  fc.assert(
    fc.property(fc.array(frame, { minLength: 1, maxLength: 4 }), fc.nat(), (frames, at) => {
      const bytes = writeFrames(frames);
      const length = at % bytes.length;
      const borders = frames.map((_, count) => writeFrames(frames.slice(0, count)).length);
      const read = readFrames(bytes.subarray(0, length), 4);
      if (borders.includes(length)) expect(read.ok).toBe(true);
      else expect(read).toEqual(err({ type: "FramesDamaged" }));
    }),
  );
});

test("a field that says it is longer than a part may be, and one frame too many", () => {
  const long = Buffer.alloc(4);
  long.writeUInt32BE(limits.partBytes + 1);
  expect(readFrames(long, 1)).toEqual(err({ type: "LimitBroken", limit: "partBytes" }));
  const two = writeFrames([1, 2].map(() => ({ signed: long, signature: long, changes: long })));
  expect(readFrames(two, 1)).toEqual(err({ type: "LimitBroken", limit: "partsPerSection" }));
  expect(readFrames(new Uint8Array(0), 0)).toEqual(ok([]));
});
