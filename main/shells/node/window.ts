// What the windows of all shells have in common: their measures, how a question of the page is judged, and that they end once and whole.
import type { Outcome } from "../../../shared/ipc/wire.ts";
import { badInput, Call, messageLimit, problemsOf } from "../../../shared/ipc/wire.ts";
import type { Why } from "../../../shared/ipc/why.ts";
import { err } from "../../../shared/result.ts";
import type { Report } from "./report.ts";
import type { RunningCore } from "./start-core.ts";

export type Ended = {
  readonly why: Why;
  /** From the first sign until page and core had ended. */
  readonly milliseconds: number;
};
export type Finish = { readonly end: (why: Why) => Promise<Ended>; readonly ended: Promise<Ended> };

export const SMALLEST = { width: 1024, height: 700 };
export const USUAL = { width: 1366, height: 768 };
/** What a window is called: nothing that tells a passer-by what it is. */
export const TITLE = "Files";
/** What was copied is emptied from the clipboard after this many milliseconds. */
export const CLIPBOARD = 10_000;
/** How long the end waits for the page to be blank and the clipboard to be emptied, in milliseconds. */
export const LEAVE_WITHIN = 150;

/** Answers one question of the page, judged before anything of it is used. Locking ends the window by `end`. */
export async function asked(
  text: unknown,
  core: RunningCore,
  end: Finish["end"],
  report: Report,
): Promise<Outcome> {
  if (typeof text !== "string" || text.length > messageLimit) {
    return err(badInput({ path: "", what: "too-long" }));
  }
  const call = Call.safeParse(parsed(text));
  if (!call.success) return err(badInput(...problemsOf(call.error)));
  // The answer to locking would find no page: the page goes first.
  if (call.data.method === "vault.lock") void end("locked");
  const answer = async () => await core.call(call.data.method, call.data.input);
  return call.data.method === "vault.closeForGood" ? await report.closing(answer) : await answer();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Everything ends once, at the first sign: `cover` takes away what is shown while the core locks. */
export function endingOnce(
  core: RunningCore,
  cover: () => Promise<void>,
  ending: (why: Why) => void = () => {},
): Finish {
  const done = Promise.withResolvers<Ended>();
  let begun = false;
  const end = async (why: Why): Promise<Ended> => {
    if (begun) return await done.promise;
    begun = true;
    const start = performance.now();
    ending(why);
    await Promise.all([core.lock(), cover()]);
    done.resolve({ why, milliseconds: performance.now() - start });
    return await done.promise;
  };
  return { end, ended: done.promise };
}
