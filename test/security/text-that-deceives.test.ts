// Names of 10,000 characters, turned around, with NUL or broken halves: refused with the exact problem. What is only unusual is kept exactly.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaseId } from "../../shared/vocabulary/ids.ts";
import { save, share, sharedCase, twoOffices, untouched, valueOf } from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
let of: CaseId;
beforeAll(async () => {
  made = await twoOffices();
  of = await sharedCase(made);
});
afterAll(() => made[Symbol.asyncDispose]());

const identity = { kind: "identity" } as const;
const wanted = (full: string) => ({
  case: of,
  reason: "her name",
  edits: [{ section: identity, edits: [{ path: ["names", "wanted"], set: { full, script: "Arab" } }] }],
});

const deceiving: readonly (readonly [string, string, string])[] = [
  ["10,000 characters", "x".repeat(10_000), "too-long"],
  ["an override", "Anna \u202Eanna", "direction-override"],
  ["an isolate", "Anna \u2067anna", "direction-override"],
  ["NUL", "An\0na", "nul"],
  ["a bell", "An\u0007na", "control-character"],
  ["a line break", "An\nna", "control-character"],
  ["half an emoji", "Anna \uD83D", "broken-character"],
  ["nothing", "", "empty"],
  ["only spaces", "   ", "empty"],
];

test.for(deceiving)("refused: %s", async ([, full, why]) => {
  const refusal = await untouched(made.mission, () => made.mission.refused("cases.save", wanted(full)));
  expect(refusal).toMatchObject({ type: "SectionInvalid" });
  expect((refusal as { problems: { why: string }[] }).problems.map((one) => one.why)).toContain(why);

  const intake = {
    format: "waypost/intake/1",
    sections: { identity: { names: { wanted: { full, script: "Arab" } } } },
  };
  writeFileSync(join(made.folder, "odd.json"), JSON.stringify(intake));
  const refused = await untouched(made.mission, () =>
    made.mission.refused("intake.take", { file: "odd.json", reason: "taken in" }),
  );
  expect(["IntakeInvalid", "SectionInvalid"]).toContain(refused.type);
  expect((refused as { problems: { why: string }[] }).problems.map((one) => one.why)).toContain(why);
});

const unusual: readonly (readonly [string, string])[] = [
  ["emoji", "Anna 👩‍👩‍👧 🕊️"],
  ["joiners and marks of Persian", "می\u200Cخواهم\u200F"],
  ["the same letter in two spellings", "Ame\u0301lie Amélie"],
  ["200 characters", "ж".repeat(200)],
  ["quotes and markup", `<b onclick="x">O'Brien & "sons"</b>`],
];

test.for(unusual)("kept exactly, also at the other office: %s", async ([, full]) => {
  const { mission, network, toNetwork } = made;
  await mission.ask("cases.save", wanted(full));
  await network.take(await share(mission, toNetwork, of));
  for (const office of [mission, network])
    expect(await valueOf(office, of, identity)).toMatchObject({ names: { wanted: { full } } });
});

test("a note of several lines is kept exactly; a reason that turns the line around is refused", async () => {
  const { mission } = made;
  const reason = "asked \u202Eher 🕊️";
  const refusal = await mission.refused("cases.save", { ...wanted("Anna"), reason });
  expect(refusal).toMatchObject({ type: "BadInput", problems: [{ path: "reason" }] });
  await save(mission, of, { kind: "reach" }, ["ifAnotherAnswers"], "Zwei\nZeilen 🕊️");
  expect(await valueOf(mission, of, { kind: "reach" })).toMatchObject({
    ifAnotherAnswers: "Zwei\nZeilen 🕊️",
  });
});
