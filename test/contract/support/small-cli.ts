// The command line over the small app and a door that keeps its passphrase in the folder, to try what the real one promises.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { vaultMethods } from "../../../shared/ipc/contract/vault.ts";
import { failure, joinSubjects, method } from "../../../shared/ipc/method.ts";
import { err, ok } from "../../../shared/result.ts";
import { object, optional, z } from "../../../shared/schema.ts";
import { createRouter } from "../../../main/ipc/router.ts";
import { runCli } from "../../../main/shells/cli/run.ts";
import { makeSmallApp, smallContract } from "./small-app.ts";

const { "vault.create": create, "vault.unlock": unlock } = vaultMethods;
const contract = joinSubjects(smallContract, {
  "vault.create": create,
  "vault.unlock": unlock,
  "door.change": method({
    input: object({ passphrase: z.string(), newPassphrase: z.string(), hint: optional(z.string()) }),
    output: object({ from: z.string(), to: z.string() }),
    errors: [failure("NewerVersion", { found: z.int(), known: z.int() })],
    unlocked: true,
    secrets: ["passphrase", "newPassphrase"],
    chosen: ["newPassphrase"],
  }),
});

type Slots = {
  readonly kind: "real" | "practice";
  readonly really: "real" | "practice";
  readonly passphrase: string;
};

const code = await runCli(process.argv.slice(2), {
  names: Object.keys(contract).toSorted(),
  contract: async () => contract,
  start: async (ports, note) => {
    const app = makeSmallApp(ports);
    const folderOf = async (token: string) => {
      const taken = await ports.tokens.take(token);
      return taken.ok ? taken.value.path : "";
    };
    const handlers = {
      ...app.handlers,
      "vault.create": async ({
        folder,
        kind,
        passphrase,
      }: {
        folder: string;
        kind: "real" | "practice";
        passphrase: string;
      }) => {
        writeFileSync(
          join(await folderOf(folder), "keyslots.json"),
          JSON.stringify({ kind, really: kind, passphrase } satisfies Slots),
        );
        return ok({ words: "one two three" });
      },
      "vault.unlock": async ({ folder, passphrase }: { folder: string; passphrase: string }) => {
        const slots = JSON.parse(
          readFileSync(join(await folderOf(folder), "keyslots.json"), "utf8"),
        ) as Slots;
        if (passphrase !== slots.passphrase) return err({ type: "WrongPassphrase" } as const);
        await app.handlers["door.open"]({}, {});
        return ok({
          state: "open",
          vault: "0".repeat(32),
          kind: slots.really,
          office: { id: "1".repeat(32), name: "Mission" },
          openedBy: "member",
          check: "running",
        } as const);
      },
      "door.change": async ({ passphrase, newPassphrase }: { passphrase: string; newPassphrase: string }) =>
        newPassphrase === "old"
          ? err({ type: "NewerVersion", found: 3, known: 2 } as const)
          : ok({ from: passphrase, to: newPassphrase }),
    };
    return {
      router: createRouter({ ...app, handlers }, { contract, note, checkOutputs: true }),
      close: app.close,
    };
  },
});
process.exit(code);
