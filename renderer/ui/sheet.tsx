// Over everything: the sheet that covers the window at one key, and the band that marks practice.
import { useEffect, useRef } from "react";
import { useTexts } from "../i18n/texts.tsx";
import styles from "./sheet.module.css";

/** Nothing of the window is left on the screen; any key or a press lifts it. */
export function CoverSheet({ onLift }: { readonly onLift: () => void }) {
  const t = useTexts();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <button ref={button} type="button" className={styles["sheet"]} onClick={onLift}>
      {t.t("screens.common.lift")}
    </button>
  );
}

export function PracticeBand() {
  const t = useTexts();
  return <header className={styles["practice"]}>{t.t("screens.common.practice")}</header>;
}
