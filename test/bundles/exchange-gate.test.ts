// What leaves is what was decided and read: conflicts, ticks, all cases or none, extracts that end, numbers that tell a copy.
import { cpSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifestOf, writeBundle } from "../../main/core/exchange/writing.ts";
import type { Session } from "../../main/core/safety/index.ts";
import type { ContactRow } from "../../main/core/contacts/index.ts";
import type { Milliseconds } from "../../shared/brand.ts";
import type { BundleId, CaseId, ContactId, OpeningId } from "../../shared/vocabulary/ids.ts";
import {
  consent,
  giveRole,
  offices,
  save,
  share,
  sharedCase,
  sharing,
  smallCase,
  twoOffices,
  valueOf,
  type Office,
} from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

const identity = { kind: "identity" } as const;
const reach = { kind: "reach" } as const;
const sectionsOf = async (at: Office, of: CaseId) =>
  (await at.ask("cases.get", { case: of })).sections.map((one) => one.section).toSorted();
const releasing = (contact: ContactId, of: CaseId, section: typeof reach | typeof identity) => ({
  contact,
  case: of,
  purpose: "visa" as const,
  fields: [{ section, pattern: "*" }],
});
const mayRelease = (at: Office, of: CaseId, contact: ContactId, section: typeof reach | typeof identity) =>
  consent(at, of, contact, [section], {
    act: "release",
    purpose: "visa",
    fields: [{ section, fields: ["*"] }],
  });

/** Both offices set one field, neither knowing of the other. */
async function conflicting(
  section: typeof reach | typeof identity,
  path: string[],
  ours: string,
  theirs: string,
) {
  const { mission, network, toMission } = made;
  const of = await sharedCase(made);
  await save(mission, of, section, path, ours);
  await save(network, of, section, path, theirs);
  await mission.take(await share(network, toMission, of));
  return of;
}

test("a release waits until a conflict is settled, and shows the careful value where one rules", async () => {
  const { mission, toNetwork } = made;
  const names = await conflicting(identity, ["title"], "Dr", "Prof");
  await mayRelease(mission, names, toNetwork, identity);
  const asked = releasing(toNetwork, names, identity);
  expect((await mission.refused("exchange.preview", asked)).type).toBe("SettleFirst");
  const refused = await mission.refused("exchange.release", { ...asked, ticked: [], folder: "drive" });
  expect(refused.type).toBe("SettleFirst");
  for (const [ours, theirs] of [
    ["as-listed", "never"],
    ["never", "as-listed"],
  ] as const) {
    const wishes = await conflicting(reach, ["contact", "wish"], ours, theirs);
    await mayRelease(mission, wishes, toNetwork, reach);
    const { leaves } = await mission.ask("exchange.preview", releasing(toNetwork, wishes, reach));
    expect(leaves.find(({ path }) => path[1] === "wish")?.value).toBe("never");
  }
});

test("a tick counts for the text that was read, not for what stands there later", async () => {
  const { mission, toNetwork } = made;
  const of = await smallCase(mission);
  await mayRelease(mission, of, toNetwork, reach);
  const asked = releasing(toNetwork, of, reach);
  const { leaves } = await mission.ask("exchange.preview", asked);
  const ticked = leaves.map(({ section, path, value }) => ({ section, path, value }));
  const read = await mission.ask("exchange.release", { ...asked, ticked, folder: "drive" });
  expect(read).toMatchObject({ fields: 1, left: 0 });
  await save(mission, of, reach, ["ifAnotherAnswers"], "Say that she is hiding at her aunt's.");
  const changed = await mission.ask("exchange.release", { ...asked, ticked, folder: "drive" });
  expect(changed).toMatchObject({ fields: 0, left: 1 });
});

test("a refusal of the second case leaves the first as it is", async () => {
  const { mission, toNetwork } = made;
  const first = await smallCase(mission);
  await giveRole(mission, first, toNetwork);
  await consent(mission, first, toNetwork);
  await save(mission, first, reach, ["ifAnotherAnswers"], "Hang up.");
  const second = await smallCase(mission);
  await giveRole(mission, second, toNetwork);
  const before = await sectionsOf(mission, first);
  const refused = await mission.refused("exchange.share", sharing(toNetwork, first, second));
  expect(refused.type).toBe("NotCleared");
  expect(await sectionsOf(mission, first)).toEqual(before);
});

test("an extract ends with the day of the consent it rests on", async () => {
  const { mission, network, toNetwork, toMission } = made;
  const of = await smallCase(mission);
  await giveRole(mission, of, toNetwork);
  const soon = new Date(mission.clock.now() + 86_400_000).toISOString().slice(0, 10);
  await consent(mission, of, toNetwork, [reach], { until: { day: soon } });
  await network.take(await share(mission, toNetwork, of));
  await save(network, of, reach, ["ifAnotherAnswers"], "Hang up.");
  await share(network, toMission, of);
  network.clock.advance((3 * 86_400_000) as Milliseconds);
  expect(await network.refused("exchange.share", sharing(toMission, of))).toMatchObject({
    refused: [{ why: "check-again" }],
  });
});

test("with three parties a section is founded anew once, not with every share", async () => {
  await using three = await offices("Mission", "Network", "Host");
  const [mission, network, host] = three.all as [Office, Office, Office];
  const to = [await three.contact(mission, network), await three.contact(mission, host)] as const;
  const of = await smallCase(mission);
  for (const contact of to) {
    await giveRole(mission, of, contact);
    await consent(mission, of, contact, [reach]);
  }
  await save(mission, of, reach, ["ifAnotherAnswers"], "Hang up.");
  await share(mission, to[0], of);
  await save(mission, of, reach, ["ifAnotherAnswers"], "Say nothing.");
  await share(mission, to[1], of);
  const settled = await sectionsOf(mission, of);
  for (const [n, contact] of [...to, ...to].entries()) {
    await save(mission, of, reach, ["ifAnotherAnswers"], `Word ${n}.`);
    const file = await share(mission, contact, of);
    await (contact === to[0] ? network : host).take(file);
  }
  expect(await sectionsOf(mission, of)).toEqual(settled);
  expect(await valueOf(host, of, reach)).toMatchObject({ ifAnotherAnswers: "Word 3." });
});

test("two receptions at once: the second waits for the first", async () => {
  const { mission, network, toNetwork } = made;
  const of = await sharedCase(made);
  const files = [await share(mission, toNetwork, of), await share(mission, toNetwork, of)];
  const came = await Promise.all(files.map((file) => network.take(file)));
  expect(came).toMatchObject([{ outcome: "taken" }, { outcome: "taken" }]);
});

test("a copy is told though its first opening sent nothing", async () => {
  await using two = await twoOffices();
  const { mission, network, toNetwork } = two;
  const of = await sharedCase(two);
  await mission.ask("vault.lock", {});
  cpSync(mission.vault, `${mission.vault}-copy`, { recursive: true });
  await mission.reopen();
  await mission.reopen();
  const first = await network.take(await share(mission, toNetwork, of));
  expect(first.clone).toBeUndefined();
  await mission.reopen(`${mission.vault}-copy`);
  await mission.reopen(`${mission.vault}-copy`);
  expect(await network.take(await share(mission, toNetwork, of))).toMatchObject({ clone: true });
});

const session = {
  practice: true,
  office: { id: "0".repeat(32), name: "Practice" },
  member: { fingerprint: "A".repeat(40), name: "Person" },
  signer: {},
} as unknown as Session;
const going = (kind: "release" | "share") => ({
  kind,
  contact: { fingerprint: "B".repeat(40), trust: "verified" } as unknown as ContactRow,
  entries: [],
  content: {
    cases: [
      {
        case: "1".repeat(32) as CaseId,
        sections: [],
        ...(kind === "release" ? { released: { sections: [identity], consents: [] } } : {}),
      },
    ],
    recalls: [],
    acknowledges: [],
  },
});

test("the manifest of a release names no case", () => {
  const member = session.member;
  if (member === undefined) throw new Error("nobody");
  const number = { opening: "2".repeat(32) as OpeningId, parent: null, number: 1, forRecipient: 1 };
  const made = 0 as Milliseconds;
  const about = { id: "3".repeat(32) as BundleId, made, number };
  expect(manifestOf(session, member, going("release"), about).cases).toBeUndefined();
  expect(manifestOf(session, member, going("share"), about).cases).toHaveLength(1);
});

test("nothing is sealed without a decision for exactly that case and contact", async () => {
  const out = { ...going("release"), folder: "", cleared: [], disclosures: [] };
  await expect(writeBundle(session, out)).rejects.toThrow("without a clearance");
});
