// What must be read stays on the page: what went wrong and what to do, what belongs here when nothing is here yet, and why.
import { CircleAlert, Info } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTexts } from "../i18n/texts.tsx";
import styles from "./notice.module.css";

/** What happened, what it means for the data, what to do next: from the texts of the failure. */
export function TroubleNotice({
  trouble,
  children,
}: {
  readonly trouble: ({ readonly type: string } & Readonly<Record<string, unknown>>) | undefined;
  /** What can be done about it from here. */
  readonly children?: ReactNode;
}) {
  const t = useTexts();
  const here = useRef<HTMLDivElement>(null);
  // Below the edge of the window it would be missed.
  useEffect(() => {
    here.current?.scrollIntoView({ block: "nearest" });
  }, [trouble]);
  if (trouble === undefined) return null;
  const { what, data, next } = t.error(trouble);
  return (
    <div ref={here} className={styles["trouble"]} role="alert">
      <CircleAlert aria-hidden />
      <div>
        <p className={styles["what"]}>{what}</p>
        {t.problems(trouble).map((problem) => (
          <p key={problem}>{problem}</p>
        ))}
        <p>{data}</p>
        <p>{next}</p>
        {children}
      </div>
    </div>
  );
}

/** Something to know, said once and quietly. */
export function Note({
  children,
  kind = "plain",
}: {
  readonly children: ReactNode;
  readonly kind?: "plain" | "due";
}) {
  return (
    <div className={`${styles["note"]} ${styles[kind]}`}>
      <Info aria-hidden />
      <div>{children}</div>
    </div>
  );
}

/** What belongs here, why it helps her, and the first step. */
export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className={styles["empty"]}>
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** The reason beside a rule or guard: opened in place. */
export function Why({ children, label }: { readonly children: ReactNode; readonly label?: string }) {
  const [open, setOpen] = useState(false);
  const t = useTexts();
  return (
    <span className={styles["why"]}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {label ?? t.t("screens.common.why")}
      </button>
      {open ? <span className={styles["because"]}>{children}</span> : null}
    </span>
  );
}
