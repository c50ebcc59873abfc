// What the command line says: one JSON line on standard output, and for a person sentences on standard error.
import type { Failure, Result } from "../../../shared/result.ts";

let last: Promise<unknown> = Promise.resolve();

/** Resolves when everything asked to be printed so far is out. */
export const allPrinted = async (): Promise<void> => void (await last);

/** Prints one outcome and gives the exit code that belongs to it. */
export async function print(outcome: Result<unknown, Failure>): Promise<0 | 1> {
  const printing = printed(outcome);
  last = printing;
  return await printing;
}

async function printed(outcome: Result<unknown, Failure>): Promise<0 | 1> {
  await written(process.stdout, JSON.stringify(outcome));
  const files = outcome.ok ? inboxOf(outcome.value) : [];
  const refused = outcome.ok ? files.filter((file) => file.outcome === "refused") : [{ why: outcome.error }];
  if (refused.length === 0) return 0;
  const { sentencesFor } = await import("./sentences.ts");
  for (const { file, why } of refused as readonly Refused[]) {
    const sentences = why === undefined ? undefined : sentencesFor(why);
    if (sentences !== undefined)
      await written(process.stderr, file === undefined ? sentences : `${file}: ${sentences}`);
  }
  return refused.length >= files.length ? 1 : 0;
}

type Refused = { readonly file?: string; readonly outcome?: string; readonly why?: Failure };

/** What became of each file of an inbox. A folder is refused only where all of it was: others' bundles often lie there too. */
function inboxOf(value: unknown): readonly Refused[] {
  const files = typeof value === "object" && value !== null && "files" in value ? value.files : [];
  return Array.isArray(files) ? (files as readonly Refused[]) : [];
}

/** Resolves when the line has left this process, so that an exit right after cuts nothing off. */
const written = (stream: NodeJS.WriteStream, line: string): Promise<void> =>
  new Promise((resolve) => {
    stream.write(`${line}\n`, () => resolve());
  });
