// A locked vault leaves no process that has read anything of it: not one that waits for more of a bundle, not one at work.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { nodeDecoder } from "../../main/shells/node/decoder.ts";
import { startCore } from "../../main/shells/node/start-core.ts";
import { pathTokens } from "../../main/shells/node/tokens.ts";
import type { Contract, MethodName } from "../../shared/ipc/contract.ts";
import type { Answered, Asked } from "../../shared/ipc/method.ts";
import type { Decoder } from "../../main/core/ports.ts";
import { addItem, newItem, sharedCase } from "../support/app-faults.ts";
import { laptop, meet, newVault, PHRASE } from "../support/laptop.ts";
import { noPrinter, temporaryFolder } from "../support/ports.ts";
import { decodersHere } from "../support/processes.ts";

const home = await temporaryFolder();
afterAll(() => home[Symbol.asyncDispose]());

const onLinux = process.platform === "linux" ? test : test.skip;

/** Two offices that share a case, in a folder of their own; nothing is open afterwards. */
async function shared(name: string) {
  const folder = join(home.path, name);
  mkdirSync(join(folder, "drive"), { recursive: true });
  await using one = laptop(folder);
  await using other = laptop(folder);
  await newVault(one, "mission");
  await newVault(other, "network", "Practice Network", "Ben Specimen");
  const met = await meet(one, other, "drive");
  const { of } = await sharedCase(one, other, met, "drive");
  await addItem(one, of, newItem());
  const { file } = await one.ask("exchange.share", {
    contact: met.other,
    cases: [{ case: of }],
    purpose: "joint-protection",
    folder: "drive",
  });
  return { folder, bundle: join("drive", file) };
}

const noneLeft = () => expect.poll(decodersHere, { timeout: 20_000 }).toBe(0);

onLinux(
  "after locking, and after the core was killed, no decoder is left",
  { timeout: 120_000 },
  async () => {
    const { folder, bundle } = await shared("a");
    await noneLeft();
    for (const end of ["vault.lock", "kill"]) {
      const core = startCore({
        lent: { decoder: nodeDecoder(), printer: noPrinter, tokens: pathTokens(folder) },
        note: () => undefined,
      });
      try {
        const ask = async <M extends MethodName>(method: M, input: Asked<Contract[M]>) =>
          (await core.call(method, input)) as Answered<Contract[M]>;
        await ask("vault.unlock", { folder: "network", passphrase: PHRASE });
        const looked = await ask("exchange.look", { from: bundle });
        expect(looked).toMatchObject({ ok: true, value: { files: [{ outcome: "ready" }] } });
        expect(decodersHere()).toBeGreaterThan(0);
        if (end === "kill") process.kill(core.pid ?? 0, "SIGKILL");
        else await ask("vault.lock", {});
        await noneLeft();
      } finally {
        await core.end();
      }
    }
  },
);

onLinux("what is under way when the vault is locked starts no other", { timeout: 120_000 }, async () => {
  const { folder, bundle } = await shared("b");
  const decoder = nodeDecoder();
  let asked = 0;
  let locked: Promise<unknown> | undefined;
  const lockedAtFirst: Decoder = {
    ...decoder,
    trial(request, series) {
      asked += 1;
      const answer = decoder.trial(request, series);
      locked = on.ask("vault.lock", {});
      return answer;
    },
  };
  await using on = laptop(folder, { decoder: lockedAtFirst });
  await on.ask("vault.unlock", { folder: "network", passphrase: PHRASE });
  expect(await on.answer("exchange.receive", { from: bundle })).toEqual({
    ok: false,
    error: { type: "VaultLocked" },
  });
  await locked;
  expect(asked).toBe(1);
  await noneLeft();
});
