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
  if (outcome.ok) return 0;
  const { sentencesFor } = await import("./sentences.ts");
  const sentences = sentencesFor(outcome.error);
  if (sentences !== undefined) await written(process.stderr, sentences);
  return 1;
}

/** Resolves when the line has left this process, so that an exit right after cuts nothing off. */
const written = (stream: NodeJS.WriteStream, line: string): Promise<void> =>
  new Promise((resolve) => {
    stream.write(`${line}\n`, () => resolve());
  });
