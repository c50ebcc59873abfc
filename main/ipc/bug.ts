// A bug, told without personal data: the kind of error and the places in the program, never its message.
import { fileURLToPath } from "node:url";

const FRAME = /^\s+at (?:.*\()?(?:file:\/\/)?([^()]*):(\d+):(\d+)\)?$/;
const TOP = fileURLToPath(new URL("../../", import.meta.url)).replaceAll("\\", "/");

/** One line such as `TypeError main/ipc/router.ts:40:12 ...`; a message may hold what a person typed and is left out. */
export function describeBug(error: unknown): string {
  if (!(error instanceof Error)) return "thrown-value";
  const name = word(error.name) ?? "Error";
  const code = "code" in error ? word(error.code) : undefined;
  return [name, ...(code ? [code] : []), ...frames(error)].join(" ");
}

const word = (value: unknown): string | undefined =>
  typeof value === "string" && /^\w{1,60}$/.test(value) ? value : undefined;

/** At most five places. A message may itself look like a place, so what cannot be told apart from it is not used. */
function frames(error: Error): string[] {
  const head = error.message === "" ? error.name : `${error.name}: ${error.message}`;
  if (!error.stack?.startsWith(`${head}\n`)) return [];
  return error.stack
    .slice(head.length + 1)
    .split("\n")
    .flatMap((line) => {
      const [, path = "", row, column] = FRAME.exec(line) ?? [];
      const ours = inProject(path.replaceAll("\\", "/"));
      return ours === undefined ? [] : [`${ours}:${row}:${column}`];
    })
    .slice(0, 5);
}

/** The path below the program's folder: what lies above it names the person whose laptop this is. */
function inProject(path: string): string | undefined {
  const from = path.indexOf(TOP);
  return from < 0 ? undefined : path.slice(from + TOP.length);
}
