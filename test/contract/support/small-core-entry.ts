// The small app as a core's process.
import { serveCore } from "../../../main/shells/node/serve-core.ts";
import { makeSmallApp, smallContract } from "./small-app.ts";

await serveCore(smallContract, makeSmallApp);
