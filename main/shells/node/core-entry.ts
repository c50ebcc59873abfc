// The core's process: started by a shell through `start-core.ts`, never by hand.
import { contract } from "../../../shared/ipc/contract.ts";
import { createApp } from "../../core/app.ts";
import { serveCore } from "./serve-core.ts";

await serveCore(contract, createApp);
