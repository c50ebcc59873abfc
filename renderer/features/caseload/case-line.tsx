// One case in the list: its code, what comes next in plain words, and the one mark it may need.
import { CircleAlert, Clock, Columns2, OctagonMinus } from "lucide-react";
import { useTexts } from "../../i18n/texts.tsx";
import type { CaseRow } from "./pages.ts";
import styles from "./caseload.module.css";

export function CaseLine({ row, wide }: { readonly row: CaseRow | undefined; readonly wide: boolean }) {
  const texts = useTexts();
  if (row === undefined) return <span className={styles["waiting"]} aria-hidden />;
  const next = row.next?.what ?? texts.t("screens.caseload.nothingNext");
  return (
    <span className={styles["case"]} data-wide={wide ? "" : undefined}>
      <span className={styles["words"]}>
        <span className={styles["code"]} data-code>
          {row.code}
        </span>
        <span className={styles["next"]}>
          <bdi>{next}</bdi>
        </span>
      </span>
      {wide ? (
        <>
          <span className={styles["stage"]}>{texts.word(row.state)}</span>
          <span className={styles["role"]}>{texts.t(`screens.caseload.role.${row.role}`)}</span>
        </>
      ) : null}
      <span className={styles["mark"]}>
        <Mark row={row} />
      </span>
    </span>
  );
}

function Mark({ row }: { readonly row: CaseRow }) {
  const texts = useTexts();
  switch (row.attention) {
    case "overdue":
    case "soon":
      return (
        <span className={styles["due"]}>
          <Clock aria-hidden />
          {row.next?.days === undefined
            ? texts.t(`screens.caseload.mark.${row.attention}`)
            : row.next.days < 0
              ? texts.t("screens.caseload.mark.daysLate", { count: -row.next.days })
              : texts.inDays(row.next.days)}
        </span>
      );
    case "conflict":
      return (
        <span>
          <Columns2 aria-hidden />
          {texts.t("screens.caseload.mark.conflict")}
        </span>
      );
    case "held":
      return (
        <span>
          <CircleAlert aria-hidden />
          {texts.t("screens.caseload.mark.held")}
        </span>
      );
    case "stopped":
      return (
        <span>
          <OctagonMinus aria-hidden />
          {texts.t("screens.caseload.mark.stopped")}
        </span>
      );
    case undefined:
      return null;
  }
}
