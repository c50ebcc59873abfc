// A file of 10 GiB in the inbox: refused by its size before an octet is read.
import { truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { put, refuses, share, sharedCase, twoOffices } from "../support/offices.ts";
import { processorTime } from "../support/processor.ts";

test("refused at once, and what lies beside it is taken", async () => {
  await using made = await twoOffices();
  const { mission, network, toNetwork } = made;
  const big = put(made, "0.pgp", "");
  truncateSync(join(made.folder, big), 10 * 1024 ** 3);
  const started = processorTime();
  await refuses(network, big, { type: "LimitBroken", limit: "bundleBytes" });
  expect(processorTime() - started).toBeLessThan(1_000);
  const of = await sharedCase(made);
  const file = await share(mission, toNetwork, of);
  const { files } = await network.ask("exchange.receive", { from: "drive" });
  expect(files.find((one) => `drive/${one.file}` === file)).toMatchObject({ outcome: "taken" });
  expect(files.find((one) => one.file === "0.pgp")).toMatchObject({ outcome: "refused" });
});
