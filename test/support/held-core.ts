// The core's process with a drive that stops at a step until a test lets it go on: so a test is in the middle for sure.
import { createApp } from "../../main/core/app.ts";
import { FileTrouble, type Files } from "../../main/core/ports.ts";
import { nodeFiles } from "../../main/shells/node/files.ts";
import { serveCore } from "../../main/shells/node/serve-core.ts";
import { contract } from "../../shared/ipc/contract.ts";
import { passStep, type DriveStep } from "./held-drive.ts";

/** What a drive had open fails once it was pulled out. A folder moved away would go on for who holds it open. */
const pass = async (path: string, step: DriveStep) => {
  if ((await passStep(path, step)) === "gone") throw new FileTrouble("Vanished");
};

const files: Files = {
  ...nodeFiles,
  async draft(folder) {
    const draft = await nodeFiles.draft(folder);
    let pieces = 0;
    return {
      ...draft,
      write: async (piece) => {
        pieces += 1;
        if (pieces > 1) await pass(folder, "write");
        await draft.write(piece);
      },
      commit: async (name) => {
        await pass(folder, "commit");
        await draft.commit(name);
      },
    };
  },
  async *stream(path) {
    for await (const chunk of nodeFiles.stream(path)) {
      await pass(path, "read");
      yield chunk;
    }
  },
};

await serveCore(contract, (ports) => createApp({ ...ports, files }));
