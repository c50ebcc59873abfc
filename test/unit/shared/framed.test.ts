// Messages on a pipe come out whole and in order, however the pipe cuts them.
import fc from "fast-check";
import { expect, test } from "vitest";
import { framed, unframed } from "../../../shared/framed.ts";

test("what was framed comes out whole, in order, cut anywhere", () => {
  const messages = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 });
  fc.assert(
    fc.property(messages, fc.integer({ min: 1, max: 60 }), (sent, step) => {
      const bytes = Uint8Array.from(sent.flatMap((one) => [...framed(one)]));
      const came: Uint8Array[] = [];
      const reader = unframed((content) => void came.push(Uint8Array.from(content)));
      for (let at = 0; at < bytes.length; at += step) reader.take(bytes.subarray(at, at + step));
      expect(came).toEqual(sent);
      expect(reader.pending()).toBe(0);
    }),
  );
});

test("what has not come to its end is not given", () => {
  const came: Uint8Array[] = [];
  const reader = unframed((content) => void came.push(content));
  reader.take(framed(Uint8Array.of(1, 2, 3)).subarray(0, 6));
  expect(came).toEqual([]);
  expect(reader.pending()).toBe(2);
});
