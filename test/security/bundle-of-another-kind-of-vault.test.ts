// Practice at a real vault and the reverse: a real office refuses whatever is practice, introductions first.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { introductionBy, stranger } from "../support/hostile-bundles.ts";
import { office, put, refuses } from "../support/offices.ts";
import { temporaryFolder } from "../support/ports.ts";

test("a real vault takes in nothing of practice", async () => {
  await using home = await temporaryFolder();
  mkdirSync(join(home.path, "drive"));
  const real = await office("Real", home.path, "real");
  const practice = await office("Practice", home.path);
  const made = { folder: home.path };
  try {
    const { file: drill } = await practice.ask("exchange.introduce", { folder: "drive" });
    await refuses(real, `drive/${drill}`, { type: "PracticeBundle" });
    const { file: earnest } = await real.ask("exchange.introduce", { folder: "drive" });
    await refuses(practice, `drive/${earnest}`, { type: "RealBundle" });
    const eve = await stranger();
    await refuses(real, put(made, "eve.pgp", await introductionBy(eve)), { type: "PracticeBundle" });
    const met = await real.take(put(made, "eve-real.pgp", await introductionBy(eve, { practice: false })));
    expect(met).toMatchObject({ outcome: "taken", kind: "introduction" });
  } finally {
    await real.app.close();
    await practice.app.close();
  }
});
