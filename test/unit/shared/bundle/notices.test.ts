// Notices: one text for one meaning; another kind, another form or a word too many is no notice.
import { expect, test } from "vitest";
import { acknowledgements, recalls } from "../../../../shared/bundle/notices.ts";
import { err, ok } from "../../../../shared/result.ts";
import type { BundleId, Fingerprint, RecallId } from "../../../../shared/vocabulary/ids.ts";

const id = "0123456789abcdef0123456789abcdef";
const said = {
  author: "A".repeat(40) as Fingerprint,
  recipient: "B".repeat(40) as Fingerprint,
  bundles: [{ bundle: id as BundleId, without: [] }],
  recalls: [id as RecallId],
  at: 1,
};

test("what was written is read, and only as what it is", () => {
  const text = acknowledgements.write(said);
  expect(text.split("\n")[0]).toBe("waypost/acknowledgement/1");
  expect(acknowledgements.read(text)).toEqual(ok(said));
  const malformed = err({ type: "NoticeMalformed" });
  expect(recalls.read(text)).toEqual(malformed);
  expect(acknowledgements.read(`${text}more 1\n`)).toEqual(malformed);
  expect(acknowledgements.read(text.slice(0, -1))).toEqual(malformed);
  expect(acknowledgements.read(text.replace('"at":1', '"at":1 '))).toEqual(malformed);
  expect(acknowledgements.read(text.replace('"at":1', '"at":-1'))).toEqual(malformed);
  expect(acknowledgements.read("")).toEqual(malformed);
});
