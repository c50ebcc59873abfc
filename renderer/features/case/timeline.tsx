// The way so far and to come, in equal steps so that words never collide: what was, today, what is due.
import { useTexts } from "../../i18n/texts.tsx";
import { useCase } from "../../parts/case-file.tsx";
import { Group } from "../../ui/frame.tsx";
import { entriesOf } from "./entries.ts";
import styles from "./case.module.css";
import { openTasks, todayHere } from "./tasks.ts";

type Point = { readonly key: string; readonly day: string; readonly what: string };

export function Timeline() {
  const open = useCase();
  const texts = useTexts();
  const today = todayHere();
  const begun: Point = {
    key: "begun",
    day: new Date(open.overview.row.made).toISOString().slice(0, 10),
    what: texts.t("screens.case.takenIn"),
  };
  const talks = entriesOf(open)
    .filter((entry): entry is typeof entry & { at: number } => entry.at !== undefined)
    .slice(0, 3)
    .map(({ id, at, kind }) => ({
      key: id,
      day: new Date(at).toISOString().slice(0, 10),
      what: texts.word(kind),
    }));
  const due = openTasks(open).flatMap(({ id, due: day, what }) =>
    day === undefined || day < today ? [] : [{ key: id, day, what }],
  );
  const past = [...new Map([begun, ...talks].map((one) => [`${one.day} ${one.what}`, one])).values()]
    .filter(({ day }) => day <= today)
    .toSorted((a, b) => a.day.localeCompare(b.day))
    .slice(-3);
  const points = [
    ...past.map((one) => ({ ...one, when: "past" as const })),
    { key: "today", day: today, what: texts.t("screens.case.now"), when: "today" as const },
    ...due.slice(0, 3).map((one) => ({ ...one, when: "to-come" as const })),
  ];
  return (
    <Group title={texts.t("screens.case.timeline")}>
      <ol className={styles["timeline"]}>
        {points.map(({ key, day, what, when }) => (
          <li key={key} data-when={when} aria-current={when === "today" ? "date" : undefined}>
            <span className={styles["point"]} aria-hidden />
            <span className={styles["day"]}>{texts.dayShort(Date.parse(`${day}T12:00`))}</span>
            <span>{what}</span>
          </li>
        ))}
      </ol>
    </Group>
  );
}
