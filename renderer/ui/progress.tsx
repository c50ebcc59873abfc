// Long work: what is done, how far it is, and a way to stop it.
import { ProgressBar } from "react-aria-components";
import { useTexts } from "../i18n/texts.tsx";
import { Button } from "./button.tsx";
import styles from "./progress.module.css";

export function Progress({
  what,
  done,
  total,
  onStop,
}: {
  readonly what: string;
  readonly done: number;
  /** 0: nobody knows yet. */
  readonly total: number;
  readonly onStop?: () => void;
}) {
  const t = useTexts();
  const known = total > 0;
  return (
    <ProgressBar
      className={styles["progress"] ?? ""}
      aria-label={what}
      isIndeterminate={!known}
      value={known ? done : 0}
      maxValue={known ? total : 1}
    >
      {({ percentage }) => (
        <>
          <div className={styles["words"]}>
            <span>{what}</span>
            <span>
              {known ? t.t("screens.common.ofTotal", { done: t.number(done), total: t.number(total) }) : null}
            </span>
          </div>
          <div className={styles["track"]} data-unknown={known ? undefined : ""}>
            <div style={{ inlineSize: `${known ? (percentage ?? 0) : 30}%` }} />
          </div>
          {onStop === undefined ? null : <Button onPress={onStop}>{t.t("screens.common.stop")}</Button>}
        </>
      )}
    </ProgressBar>
  );
}
