// The first page of a case: what is next, how to reach her, her family at a glance, and the way so far and to come.
import { Ban, Clock, History as Past, MessageSquareLock } from "lucide-react";
import type { JsonValue } from "../../../shared/signed-text.ts";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { keyOf, useCase, valueAt } from "../../parts/case-file.tsx";
import { fieldLabel } from "../../parts/labels.ts";
import { useLeaf } from "../../parts/leaf.ts";
import { usePeople } from "../../parts/people.ts";
import { Button } from "../../ui/button.tsx";
import { Tick } from "../../ui/choice.tsx";
import { Group } from "../../ui/frame.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import { Row, Rows } from "../../ui/rows.tsx";
import { Covered, Sign, Unknown, type Shape } from "../../ui/signs.tsx";
import { entriesOf } from "./entries.ts";
import styles from "./case.module.css";
import { daysBetween, openTasks, ticked, todayHere } from "./tasks.ts";
import { Timeline } from "./timeline.tsx";

export function Overview() {
  return (
    <div className={styles["overview"]}>
      <div className={styles["main"]}>
        <Waiting />
        <NextSteps />
        <Timeline />
      </div>
      <div className={styles["side"]}>
        <Reaching />
        <Family />
      </div>
    </div>
  );
}

/** What a person must settle before anything else can be trusted. */
function Waiting() {
  const open = useCase();
  const texts = useTexts();
  const { go } = useWay();
  const conflicts = open.sections.flatMap((section) =>
    section.conflicts.map(({ path }) => ({ name: section.name, which: section.section, path })),
  );
  const { sectionOf } = useLeaf();
  const { held, stopped } = open.overview.row;
  const { elsewhere } = open.overview;
  const twins = new Map(
    open.sections.filter((one) => one.twins.length > 0).map(({ name }) => [keyOf(name), name]),
  );
  if (conflicts.length + held + elsewhere.length + twins.size === 0 && !stopped) return null;
  return (
    <Rows label={texts.t("screens.case.waiting")}>
      {conflicts.map(({ name, which, path }) => (
        <Row
          key={`${which} ${path.join(".")}`}
          title={texts.t("screens.case.twoAnswers", { field: fieldLabel(texts, name, path) })}
          note={texts.t(`sections.${name.kind}`)}
          onPress={() => go({ at: "two-values", case: open.case, section: name, which, path })}
        />
      ))}
      {[...twins.values()].map((name) => (
        <Row
          key={keyOf(name)}
          title={texts.t("screens.case.twins")}
          note={sectionOf(name)}
          onPress={() => go({ at: "twins", case: open.case, section: name })}
        />
      ))}
      {elsewhere.length === 0 ? null : (
        <Row
          title={texts.t("screens.case.elsewhere", { count: elsewhere.length })}
          note={texts.t("screens.case.elsewhereMeans", {
            sections: texts.list([...new Set(elsewhere.map(({ name }) => texts.t(`sections.${name.kind}`)))]),
          })}
        />
      )}
      {held === 0 ? null : (
        <Row
          title={texts.t("screens.case.heldCount", { count: held })}
          onPress={() => go({ at: "quarantine", case: open.case })}
        />
      )}
      {stopped ? <Row title={texts.t("screens.case.stopped")} /> : null}
    </Rows>
  );
}

function NextSteps() {
  const open = useCase();
  const texts = useTexts();
  const { go } = useWay();
  const today = todayHere();
  const tasks = openTasks(open);
  const plan = () => go({ at: "case", case: open.case, tab: "plan" });
  return (
    <Group
      title={texts.t("screens.case.nextSteps")}
      end={
        <Button kind="link" onPress={plan}>
          {texts.t("screens.case.wholePlan")}
        </Button>
      }
    >
      <TroubleNotice trouble={open.saving.trouble} />
      {tasks.length === 0 ? (
        <p className={styles["quiet"]}>{texts.t("screens.case.noNext")}</p>
      ) : (
        <ul>
          {tasks.slice(0, 4).map((task) => {
            const days = task.due === undefined ? undefined : daysBetween(today, task.due);
            return (
              <li
                key={task.id}
                className={styles["step"]}
                data-due={days !== undefined && days <= 3 ? "" : undefined}
              >
                <Tick
                  value={false}
                  disabled={open.readOnly}
                  label={texts.t("screens.case.tick", { what: task.what })}
                  onChange={() => void open.save({ kind: "plan" }, ticked(open, task.id, today))}
                />
                <span className={styles["what"]}>{task.what}</span>
                <span className={styles["when"]}>
                  {task.due === undefined || days === undefined ? (
                    <Unknown>{texts.t("screens.case.noDate")}</Unknown>
                  ) : (
                    <>
                      <span>{texts.dayShort(Date.parse(`${task.due}T12:00`))}</span>
                      <span>{texts.inDays(days)}</span>
                    </>
                  )}
                </span>
                <span className={styles["owner"]}>{task.who}</span>
              </li>
            );
          })}
        </ul>
      )}
    </Group>
  );
}

function Reaching() {
  const open = useCase();
  const texts = useTexts();
  const { go } = useWay();
  const reach = { kind: "reach" as const };
  const conflict = open.conflict(reach, ["contact", "wish"]);
  const wish = conflict?.inForce ?? open.at(reach, ["contact", "wish"]);
  const hours = recordsAt(open.at(reach, ["safeHours"]));
  const words = recordsAt(open.at(reach, ["words"]));
  const last = entriesOf(open).find(({ kind }) => kind === "call" || kind === "meeting" || kind === "visit");
  const never = wish === "never" || wish === "not-until" || wish === "only-by-her";
  return (
    <Group
      title={texts.t("screens.case.reaching")}
      end={
        <Button kind="link" onPress={() => go({ at: "case", case: open.case, tab: "reach" })}>
          {texts.t("screens.case.all")}
        </Button>
      }
    >
      <ul className={styles["signs"]}>
        <li data-danger={never ? "" : undefined}>
          {never ? <Ban aria-hidden /> : null}
          {typeof wish === "string" ? (
            texts.word(wish)
          ) : (
            <Unknown>{texts.t("screens.case.wishNotAsked")}</Unknown>
          )}
        </li>
        <li>
          <Clock aria-hidden />
          {hours.length === 0 ? (
            <Unknown>{texts.t("screens.case.hoursNotAsked")}</Unknown>
          ) : (
            <Covered shown={open.shown}>
              {hours
                .map((one) =>
                  texts.t("screens.case.fromUntil", { from: text(one, "from"), until: text(one, "until") }),
                )
                .join(", ")}
            </Covered>
          )}
        </li>
        <li>
          <MessageSquareLock aria-hidden />
          {words.length === 0 ? (
            <Unknown>{texts.t("screens.case.wordsNotAsked")}</Unknown>
          ) : (
            <Button kind="link" onPress={() => go({ at: "call-sheet", case: open.case })}>
              {texts.t("screens.case.wordsAgreed", { count: words.length })}
            </Button>
          )}
        </li>
        <li>
          <Past aria-hidden />
          {last?.at === undefined ? (
            <Unknown>{texts.t("screens.case.neverSpoken")}</Unknown>
          ) : (
            texts.t("screens.case.lastSpoken", { when: texts.dayShort(last.at) })
          )}
        </li>
      </ul>
    </Group>
  );
}

/** How each state of the family list is drawn. */
const shapes: Readonly<Record<string, Shape>> = {
  "comes-now": "disc",
  "follows-by": "ring",
  undecided: "dashed",
  "stays-at-risk": "diamond-open",
  "stays-safe": "grey",
  missing: "diamond",
  "not-told-yet": "stroke",
  "must-not-know": "eye",
  "must-not-meet": "eye",
  dead: "dot",
};

function Family() {
  const open = useCase();
  const texts = useTexts();
  const { go } = useWay();
  const people = usePeople();
  const states = people.members.map((id) => {
    const now = valueAt(open.section({ kind: "family", person: id as never })?.value, ["state", "now"]);
    return typeof now === "string" ? now : "";
  });
  const groups = [...Object.keys(shapes), ""].flatMap((state) => {
    const count = states.filter((one) => one === state).length;
    return count === 0 ? [] : [{ state, count }];
  });
  return (
    <Group
      title={texts.t("screens.case.family")}
      end={
        <Button kind="link" onPress={() => go({ at: "case", case: open.case, tab: "family" })}>
          {texts.t("screens.case.familyCount", { count: states.length })}
        </Button>
      }
    >
      {groups.length === 0 ? (
        <p className={styles["quiet"]}>{texts.t("screens.case.noFamily")}</p>
      ) : (
        <ul className={styles["signs"]}>
          {groups.map(({ state, count }) => (
            <li key={state}>
              <span className={styles["heads"]}>
                {Array.from({ length: Math.min(count, 8) }, (_, at) => (
                  <Sign key={at} shape={shapes[state] ?? "grey"} />
                ))}
              </span>
              {state === "" ? texts.t("screens.common.notAsked") : texts.word(state)}
            </li>
          ))}
        </ul>
      )}
      {open.shown || groups.length === 0 ? null : <Note>{texts.t("screens.case.familyCovered")}</Note>}
    </Group>
  );
}

const recordsAt = (value: JsonValue | undefined): readonly JsonValue[] =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? Object.values(value) : [];
const text = (value: JsonValue, name: string): string => {
  const found = valueAt(value, [name]);
  return typeof found === "string" ? found : "?";
};
