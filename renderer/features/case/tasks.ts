// The plan's tasks as rows, the one that is due first on top.
import { gregorianRange, type PartialDate } from "../../../shared/vocabulary/dates.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import { comesNext, type Rhythm } from "../../../shared/vocabulary/rhythm.ts";
import { valueAt, type CaseFile, type Edit } from "../../parts/case-file.tsx";

export type Task = {
  readonly id: string;
  readonly what: string;
  readonly who: string | undefined;
  readonly state: string;
  /** The Gregorian day it is due at the latest. */
  readonly due: string | undefined;
};

const done = new Set(["done", "dropped"]);

/** Open tasks, by the day they are due; those without one last. */
export function openTasks(open: CaseFile): readonly Task[] {
  const tasks = open.at({ kind: "plan" }, ["tasks"]);
  if (tasks === undefined || tasks === null || typeof tasks !== "object") return [];
  return Object.entries(tasks as Readonly<Record<string, JsonValue>>)
    .map(([id, task]) => ({
      id,
      what: textOf(valueAt(task, ["what"])) ?? "",
      who: textOf(valueAt(task, ["who"])),
      state: textOf(valueAt(task, ["state"])) ?? "open",
      due: dayOf(task),
    }))
    .filter(({ what, state }) => what !== "" && !done.has(state))
    .toSorted((a, b) => (a.due ?? "9999").localeCompare(b.due ?? "9999"));
}

const textOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

function dayOf(task: JsonValue): string | undefined {
  const at = textOf(valueAt(task, ["dueAt", "local"]));
  if (at !== undefined) return at.slice(0, 10);
  const due = valueAt(task, ["due"]) as PartialDate | undefined;
  return due === undefined ? undefined : gregorianRange(due)?.to;
}

/** What ticks a task: done today; one that repeats stays open and is due next in its rhythm. */
export function ticked(open: CaseFile, id: string, today: string): readonly Edit[] {
  const at = (name: string) => open.at({ kind: "plan" }, ["tasks", id, name]);
  const day = { value: today, precision: "day", calendar: "gregorian" } as const;
  const path = (name: string) => ["tasks", id, name];
  const repeat = at("repeat") as Rhythm["repeat"];
  const everyDays = at("everyDays");
  const next = comesNext(today, {
    ...(repeat === undefined ? {} : { repeat }),
    ...(typeof everyDays === "number" ? { everyDays } : {}),
  });
  return next === undefined
    ? [
        { path: path("state"), set: "done" },
        { path: path("doneOn"), set: day },
      ]
    : [
        { path: path("doneOn"), set: day },
        { path: path("due"), set: { ...day, value: next } },
      ];
}

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);

/** The day on this laptop. */
export function todayHere(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
