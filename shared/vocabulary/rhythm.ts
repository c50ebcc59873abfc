// When something that comes again is due next: a task of the plan, by a count of days or by week and month.
import type { GregorianDay } from "./dates.ts";

export type Rhythm = {
  readonly repeat?: "never" | "daily" | "weekly" | "monthly";
  /** Rules over `repeat`. */
  readonly everyDays?: number;
};

const msPerDay = 86_400_000;
const textOf = (at: number): GregorianDay => new Date(at).toISOString().slice(0, 10);

/** The day one rhythm after `day`; a month from the 31st is the last day of a shorter month. `undefined`: it comes once. */
export function comesNext(day: GregorianDay, { everyDays, repeat }: Rhythm): GregorianDay | undefined {
  const at = Date.parse(day);
  if (everyDays !== undefined) return textOf(at + everyDays * msPerDay);
  if (repeat === "daily") return textOf(at + msPerDay);
  if (repeat === "weekly") return textOf(at + 7 * msPerDay);
  if (repeat !== "monthly") return undefined;
  const [year = 0, month = 0, ofMonth = 0] = day.split("-").map(Number);
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return textOf(Date.UTC(year, month, Math.min(ofMonth, days)));
}
