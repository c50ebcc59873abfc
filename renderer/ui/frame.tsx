// The frame of every screen: rail, list and page, each with its own paper and a hairline between them.
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./frame.module.css";

/** The three panes side by side; a screen leaves out what it does not need. */
export function Frame({
  rail,
  children,
  banner,
  foot,
}: {
  readonly rail: ReactNode;
  readonly children: ReactNode;
  readonly banner?: ReactNode;
  /** Below everything and always in sight. */
  readonly foot?: ReactNode;
}) {
  return (
    <div className={styles["window"]}>
      {banner}
      <div className={styles["frame"]}>
        {rail}
        <div className={styles["rest"]}>{children}</div>
      </div>
      {foot}
    </div>
  );
}

/** A list beside the page, on its own paper. */
export function Tray({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className={styles["tray"]} aria-label={label}>
      {children}
    </section>
  );
}

/** What the screen is about. `aside`: a panel at its end for *who* and *what happens*. */
export function Page({
  title,
  lead,
  actions,
  back,
  beside,
  around,
  aside,
  fill = false,
  children,
}: {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  /** At the end of the head, the primary one last. */
  readonly actions?: ReactNode;
  readonly back?: { readonly label: string; readonly onPress: () => void };
  /** Beside the title: whether names are covered. */
  readonly beside?: ReactNode;
  /** What stands around the content, full width: tabs. */
  readonly around?: (content: ReactNode) => ReactNode;
  readonly aside?: ReactNode;
  /** What is inside takes the height that is left and moves by itself: a long list. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}) {
  const content = (
    <div className={styles["content"]} data-fill={fill ? "" : undefined}>
      {children}
    </div>
  );
  return (
    <>
      <main className={styles["page"]} id="page" tabIndex={-1}>
        <header className={styles["head"]}>
          {back === undefined ? null : (
            <button type="button" className={styles["back"]} onClick={back.onPress}>
              <ArrowLeft aria-hidden />
              {back.label}
            </button>
          )}
          <div className={styles["titleRow"]}>
            <h1>{title}</h1>
            {beside}
            {actions === undefined ? null : <div className={styles["actions"]}>{actions}</div>}
          </div>
          {lead === undefined ? null : <div className={styles["lead"]}>{lead}</div>}
        </header>
        {around === undefined ? content : around(content)}
      </main>
      {aside === undefined ? null : <aside className={styles["aside"]}>{aside}</aside>}
    </>
  );
}

/** A group of a page: its heading, what stands at the heading's end, and its rows between hairlines. */
export function Group({
  title,
  end,
  children,
  level = 2,
}: {
  readonly title: ReactNode;
  readonly end?: ReactNode;
  readonly children: ReactNode;
  readonly level?: 2 | 3;
}) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className={styles["group"]}>
      <div className={styles["groupHead"]}>
        <Heading>{title}</Heading>
        {end === undefined ? null : <div className={styles["groupEnd"]}>{end}</div>}
      </div>
      {children}
    </section>
  );
}

/** One question or step at a time, beside the list of steps. */
export function Steps({
  label,
  steps,
  current,
  children,
}: {
  readonly label: string;
  readonly steps: readonly string[];
  readonly current: number;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles["frame"]}>
      <nav className={styles["steps"]} aria-label={label}>
        <p>{label}</p>
        <ol>
          {steps.map((step, at) => (
            <li
              key={step}
              aria-current={at === current ? "step" : undefined}
              data-done={at < current ? "" : undefined}
            >
              <span aria-hidden>{at < current ? "✓" : at + 1}</span>
              {step}
            </li>
          ))}
        </ol>
      </nav>
      <main className={styles["step"]} id="page" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
