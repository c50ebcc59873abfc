// Whether a person is grown, as far as the birth dates that stand for her or him say.
import { turns, type PartialDate } from "../../../shared/vocabulary/dates.ts";
import type { Grown } from "./situation.rules.ts";

/** Years by which a birth that is known "about" may be off either way. */
const aboutYears = 5;

/**
 * Whether someone is grown (18) on a day, by every birth date that stands for her or him: two offices may have set two.
 * Sure only when even the latest day they allow is 18 years back, or even the earliest is not.
 */
export function grownOn(day: string, births: readonly (PartialDate | undefined)[]): Grown {
  const [first = "unknown", ...others] = births.map((birth) => grownByOne(day, birth));
  return others.every((other) => other === first) ? first : "unknown";
}

function grownByOne(day: string, birth: PartialDate | undefined): Grown {
  const about = birth?.approximate === true ? aboutYears : 0;
  const latest = birth === undefined ? undefined : turns(birth, 18 + about);
  const earliest = birth === undefined ? undefined : turns(birth, 18 - about);
  if (latest === undefined || earliest === undefined) return "unknown";
  if (latest.to <= day) return "adult";
  return earliest.from > day ? "child" : "unknown";
}
