// Where passphrases come from: the terminal without echo, a descriptor, standard input, or (practice only) a file.
import { createReadStream, openSync } from "node:fs";
import { ReadStream } from "node:tty";
import type { PassphraseSource } from "./arguments.ts";
import { UsageError } from "./arguments.ts";
import type { Lines } from "./lines.ts";
import { linesOf } from "./lines.ts";

/** Asks for one passphrase; `twice` where it is a new one that a slip of the finger would lose. */
export type AskPassphrase = (label: string, twice: boolean) => Promise<string>;

/** Longest line taken for a passphrase, in bytes. */
const LIMIT = 4096;

/** `stdin` is shared with what else is read from standard input. Nothing is opened before the first question. */
export function passphrasesFrom(source: PassphraseSource, stdin: Lines): AskPassphrase {
  if (source.from === "terminal") return askOnTerminal;
  let lines: Lines | undefined;
  return async () => {
    lines ??= linesIn(source, stdin);
    const line = await readable(lines);
    if (line === undefined || line === "too-long" || line.text === "")
      throw new UsageError("no passphrase was given where it was to be read");
    return line.text;
  };
}

function linesIn(source: Exclude<PassphraseSource, { from: "terminal" }>, stdin: Lines): Lines {
  switch (source.from) {
    case "stdin":
      return stdin;
    case "descriptor":
      return linesOf(createReadStream("", { fd: source.descriptor, autoClose: false }), LIMIT);
    case "file":
      return linesOf(createReadStream(source.path), LIMIT);
  }
}

const readable = async (lines: Lines) => {
  try {
    return await lines.next();
  } catch {
    throw new UsageError("the passphrase cannot be read from there");
  }
};

const askOnTerminal: AskPassphrase = async (label, twice) => {
  const terminal = openTerminal();
  try {
    const first = await typed(terminal, `${label}: `);
    if (first === "") throw new UsageError("no passphrase was typed");
    if (twice && (await typed(terminal, `${label}, once more: `)) !== first) {
      throw new UsageError("the two passphrases differ; nothing was changed");
    }
    return first;
  } finally {
    terminal.setRawMode(false);
    terminal.destroy();
  }
};

/** The terminal itself, since standard input may be a file or a pipe. */
function openTerminal(): ReadStream {
  try {
    if (process.platform === "win32") {
      if (process.stdin.isTTY) return process.stdin;
      throw new TypeError("no terminal");
    }
    return new ReadStream(openSync("/dev/tty", "r"));
  } catch {
    throw new UsageError(
      "there is no terminal to ask for the passphrase: use --passphrase-fd or --passphrase-stdin",
    );
  }
}

/** One line typed without echo. Control-C is what it always is; Control-D ends, backspace and Control-U take back. */
function typed(terminal: ReadStream, label: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const characters: string[] = [];
  process.stderr.write(label);
  terminal.setEncoding("utf8");
  terminal.setRawMode(true);
  const onText = (text: string) => {
    for (const character of text) {
      if (character === "\r" || character === "\n" || character === "\u0004") return done();
      if (character === "\u0003") {
        terminal.setRawMode(false);
        process.stderr.write("\n");
        process.kill(process.pid, "SIGINT");
      } else if (character === "\u007f" || character === "\b") characters.pop();
      else if (character === "\u0015") characters.length = 0;
      else if (character >= " ") characters.push(character);
    }
  };
  const done = () => {
    terminal.off("data", onText);
    terminal.pause();
    terminal.setRawMode(false);
    process.stderr.write("\n");
    resolve(characters.join(""));
  };
  terminal.on("data", onText);
  terminal.once("end", done);
  terminal.resume();
  return promise;
}
