// A display for one test: Xvfb, where it is installed; each test has its own, with its own clipboard.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

export const displayHere = spawnSync("Xvfb", ["-version"]).error === undefined;

export type Display = AsyncDisposable & { readonly name: string };

/** Its number is the server's own choice, so that tests beside each other do not meet. */
export async function openDisplay(): Promise<Display> {
  const server = spawn(
    "Xvfb",
    ["-displayfd", "3", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"],
    { stdio: ["ignore", "ignore", "ignore", "pipe"] },
  );
  const [number] = (await once(server.stdio[3] as Readable, "data")) as [Buffer];
  return {
    name: `:${number.toString("utf8").trim()}`,
    [Symbol.asyncDispose]: async () => {
      const gone = once(server, "exit");
      server.kill("SIGTERM");
      await gone;
    },
  };
}
