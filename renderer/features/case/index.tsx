// A case on the screen: its head with code and covering, its tabs, and the save that can be set back.
import { useMemo, useState, type ReactNode } from "react";
import type { CaseId } from "../../../shared/vocabulary/ids.ts";
import type { Value } from "../../bridge/bridge.ts";
import { useOffer } from "../../bridge/commands.tsx";
import { useNames } from "../../bridge/names.tsx";
import { useAct } from "../../bridge/queries.tsx";
import { useWay, type CaseTab } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { CaseOpen, useCase } from "../../parts/case-file.tsx";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/frame.tsx";
import { Menu } from "../../ui/menu.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { NamesState } from "../../ui/signs.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import styles from "./case.module.css";
import { Erase } from "./erase.tsx";
import { History } from "./history.tsx";
import { Journal } from "./journal.tsx";
import { LayoutTab } from "./layout-tab.tsx";
import { herLayouts } from "./layouts-her.ts";
import { wayLayouts } from "./layouts-way.ts";
import { Overview } from "./overview.tsx";
import { Team } from "./team.tsx";
import { ZoneReader } from "./zone-reader.tsx";

const tabs = [
  "overview",
  "reach",
  "family",
  "identity",
  "work",
  "visa",
  "place",
  "travel",
  "plan",
  "journal",
  "consent",
] as const satisfies readonly CaseTab[];

export function CasePage({
  of,
  tab,
  on,
  family,
  consent,
}: {
  readonly of: CaseId;
  readonly tab: CaseTab;
  /** `team`: who works on it stands open. */
  readonly on?: string;
  readonly family: ReactNode;
  readonly consent: ReactNode;
}) {
  const texts = useTexts();
  const [last, setLast] = useState<Value<"cases.save">>();
  return (
    <CaseOpen
      of={of}
      onSaved={setLast}
      wait={<Page title={texts.t("screens.common.reading")}>{null}</Page>}
      refused={(trouble) => (
        <Page title={texts.t("screens.case.cannotOpen")}>
          <TroubleNotice trouble={trouble} />
        </Page>
      )}
    >
      <Opened
        tab={tab}
        on={on}
        family={family}
        consent={consent}
        last={last}
        onUndone={() => setLast(undefined)}
      />
    </CaseOpen>
  );
}

function Opened({
  tab,
  on,
  family,
  consent,
  last,
  onUndone,
}: {
  readonly tab: CaseTab;
  readonly on: string | undefined;
  readonly family: ReactNode;
  readonly consent: ReactNode;
  readonly last: Value<"cases.save"> | undefined;
  readonly onUndone: () => void;
}) {
  const open = useCase();
  const texts = useTexts();
  const { go } = useWay();
  const names = useNames();
  const undo = useAct("cases.undo");
  const [beside, setBeside] = useState<"history" | "team" | "erase">();
  const [came, setCame] = useState<string>();
  if (on !== came) {
    setCame(on);
    if (on === "team") setBeside("team");
  }
  const { row, offices } = open.overview;
  const commands = useMemo(() => {
    const group = row.code;
    const show = (one: CaseTab) => () => go({ at: "case", case: row.case, tab: one });
    return [
      {
        id: "show-names",
        label: texts.t("screens.common.showNames"),
        keys: "s",
        group,
        run: () => names.show(row.case),
      },
      { id: "note-call", label: texts.t("screens.case.noteCall"), keys: "c", group, run: show("journal") },
      {
        id: "call-sheet",
        label: texts.t("screens.case.callSheet"),
        keys: "p",
        group,
        run: () => go({ at: "call-sheet", case: row.case }),
      },
      {
        id: "share",
        label: texts.t("screens.case.share"),
        keys: "e",
        group,
        run: () => go({ at: "send", case: row.case }),
      },
      ...tabs.map((one, at) => ({
        id: `tab-${one}`,
        label: texts.t(`screens.case.tabs.${one}`),
        group,
        run: show(one),
        ...(at < 9 ? { keys: String(at + 1) } : {}),
      })),
    ];
  }, [row.case, row.code, texts, go, names]);
  useOffer(commands);
  const setBack = async () => {
    if (last === undefined) return;
    if ((await undo.act({ case: row.case, save: last.save })) !== undefined) onUndone();
  };
  const others = offices.filter(({ role }) => role !== "steward");
  const answers = offices.find(({ role }) => role === "steward");
  return (
    <Page
      title={<span data-code>{row.code}</span>}
      beside={
        <NamesState shown={open.shown} onShow={() => names.show(row.case)} onCover={() => names.cover()} />
      }
      lead={
        <ul className={styles["who"]}>
          <li>
            {row.role === "steward"
              ? texts.t("screens.case.weAnswer")
              : texts.t("screens.case.otherAnswers", {
                  office: answers?.name ?? texts.t("screens.common.somebody"),
                })}
          </li>
          <li>{texts.word(row.state)}</li>
          {others.map((one) => (
            <li key={one.office}>
              {texts.t(one.role === "viewer" ? "screens.case.sees" : "screens.case.worksOnIt", {
                office: one.name ?? texts.t("screens.common.somebody"),
              })}
            </li>
          ))}
        </ul>
      }
      actions={
        <>
          <Button size="header" onPress={() => go({ at: "send", case: row.case })}>
            {texts.t("screens.case.share")}
          </Button>
          <Button
            size="header"
            kind="first"
            onPress={() => go({ at: "case", case: row.case, tab: "journal", on: "new" })}
          >
            {texts.t("screens.case.noteCall")}
          </Button>
          <Menu
            label={texts.t("screens.case.more")}
            actions={[
              {
                id: "call-sheet",
                label: texts.t("screens.case.callSheet"),
                run: () => go({ at: "call-sheet", case: row.case }),
              },
              { id: "team", label: texts.t("screens.case.team"), run: () => setBeside("team") },
              { id: "history", label: texts.t("screens.case.history"), run: () => setBeside("history") },
              {
                id: "held",
                label: texts.t("screens.case.heldWork"),
                run: () => go({ at: "quarantine", case: row.case }),
              },
              { id: "erase", label: texts.t("screens.case.erase"), run: () => setBeside("erase") },
            ]}
          />
        </>
      }
      around={(content) => (
        <Tabs
          label={row.code}
          current={tab}
          onChange={(one) => go({ at: "case", case: row.case, tab: one })}
          tabs={tabs.map((id) => ({
            id,
            label: texts.t(`screens.case.tabs.${id}`),
            mark: open.sections.some(
              ({ name, conflicts }) => conflicts.length > 0 && tabOf(name.kind) === id,
            ),
          }))}
        >
          {content}
        </Tabs>
      )}
    >
      {last === undefined ? null : (
        <div className={styles["kept"]} role="status">
          {texts.t("screens.case.kept")}
          <Button kind="link" onPress={() => void setBack()} busy={undo.busy}>
            {texts.t("screens.common.undo")}
          </Button>
          <TroubleNotice trouble={undo.trouble} />
        </div>
      )}
      {beside === undefined ? null : (
        <div className={styles["beside"]}>
          {beside === "history" ? <History /> : beside === "team" ? <Team /> : <Erase />}
          <Button kind="quiet" onPress={() => setBeside(undefined)}>
            {texts.t("screens.common.close")}
          </Button>
        </div>
      )}
      <TabContent tab={tab} family={family} consent={consent} />
    </Page>
  );
}

const tabOf = (kind: string): CaseTab => (kind === "placement" ? "place" : (kind as CaseTab));

function TabContent({
  tab,
  family,
  consent,
}: {
  readonly tab: CaseTab;
  readonly family: ReactNode;
  readonly consent: ReactNode;
}) {
  switch (tab) {
    case "overview":
      return <Overview />;
    case "family":
      return family;
    case "consent":
      return consent;
    case "journal":
      return <Journal />;
    case "identity":
      return (
        <>
          <LayoutTab layout={herLayouts.identity} />
          <ZoneReader />
          <LayoutTab layout={herLayouts.papers} />
        </>
      );
    case "reach":
    case "work":
    case "visa":
    case "place":
    case "travel":
    case "plan":
      return <LayoutTab layout={{ ...herLayouts, ...wayLayouts }[tab]} />;
  }
}
