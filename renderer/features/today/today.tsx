// What has to be done today, over all cases: due, apart, received, about to end; quiet where there is nothing.
import { CalendarClock, CircleAlert, Columns2, Hourglass, Inbox, Undo2 } from "lucide-react";
import { useEffect } from "react";
import type { Value } from "../../bridge/bridge.ts";
import { useAsk } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { fieldLabel, sectionLabel, whoLabel } from "../../parts/labels.ts";
import { Button } from "../../ui/button.tsx";
import { Group, Page } from "../../ui/frame.tsx";
import { Empty, TroubleNotice } from "../../ui/notice.tsx";
import { Row, Rows } from "../../ui/rows.tsx";
import { useFinish, type Task } from "./finish.ts";
import { Changed, Foot } from "./quiet.tsx";
import { TaskRow } from "./task-row.tsx";
import styles from "./today.module.css";

type Overview = Value<"overview.today">;

/** Of each kind; what is beyond is counted on the page. */
const atMost = 100;

const now = () => Date.now();

export function Today() {
  const texts = useTexts();
  const today = useAsk("overview.today", { limit: atMost }, { keep: true });
  const finishing = useFinish();
  const known = today.value !== undefined;
  useEffect(() => {
    if (known) document.querySelector<HTMLElement>("#page")?.focus();
  }, [known]);
  const title = texts.dayShort(now());
  if (today.trouble !== undefined)
    return (
      <Page title={title}>
        <TroubleNotice trouble={today.trouble} />
      </Page>
    );
  if (today.value === undefined) return <Page title={title}>{null}</Page>;
  const { value } = today;
  return (
    <Page title={title} lead={<Lead value={value} />} aside={<Changed changed={value.changed} />}>
      {finishing.done === undefined ? null : (
        <div className={styles["done"]} role="status">
          <span>
            {texts.t("screens.today.done", { code: finishing.done.code, what: finishing.done.what })}
          </span>
          <Button
            kind="quiet"
            icon={<Undo2 aria-hidden />}
            busy={finishing.busy}
            onPress={() => void finishing.undo()}
          >
            {texts.t("screens.common.undo")}
          </Button>
        </div>
      )}
      <TroubleNotice trouble={finishing.trouble} />
      <Tasks value={value} finishing={finishing} />
      <Apart value={value} />
      <Received received={value.received} />
      <Ending ending={value.ending} />
      <Foot value={value} />
    </Page>
  );
}

/** Whether there is anything at all, in one sentence. */
function Lead({ value: { counts, tasks, conflicts } }: { readonly value: Overview }) {
  const texts = useTexts();
  const said = [
    ...(counts.overdue > 0 ? [texts.t("screens.today.lead.overdue", { count: counts.overdue })] : []),
    ...(counts.soon > 0 ? [texts.t("screens.today.lead.soon", { count: counts.soon })] : []),
    ...(counts.conflicts > 0 ? [texts.t("screens.today.lead.conflicts", { count: counts.conflicts })] : []),
  ];
  return said.length === 0 && tasks.length === 0 && conflicts.length === 0
    ? texts.t("screens.today.lead.nothing")
    : said.join(" ");
}

function Tasks({
  value,
  finishing,
}: {
  readonly value: Overview;
  readonly finishing: ReturnType<typeof useFinish>;
}) {
  const texts = useTexts();
  const { go } = useWay();
  const theirs = (task: Task) => task.turn === "theirs" && (task.days === undefined || task.days >= 0);
  const late = value.tasks.filter((task) => task.days !== undefined && task.days < 0);
  const soon = value.tasks.filter((task) => !theirs(task) && (task.days === undefined || task.days >= 0));
  const waiting = value.tasks.filter(theirs);
  const group = (name: "late" | "soon" | "theirs", tasks: readonly Task[]) =>
    tasks.length === 0 ? null : (
      <Group title={texts.t(`screens.today.group.${name}`)} end={texts.number(tasks.length)}>
        <Rows label={texts.t(`screens.today.group.${name}`)}>
          {tasks.map((task) => (
            <TaskRow
              key={`${task.case} ${task.task}`}
              task={task}
              busy={finishing.busy}
              onOpen={() => go({ at: "case", case: task.case, tab: "plan", on: task.task })}
              onFinish={() => void finishing.finish(task)}
            />
          ))}
        </Rows>
      </Group>
    );
  const nothing =
    value.tasks.length + value.conflicts.length + value.received.length + value.ending.length === 0;
  return (
    <>
      {nothing ? (
        <Empty
          title={texts.t("screens.today.none.title")}
          action={<Button onPress={() => go({ at: "cases" })}>{texts.t("screens.today.none.action")}</Button>}
        >
          {texts.t("screens.today.none.text")}
        </Empty>
      ) : null}
      {group("late", late)}
      {group("soon", soon)}
      {group("theirs", waiting)}
    </>
  );
}

/** What two people answered differently, and work that is stored and not in effect. */
function Apart({ value }: { readonly value: Overview }) {
  const texts = useTexts();
  const { go } = useWay();
  if (value.conflicts.length + value.held.length + value.quarantine === 0) return null;
  return (
    <Group title={texts.t("screens.today.group.apart")}>
      <Rows label={texts.t("screens.today.group.apart")}>
        {value.conflicts.map(({ case: of, code, section, path, at }) => (
          <Row
            key={`${of} ${section.kind} ${section.person ?? ""} ${path.join(".")}`}
            icon={<Columns2 aria-hidden />}
            code={code}
            title={texts.t("screens.today.twoAnswers", { field: fieldLabel(texts, section, path) })}
            note={sectionLabel(texts, section)}
            end={texts.dayShort(at)}
            endNote={texts.clock(at)}
            onPress={() => go({ at: "two-values", case: of, section, path })}
          />
        ))}
        {value.held.map(({ case: of, code, count }) => (
          <Row
            key={`held ${of}`}
            icon={<CircleAlert aria-hidden />}
            code={code}
            title={texts.t("screens.today.held", { count })}
            note={texts.t("screens.today.heldNote")}
            onPress={() => go({ at: "quarantine", case: of })}
          />
        ))}
        {value.quarantine === 0 ? null : (
          <Row
            icon={<CircleAlert aria-hidden />}
            title={texts.t("screens.today.quarantine", { count: value.quarantine })}
            note={texts.t("screens.today.quarantineNote")}
            onPress={() => go({ at: "quarantine" })}
          />
        )}
      </Rows>
    </Group>
  );
}

function Received({ received }: { readonly received: Overview["received"] }) {
  const texts = useTexts();
  const { go } = useWay();
  if (received.length === 0) return null;
  return (
    <Group title={texts.t("screens.today.group.received")}>
      <Rows label={texts.t("screens.today.group.received")}>
        {received.map(({ bundle, kind, from, at, cases }) => {
          const [only, ...more] = cases;
          return (
            <Row
              key={bundle}
              icon={<Inbox aria-hidden />}
              {...(only === undefined ? {} : { code: only.code })}
              title={texts.t("screens.today.receivedFrom", { who: whoLabel(texts, from) })}
              note={
                more.length === 0
                  ? texts.t(`screens.today.bundle.${kind}`)
                  : texts.t("screens.today.andMore", {
                      what: texts.t(`screens.today.bundle.${kind}`),
                      count: more.length,
                    })
              }
              end={texts.dayShort(at)}
              endNote={texts.clock(at)}
              onPress={() =>
                go(
                  only !== undefined && more.length === 0
                    ? { at: "case", case: only.case, tab: "overview" }
                    : { at: "exchange" },
                )
              }
            />
          );
        })}
      </Rows>
    </Group>
  );
}

function Ending({ ending }: { readonly ending: Overview["ending"] }) {
  const texts = useTexts();
  const { go } = useWay();
  if (ending.length === 0) return null;
  return (
    <Group title={texts.t("screens.today.group.ending")}>
      <Rows label={texts.t("screens.today.group.ending")}>
        {ending.map((one) => {
          const common = {
            code: one.code,
            end: texts.dayShort(Date.parse(`${one.on}T12:00`)),
            endNote: texts.inDays(one.days),
            due: one.days <= 2,
          };
          if (one.what === "consent")
            return (
              <Row
                key={one.consent}
                icon={<Hourglass aria-hidden />}
                {...common}
                title={texts.t(one.days < 0 ? "screens.today.consentEnded" : "screens.today.consentEnds", {
                  who: whoLabel(texts, one.with),
                })}
                note={texts.t("screens.today.consentNote")}
                onPress={() => go({ at: "case", case: one.case, tab: "consent", on: one.consent })}
              />
            );
          const { person } = one.section;
          return (
            <Row
              key={`${one.case} ${one.paper}`}
              icon={<CalendarClock aria-hidden />}
              {...common}
              title={texts.t(one.days < 0 ? "screens.today.paperEnded" : "screens.today.paperEnds", {
                paper: texts.word(one.kind),
              })}
              note={texts.t(person === undefined ? "screens.today.herPaper" : "screens.today.familyPaper")}
              onPress={() =>
                go(
                  person === undefined
                    ? { at: "case", case: one.case, tab: "identity", on: one.paper }
                    : { at: "case", case: one.case, tab: "family", on: person },
                )
              }
            />
          );
        })}
      </Rows>
    </Group>
  );
}
