// Which tasks of a plan are not over and when each is due, those that come again included.
import { gregorianRange, type PartialDate } from "../../../shared/vocabulary/dates.ts";
import { comesNext } from "../../../shared/vocabulary/rhythm.ts";
import type { SectionValue } from "../../../shared/vocabulary/sections/index.ts";

/** `day`: the last day the due date may mean, in days since 1970; `due`: as it was given, or as the rhythm makes it. */
export type OpenTask = {
  readonly task: string;
  readonly what: string;
  readonly due: PartialDate | undefined;
  readonly day: number | undefined;
  readonly state: string;
  readonly office: string | undefined;
  readonly member: string | undefined;
  readonly who: string | undefined;
};

type Tasks = NonNullable<SectionValue<"plan">["tasks"]>;
type Task = Tasks[keyof Tasks];

/** Tasks that somebody still has to do. One that comes again is open again once it was done. */
export function openTasks(plan: SectionValue<"plan">): readonly OpenTask[] {
  return Object.entries(plan.tasks ?? {}).flatMap(([id, task]) => {
    const again = comesNext(anyDay, task) !== undefined;
    if (task.state === "dropped" || (task.state === "done" && !again)) return [];
    const due = again ? nextDue(task) : dueOf(task);
    return [
      {
        task: id,
        what: task.what ?? "",
        due,
        day: lastDay(due),
        state: task.state === undefined || task.state === "done" ? "open" : task.state,
        office: task.office,
        member: task.member,
        who: task.who,
      },
    ];
  });
}

/** Days since 1970 of a Gregorian day. */
export const dayNumber = (day: string): number => Date.parse(day) / msPerDay;

const msPerDay = 86_400_000;
/** The day in UTC of a time by this laptop's clock, in days since 1970. */
export const dayAt = (at: number): number => Math.floor(at / msPerDay);
/** Whether something comes again does not hang on the day. */
const anyDay = "2000-01-01";

const dueOf = ({ due, dueAt }: Task): PartialDate | undefined =>
  due ?? (dueAt === undefined ? undefined : gregorian(dueAt.local.slice(0, 10)));

/** The later of what the plan says and one rhythm after it was last done: whoever did it early is not asked at once again. */
function nextDue(task: Task): PartialDate | undefined {
  const due = dueOf(task);
  const done = task.doneOn ?? (task.state === "done" ? due : undefined);
  const last = lastDay(done);
  if (last === undefined) return due;
  const next = comesNext(textOf(last), task);
  const planned = lastDay(due);
  return next === undefined || (planned !== undefined && planned >= dayNumber(next)) ? due : gregorian(next);
}

function lastDay(date: PartialDate | undefined): number | undefined {
  const range = date === undefined ? undefined : gregorianRange(date);
  return range === undefined ? undefined : dayNumber(range.to);
}

const textOf = (day: number): string => new Date(day * msPerDay).toISOString().slice(0, 10);
const gregorian = (value: string): PartialDate => ({ value, precision: "day", calendar: "gregorian" });
