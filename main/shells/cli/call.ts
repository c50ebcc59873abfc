// `waypost call` and `waypost lines`: methods against a core in this process, with the vault unlocked first where one is named.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { AnyMethod } from "../../../shared/ipc/method.ts";
import type { Outcome } from "../../../shared/ipc/wire.ts";
import { badInput, Call, messageLimit, problemsOf } from "../../../shared/ipc/wire.ts";
import { err, ok } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { z } from "../../../shared/schema.ts";
import type { Command } from "./arguments.ts";
import { UsageError } from "./arguments.ts";
import type { Lines } from "./lines.ts";
import { linesOf } from "./lines.ts";
import type { AskPassphrase } from "./passphrase.ts";
import { passphrasesFrom } from "./passphrase.ts";
import { print } from "./print.ts";
import type { Program } from "./program.ts";
import { methodOf } from "./program.ts";
import type { Session } from "./session.ts";
import { withSession } from "./session.ts";

type CallCommand = Extract<Command, { name: "call" }>;
type LinesCommand = Extract<Command, { name: "lines" }>;
type Input = Readonly<Record<string, unknown>>;

/** Runs one method and prints its outcome. */
export async function call(command: CallCommand, program: Program): Promise<number> {
  const method = methodOf(await program.contract(), command.method);
  if (method === undefined) return await print(err({ type: "UnknownMethod" }));
  const prepared = await prepare(command, method);
  if (!prepared.ok) return await print(prepared);
  const { unlock, input } = prepared.value;
  return await withSession(program, command.progress, async (session) => {
    const opened = unlock && (await unlockFirst(session, command, unlock));
    if (opened && !opened.ok) return await print(opened);
    const outcome = await session.call(command.method, input);
    return await print(
      command.method === "vault.unlock" ? await practiceOnly(session, command, outcome) : outcome,
    );
  });
}

/** Runs a method a line until standard input ends; the exit code is 1 when any was refused. */
export async function lines(command: LinesCommand, program: Program): Promise<number> {
  const stdin = linesOf(process.stdin, messageLimit);
  const unlock =
    command.vault === undefined
      ? undefined
      : await unlocking(command, command.vault, passphrasesFrom(command.passphrase, stdin));
  if (unlock && !unlock.ok) return await print(unlock);
  return await withSession(program, command.progress, async (session) => {
    const opened = unlock && (await unlockFirst(session, command, unlock.value));
    if (opened && !opened.ok) return await print(opened);
    let code = 0;
    for (let line = await stdin.next(); line !== undefined; line = await stdin.next()) {
      if (line !== "too-long" && line.text.trim() === "") continue;
      code = Math.max(code, await print(await oneLine(session, line)));
    }
    return code;
  });
}

async function oneLine(session: Session, line: { readonly text: string } | "too-long"): Promise<Outcome> {
  const json = line === "too-long" ? err(badInput({ path: "", what: "too-long" })) : parseJson(line.text);
  if (!json.ok) return json;
  const asked = Call.safeParse(json.value);
  return asked.success
    ? await session.call(asked.data.method, asked.data.input)
    : err(badInput(...problemsOf(asked.error)));
}

type Unlock = { readonly folder: string; readonly passphrase: string };

/**
 * Reads what has to be read, in this order: the passphrase that unlocks, the method's own secrets, the JSON. Where the JSON
 * does not come after passphrases on standard input it is read first, and only secrets it lacks are asked for.
 */
async function prepare(
  command: CallCommand,
  method: AnyMethod,
): Promise<Result<{ unlock?: Unlock; input: unknown }, Refused>> {
  const stdin = linesOf(process.stdin, messageLimit);
  const ask = passphrasesFrom(command.passphrase, stdin);
  const secretsFirst = command.json === "-" && command.passphrase.from === "stdin";
  const early = secretsFirst ? undefined : await readInput(command, method, stdin);
  if (early && !early.ok) return early;

  const takesFolder = "folder" in method.input.shape && !method.unlocked;
  const unlock =
    command.vault === undefined || takesFolder ? undefined : await unlocking(command, command.vault, ask);
  if (unlock && !unlock.ok) return unlock;

  const given = early?.value ?? {};
  const wanted = method.secrets.filter((name) => required(method, name) && !(name in given));
  const practice = command.method === "vault.createPractice" || (await forPractice(given, command.vault));
  if (wanted.length > 0 && command.passphrase.from === "file" && !practice) return err(realVault);
  const secrets: Record<string, string> = {};
  for (const name of wanted) secrets[name] = await ask(labelOf(name), method.chosen.includes(name));

  const input = early ?? (await readInput(command, method, stdin));
  if (!input.ok) return input;
  const folder =
    takesFolder && command.vault !== undefined && !("folder" in input.value) ? { folder: command.vault } : {};
  return ok({
    ...(unlock ? { unlock: unlock.value } : {}),
    input: { ...input.value, ...folder, ...secrets },
  });
}

type Refused = ReturnType<typeof badInput> | typeof realVault;

/** The method's input as an object. A secret in an argument could be read by every program on the machine, and is refused. */
async function readInput(
  command: CallCommand,
  method: AnyMethod,
  stdin: Lines,
): Promise<Result<Input, Refused>> {
  const text = command.json === "-" ? await stdin.rest() : { text: command.json };
  if (text === "too-long") return err(badInput({ path: "", what: "too-long" }));
  const json = parseJson(text.text);
  if (!json.ok) return json;
  const { value } = json;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return err(badInput({ path: "", what: "no-object" }));
  if (command.json !== "-" && method.secrets.some((name) => name in value)) {
    throw new UsageError(
      "a passphrase in an argument can be read by other programs: leave it out, it is asked for",
    );
  }
  return ok(value as Input);
}

function parseJson(text: string): Result<unknown, ReturnType<typeof badInput>> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return err(badInput({ path: "", what: "no-json" }));
  }
}

const required = (method: AnyMethod, name: string): boolean => {
  const field = method.input.shape[name] as z.core.$ZodType | undefined;
  return field?._zod.optin !== "optional";
};

/** `newPassphrase` is asked for as "New passphrase". */
const labelOf = (name: string): string => {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const realVault = { type: "PassphraseFileForPracticeOnly" } as const;

/** The passphrase of the vault named on the command line; from a file only after its slots say that it is for practice. */
async function unlocking(
  command: CallCommand | LinesCommand,
  folder: string,
  ask: AskPassphrase,
): Promise<Result<Unlock, typeof realVault>> {
  if (command.passphrase.from === "file" && !(await forPractice({}, folder))) return err(realVault);
  return ok({ folder, passphrase: await ask("Passphrase", false) });
}

const unlockFirst = async (
  session: Session,
  command: CallCommand | LinesCommand,
  unlock: Unlock,
): Promise<Outcome> => await practiceOnly(session, command, await session.call("vault.unlock", unlock));

/** What the slots file says is confirmed by the opened vault; a real one is locked again. */
async function practiceOnly(
  session: Session,
  command: CallCommand | LinesCommand,
  opened: Outcome,
): Promise<Outcome> {
  if (command.passphrase.from !== "file" || !opened.ok) return opened;
  const { value } = opened;
  if (typeof value === "object" && value !== null && "kind" in value && value.kind === "practice")
    return opened;
  await session.call("vault.lock", {});
  return err(realVault);
}

/** Whether the vault to be made, or the one in the folder by its unchecked word, is for practice. */
async function forPractice(input: Input, vault: string | undefined): Promise<boolean> {
  if ("kind" in input) return input["kind"] === "practice";
  const folder = [input["from"], input["folder"], vault].find((place) => typeof place === "string");
  if (folder === undefined) return false;
  try {
    const slots = JSON.parse(await readFile(resolve(folder, "keyslots.json"), "utf8")) as unknown;
    return typeof slots === "object" && slots !== null && "kind" in slots && slots.kind === "practice";
  } catch {
    return false;
  }
}
