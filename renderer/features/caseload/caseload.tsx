// The cases, in groups by what they need: the whole page with filters and saved views, or the list beside an open case.
import { Plus } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import type { CaseId } from "../../../shared/vocabulary/ids.ts";
import { useOffer, type Command } from "../../bridge/commands.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { Button } from "../../ui/button.tsx";
import { Page, Tray } from "../../ui/frame.tsx";
import { Empty, TroubleNotice } from "../../ui/notice.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { VirtualList, type ListHandle } from "../../ui/virtual-list.tsx";
import { CaseLine } from "./case-line.tsx";
import { Filters } from "./filters.tsx";
import { useView, type View } from "./filter.ts";
import { usePages } from "./pages.ts";
import styles from "./caseload.module.css";

export function Caseload({ beside }: { readonly beside?: CaseId }) {
  const texts = useTexts();
  const { go } = useWay();
  const [view, setView] = useView();
  const pages = usePages(view);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<ListHandle>(null);
  const commands = useMemo<readonly Command[]>(() => {
    const group = texts.t("screens.caseload.title");
    return [
      {
        id: "find-case",
        label: texts.t("screens.caseload.search"),
        keys: "/",
        group,
        run: () => search.current?.focus(),
      },
      {
        id: "next-case",
        label: texts.t("screens.caseload.nextCase"),
        keys: "j",
        group,
        run: () => list.current?.move(1),
      },
      {
        id: "case-before",
        label: texts.t("screens.caseload.caseBefore"),
        keys: "k",
        group,
        run: () => list.current?.move(-1),
      },
    ];
  }, [texts]);
  useOffer(commands);
  const whole = beside === undefined;
  useEffect(() => {
    if (whole) document.querySelector<HTMLElement>("#page")?.focus();
  }, [whole]);

  const open = (row: number) => {
    const found = pages.rowAt(row);
    if (found !== undefined) go({ at: "case", case: found.case, tab: "overview" });
  };
  /** Whether this vault holds a case at all. */
  const any = Object.keys(pages.stages).length > 0;
  const field = (
    <SearchField
      label={texts.t("screens.caseload.search")}
      keys="/"
      field={search}
      value={view.text ?? ""}
      onChange={(text) => setView({ ...view, text })}
      onDown={() => list.current?.move(0)}
    />
  );
  const found =
    pages.trouble !== undefined ? (
      <TroubleNotice trouble={pages.trouble} />
    ) : !pages.known ? null : pages.total === 0 ? (
      <Nothing view={view} any={any} onClear={() => setView({})} />
    ) : (
      <VirtualList
        handle={list}
        label={texts.t("screens.caseload.title")}
        count={pages.total}
        lines={pages.lines}
        lineOf={pages.lineOf}
        lineAt={(line) => {
          const one = pages.lineAt(line);
          return one.kind === "row"
            ? one
            : { kind: "heading", title: <GroupName group={one.group} />, end: texts.number(one.count) };
        }}
        rowSize={52}
        render={(row) => <CaseLine row={pages.rowAt(row)} wide={whole} />}
        current={beside === undefined ? undefined : pages.placeOf(beside)}
        onOpen={open}
        onRange={pages.onRange}
        onEscape={() => setView(whole ? {} : { ...view, text: undefined })}
      />
    );
  const newCase = () => go({ at: "new-case" });

  if (!whole)
    return (
      <Tray label={texts.t("screens.caseload.title")}>
        <div className={styles["trayHead"]}>
          <h2>{texts.t("screens.caseload.title")}</h2>
          <button
            type="button"
            className={styles["add"]}
            aria-label={texts.t("screens.rail.newCase")}
            onClick={newCase}
          >
            <Plus aria-hidden />
          </button>
        </div>
        <div className={styles["traySearch"]}>{field}</div>
        <div className={styles["trayList"]}>{found}</div>
      </Tray>
    );
  return (
    <Page
      fill
      title={texts.t("screens.caseload.title")}
      lead={any ? texts.t("screens.caseload.lead", { count: pages.total }) : undefined}
      actions={
        // An empty page offers it below.
        pages.known && !any ? undefined : (
          <Button kind="first" icon={<Plus aria-hidden />} onPress={newCase}>
            {texts.t("screens.rail.newCase")}
          </Button>
        )
      }
    >
      {any ? (
        <>
          <div className={styles["search"]}>{field}</div>
          <Filters view={view} setView={setView} stages={pages.stages} />
        </>
      ) : null}
      {found}
    </Page>
  );
}

function GroupName({ group }: { readonly group: string }) {
  const texts = useTexts();
  return group === "now" ? texts.t("screens.caseload.now") : texts.word(group);
}

/** Teaches where there is no case at all; where none fits what was asked, leads back. */
function Nothing({
  view,
  any,
  onClear,
}: {
  readonly view: View;
  readonly any: boolean;
  readonly onClear: () => void;
}) {
  const texts = useTexts();
  const { go } = useWay();
  if (!any)
    return (
      <Empty
        title={texts.t("screens.caseload.none.title")}
        action={
          <Button kind="first" icon={<Plus aria-hidden />} onPress={() => go({ at: "new-case" })}>
            {texts.t("screens.rail.newCase")}
          </Button>
        }
      >
        {texts.t("screens.caseload.none.text")}
      </Empty>
    );
  return (
    <Empty
      title={texts.t("screens.caseload.noMatch.title")}
      action={<Button onPress={onClear}>{texts.t("screens.caseload.noMatch.clear")}</Button>}
    >
      {texts.t(
        view.text === undefined ? "screens.caseload.noMatch.filter" : "screens.caseload.noMatch.words",
      )}
    </Empty>
  );
}
