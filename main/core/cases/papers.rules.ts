// Which papers of a person end, and on which day at the earliest.
import { gregorianRange } from "../../../shared/vocabulary/dates.ts";
import type { SectionValue } from "../../../shared/vocabulary/sections/index.ts";
import { dayNumber } from "./tasks.rules.ts";

/** `day`: the first day the end may mean, in days since 1970. */
export type EndingPaper = { readonly paper: string; readonly kind: string; readonly day: number };

/** Papers nobody has any more, or never had, end without anyone having to do something. */
const gone: ReadonlySet<string> = new Set(["lost", "destroyed", "refused", "never-had", "applied-for"]);

export const endingPapers = ({ papers }: Pick<SectionValue<"identity">, "papers">): readonly EndingPaper[] =>
  Object.entries(papers?.held ?? {}).flatMap(([paper, { kind = "other", state = "held", expires }]) => {
    const range = expires === undefined || gone.has(state) ? undefined : gregorianRange(expires);
    return range === undefined ? [] : [{ paper, kind, day: dayNumber(range.from) }];
  });
