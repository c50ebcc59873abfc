// Ticking a task off: one save of the plan, which can be set back; a task that comes again gets its next day.
import { useState } from "react";
import { comesNext, type Rhythm } from "../../../shared/vocabulary/rhythm.ts";
import type { SaveId } from "../../../shared/vocabulary/ids.ts";
import { call, type Trouble, type Value } from "../../bridge/bridge.ts";
import { useAct } from "../../bridge/queries.tsx";
import { valueAt } from "../../parts/case-file.tsx";

export type Task = Value<"overview.today">["tasks"][number];
type Done = { readonly task: Task; readonly save: SaveId };

const section = { kind: "plan" } as const;
/** Today in UTC, as the core counts days. */
const day = () => new Date().toISOString().slice(0, 10);
const dateOf = (value: string) => ({ value, precision: "day", calendar: "gregorian" });

export function useFinish() {
  const saving = useAct("cases.save");
  const undoing = useAct("cases.undo");
  const [done, setDone] = useState<Done>();
  const [unread, setUnread] = useState<Trouble>();
  const finish = async (task: Task) => {
    undoing.forget();
    setUnread(undefined);
    const plan = await call("cases.section", { case: task.case, section });
    if (!plan.ok) return setUnread(plan.error);
    const path = (name: string) => ["tasks", task.task, name];
    const standing = valueAt(plan.value.value, ["tasks", task.task]) as
      | (Rhythm & { readonly dueAt?: unknown })
      | undefined;
    const next = comesNext(day(), standing ?? {});
    const edits = [
      { path: path("doneOn"), set: dateOf(day()) },
      { path: path("state"), set: next === undefined ? "done" : "open" },
      ...(next === undefined ? [] : [{ path: path("due"), set: dateOf(next) }]),
      // The hour was that of the day that is over.
      ...(next === undefined || standing?.dueAt === undefined
        ? []
        : [{ path: path("dueAt"), remove: true as const }]),
    ];
    const saved = await saving.act({ case: task.case, reason: "", edits: [{ section, edits }] });
    if (saved !== undefined) setDone({ task, save: saved.save });
  };
  const undo = async () => {
    if (done === undefined) return;
    const back = await undoing.act({ case: done.task.case, save: done.save });
    if (back !== undefined) setDone(undefined);
  };
  return {
    finish,
    undo,
    /** The last one ticked off here, while it can be set back. */
    done: done?.task,
    busy: saving.busy || undoing.busy,
    trouble: unread ?? saving.trouble ?? undoing.trouble,
  };
}
