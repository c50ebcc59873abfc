// What stands on the command line, and the help about it.
import { parseArgs } from "node:util";

export const usage = `waypost: the core of Waypost without a window.

  waypost methods                     names of all methods
  waypost schema <method>             JSON Schema of a method's input, output and errors
  waypost call <method> [json | -]    one method; "-" reads the JSON from standard input; nothing is {}
  waypost lines                       one {"method":...,"input":...} a line in, one result a line out

  --vault DIR            the vault's folder: it is unlocked first, or given to a method that takes a folder
  --passphrase-fd N      read passphrases from this descriptor, one a line
  --passphrase-stdin     read them from standard input, before anything else
  --passphrase-file F    read them from a file; practice vaults only
  --progress             progress of long work on standard error, one JSON line each
  --help

Without one of the passphrase options they are asked on the terminal, unseen. Files and folders are given as paths.
Results are one JSON line, {"ok":true,"value":...} or {"ok":false,"error":{"type":...}}.
Exit code: 0 done, 1 refused, 2 wrong usage, 130 interrupted.
`;

export type PassphraseSource =
  | { readonly from: "terminal" }
  | { readonly from: "stdin" }
  | { readonly from: "descriptor"; readonly descriptor: number }
  | { readonly from: "file"; readonly path: string };

type Common = { readonly vault?: string; readonly passphrase: PassphraseSource; readonly progress: boolean };
export type Command =
  | { readonly name: "help" | "methods" }
  | { readonly name: "schema"; readonly method: string }
  | ({ readonly name: "call"; readonly method: string; readonly json: string } & Common)
  | ({ readonly name: "lines" } & Common);

/** Thrown for a command line nobody can follow; its message is for the person who typed it. */
export class UsageError extends Error {}

/** Reads the arguments after the program's name; throws `UsageError`. */
export function parseCommand(argv: readonly string[]): Command {
  const { values, positionals } = parsed(argv);
  const [name, ...rest] = positionals;
  if (values.help) return { name: "help" };
  const common = {
    ...(values.vault === undefined ? {} : { vault: values.vault }),
    passphrase: sourceOf(values),
    progress: values.progress ?? false,
  };
  switch (name) {
    case "methods":
      return take(rest, 0, 0) && { name };
    case "schema":
      return take(rest, 1, 1) && { name, method: String(rest[0]) };
    case "call":
      return take(rest, 1, 2) && { name, method: String(rest[0]), json: rest[1] ?? "{}", ...common };
    case "lines":
      return take(rest, 0, 0) && { name, ...common };
    case undefined:
      throw new UsageError("a command is missing");
    default:
      throw new UsageError(`there is no command ${name}`);
  }
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        vault: { type: "string" },
        "passphrase-fd": { type: "string" },
        "passphrase-stdin": { type: "boolean" },
        "passphrase-file": { type: "string" },
        progress: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "unreadable arguments");
  }
}

function take(rest: readonly string[], least: number, most: number): true {
  if (rest.length < least) throw new UsageError("the method's name is missing");
  if (rest.length > most) throw new UsageError("too many arguments; is the JSON one argument, in quotes?");
  return true;
}

function sourceOf(values: ReturnType<typeof parsed>["values"]): PassphraseSource {
  const { "passphrase-fd": fd, "passphrase-stdin": stdin, "passphrase-file": file } = values;
  if ([fd, stdin, file].filter((value) => value !== undefined).length > 1) {
    throw new UsageError("only one of the passphrase options can be given");
  }
  if (fd !== undefined) {
    if (!/^\d{1,4}$/.test(fd) || fd === "1" || fd === "2")
      throw new UsageError("--passphrase-fd takes the number of a descriptor open for reading");
    return Number(fd) === 0 ? { from: "stdin" } : { from: "descriptor", descriptor: Number(fd) };
  }
  if (stdin) return { from: "stdin" };
  return file === undefined ? { from: "terminal" } : { from: "file", path: file };
}
