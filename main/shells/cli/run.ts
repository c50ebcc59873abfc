// One command from its arguments to its exit code. Loads what a command needs and no more: `methods` answers without any schema.
import { ok } from "../../../shared/result.ts";
import type { Command } from "./arguments.ts";
import { parseCommand, usage, UsageError } from "./arguments.ts";
import { print } from "./print.ts";
import type { Program } from "./program.ts";

/** Runs one command line and gives its exit code, as the help states them. */
export async function runCli(argv: readonly string[], program: Program): Promise<number> {
  try {
    return await run(parseCommand(argv), program);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`waypost: ${error.message}\nwaypost --help tells more.\n`);
    return 2;
  }
}

async function run(command: Command, program: Program): Promise<number> {
  switch (command.name) {
    case "help":
      process.stdout.write(usage);
      return 0;
    case "methods":
      return await print(ok(program.names));
    case "schema": {
      const { schemaOf } = await import("./schema-of.ts");
      return await print(schemaOf(await program.contract(), command.method));
    }
    case "call": {
      const { call } = await import("./call.ts");
      return await call(command, program);
    }
    case "lines": {
      const { lines } = await import("./call.ts");
      return await lines(command, program);
    }
  }
}
