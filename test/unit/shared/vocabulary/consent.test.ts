// Consent in its shape: whole sections for a share, named fields for a release, an end always, no intelligence ever.
import { expect, test } from "vitest";
import { ConsentBody } from "../../../../shared/vocabulary/consent.ts";
import { problemsOf } from "../../../../shared/vocabulary/problems.ts";
import { Purpose, purposes } from "../../../../shared/vocabulary/purposes.ts";

const fingerprint = "A".repeat(40);
const share = {
  id: "1".repeat(32),
  case: "2".repeat(32),
  act: "share",
  by: { who: "her" },
  recipient: { kind: "contact", fingerprint },
  sections: [{ kind: "identity" }, { kind: "family", person: "3".repeat(32) }],
  past: false,
  purpose: "joint-protection",
  until: { day: "2027-02-28" },
  given: {
    at: 1,
    how: "by-telephone",
    language: "fa-AF",
    alone: "yes",
    risksTold: "yes",
    recordedBy: fingerprint,
  },
};
const why = (change: object) => {
  const judged = ConsentBody.safeParse({ ...share, ...change });
  return judged.success ? [] : problemsOf(judged.error).map((problem) => problem.why);
};

test("a share of whole sections to a certificate, with an end", () => {
  expect(why({})).toEqual([]);
  expect(why({ until: { event: "when she has arrived" } })).toEqual([]);
  expect(why({ until: {} })).toEqual(["end-needed"]);
  expect(why({ until: undefined })).toEqual(["missing"]);
  expect(why({ fields: [] })).toEqual(["share-is-whole-sections"]);
  expect(why({ recipient: { kind: "herself" } })).toEqual(["share-needs-certificate"]);
  expect(why({ by: { who: "her-word-for", person: "3".repeat(32) } })).toEqual([
    "her-word-for-a-release-only",
  ]);
});

test("a release names its fields and may go to someone without a certificate", () => {
  const outsider = {
    kind: "outsider",
    name: "J. Specimen",
    post: "Consul",
    office: "Consulate",
    checked: "called back",
  };
  expect(why({ act: "release" })).toEqual(["release-needs-fields"]);
  const fields = [{ section: { kind: "identity" }, fields: ["names.asInPassport", "papers.held.*.number"] }];
  expect(why({ act: "release", recipient: outsider, fields })).toEqual([]);
});

test("a family section names its person, no other does", () => {
  expect(why({ sections: [{ kind: "family" }] })).toEqual(["person-for-family-only"]);
  expect(why({ sections: [{ kind: "reach", person: "3".repeat(32) }] })).toEqual(["person-for-family-only"]);
});

test("the recipient carries no name of the contact", () => {
  expect(why({ recipient: { kind: "contact", fingerprint, name: "Ada" } })).toEqual(["unknown-field"]);
});

test("there is no purpose for intelligence", () => {
  expect(purposes.filter((purpose) => /intel|inform|surveil|profil|security/.test(purpose))).toEqual([]);
  expect(Purpose.safeParse("intelligence").success).toBe(false);
});
