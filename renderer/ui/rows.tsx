// Rows between hairlines: what a page is mostly made of.
import type { ReactNode } from "react";
import styles from "./rows.module.css";

/** A list of rows; each child is one. */
export function Rows({ children, label }: { readonly children: ReactNode; readonly label?: string }) {
  return (
    <ul className={styles["rows"]} aria-label={label}>
      {children}
    </ul>
  );
}

export function Row({
  before,
  icon,
  code,
  title,
  note,
  end,
  endNote,
  due = false,
  onPress,
  children,
}: {
  /** A control of the row itself, at its start. */
  readonly before?: ReactNode;
  readonly icon?: ReactNode;
  readonly code?: string;
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly end?: ReactNode;
  readonly endNote?: ReactNode;
  /** A date is near: in amber. */
  readonly due?: boolean;
  readonly onPress?: () => void;
  /** Controls of the row itself, at its end. */
  readonly children?: ReactNode;
}) {
  const inside = (
    <>
      {icon === undefined ? null : <span className={styles["icon"]}>{icon}</span>}
      {code === undefined ? null : (
        <span className={styles["code"]} data-code>
          {code}
        </span>
      )}
      <span className={styles["main"]}>
        <span>{title}</span>
        {note === undefined ? null : <span className={styles["note"]}>{note}</span>}
      </span>
      {end === undefined && endNote === undefined ? null : (
        <span className={styles["end"]}>
          <span className={styles["endMain"]}>{end}</span>
          <span>{endNote}</span>
        </span>
      )}
    </>
  );
  return (
    <li className={styles["row"]} data-due={due ? "" : undefined}>
      {before === undefined ? null : <div className={styles["before"]}>{before}</div>}
      {onPress === undefined ? (
        <div className={styles["body"]}>{inside}</div>
      ) : (
        <button type="button" className={styles["body"]} onClick={onPress}>
          {inside}
        </button>
      )}
      {children === undefined ? null : <div className={styles["controls"]}>{children}</div>}
    </li>
  );
}

/** Label, value and what stands quietly at the end. */
export function Fact({
  label,
  children,
  end,
}: {
  readonly label: ReactNode;
  readonly children: ReactNode;
  readonly end?: ReactNode;
}) {
  return (
    <div className={styles["fact"]}>
      <dt>{label}</dt>
      <dd>{children}</dd>
      {end === undefined ? null : <dd className={styles["factEnd"]}>{end}</dd>}
    </div>
  );
}
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className={styles["facts"]}>{children}</dl>;
}
