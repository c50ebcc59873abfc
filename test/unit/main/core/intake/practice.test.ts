// A practice vault: six cases in different states, due and overdue as of the day it is made, and nothing left where it is stopped.
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { caseStages } from "../../../../../shared/vocabulary/sections/plan.ts";
import { FileTrouble } from "../../../../../main/core/ports.ts";
import { nodeFiles } from "../../../../../main/shells/node/files.ts";
import { laptop, PHRASE, type Laptop } from "../../../../support/laptop.ts";
import { seededClock, temporaryFolder } from "../../../../support/ports.ts";

// Each passphrase costs a key derivation, at its floor a tenth of a second on a quiet machine.
vi.setConfig({ testTimeout: 60_000 });

const practice = { folder: "practice", person: "Ada Specimen", passphrase: PHRASE };
/** 2027-03-10T08:00Z */
const now = Date.UTC(2027, 2, 10, 8);

async function make(folder: string) {
  const on = laptop(folder, { clock: seededClock(now) });
  expect(await on.ask("vault.createPractice", { ...practice, job: "job-practice" })).toEqual({ cases: 6 });
  return on;
}
type Plan = {
  readonly stage: (typeof caseStages)[number];
  readonly tasks: Readonly<
    Record<string, { readonly due: { readonly value: string }; readonly state: string }>
  >;
};
const plans = async (on: Laptop) => {
  const { cases } = await on.ask("cases.list", {});
  return await Promise.all(
    cases.map(async ({ case: of }) => {
      const { value } = await on.ask("cases.section", { case: of, section: { kind: "plan" } });
      return { of, plan: value as unknown as Plan };
    }),
  );
};

test("six cases in six states, with work overdue and due, families and her decisions", async () => {
  await using home = await temporaryFolder();
  await using on = await make(home.path);
  expect(await on.ask("vault.status", {})).toMatchObject({
    state: "open",
    kind: "practice",
    office: { name: "Practice Mission" },
    member: { name: "Ada Specimen" },
  });
  const all = await plans(on);
  expect(all.map(({ plan }) => plan.stage).toSorted()).toEqual([
    "active",
    "follow-up",
    "intake",
    "on-hold",
    "planning",
    "relocated",
  ]);
  const due = all.flatMap(({ plan }) =>
    Object.values(plan.tasks)
      .filter(({ state }) => state !== "done")
      .map((task) => task.due.value),
  );
  expect(due.filter((day) => day < "2027-03-10").length).toBeGreaterThanOrEqual(3);
  expect(due).toContain("2027-03-10");
  expect(due.filter((day) => day > "2027-03-10").length).toBeGreaterThan(5);

  const planning = all.find(({ plan }) => plan.stage === "planning")?.of;
  if (planning === undefined) throw new Error("no case is being planned");
  const { sections, offices } = await on.ask("cases.get", { case: planning });
  const kinds = sections.map(({ name }) => name.kind);
  for (const kind of ["visa", "placement", "reach", "journal"]) expect(kinds).toContain(kind);
  expect(kinds.filter((kind) => kind === "family").length).toBeGreaterThanOrEqual(4);
  expect(offices).toHaveLength(2);
  const { consents } = await on.ask("consent.list", { case: planning });
  expect(consents.map(({ body }) => body.act).toSorted()).toEqual(["release", "share"]);
  const { contacts } = await on.ask("contacts.list", {});
  expect(contacts.map(({ trust, software }) => [trust, software])).toEqual([
    ["verified", "waypost"],
    ["verified", "waypost"],
  ]);
  await on.ask("vault.lock", {});
  await on.ask("vault.unlock", { folder: "practice", passphrase: PHRASE });
  expect((await on.ask("vault.check", {})).rows).toBeGreaterThan(20);
  expect(on.notes).toEqual([]);
});

test("what it holds can be worked with: shared, and read by its passports' lines", async () => {
  await using home = await temporaryFolder();
  mkdirSync(join(home.path, "drive"));
  await using on = await make(home.path);
  const { found } = await on.ask("search.find", { text: "eriksson" });
  const of = found[0]?.case;
  if (of === undefined) throw new Error("nobody is found");
  const identity = await on.ask("cases.section", { case: of, section: { kind: "identity" } });
  expect(identity.value).toMatchObject({ birth: { date: { value: "1974-08-12" } }, sex: "F" });
  const { contacts } = await on.ask("contacts.list", {});
  const network = contacts.find(({ officeName }) => officeName === "Practice Harbour Network");
  if (network === undefined) throw new Error("no partner");
  const sent = await on.ask("exchange.share", {
    contact: network.contact,
    cases: [{ case: of }],
    purpose: "joint-protection",
    folder: "drive",
  });
  expect(sent.cases[0]?.sections.length).toBe(4);
});

test("every passport's lines are in order", async () => {
  await using home = await temporaryFolder();
  await using on = await make(home.path);
  let zones = 0;
  for (const { of } of await plans(on)) {
    const { sections } = await on.ask("cases.get", { case: of });
    for (const { name } of sections.filter(({ name: { kind } }) => ["identity", "family"].includes(kind))) {
      const { value } = await on.ask("cases.section", { case: of, section: name });
      const { papers } = value as {
        papers?: { held?: Record<string, { mrz?: string; mrzChecked?: string }> };
      };
      for (const paper of Object.values(papers?.held ?? {})) {
        if (paper.mrz === undefined) continue;
        zones++;
        expect(paper.mrzChecked).toBe("all-good");
      }
    }
  }
  expect(zones).toBe(4);
});

test("progress is told, and a cancelled one leaves nothing", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  const making = on.answer("vault.createPractice", { ...practice, job: "job-practice" });
  await vi.waitFor(
    () => expect(on.events.some((event) => event.type === "job.progress" && event.done > 0)).toBe(true),
    { timeout: 50_000, interval: 1 },
  );
  await on.ask("jobs.cancel", { job: "job-practice" });
  expect(await making).toEqual({ ok: false, error: { type: "Cancelled" } });
  expect(existsSync(join(home.path, "practice"))).toBe(false);
  expect(await on.ask("vault.status", {})).toEqual({ state: "locked" });
  mkdirSync(join(home.path, "practice"));
  await on.ask("vault.createPractice", practice);
});

test("in a folder that holds something it makes nothing, and a weak passphrase is refused", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  mkdirSync(join(home.path, "practice/else"), { recursive: true });
  expect(await on.refused("vault.createPractice", practice)).toEqual({ type: "FolderNotEmpty" });
  expect(await on.refused("vault.createPractice", { ...practice, passphrase: "short" })).toEqual({
    type: "PassphraseWeak",
    why: "short",
  });
  expect(readdirSync(join(home.path, "practice"))).toEqual(["else"]);
});

test("where the drive is full it says so and leaves nothing", async () => {
  await using home = await temporaryFolder();
  const files = {
    ...nodeFiles,
    replace: async (): Promise<never> => {
      throw new FileTrouble("DiskFull");
    },
  };
  await using on = laptop(home.path, { files });
  expect(await on.refused("vault.createPractice", practice)).toEqual({ type: "DiskFull" });
  expect(on.notes).toEqual([]);
});
