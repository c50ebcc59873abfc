// Lines out of any pieces: the same, however the stream is cut.
import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOf } from "../../../../main/shells/cli/lines.ts";

async function all(pieces: readonly Uint8Array[], limit = 1_000) {
  const lines = linesOf(Readable.from(pieces), limit);
  const read: string[] = [];
  for (let line = await lines.next(); line !== undefined; line = await lines.next()) {
    read.push(line === "too-long" ? "TOO LONG" : line.text);
  }
  return read;
}

test("cut anywhere, also inside a character, the lines are the same", async () => {
  const text = Buffer.from("eins\n\nአበባ\r\nlast without an end");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(text.length)), async (cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      const pieces = edges.slice(1).map((edge, at) => text.subarray(edges[at], edge));
      expect(await all(pieces)).toEqual(["eins", "", "አበባ", "last without an end"]);
    }),
  );
});

test("too long a line is skipped whole, in whatever pieces it comes", async () => {
  const pieces = ["short\n", "x".repeat(600), "x".repeat(600), "\nnext\n", "y".repeat(2_000), "\nend"].map(
    (piece) => Buffer.from(piece),
  );
  expect(await all(pieces)).toEqual(["short", "TOO LONG", "next", "TOO LONG", "end"]);
  expect(await all([Buffer.from("z".repeat(1_001))])).toEqual(["TOO LONG"]);
});

test("what follows the first line can be read whole", async () => {
  const lines = linesOf(Readable.from([Buffer.from("first\n{\n"), Buffer.from("}\n")]), 10);
  expect(await lines.next()).toEqual({ text: "first" });
  expect(await lines.rest()).toEqual({ text: "{\n}\n" });
  const long = linesOf(Readable.from([Buffer.from("first\n{\n"), Buffer.from("}".repeat(20))]), 10);
  await long.next();
  expect(await long.rest()).toBe("too-long");
});
