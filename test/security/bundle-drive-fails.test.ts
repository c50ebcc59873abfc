// The drive is full, read-only or pulled out at any step of writing: named, nothing half-written, nothing owed forgotten, no gap.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FileTrouble, type FileProblem, type Files } from "../../main/core/ports.ts";
import { nodeFiles } from "../../main/shells/node/files.ts";
import type { Bytes } from "../../shared/brand.ts";
import {
  acknowledge,
  sendRecalls,
  share,
  sharedCase,
  sharing,
  twoOffices,
  withdraw,
} from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

type Step = "space" | "draft" | "write" | "commit" | "read back";

const failing = (at: Step, problem: FileProblem): Files => {
  const fail = () => Promise.reject(new FileTrouble(problem));
  return {
    ...nodeFiles,
    ...(at === "space" ? { freeSpace: async () => 1_000 as Bytes } : {}),
    async draft(folder) {
      if (at === "draft") return fail();
      const draft = await nodeFiles.draft(folder);
      return {
        ...draft,
        write: at === "write" ? fail : draft.write,
        async commit(name) {
          if (at === "read back") await draft.commit(name);
          if (at === "commit" || at === "read back") return fail();
          return draft.commit(name);
        },
      };
    },
  };
};

const steps: readonly (readonly [Step, FileProblem, string])[] = [
  ["space", "DiskFull", "DriveFull"],
  ["draft", "ReadOnly", "DriveReadOnly"],
  ["draft", "NotFound", "DriveGone"],
  ["write", "DiskFull", "DriveFull"],
  ["write", "Vanished", "DriveGone"],
  ["commit", "DiskFull", "DriveFull"],
  ["commit", "Vanished", "DriveGone"],
  ["read back", "Broken", "FileUnreadable"],
];

const onDrive = () => readdirSync(join(made.folder, "drive")).toSorted();

test.for(steps)("a share: %s, %s", async ([at, problem, type]) => {
  const { mission, network, toNetwork } = made;
  const of = await sharedCase(made);
  const before = onDrive();
  mission.files = failing(at, problem);
  expect(await mission.refused("exchange.share", sharing(toNetwork, of))).toEqual({ type });
  mission.files = nodeFiles;
  expect(onDrive()).toEqual(before);
  // A drive that is full or cannot be written is found before anything is numbered.
  const begun = at !== "space" && at !== "draft";
  expect((await mission.ask("exchange.sent", {})).bundles.at(-1)?.state).toBe(
    begun ? "destroyed" : "written",
  );
  const next = await network.take(await share(mission, toNetwork, of));
  expect(next).toMatchObject({ outcome: "taken" });
  expect(next.missing).toBeUndefined();
  const { whole, entries } = await mission.ask("ledger.read", { case: of });
  expect(whole).toBe(true);
  const told = entries.filter(({ entry }) => (entry as { way?: string } | undefined)?.way === "never-left");
  expect(told).toHaveLength(at === "commit" || at === "read back" ? 1 : 0);
});

test.for(steps)(
  "a confirmation stays owed, an introduction leaves nothing: %s, %s",
  async ([at, problem, type]) => {
    const { mission, network, toNetwork, toMission } = made;
    const of = await sharedCase(made);
    const her = (await mission.ask("consent.list", { case: of })).consents[0]?.body.id;
    if (her === undefined) throw new Error("no consent");
    await withdraw(mission, of, her);
    const recall = { contact: toNetwork, folder: "drive" };
    mission.files = failing(at, problem);
    expect(await mission.refused("exchange.recall", recall)).toEqual({ type });
    mission.files = nodeFiles;
    await network.take(await sendRecalls(mission, toNetwork));
    const before = onDrive();
    network.files = failing(at, problem);
    expect(await network.refused("exchange.acknowledge", { contact: toMission, folder: "drive" })).toEqual({
      type,
    });
    if (at !== "space")
      expect(await network.refused("exchange.introduce", { folder: "drive" })).toEqual({ type });
    network.files = nodeFiles;
    expect(onDrive().filter((name) => name.startsWith("."))).toEqual([]);
    expect(at === "read back" ? before : onDrive()).toEqual(before);
    expect((await mission.take(await acknowledge(network, toMission))).confirmed).toHaveLength(1);
  },
);

test("where the drive is gone for good, what may have left stays in the books and is called back", async () => {
  const { mission, toNetwork } = made;
  const of = await sharedCase(made);
  mission.files = {
    ...failing("commit", "Vanished"),
    remove: () => Promise.reject(new FileTrouble("Vanished")),
  };
  expect(await mission.refused("exchange.share", sharing(toNetwork, of))).toEqual({ type: "MayHaveLeft" });
  mission.files = nodeFiles;
  expect((await mission.ask("exchange.sent", {})).bundles.at(-1)?.state).toBe("written");
  expect(existsSync(join(made.folder, "drive"))).toBe(true);
});
