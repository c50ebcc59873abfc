// `waypost`: the command line. It is itself the core's process, for the length of one command.
import { methodNames } from "../../../shared/ipc/names.ts";
import { runCli } from "./run.ts";

const code = await runCli(process.argv.slice(2), {
  names: methodNames,
  contract: async () => (await import("../../../shared/ipc/contract.ts")).contract,
  start: async (ports, note) => {
    const { contract } = await import("../../../shared/ipc/contract.ts");
    const { createApp } = await import("../../core/app.ts");
    const { createRouter } = await import("../../ipc/router.ts");
    const app = createApp(ports);
    return { router: createRouter(app, { contract, note, checkOutputs: true }), close: app.close };
  },
});
process.exit(code);
