// Extracts that say she agreed: not by the steward, for another office, or of another case. None of them lets anything leave.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaseId, ContactId } from "../../shared/vocabulary/ids.ts";
import {
  bundleBy,
  certificateOf,
  introduceStranger,
  noticeBy,
  openedBy,
  stranger,
  type Stranger,
  type TarEntry,
} from "../support/hostile-bundles.ts";
import { both, consent, giveRole, share, sharing, smallCase, twoOffices } from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
let eve: Stranger;
let toEve: ContactId;
beforeAll(async () => {
  made = await twoOffices();
  eve = await stranger();
  toEve = await introduceStranger(made, made.mission, eve);
  await introduceStranger(made, made.network, eve);
});
afterAll(() => made[Symbol.asyncDispose]());

/** A case both work on, of which she agreed only that Eve has it; and all that the mission sent to Eve. */
async function onlyEve(): Promise<{ of: CaseId; all: readonly TarEntry[]; extract: TarEntry }> {
  const { mission, toNetwork } = made;
  const of = await smallCase(mission);
  await giveRole(mission, of, toEve);
  await giveRole(mission, of, toNetwork);
  await consent(mission, of, toEve);
  const { entries } = await openedBy(made, eve, mission, await share(mission, toEve, of));
  const all = [...entries].map(([name, content]) => ({ name, content }));
  const extract = all.find(({ name }) => name.startsWith("extracts/"));
  if (extract === undefined) throw new Error("no extract");
  return { of, all: all.filter(({ name }) => /^(chain|parts|sections)\//.test(name)), extract };
}

test("none counts; the steward's own does", async () => {
  const { mission, network, toMission, toNetwork } = made;
  const mine = await onlyEve();
  const other = await onlyEve();
  const forged = await noticeBy(eve, "waypost/consent-extract/1", {
    case: mine.of,
    author: eve.certificate.fingerprint,
    recipient: (await certificateOf(network)).fingerprint,
    head: "0".repeat(64),
    purpose: "joint-protection",
    covers: both.map((section) => ({ section: { ...section }, consent: "1".repeat(32) })),
    made: 1,
    checkAgainBy: 9_999_999_999_999,
  });
  const name = `extracts/${mine.of}.extract`;
  const tries: readonly TarEntry[] = [
    { name, content: forged },
    mine.extract,
    { ...other.extract, name },
    { name, content: "" },
  ];
  for (const extract of tries) {
    const file = await bundleBy(made, eve, network, [...mine.all, extract], {
      kind: "share",
      cases: [mine.of],
    });
    expect(await network.take(file)).toMatchObject({ outcome: "taken" });
    const refusal = await network.refused("exchange.share", sharing(toMission, mine.of));
    expect(refusal).toMatchObject({ type: "NotCleared" });
  }
  await consent(mission, mine.of, toNetwork);
  expect(await network.take(await share(mission, toNetwork, mine.of))).toMatchObject({ outcome: "taken" });
  expect((await network.ask("exchange.share", sharing(toMission, mine.of))).cases).toHaveLength(1);
});

test("after its date nobody but the steward sends", async () => {
  const { mission, network, toMission, toNetwork } = made;
  const of = await smallCase(mission);
  await giveRole(mission, of, toNetwork);
  await consent(mission, of, toNetwork);
  await network.take(await share(mission, toNetwork, of));
  network.clock.advance(15 * 86_400_000);
  const refusal = await network.refused("exchange.share", sharing(toMission, of));
  expect(refusal).toMatchObject({
    type: "NotCleared",
    refused: [{ why: "check-again" }, { why: "check-again" }],
  });
  network.clock.advance(-15 * 86_400_000);
});
