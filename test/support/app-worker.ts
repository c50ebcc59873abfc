// A process of its own that does one step with the whole core and says on stdout what was answered: tests fail its disk.
// Usage: app-worker.ts <step> <folder> <passphrase> <next passphrase> [number of the file operation that fails]
import { readFileSync, writevSync } from "node:fs";
import { join } from "node:path";
import { FileTrouble } from "../../main/core/ports.ts";
import { nodeFiles } from "../../main/shells/node/files.ts";
import type { Contract, MethodName } from "../../shared/ipc/contract.ts";
import type { Asked } from "../../shared/ipc/method.ts";
import type { CaseId, ContactId } from "../../shared/vocabulary/ids.ts";
import { laptop, type Laptop } from "./laptop.ts";
import type { Prepared, Said, Step } from "./app-faults.ts";

const [step = "", folder = "", passphrase = "", newPassphrase = "", failing] = process.argv.slice(2);
/** Said with another system call than the ones that are made to fail. */
const say = (said: Said | { readonly operations: number }) =>
  void writevSync(1, [Buffer.from(JSON.stringify(said)), Buffer.from("\n")]);

let operations = 0;
/** Counts writing operations on files outside SQLite; the one asked for fails as a full disk does. */
const counted = <A extends readonly unknown[], R>(work: (...given: A) => Promise<R>) =>
  async function operation(...given: A): Promise<R> {
    if (++operations === Number(failing ?? 0)) throw new FileTrouble("DiskFull");
    return work(...given);
  };
const files = {
  ...nodeFiles,
  replace: counted(nodeFiles.replace),
  makeFolder: counted(nodeFiles.makeFolder),
  draft: counted(async (at: string) => {
    const draft = await nodeFiles.draft(at);
    return { ...draft, write: counted(draft.write), commit: counted(draft.commit) };
  }),
};

async function play(on: Laptop): Promise<void> {
  const answer = async <M extends MethodName>(method: M, input: Asked<Contract[M]>, item?: string) => {
    const answered = await on.answer(method, input);
    say({
      method,
      ...(answered.ok ? { value: answered.value } : { refused: answered.error.type }),
      ...(item === undefined ? {} : { item }),
    });
    return answered.ok;
  };
  if (step === "create") {
    await answer("vault.create", {
      folder: "new",
      kind: "practice",
      office: "Practice Mission",
      person: "Ada Specimen",
      passphrase,
    });
    await answer("vault.lock", {});
    return;
  }
  const known = JSON.parse(readFileSync(join(folder, "prepared.json"), "utf8")) as Prepared;
  const of = known.case as CaseId;
  if (!(await answer("vault.unlock", { folder: "mission", passphrase }))) return;
  const steps: Readonly<Record<Exclude<Step, "create">, () => Promise<unknown>>> = {
    save: async () => undefined,
    share: () =>
      answer("exchange.share", {
        contact: known.contact as ContactId,
        cases: [{ case: of }],
        purpose: "joint-protection",
        folder: "drive",
      }),
    receive: () => answer("exchange.receive", { from: known.incoming }),
    passphrase: () => answer("vault.changePassphrase", { passphrase, newPassphrase }),
    rekey: () => answer("vault.somebodyKnows", { newPassphrase }),
    backup: () => answer("vault.backup", { folder: "backup" }),
  };
  await steps[step as Exclude<Step, "create">]();
  for (const item of known.toSave)
    await answer(
      "cases.save",
      {
        case: of,
        reason: "worked on",
        edits: [
          {
            section: { kind: "work" },
            edits: [{ path: ["works", item, "what"], set: `Work ${item}. `.repeat(20) }],
          },
        ],
      },
      item,
    );
  await answer("vault.lock", {});
}

await using on = laptop(folder, { files });
await play(on);
say({ operations });
