// A shell with no window, as a program: opens a practice vault, begins a backup onto a drive that stops there, and is killed.
import { join } from "node:path";
import { startCore } from "../../main/shells/node/start-core.ts";
import { pathTokens } from "../../main/shells/node/tokens.ts";
import { heldCore, holdDrive } from "./held-drive.ts";

const [, , home = "", passphrase = ""] = process.argv;
const core = startCore({ lent: { tokens: pathTokens(home) }, note: () => undefined, entry: heldCore });
const made = await core.call("vault.createPractice", {
  folder: "Documents/Files",
  person: "Amina Specimen",
  passphrase,
});
if (!made.ok) throw new Error(JSON.stringify(made.error));
const writing = holdDrive(join(home, "USB"), "write");
void core.call("vault.backup", { folder: "USB/Tuesday" });
await writing.reached();
process.stdout.write(`${core.pid}\n`, () => process.kill(process.pid, "SIGKILL"));
