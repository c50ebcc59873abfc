// Signs: a shape and a word, always both. Covered, not known, verified, may go and may not.
import { BadgeCheck, Check, Eye, EyeOff, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTexts } from "../i18n/texts.tsx";
import styles from "./signs.module.css";

/** A bar of one width whatever is beneath, so that its length tells nothing. */
export function Covered({ children, shown }: { readonly children: ReactNode; readonly shown: boolean }) {
  const t = useTexts();
  return shown ? (
    <bdi>{children}</bdi>
  ) : (
    <span className={styles["cover"]} role="img" aria-label={t.t("screens.common.covered")} />
  );
}

/** An open grey ring: not known, not asked. Never blank, never zero. */
export function Unknown({ children }: { readonly children?: ReactNode }) {
  const t = useTexts();
  return (
    <span className={styles["unknown"]}>
      <span className={styles["ring"]} aria-hidden />
      {children ?? t.t("screens.common.notAsked")}
    </span>
  );
}

/** A shape for a state; its word stands beside it. */
export type Shape =
  | "disc"
  | "ring"
  | "dashed"
  | "grey"
  | "diamond"
  | "diamond-open"
  | "stroke"
  | "eye"
  | "dot";
export function Sign({ shape, size = 12 }: { readonly shape: Shape; readonly size?: number }) {
  if (shape === "eye") return <EyeOff className={styles["eye"]} aria-hidden />;
  return (
    <span
      className={`${styles["sign"]} ${styles[shape]}`}
      style={{ inlineSize: size, blockSize: size }}
      aria-hidden
    />
  );
}

/** What may go and what may not; the reason stands beside the chip. */
export function Chip({
  may,
  children,
  reason,
}: {
  readonly may: boolean;
  readonly children: ReactNode;
  readonly reason?: ReactNode;
}) {
  const t = useTexts();
  return (
    <li className={styles["chipRow"]}>
      <span className={`${styles["chip"]} ${may ? styles["may"] : styles["mayNot"]}`}>
        {may ? <Check aria-hidden /> : <X aria-hidden />}
        <span className={styles["said"]}>
          {may ? t.t("screens.common.mayGo") : t.t("screens.common.mayNotGo")}
        </span>
        {may ? <span>{children}</span> : <s>{children}</s>}
      </span>
      {reason === undefined ? null : <span className={styles["reason"]}>{reason}</span>}
    </li>
  );
}

export function Chips({ children, label }: { readonly children: ReactNode; readonly label: string }) {
  return (
    <ul className={styles["chips"]} aria-label={label}>
      {children}
    </ul>
  );
}

/** Confirmed by the other side, or by her yes: green, with its seal. */
export function Sure({ children }: { readonly children: ReactNode }) {
  return (
    <span className={styles["sure"]}>
      <BadgeCheck aria-hidden />
      {children}
    </span>
  );
}

/** Whether names are covered, in words with its one link. */
export function NamesState({
  shown,
  onShow,
  onCover,
}: {
  readonly shown: boolean;
  readonly onShow: () => void;
  readonly onCover: () => void;
}) {
  const t = useTexts();
  return (
    <span className={styles["names"]} data-shown={shown ? "" : undefined}>
      {shown ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
      <span>{shown ? t.t("screens.common.namesShown") : t.t("screens.common.namesCovered")}</span>
      <button type="button" onClick={shown ? onCover : onShow}>
        {shown ? t.t("screens.common.coverNow") : t.t("screens.common.showNames")}
      </button>
    </span>
  );
}

/** For screen readers alone. */
export function Said({ children }: { readonly children: ReactNode }) {
  return <span className={styles["said"]}>{children}</span>;
}
