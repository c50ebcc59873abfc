// One task: a box to tick it off, its words, when it is due and whose turn it is.
import type { PartialDate } from "../../../shared/vocabulary/dates.ts";
import { useTexts, type Language } from "../../i18n/texts.tsx";
import { Tick } from "../../ui/choice.tsx";
import { Row } from "../../ui/rows.tsx";
import type { Task } from "./finish.ts";

/** With its weekday where the day is known. */
const dueWords = (texts: Language["texts"], due: PartialDate): string =>
  due.precision === "day" && due.calendar === "gregorian" && due.approximate !== true
    ? texts.dayShort(Date.parse(`${due.value}T12:00`))
    : texts.shortDate(due);

export function TaskRow({
  task,
  onOpen,
  onFinish,
  busy,
}: {
  readonly task: Task;
  readonly onOpen: () => void;
  readonly onFinish: () => void;
  readonly busy: boolean;
}) {
  const texts = useTexts();
  const turn =
    task.who !== undefined && task.turn !== "ours" ? task.who : texts.t(`screens.today.turn.${task.turn}`);
  return (
    <Row
      before={
        task.turn === "theirs" ? (
          <span />
        ) : (
          <Tick
            label={texts.t("screens.today.tick", { code: task.code, what: task.what })}
            value={false}
            disabled={busy}
            onChange={onFinish}
          />
        )
      }
      code={task.code}
      title={<bdi>{task.what}</bdi>}
      note={
        task.state === "open"
          ? turn
          : texts.t("screens.today.stateAndTurn", { state: texts.word(task.state), turn })
      }
      end={task.due === undefined ? texts.t("screens.today.noDay") : dueWords(texts, task.due)}
      endNote={task.days === undefined ? undefined : texts.inDays(task.days)}
      due={task.days !== undefined && task.days <= 2}
      onPress={onOpen}
    />
  );
}
