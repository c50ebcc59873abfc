// The rail: where one can go, with counts, and at its foot what can be done from anywhere.
import type { ReactNode } from "react";
import styles from "./rail.module.css";

export type RailItem = {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly count?: number;
  readonly keys?: string;
  readonly current?: boolean;
  readonly onPress: () => void;
};

export function Rail({
  label,
  who,
  office,
  places,
  foot,
}: {
  readonly label: string;
  readonly who: string;
  readonly office: string;
  readonly places: readonly RailItem[];
  readonly foot: readonly RailItem[];
}) {
  return (
    <nav className={styles["rail"]} aria-label={label}>
      <p className={styles["who"]}>
        <bdi>{who}</bdi>
        <bdi>{office}</bdi>
      </p>
      <ul>{places.map(item)}</ul>
      <ul className={styles["foot"]}>{foot.map(item)}</ul>
    </nav>
  );
}

const item = (one: RailItem) => (
  <li key={one.id}>
    <button
      type="button"
      className={styles["item"]}
      aria-current={one.current === true ? "page" : undefined}
      onClick={one.onPress}
    >
      {one.icon}
      <span className={styles["word"]}>{one.label}</span>
      {one.count === undefined || one.count === 0 ? null : (
        <span className={styles["count"]}>{one.count}</span>
      )}
      {one.keys === undefined ? null : <kbd>{one.keys}</kbd>}
    </button>
  </li>
);
