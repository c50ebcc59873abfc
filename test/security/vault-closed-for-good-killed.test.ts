// The core's process is killed while a vault is closed for good: it opens with all it held, or nothing opens it any more.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { nodeDecoder } from "../../main/shells/node/decoder.ts";
import { startCore } from "../../main/shells/node/start-core.ts";
import { pathTokens } from "../../main/shells/node/tokens.ts";
import { laptop, newVault, PHRASE } from "../support/laptop.ts";
import { temporaryFolder } from "../support/ports.ts";

const folder = { folder: "vault", passphrase: PHRASE };

test("8 kills between the call and its answer", async () => {
  await using home = await temporaryFolder();
  await using on = laptop(home.path);
  await newVault(on, "made");
  await on.ask("cases.create", {
    reason: "taken in",
    edits: [{ section: { kind: "work" }, edits: [{ path: ["about"], set: "Mediates." }] }],
  });
  await on.ask("vault.lock", {});
  const start = () =>
    startCore({
      lent: { decoder: nodeDecoder(), tokens: pathTokens(home.path) },
      note: () => undefined,
      stderr: "ignore",
    });
  const close = async (killAfter?: number) => {
    rmSync(join(home.path, "vault"), { recursive: true, force: true });
    cpSync(join(home.path, "made"), join(home.path, "vault"), { recursive: true });
    const core = start();
    expect(await core.call("vault.unlock", folder)).toMatchObject({ ok: true });
    const begun = performance.now();
    const closing = core.call("vault.closeForGood", { passphrase: PHRASE });
    if (killAfter !== undefined) {
      await wait(killAfter);
      process.kill(core.pid ?? 0, "SIGKILL");
    }
    const outcome = await closing;
    const took = performance.now() - begun;
    await core.end();
    return { outcome, took };
  };
  const { outcome, took } = await close();
  expect(outcome).toMatchObject({ ok: true });
  const ends: string[] = [];
  for (let kill = 1; kill <= 8; kill++) {
    // The slots fall near the end of it.
    await close(took * (0.5 + kill / 14));
    const opened = await on.answer("vault.unlock", folder);
    ends.push(opened.ok ? "open" : opened.error.type);
    if (!opened.ok) continue;
    expect((await on.ask("search.find", { text: "mediates" })).found).toHaveLength(1);
    await on.ask("vault.check", {});
    await on.ask("vault.lock", {});
  }
  expect(ends.filter((end) => !["open", "NoVault", "SlotsDamaged"].includes(end))).toEqual([]);
});
