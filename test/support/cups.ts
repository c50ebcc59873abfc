// A printing system for tests: programs of its names, put before all others on the PATH, that keep what they are told. They stand
// where CUPS stands: outside of what is tested.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

export type HandMadeCups = Disposable & {
  /** What `lp` was given, word by word; `undefined` where it was not asked. */
  readonly words: () => readonly string[] | undefined;
  readonly environment: () => readonly string[];
  readonly page: () => Buffer;
  /** Whether a page stands in the queue. */
  readonly waits: () => boolean;
  /** Every call of `cancel`. */
  readonly cancelled: () => readonly string[];
  /** How printers are from now on: they print, print and keep no copy, leave all in the queue, refuse, or do not answer. */
  readonly behave: (how: "prints" | "forgets" | "leaves" | "refuses" | "hangs") => void;
  /** From now on lines of `lpstat -v`, `-d` and `-H`. */
  readonly says: (said: {
    readonly devices?: string;
    readonly usual?: string;
    readonly server?: string;
  }) => void;
};

/** `folder` must be there; `lpstat` names a printer Desk on a cable and a printer Hall in a network. */
export function handMadeCups(folder: string): HandMadeCups {
  const at = (name: string) => join(folder, name);
  mkdirSync(at("bin"));
  const program = (name: string, script: string) =>
    writeFileSync(join(folder, "bin", name), `#!/bin/sh\ncd '${folder}' || exit 9\n${script}\n`, {
      mode: 0o755,
    });
  program(
    "lpstat",
    `case "$1" in -v) cat devices;; -d) cat usual;; -H) cat server;; -W) cat queue;; *) exit 2;; esac`,
  );
  program(
    "lp",
    `printf '%s\n' "$@" > words; env > environment
[ "$(cat how)" = hangs ] && exec sleep 600
[ "$(cat how)" = refuses ] && exit 1
if [ "$(cat how)" = forgets ]; then cat > /dev/null; else cat > page; fi
[ "$(cat how)" = leaves ] && echo 'Desk-7  somebody  1024  now' > queue
echo 'request id is Desk-7 (0 file(s))'`,
  );
  program("cancel", `echo "$@" >> cancelled; : > queue`);
  const before = process.env["PATH"] ?? "";
  process.env["PATH"] = `${at("bin")}${delimiter}${before}`;
  const text = (name: string) => (existsSync(at(name)) ? readFileSync(at(name), "utf8") : undefined);
  const lines = (name: string) => text(name)?.split("\n").slice(0, -1);
  const made: HandMadeCups = {
    words: () => lines("words"),
    environment: () => lines("environment") ?? [],
    page: () => readFileSync(at("page")),
    waits: () => text("queue") !== "",
    cancelled: () => lines("cancelled") ?? [],
    behave: (how) => {
      for (const name of ["words", "page", "cancelled"]) rmSync(at(name), { force: true });
      writeFileSync(at("queue"), "");
      writeFileSync(at("how"), how);
    },
    says: (said) => {
      for (const [name, line] of Object.entries(said)) writeFileSync(at(name), `${line}\n`);
    },
    [Symbol.dispose]: () => {
      process.env["PATH"] = before;
    },
  };
  made.behave("prints");
  made.says({
    devices: "device for Desk: usb://Maker/Model?serial=1\ndevice for Hall: ipp://10.0.0.9/ipp/print",
    usual: "system default destination: Desk",
    server: "/run/cups/cups.sock",
  });
  return made;
}
