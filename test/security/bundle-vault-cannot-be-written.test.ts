// Bundles arrive while the vault's own disk is full, cannot be written or fails: said as such, nothing changed, and later taken.
import { afterAll, beforeAll, expect, test } from "vitest";
import { FileTrouble, type FileProblem, type Files } from "../../main/core/ports.ts";
import { nodeFiles } from "../../main/shells/node/files.ts";
import type { Bytes } from "../../shared/brand.ts";
import { put, bytesOf, share, sharedCase, twoOffices, untouched } from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

const failing = (more: Partial<Files>): Files => ({ ...nodeFiles, ...more });
const trouble = (problem: FileProblem) => () => Promise.reject(new FileTrouble(problem));

test.for([
  ["no room for staging", failing({ freeSpace: async () => 1024 as Bytes }), "DiskFull"],
  ["the disk fills up", failing({ freeSpace: trouble("DiskFull") }), "DiskFull"],
  ["the folder became read-only", failing({ remove: trouble("ReadOnly") }), "VaultReadOnly"],
] as const)("%s", async ([, files, type]) => {
  const { mission, network, toNetwork } = made;
  const file = await share(mission, toNetwork, await sharedCase(made));
  await untouched(network, async () => {
    network.files = files;
    expect(await network.refused("exchange.receive", { from: file })).toEqual({ type });
    network.files = nodeFiles;
  });
  expect(await network.take(file)).toMatchObject({ outcome: "taken" });
});

test("the drive they came on is pulled out, fails, or is not there: the file is refused, the others are taken", async () => {
  const { mission, network, toNetwork } = made;
  const of = await sharedCase(made);
  const file = await share(mission, toNetwork, of);
  for (const [problem, type] of [
    ["Vanished", "DriveGone"],
    ["Broken", "FileUnreadable"],
    ["NotFound", "FileMissing"],
    ["Denied", "DriveReadOnly"],
  ] as const) {
    async function* torn() {
      yield bytesOf(made, file).subarray(0, 3_000);
      throw new FileTrouble(problem);
    }
    await untouched(network, async () => {
      network.files = failing({ stream: torn });
      expect(await network.take(file)).toMatchObject({ outcome: "refused", why: { type } });
      network.files = nodeFiles;
    });
  }
  expect((await network.refused("exchange.receive", { from: "drive/none.pgp" })).type).toBe("FileMissing");
  expect(await network.take(put(made, "again.pgp", bytesOf(made, file)))).toMatchObject({ outcome: "taken" });
});
