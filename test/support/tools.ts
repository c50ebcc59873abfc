// Other people's OpenPGP programs, each in a home of its own; where one is absent the test is skipped and says so.
import { execFileSync } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Whether a program is on the PATH. Prints why a test will be skipped where it is not. */
export function have(program: string): boolean {
  const found = (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) console.log(`skipped: ${program} is not installed here`);
  return found;
}

export type Home = Disposable & {
  readonly folder: string;
  file(name: string): string;
  /** Runs a program with this home; gives its standard output. Throws with its complaint when it fails. */
  run(program: string, args: readonly string[], input?: Uint8Array | string): Buffer;
};

/** A folder under the system's temporary one, with its own GnuPG home; gone when disposed, its agent ended. */
export function home(): Home {
  const folder = mkdtempSync(join(tmpdir(), "wp-"));
  const env = { PATH: process.env["PATH"], HOME: folder, GNUPGHOME: folder, LC_ALL: "C.UTF-8" };
  const run: Home["run"] = (program, args, input) =>
    execFileSync(program, args, {
      env,
      cwd: folder,
      maxBuffer: 1 << 29,
      stdio: ["pipe", "pipe", "pipe"],
      ...(input === undefined ? {} : { input }),
    });
  return {
    folder,
    file: (name) => join(folder, name),
    run,
    [Symbol.dispose]() {
      try {
        run("gpgconf", ["--kill", "all"]);
      } catch {
        // No GnuPG, no agent.
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
