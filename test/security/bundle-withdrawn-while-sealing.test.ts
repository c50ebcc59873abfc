// Her no comes while her case is being locked, or in the moment it is written: nothing leaves, and the receiver sees no gap.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Files } from "../../main/core/ports.ts";
import { nodeFiles } from "../../main/shells/node/files.ts";
import {
  consent,
  giveRole,
  share,
  sharedCase,
  sharing,
  smallCase,
  twoOffices,
  withdraw,
} from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

/** Files whose drafts run `first` before they do what is asked. */
const interrupted = (at: "write" | "commit", first: () => Promise<unknown>): Files => ({
  ...nodeFiles,
  async draft(folder) {
    const draft = await nodeFiles.draft(folder);
    let done: Promise<unknown> | undefined;
    const before = async () => void (await (done ??= first()));
    return {
      ...draft,
      write: async (chunk) => {
        if (at === "write") await before();
        await draft.write(chunk);
      },
      commit: async (name) => {
        if (at === "commit") await before();
        await draft.commit(name);
      },
    };
  },
});

const onDrive = () => readdirSync(join(made.folder, "drive")).toSorted();

test.for(["write", "commit"] as const)("at the %s", async (at) => {
  const { mission, network, toNetwork } = made;
  const other = await sharedCase(made);
  const of = await smallCase(mission);
  await giveRole(mission, of, toNetwork);
  const her = await consent(mission, of, toNetwork);
  const before = onDrive();
  mission.files = interrupted(at, () => withdraw(mission, of, her));
  const refusal = await mission.refused("exchange.share", sharing(toNetwork, of));
  mission.files = nodeFiles;
  expect(refusal).toEqual({ type: "NotCleared", refused: [] });
  expect(onDrive()).toEqual(before);
  expect((await mission.ask("exchange.sent", {})).bundles.at(-1)?.state).toBe("destroyed");
  const next = await network.take(await share(mission, toNetwork, other));
  expect(next).toMatchObject({ outcome: "taken" });
  expect(next.missing).toBeUndefined();
  expect((await mission.ask("ledger.read", { case: of })).whole).toBe(true);
});

test("cancelled while it is being locked: nothing written, no gap", async () => {
  const { mission, network, toNetwork } = made;
  const of = await sharedCase(made);
  const before = onDrive();
  const job = "0".repeat(32);
  mission.files = interrupted("write", () => mission.ask("jobs.cancel", { job }));
  const refusal = await mission.refused("exchange.share", { ...sharing(toNetwork, of), job });
  mission.files = nodeFiles;
  expect(refusal).toEqual({ type: "Cancelled" });
  expect(onDrive()).toEqual(before);
  const next = await network.take(await share(mission, toNetwork, of));
  expect(next.missing).toBeUndefined();
});

test("written and not yet fetched: withdrawal destroys the file where it lies", async () => {
  const { mission, network, toNetwork } = made;
  const other = await sharedCase(made);
  const of = await smallCase(mission);
  await giveRole(mission, of, toNetwork);
  const her = await consent(mission, of, toNetwork);
  const before = onDrive();
  await share(mission, toNetwork, of);
  expect(await withdraw(mission, of, her)).toMatchObject({ recalls: 1, destroyed: 1 });
  expect(onDrive()).toEqual(before);
  const next = await network.take(await share(mission, toNetwork, other));
  expect(next.missing).toBeUndefined();
});

test("a release still lying where it was written is destroyed too", async () => {
  const { mission, toNetwork } = made;
  const of = await smallCase(mission);
  const fields = [{ section: { kind: "identity" as const }, pattern: "*" }];
  const her = await consent(mission, of, toNetwork, [{ kind: "identity" }], {
    act: "release",
    purpose: "visa",
    fields: [{ section: { kind: "identity" }, fields: ["*"] }],
  });
  const before = onDrive();
  await mission.ask("exchange.release", {
    contact: toNetwork,
    case: of,
    purpose: "visa",
    fields,
    ticked: [],
    folder: "drive",
  });
  expect(onDrive()).toHaveLength(before.length + 1);
  // The file may have been copied before: it is called back all the same.
  expect(await withdraw(mission, of, her)).toMatchObject({ recalls: 1, destroyed: 1 });
  expect(onDrive()).toEqual(before);
});
